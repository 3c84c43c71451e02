/// One line from client to daemon: an identifier the answer repeats, and what is asked.
///
/// - Shape: `{"id":"7","topic":"control:command","payload":{…}}`, `{"id":"8","subscribe":{…}}`,
///   `{"id":"9","unsubscribe":{}}` or `{"id":"10","query":{…}}`, ended by `\n`.
/// - Errors: ``RefusedFrame``, which holds the answer to send; a field nobody knows is refused.
package struct ClientFrame: Sendable, Hashable {
    /// The topic under which every command travels.
    package static let commandTopic = "control:command"

    package enum Request: Sendable, Hashable {
        case command(ControlCommand)
        case subscribe(Subscription)
        case unsubscribe
        case query(ControlQuery)
    }

    package let id: String
    package let request: Request

    package init(id: String, _ request: Request) {
        self.id = id
        self.request = request
    }

    /// The frame as one line, its `\n` included.
    package func encodedLine() -> [UInt8] {
        var members = [JSONMember("id", .string(id))]
        switch request {
        case .command(let command):
            members.append(JSONMember("topic", .string(Self.commandTopic)))
            members.append(JSONMember("payload", command.json))
        case .subscribe(let subscription): members.append(JSONMember("subscribe", subscription.json))
        case .unsubscribe: members.append(JSONMember("unsubscribe", [:]))
        case .query(let query): members.append(JSONMember("query", query.json))
        }
        return JSONValue.object(members).encoded() + [0x0A]
    }

    /// Reads one line, without its `\n`.
    package init(decoding line: [UInt8]) throws(RefusedFrame) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: line, bytesMax: ControlLimits.lineInBytesMax)
        } catch {
            throw RefusedFrame(id: nil, error: ControlError(.malformed, "Not JSON: \(error)."))
        }
        let knownID = json["id"]?.string.flatMap {
            $0.utf8.count <= ControlLimits.requestIDBytesMax ? $0 : nil
        }
        do throws(ControlError) {
            try self.init(json)
        } catch {
            throw RefusedFrame(id: knownID, error: error)
        }
    }

    private init(_ json: JSONValue) throws(ControlError) {
        let fields = try RequestFields(json, of: "frame")
        try fields.allow(["id", "topic", "payload", "subscribe", "unsubscribe", "query"])
        let id = try fields.text("id", bytesMax: ControlLimits.requestIDBytesMax)
        let asked = [json["topic"] ?? json["payload"], json["subscribe"], json["unsubscribe"], json["query"]]
        guard asked.count(where: { $0 != nil }) == 1 else {
            throw ControlError(
                .malformed,
                "A frame asks exactly one thing.",
                hint: "one of `topic` with `payload`, `subscribe`, `unsubscribe`, `query`"
            )
        }
        if let subscription = json["subscribe"] {
            self.init(id: id, .subscribe(try Subscription(subscription)))
        } else if let query = json["query"] {
            self.init(id: id, .query(try ControlQuery(query)))
        } else if let nothing = json["unsubscribe"] {
            try RequestFields(nothing, of: "unsubscribe").allow([])
            self.init(id: id, .unsubscribe)
        } else {
            let topic = try fields.text("topic", bytesMax: ControlLimits.topicPatternBytesMax)
            guard topic == Self.commandTopic else {
                throw ControlError(.badValue, "A client may only publish `\(Self.commandTopic)`.")
            }
            guard let payload = json["payload"] else {
                throw ControlError(.missingField, "`frame` lacks `payload`.")
            }
            self.init(id: id, .command(try ControlCommand(payload)))
        }
    }
}

/// A client's line that is not acted on, and the answer it gets.
package struct RefusedFrame: Error, Sendable, Hashable {
    /// The request's identifier, if that much could be read.
    package let id: String?
    package let error: ControlError

    /// Without an identifier the line was no request at all: answer once, then close.
    package var closesConnection: Bool { id == nil }
}
