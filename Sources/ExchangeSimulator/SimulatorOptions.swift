/// A host and port to listen on; port 0 takes any free one.
package struct ListenAddress: Equatable, Sendable {
    package let host: String
    package let port: Int

    /// An address from its parts.
    package init(host: String = "127.0.0.1", port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `127.0.0.1:8808` or `[::1]:8808`; throws ``SimulatorError/badOption(option:value:expected:)``.
    package init(_ text: String, option: String) throws(SimulatorError) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port), colon != text.startIndex
        else {
            throw .badOption(option: option, value: text, expected: "HOST:PORT with a port from 0 to 65535")
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        self.init(host: String(host), port: port)
    }
}

/// Where the TLS listener's certificate comes from.
package enum CertificateChoice: Equatable, Sendable {
    /// PEM files, the certificate with its chain and the private key.
    case files(certificate: String, key: String)
    /// A fresh self-signed one, written to `cert.pem` and `key.pem` in this folder.
    case selfSigned(directory: String)
}

/// What the simulated market is made of.
package enum MarketChoice: Equatable, Sendable {
    /// An invented market; `rate` in book and trade messages per second and symbol, nil start means now.
    ///
    /// A symbol may be led by its line, as in `inverse:BTCUSD`; a plain one is on linear and spot, and
    /// `option:BTC` is a small chain of options.
    case generated(seed: UInt64, symbols: [String], rate: Double, startMs: Int64?)
    /// Recordings, merged by time; `symbol` overrides the one in a CSV file's name.
    case replay(files: [String], symbol: String?, loops: Bool)
}

/// When the market's clock starts to run.
package enum PlaybackStart: String, Equatable, Sendable {
    case immediately
    case firstSubscription = "first-subscription"
}

/// Everything the simulator can be told before it starts.
package struct SimulatorOptions: Sendable {
    /// The symbols an invented market has on the linear and the spot line unless told otherwise.
    package static let defaultSymbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"]
    /// All markets of an invented market unless told otherwise: those, two inverse ones, options on BTC.
    package static let defaultMarkets = defaultSymbols + ["inverse:BTCUSD", "inverse:ETHUSD", "option:BTC"]

    /// The plain listener; nil for none.
    package var listen: ListenAddress?
    /// The TLS listener, which needs a ``certificate``; nil for none.
    package var tlsListen: ListenAddress?
    /// The certificate of the TLS listener.
    package var certificate: CertificateChoice?
    /// The market to simulate.
    package var market: MarketChoice
    /// Market seconds per real second; infinite for as fast as the clients read, without losing anything.
    package var speed: Double
    /// End the market after so much of its own time, with a summary; nil for no end.
    package var durationMs: Int64?
    /// An invented market's service goes down now and then, by its seed.
    package var hasOutages: Bool
    /// When playback begins; nil means at once for an invented market, at the first subscription for a recording.
    package var start: PlaybackStart?
    /// False leaves the clock to ``SimulatorServer/advance(byMilliseconds:)``.
    package var runsByItself: Bool
    /// End the program's run when a recording ends.
    package var exitsAtEnd: Bool
    /// Faults to inject by themselves, counted from the moment the server is ready.
    package var faults: [ScheduledFault]
    /// Unsent bytes at which a client that does not read is cut off.
    package var sendQueueBytesMax: Int
    /// Takes the lines meant for the operator.
    package var notice: @Sendable (String) -> Void
    /// Takes the lines meant for programs: `faults over` and the summary at the end.
    package var report: @Sendable (String) -> Void

    /// Options with quiet defaults: an invented market on any free loopback port.
    package init(
        market: MarketChoice = .generated(
            seed: 1,
            symbols: SimulatorOptions.defaultMarkets,
            rate: 20,
            startMs: nil
        ),
        listen: ListenAddress? = ListenAddress(port: 0),
        tlsListen: ListenAddress? = nil,
        certificate: CertificateChoice? = nil,
        speed: Double = 1,
        durationMs: Int64? = nil,
        hasOutages: Bool = false,
        start: PlaybackStart? = nil,
        runsByItself: Bool = true,
        exitsAtEnd: Bool = false,
        faults: [ScheduledFault] = [],
        sendQueueBytesMax: Int = 16 << 20,
        notice: @escaping @Sendable (String) -> Void = { _ in },
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        (self.market, self.listen, self.tlsListen, self.certificate) = (
            market, listen, tlsListen, certificate
        )
        (self.speed, self.start, self.runsByItself) = (speed, start, runsByItself)
        (self.exitsAtEnd, self.faults, self.sendQueueBytesMax) = (exitsAtEnd, faults, sendQueueBytesMax)
        (self.durationMs, self.hasOutages) = (durationMs, hasOutages)
        (self.notice, self.report) = (notice, report)
    }
}
