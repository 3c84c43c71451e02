import Contracts

/// What a client says on a public connection, as the text of one frame.
package enum ClientRequest: Hashable, Sendable {
    case subscribe(topics: [StreamTopic], requestID: String)
    case unsubscribe(topics: [StreamTopic], requestID: String)
    case ping(requestID: String)

    /// The JSON of the request; topics and ids of ours hold nothing that needs an escape.
    package var text: String {
        switch self {
        case .subscribe(let topics, let requestID): Self.text("subscribe", topics, requestID)
        case .unsubscribe(let topics, let requestID): Self.text("unsubscribe", topics, requestID)
        case .ping(let requestID): #"{"req_id":"\#(Self.plain(requestID))","op":"ping"}"#
        }
    }

    private static func text(_ operation: String, _ topics: [StreamTopic], _ requestID: String) -> String {
        let arguments = topics.map { "\"\(plain($0.description))\"" }.joined(separator: ",")
        return #"{"req_id":"\#(plain(requestID))","op":"\#(operation)","args":[\#(arguments)]}"#
    }

    /// Symbols come from the configuration and may hold any printable ASCII.
    private static func plain(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x5C }) else { return text }
        return text.reduce(into: "") { escaped, character in
            if character == "\"" || character == "\\" { escaped.append("\\") }
            escaped.append(character)
        }
    }
}

/// How many topics go into one request.
package enum RequestLimits {
    /// The exchange refuses spot requests with more arguments.
    package static let spotArgumentsMax = 10
    /// Our own limit elsewhere: a refusal hits the whole request, so that it should not be everything.
    package static let argumentsMax = 100
    /// Of all topics of a connection together.
    package static let charactersMax = 21_000

    /// Cuts `topics` into requests, in their order, each within the limits of `category`.
    package static func chunks(of topics: [StreamTopic], category: Category) -> [[StreamTopic]] {
        let countMax = category == .spot ? spotArgumentsMax : argumentsMax
        var chunks: [[StreamTopic]] = []
        var characters = 0
        for topic in topics {
            let length = cost(of: topic)
            if let last = chunks.last, last.count < countMax, characters + length <= charactersMax {
                chunks[chunks.count - 1].append(topic)
                characters += length
            } else {
                chunks.append([topic])
                characters = length
            }
        }
        return chunks
    }

    /// The characters that `topic` takes of a connection's budget, with its quotes and comma.
    package static func cost(of topic: StreamTopic) -> Int { topic.description.utf8.count + 3 }
}
