import Recording

/// One recording, a file or a folder of segments, read event by event; opened anew for every lap.
struct ReplayFile {
    /// How many lines are looked at before playback, for symbols, decimals and the candle length.
    static let inspectedLinesMax = 4096

    let path: String
    let format: ReplayFormat
    /// What is known of the symbols: from the inspected lines, refined by every later one.
    private(set) var specs: [InstrumentSpec] = []
    private(set) var firstMs: Int64 = 0
    private(set) var candleMs: Int64 = 60_000
    private var reader: RecordingLines
    private var shape = RecordedLine()
    private var lineCount = 0
    private var tape: SyntheticTape?
    private var queue: [TimedEvent] = []
    private var queueAt = 0
    private var lastDueNs: Int64 = 0
    private var hasClosed = false

    init(path: String, symbol: String?) throws(SimulatorError) {
        self.path = path
        reader = try RecordingLines(replaying: path)
        guard let first = try reader.nextLine() else { throw .badFormat(file: path, why: "it is empty") }
        format = try ReplayFormat(firstLine: first, file: path)
        if format.isCSV {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            guard let symbol = symbol ?? ReplayFile.symbol(in: name), InstrumentSpec.isSymbol(symbol) else {
                throw .badOption(
                    option: "--symbol",
                    value: symbol ?? "",
                    expected: "the symbol of \(name), whose name does not tell it"
                )
            }
            specs = [InstrumentSpec(symbol: symbol, priceDecimals: 0, quantityDecimals: 0)]
        }
        try inspect()
        try rewind()
    }

    /// `binance_usdm_BTCUSDT_20230404_trades.csv.gz` tells of BTCUSDT.
    static func symbol(in fileName: String) -> String? {
        fileName.split { "_.".contains($0) }.map(String.init).first { part in
            part.utf8.count >= 5 && InstrumentSpec.isSymbol(part) && part.contains { $0.isLetter }
                && !part.hasPrefix("2")
        }
    }

    mutating func rewind() throws(SimulatorError) {
        reader = try RecordingLines(replaying: path)
        lineCount = 0
        if format.isCSV { _ = try nextLine() }
        tape = nil
        (queue, queueAt, lastDueNs, hasClosed) = ([], 0, 0, false)
    }

    mutating func next() throws(SimulatorError) -> TimedEvent? {
        while queueAt == queue.count {
            queue.removeAll(keepingCapacity: true)
            queueAt = 0
            guard let line = try nextLine() else {
                if format.isCSV, let torn = reader.tornFiles.first {
                    throw .unreadable(file: torn, why: "its end is missing")
                }
                guard case .candles = format, !hasClosed, lastDueNs > 0 else { return nil }
                // Time must reach the end of the last candle, or it would never be confirmed.
                hasClosed = true
                let endMs = (lastDueNs / 1_000_000 / candleMs + 1) * candleMs
                return TimedEvent(dueNs: endMs * 1_000_000, event: .clock(timeMs: endMs))
            }
            guard !line.isEmpty else { continue }
            switch format {
            case .wrapped, .bare: try readMessage(line)
            case .trades(let columns): enqueue([try readTrade(line, columns)])
            case .candles(let columns): enqueue(try readCandle(line, columns))
            }
        }
        defer { queueAt += 1 }
        return queue[queueAt]
    }

    // MARK: Lines

    private mutating func readMessage(_ line: [UInt8]) throws(SimulatorError) {
        guard let item = shape.read(line) else {
            do {
                _ = try JSONReader.read(line)
            } catch {
                throw bad("not JSON at byte \(error.offset), expected \(error.expected)")
            }
            throw bad("it is no line of a recording")
        }
        guard case .frame(let frame) = item else { return }
        let json: JSONValue
        do {
            json = try JSONReader.read(Array(frame.bytes))
        } catch {
            // Tradebot's recorder keeps whatever comes, and tells the category of it.
            guard frame.categoryName == nil else { return }
            throw bad("not JSON at byte \(error.offset), expected \(error.expected)")
        }
        let category = frame.categoryName.flatMap(Category.init)
        let message: RecordedMessage?
        do {
            message = try RecordedMessage(json, category: category)
        } catch {
            throw bad(error.why)
        }
        guard let message, let event = message.event(text: String(decoding: frame.bytes, as: UTF8.self))
        else {
            return
        }
        lastDueNs = max(lastDueNs, frame.receivedNanoseconds)
        var seen = InstrumentSpec(
            symbol: message.symbol,
            priceDecimals: message.priceDecimals,
            quantityDecimals: message.quantityDecimals,
            category: category
        )
        if let depth = message.depth { seen.recordedDepths = [depth] }
        if let refined = refine(seen) {
            queue.append(TimedEvent(dueNs: lastDueNs, event: .listed(refined)))
        }
        queue.append(TimedEvent(dueNs: lastDueNs, event: event))
    }

