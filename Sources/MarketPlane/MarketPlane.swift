import AsyncHTTPClient
import Contracts
import EventKernel
import Logging
import NIOCore
import NIOSSL
import WebSocketTransport

/// Puts the Market plane together.
package enum MarketPlane {
    /// Puts the plane's two modules on a kernel, over whatever feed and source: live, replay or test.
    package static func install(
        settings: MarketSettings,
        feed: any MarketFeed,
        source: any InstrumentSource,
        on kernel: Kernel
    ) {
        _ = MarketGateway(
            feed: feed,
            source: source,
            refreshMilliseconds: settings.instrumentRefreshMilliseconds,
            kernel: kernel
        )
        _ = FeedMonitor(settings: settings, kernel: kernel)
    }

    /// The plane over the real exchange; the caller keeps the answer and shuts it down in the end.
    ///
    /// `tap` sees every frame as it came in; every event goes to `post`, which says whether there was room. Throws
    /// where the configured certificates can't be read.
    package static func live(
        settings: MarketSettings,
        kernel: Kernel,
        clock: any HostClock,
        eventLoopGroup: any EventLoopGroup,
        httpClient: HTTPClient,
        logger: Logger,
        tap: FrameTap? = nil,
        post: @escaping @Sendable (AnyEvent) -> Bool
    ) throws(WebSocketError) -> LiveMarket {
        var configuration = WebSocketConfiguration()
        configuration.connectMilliseconds = settings.connectMilliseconds
        if settings.publicURL.hasPrefix("wss:") {
            configuration.trust = try WebSocketTrust(caFile: settings.caFile)
        }
        let rest = RestClient(
            url: settings.restURL,
            transport: HTTPTransport(client: httpClient, timeoutMilliseconds: settings.requestMilliseconds),
            clock: clock,
            jitterSeed: settings.jitterSeed
        )
        let backfiller = Backfiller(rest: rest, settings: settings.backfill, clock: clock, post: post)
        let context = FeedContext(
            settings: settings,
            configuration: configuration,
            clock: clock,
            logger: logger,
            tap: tap,
            missed: { backfiller.missed($0, $1) },
            post: { backfiller.post($0) }
        )
        let feed = BybitMarketFeed(context: context, eventLoopGroup: eventLoopGroup)
        let loader = BybitInstrumentLoader(rest: rest, clock: clock, post: post)
        let probe = ClockProbe(
            rest: rest,
            intervalMilliseconds: settings.clockMilliseconds,
            clock: clock,
            post: post
        )
        let wholeFeed = BackfilledFeed(feed: feed, backfiller: backfiller, probe: probe)
        install(settings: settings, feed: wholeFeed, source: loader, on: kernel)
        let checker = BookChecker(rest: rest, feed: feed)
        if settings.bookCheckMilliseconds > 0 { checker.start() }
        return LiveMarket(feed: feed, loader: loader, backfiller: backfiller, probe: probe, checker: checker)
    }

    /// How an HTTP client for the exchange must be made, so that it trusts whom the settings trust.
    package static func httpConfiguration(_ settings: MarketSettings) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let caFile = settings.caFile { tls.trustRoots = .file(caFile) }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        configuration.timeout = .init(
            connect: .milliseconds(settings.connectMilliseconds),
            read: .milliseconds(settings.requestMilliseconds)
        )
        return configuration
    }
}

/// What of the plane lives outside the kernel.
package struct LiveMarket: Sendable {
    package let feed: BybitMarketFeed
    package let loader: BybitInstrumentLoader
    package let backfiller: Backfiller
    package let probe: ClockProbe
    package let checker: BookChecker

    /// Ends connections and requests and returns when all are ended.
    package func shutdown(why: String) async {
        await checker.shutdown()
        await feed.shutdown(why: why)
        await loader.shutdown()
        await backfiller.shutdown()
        await probe.shutdown()
    }
}
