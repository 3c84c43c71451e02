import ControlPlane
import EventKernel
import Logging
import MarketPlane
import Systemd

/// A kernel with every plane of a live system and nothing outside it: no socket, no file, no clock of its own.
struct ReplayWorld {
    let kernel = Kernel()
    private let planes: Planes

    /// Makes the planes in the order in which a live system has them, so that they hear in the same order.
    ///
    /// `extend` may add modules of the caller's, as a wiring under test has them.
    init(_ configuration: Configuration, extend: (Kernel) -> Void = { _ in }) {
        let outside = Planes.Outside(
            journal: nil,
            recovery: nil,
            features: nil,
            research: nil,
            feed: EventFeed(),
            logger: Logger(label: "replay") { _ in SwiftLogNoOpLogHandler() },
            logSwitch: LogSwitch()
        )
        planes = Planes(configuration, outside: outside, kernel: kernel)
        let silent = SilentFeed()
        MarketPlane.install(settings: configuration.market, feed: silent, source: silent, on: kernel)
        extend(kernel)
    }
}
