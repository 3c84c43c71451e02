/// One line from daemon to client.
///
/// - Shape: the greeting; an answer `{"id":…,"ok":{…,"seq":…}}` or `{"id":…,"error":{…}}`; an event
///   `{"seq":…,"topic":…,"payload":{…}}`; `{"gap":{"from":a,"to":b}}`; `{"hb":seq}`; each ended by `\n`.
/// - Errors: ``ServerFrameError``; a field the client does not know is ignored.
package enum ServerFrame: Sendable, Hashable {
    case greeting(Greeting)
    case ok(id: String, JSONPayload)
    /// An error without an identifier answers a line that could not be read as a request.
    case error(id: String?, ControlError)
    case event(sequence: UInt64, topic: String, payload: JSONPayload)
    /// The events from the first to the last sequence, both included, were not sent: read the journal.
    case gap(from: UInt64, to: UInt64)
    case heartbeat(sequence: UInt64)

    /// An answer that opens with the sequence it reflects, as every answer must.
    package static func answer(id: String, sequence: UInt64, _ members: [JSONMember] = []) -> ServerFrame {
        .ok(id: id, .tree(.object([JSONMember("seq", .unsigned(sequence))] + members)))
    }

    /// The frame as one line, its `\n` included.
    package func encodedLine() -> [UInt8] {
        var writer = JSONWriter()
        switch self {
        case .greeting(let greeting): writer.write(["tradebot": greeting.json])
        case .ok(let id, let payload):
            writer.literal("{\"id\":")
            writer.string(id)
            writer.literal(",\"ok\":")
            writer.write(payload)
            writer.literal("}")
        case .error(let id, let error):
            let members = id.map { [JSONMember("id", .string($0))] } ?? []
            writer.write(.object(members + [JSONMember("error", error.json)]))
        case .event(let sequence, let topic, let payload):
            writer.literal("{\"seq\":\(sequence),\"topic\":")
            writer.string(topic)
            writer.literal(",\"payload\":")
            writer.write(payload)
            writer.literal("}")
        case .gap(let from, let to): writer.write(["gap": ["from": .unsigned(from), "to": .unsigned(to)]])
        case .heartbeat(let sequence): writer.write(["hb": .unsigned(sequence)])
        }
        writer.literal("\n")
        return writer.bytes
    }

    /// Reads one line, without its `\n`.
    package init(decoding line: [UInt8]) throws(ServerFrameError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: line, bytesMax: ControlLimits.lineOutBytesMax)
        } catch {
            throw .notJSON(error)
        }
        guard let frame = Self.read(json) else { throw .unknownShape }
        self = frame
    }

    private static func read(_ json: JSONValue) -> ServerFrame? {
        if let greeting = json["tradebot"] {
            return Greeting(greeting).map(ServerFrame.greeting)
        }
        if let ok = json["ok"] {
            guard ok.members != nil, let id = json["id"]?.string else { return nil }
            return .ok(id: id, .tree(ok))
        }
        if let error = json["error"] {
            return ControlError(error).map { .error(id: json["id"]?.string, $0) }
        }
        if let sequence = json["seq"]?.unsigned {
            guard let topic = json["topic"]?.string, let payload = json["payload"] else { return nil }
            return .event(sequence: sequence, topic: topic, payload: .tree(payload))
        }
        if let gap = json["gap"] {
            guard let from = gap["from"]?.unsigned, let to = gap["to"]?.unsigned else { return nil }
            return .gap(from: from, to: to)
        }
        return json["hb"]?.unsigned.map(ServerFrame.heartbeat)
    }
}

/// JSON inside a frame: a tree, or bytes that an encoder has made already and that are spliced in.
package enum JSONPayload: Sendable, Hashable {
    case tree(JSONValue)
    /// One valid JSON value; the frame trusts it, so only our own encoder's bytes belong here.
    case encoded([UInt8])

    /// The payload as a tree, parsed now if it came encoded.
    package func tree() throws(JSONError) -> JSONValue {
        switch self {
        case .tree(let value): value
        case .encoded(let bytes): try JSONValue(parsing: bytes)
        }
    }
}

extension JSONWriter {
    mutating func write(_ payload: JSONPayload) {
        switch payload {
        case .tree(let value): write(value)
        case .encoded(let bytes): splice(bytes)
        }
    }
}

/// A line of the daemon that this client can't read.
package enum ServerFrameError: Error, Hashable, CustomStringConvertible {
    case notJSON(JSONError)
    case unknownShape

    package var description: String {
        switch self {
        case .notJSON(let error): "the daemon's line is no JSON: \(error)"
        case .unknownShape: "the daemon's line is no frame this version knows"
        }
    }
}
