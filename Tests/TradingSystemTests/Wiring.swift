import Contracts
import ControlPlane
import EventKernel
import Logging
import MarketPlane
import StoragePlane
import Systemd

@testable import TradingSystem

/// Every plane on one kernel, over a market that says nothing by itself; without sockets.
struct Wiring {
    let kernel = Kernel()
    let states: AsyncStream<ControlState>

    /// With a journal it records; `extend` adds modules of a test's own, as ``ReplayRun`` does.
    init(_ configuration: Configuration, journal: JournalWriter? = nil, extend: (Kernel) -> Void = { _ in }) {
        let outside = Planes.Outside(
            journal: journal,
            recovery: nil,
            features: nil,
            research: nil,
            feed: EventFeed(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            logSwitch: LogSwitch(level: .trace)
        )
        _ = Planes(configuration, outside: outside, kernel: kernel)
        MarketPlane.install(
            settings: configuration.market,
            feed: SilentMarket(),
            source: SilentMarket(),
            on: kernel
        )
        extend(kernel)
        let (states, continuation) = AsyncStream.makeStream(of: ControlState.self)
        _ = LifecycleFeed(continuation, kernel: kernel)
        self.states = states
    }
}

/// A market of which only the tests speak.
private struct SilentMarket: MarketFeed, InstrumentSource {
    func connect(_ category: Contracts.Category) {}
    func subscribe(_ instruments: [Instrument], to streams: [MarketStream]) {}
    func disconnect(why: String) {}
    func load(_ instruments: [Instrument]) {}
}
