import NIOCore

/// What the exchange says about itself: its clock, its announcements, its maintenance.
extension MarketRest {
    func time(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        let nowMs = exchange.nowMs
        return ByteBuffer(
            string: "{\"timeSecond\":\"\(nowMs / 1000)\",\"timeNano\":\"\(nowMs * 1_000_000)\"}"
        )
    }

    func systemStatus(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        var out = ByteBuffer(string: "{\"list\":")
        out.writeImmutableBuffer(exchange.notices.list())
        out.write("}")
        return out
    }

    func announcements(_ query: RestQuery) throws(BadParameter) -> ByteBuffer {
        guard query["locale"] != nil else { throw BadParameter(message: "params error: locale is required") }
        let entries = exchange.notices.entries
        var out = ByteBuffer(string: "{\"total\":\(entries.count),\"list\":[")
        for (index, entry) in entries.reversed().enumerated() {
            if index > 0 { out.write(",") }
            out.writeString(
                "{\"title\":\"Simulated maintenance \(entry.number)\",\"description\":\"\","
                    + "\"type\":{\"title\":\"Maintenance Updates\",\"key\":\"maintenance_updates\"},\"tags\":[],"
                    + "\"url\":\"\",\"dateTimestamp\":\(entry.beginMs),\"startDateTimestamp\":\(entry.beginMs),"
                    + "\"endDateTimestamp\":\(entry.endMs)}"
            )
        }
        out.write("]}")
        return out
    }
}