    private mutating func readTrade(_ line: [UInt8], _ columns: TradeColumns) throws(SimulatorError) -> Trade
    {
        let row = try CSVRow(line, fieldCount: columns.count, file: reader.path, line: reader.lineNumber)
        let (price, quantity) = (try row.price(columns.price), try row.decimal(columns.quantity))
        let side = row.text(columns.side)
        guard side == "Buy" || side == "Sell" else { throw bad("taker_side is \"\(side)\", not Buy or Sell") }
        refineTape(price, quantity)
        return Trade(
            id: row.text(columns.id),
            timeMs: try row.integer(columns.time) / columns.unitsPerMs,
            price: price.value,
            quantity: quantity.value,
            takerBuys: side == "Buy",
            sequence: tape?.nextSequence() ?? 0
        )
    }

    private mutating func readCandle(
        _ line: [UInt8],
        _ columns: CandleColumns
    ) throws(SimulatorError) -> [Trade] {
        let row = try CSVRow(line, fieldCount: columns.count, file: reader.path, line: reader.lineNumber)
        let open = try row.price(columns.open)
        let high = try row.price(columns.high)
        let low = try row.price(columns.low)
        let close = try row.price(columns.close)
        let volume = try columns.volume.map { index throws(SimulatorError) in try row.decimal(index) }
        guard low.value <= min(open.value, close.value), high.value >= max(open.value, close.value) else {
            throw bad("open and close are not between low and high")
        }
        let finest = [open, high, low, close].max { $0.decimals < $1.decimals } ?? open
        refineTape(Fixed.Reading(value: open.value, decimals: finest.decimals), volume)
        let startMs = try row.integer(columns.time)
        let candle = Candle(
            startMs: startMs,
            open: open.value,
            high: high.value,
            low: low.value,
            close: close.value,
            volume: Int128(volume?.value.units ?? 0),
            lastTradeMs: startMs
        )
        guard var tape else { return [] }
        defer { self.tape = tape }
        if startMs * 1_000_000 > lastDueNs { lastDueNs = startMs * 1_000_000 }
        return CandlePath.trades(of: candle, lengthMs: candleMs, tape: &tape)
    }

    /// Each trade comes after the book it hits; candles also bring figures for the ticker.
    private mutating func enqueue(_ trades: [Trade]) {
        guard var tape else { return }
        defer { self.tape = tape }
        for trade in trades {
            lastDueNs = max(lastDueNs, trade.timeMs * 1_000_000)
            var events = [
                tape.quote(before: trade),
                .trades(TradeBatch(symbol: tape.spec.symbol, timeMs: trade.timeMs, trades: [trade])),
            ]
            if case .candles = format { events.append(tape.figures(at: trade.price, timeMs: trade.timeMs)) }
            queue += events.map { TimedEvent(dueNs: lastDueNs, event: $0) }
        }
    }

    // MARK: Instruments

    private mutating func refineTape(_ price: Fixed.Reading, _ quantity: Fixed.Reading?) {
        let refined = refine(
            InstrumentSpec(
                symbol: specs[0].symbol,
                priceDecimals: price.decimals,
                quantityDecimals: quantity?.decimals ?? 0
            )
        )
        if let refined { queue.append(TimedEvent(dueNs: lastDueNs, event: .listed(refined))) }
        if refined != nil || tape == nil { tape = SyntheticTape(spec: specs[0], near: price.value) }
    }

    /// Notes what a line shows of an instrument; the refined spec if that was new.
    private mutating func refine(_ seen: InstrumentSpec) -> InstrumentSpec? {
        guard let index = specs.firstIndex(where: { $0.name == seen.name }) else {
            specs.append(seen)
            return seen
        }
        let known = specs[index]
        specs[index].refine(with: seen)
        return specs[index] == known ? nil : specs[index]
    }

    /// Reads the head of the file for what must be known before it is played.
    private mutating func inspect() throws(SimulatorError) {
        try rewind()
        if case .candles(let columns) = format { try inspectCandleLength(columns) }
        try rewind()
        var isFirst = true
        while lineCount < ReplayFile.inspectedLinesMax, let event = try next() {
            guard isFirst, let timeMs = event.event.timeMs else { continue }
            firstMs = timeMs
            isFirst = false
        }
        guard !isFirst else { throw .badFormat(file: path, why: "it holds nothing to replay") }
    }

    /// The candle length is the smallest step of the first rows.
    private mutating func inspectCandleLength(_ columns: CandleColumns) throws(SimulatorError) {
        var last: Int64?
        var smallest: Int64?
        while lineCount < ReplayFile.inspectedLinesMax, let line = try nextLine() {
            guard !line.isEmpty else { continue }
            let row = try CSVRow(line, fieldCount: columns.count, file: reader.path, line: reader.lineNumber)
            let time = try row.integer(columns.time)
            if let last {
                guard time > last else { throw bad("its time is not after that of the line before") }
                smallest = min(smallest ?? .max, time - last)
            }
            last = time
        }
        candleMs = max(1000, smallest ?? 60_000)
    }

    private mutating func nextLine() throws(SimulatorError) -> [UInt8]? {
        let line = try reader.nextLine()
        if line != nil { lineCount += 1 }
        return line
    }

    private func bad(_ why: String) -> SimulatorError {
        .badLine(file: reader.path, line: reader.lineNumber, why: why)
    }
}
