import Contracts

/// The outermost members of a message, whatever their order; `data` is only located.
struct Envelope {
    enum Kind { case snapshot, delta, unknown, absent }

    var topic: Slice?
    var kind = Kind.absent
    var time: UnixMilliseconds?
    var engineTime: UnixMilliseconds?
    var sequence: UInt64?
    var dataAt: Int?
    var success: Bool?
    var returnCode: Slice?
    var operation: Slice?
    var message: Slice?
    var requestID: Slice?
    var rawKind: Slice?
    var unknownFields: UInt64 = 0

    /// Reads the whole message once, so that nothing is taken from one that is broken further on.
    init(_ scanner: inout ByteScanner) throws(WireError) {
        try scanner.enterObject("message")
        var isFirst = true
        while let key = try scanner.nextKey(&isFirst) {
            switch true {
            case scanner.matches(key, "topic"): topic = try scanner.scalar("topic")
            case scanner.matches(key, "data"):
                scanner.skipSpace()
                dataAt = scanner.at
                try scanner.skipValue()
            case scanner.matches(key, "type"):
                rawKind = try scanner.scalar("type")
                kind = rawKind.map { Self.kind($0, scanner) } ?? .absent
            case scanner.matches(key, "ts"): time = try scanner.time("ts")
            case scanner.matches(key, "cts"): engineTime = try scanner.time("cts")
            case scanner.matches(key, "cs"): sequence = try scanner.whole("cs")
            case scanner.matches(key, "success"): success = try scanner.flag("success")
            case scanner.matches(key, "op"): operation = try scanner.scalar("op")
            case scanner.matches(key, "ret_msg"), scanner.matches(key, "retMsg"):
                message = try scanner.scalar("ret_msg")
            case scanner.matches(key, "req_id"), scanner.matches(key, "reqId"):
                requestID = try scanner.scalar("req_id")
            case scanner.matches(key, "retCode"): returnCode = try scanner.scalar("retCode")
            case scanner.matches(key, "id"), scanner.matches(key, "conn_id"), scanner.matches(key, "connId"),
                scanner.matches(key, "args"), scanner.matches(key, "header"),
                scanner.matches(key, "creationTime"), scanner.matches(key, "retExtInfo"):
                try scanner.skipValue()
            default:
                unknownFields &+= 1
                try scanner.skipValue()
            }
        }
        scanner.skipSpace()
        guard scanner.at >= scanner.count else { throw scanner.malformed("end of message") }
    }

    private static func kind(_ slice: Slice, _ scanner: ByteScanner) -> Kind {
        if scanner.matches(slice, "delta") { return .delta }
        return scanner.matches(slice, "snapshot") ? .snapshot : .unknown
    }
}

extension Envelope {
    /// What a message without a topic says.
    func control(_ scanner: ByteScanner) throws(WireError) -> ControlMessage {
        let operation = operation.map(scanner.text) ?? ""
        let message = message.map(scanner.text) ?? ""
        let requestID = requestID.map(scanner.text)
        if operation == "pong" || message == "pong" { return .pong }
        let isCommandAnswer = rawKind.map { scanner.matches($0, "COMMAND_RESP") } ?? false
        // Trade connections tell success by a code.
        let isObeyed = success ?? returnCode.map { scanner.matches($0, "0") }
        let isAboutTopics =
            operation == "subscribe" || operation == "unsubscribe"
            || operation.isEmpty && (isCommandAnswer || isObeyed == false)
        guard let isObeyed, isAboutTopics else {
            return .other(operation.isEmpty ? rawKind.map(scanner.text) ?? message : operation)
        }
        let failed = isCommandAnswer ? try failTopics(scanner) : []
        guard isObeyed, failed.isEmpty else {
            return .refused(
                operation: operation.isEmpty ? "subscribe" : operation,
                requestID: requestID,
                reason: message.isEmpty ? "refused without a reason" : message,
                topics: failed
            )
        }
        return operation == "unsubscribe"
            ? .unsubscribed(requestID: requestID) : .subscribed(requestID: requestID)
    }

    private func failTopics(_ scanner: ByteScanner) throws(WireError) -> [String] {
        guard let dataAt else { return [] }
        var scanner = scanner
        scanner.at = dataAt
        var failed: [String] = []
        scanner.skipSpace()
        guard scanner[scanner.at] == 0x7B else { return [] }
        try scanner.enterObject("data")
        var isFirst = true
        while let key = try scanner.nextKey(&isFirst) {
            scanner.skipSpace()
            guard scanner.matches(key, "failTopics"), scanner[scanner.at] == 0x5B else {
                try scanner.skipValue()
                continue
            }
            try scanner.enterArray("failTopics")
            var isFirstTopic = true
            while try scanner.nextElement(&isFirstTopic) {
                guard let topic = try scanner.scalar("failTopics") else { continue }
                guard failed.count < PublicFrameDecoder.elementCountMax else {
                    throw .tooMany(field: "failTopics", limit: PublicFrameDecoder.elementCountMax)
                }
                failed.append(scanner.text(topic))
            }
        }
        return failed
    }
}
