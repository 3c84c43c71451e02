import NIOCore

/// One request frame of a client, as far as it could be understood.
struct ClientRequest: Equatable {
    enum Operation: Equatable {
        case subscribe([String])
        case unsubscribe([String])
        case ping
        /// Not understood; the text says why.
        case invalid(op: String, why: String)
    }

    /// Longest sum of topic characters one connection may have.
    static let topicCharactersMax = 21_000
    static let spotTopicsMax = 10

    let id: String?
    let operation: Operation

    init(_ frame: [UInt8]) {
        guard let json = try? JSONReader.read(frame), json.members != nil else {
            id = nil
            operation = .invalid(op: "", why: "error:request is not a JSON object")
            return
        }
        id = json["req_id"]?.scalar
        let op = json["op"]?.string ?? ""
        switch op {
        case "ping": operation = .ping
        case "subscribe", "unsubscribe":
            let topics = json["args"]?.array?.compactMap(\.string)
            guard let topics, topics.count == json["args"]?.array?.count, !topics.isEmpty else {
                operation = .invalid(op: op, why: "error:args must be a list of topics")
                return
            }
            operation = op == "subscribe" ? .subscribe(topics) : .unsubscribe(topics)
        default: operation = .invalid(op: op, why: "error:unknown op")
        }
    }

    /// Why these topics can't be taken at all, whatever they are; nil when they can.
    ///
    /// The characters count for the whole connection, `charactersBefore` being those of its topics so far.
    static func refusal(of topics: [String], category: Category, charactersBefore: Int = 0) -> String? {
        if category == .spot, topics.count > spotTopicsMax { return "args size >\(spotTopicsMax)" }
        let characters = topics.reduce(charactersBefore) { $0 + $1.utf8.count }
        return characters > topicCharactersMax ? "args size >\(topicCharactersMax)" : nil
    }
}

/// Writes the answers to client requests in the shape of the connection's product line.
struct AckEncoder {
    let category: Category
    let connectionID: String

    func ack(op: String, id: String?, success: Bool, message: String) -> ByteBuffer {
        var out = ByteBuffer()
        out.write(success ? "{\"success\":true,\"ret_msg\":" : "{\"success\":false,\"ret_msg\":")
        out.writeQuoted(message)
        writeConnection(to: &out)
        if id != nil || category != .spot {
            out.write(",\"req_id\":")
            out.writeQuoted(id ?? "")
        }
        out.write(",\"op\":")
        out.writeQuoted(op)
        out.write("}")
        return out
    }

    /// The answer to a subscribe or unsubscribe that went through.
    func done(op: String, id: String?) -> ByteBuffer {
        ack(op: op, id: id, success: true, message: category == .spot ? op : "")
    }

    /// The option line tells topic by topic what became of it.
    func commandResponse(failed: [String], succeeded: [String]) -> ByteBuffer {
        var out = ByteBuffer()
        out.write(failed.isEmpty ? "{\"success\":true" : "{\"success\":false")
        writeConnection(to: &out)
        out.write(",\"data\":{\"failTopics\":")
        AckEncoder.writeList(failed, to: &out)
        out.write(",\"successTopics\":")
        AckEncoder.writeList(succeeded, to: &out)
        out.write("},\"type\":\"COMMAND_RESP\"}")
        return out
    }

    func pong(id: String?, nowMs: Int64) -> ByteBuffer {
        guard category == .option else { return ack(op: "ping", id: id, success: true, message: "pong") }
        var out = ByteBuffer()
        out.write("{\"args\":[\"")
        out.write(nowMs)
        out.write("\"],\"op\":\"pong\"}")
        return out
    }

    private func writeConnection(to out: inout ByteBuffer) {
        out.write(",\"conn_id\":")
        out.writeQuoted(connectionID)
    }

    private static func writeList(_ topics: [String], to out: inout ByteBuffer) {
        out.write("[")
        for (index, topic) in topics.enumerated() {
            if index > 0 { out.write(",") }
            out.writeQuoted(topic)
        }
        out.write("]")
    }
}
