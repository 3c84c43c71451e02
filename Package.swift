// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),  // data races are errors
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),  // a file imports what it uses
    .strictMemorySafety(),  // a step outside memory safety says `unsafe`
    .treatAllWarnings(as: .error),
    // A kernel's state is confined to one isolation; the debug build, which every test of a plane runs, keeps the check.
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

/// Floor 0 and 1: shared language and libraries; no plane.
func library(_ name: String, _ dependencies: Target.Dependency..., exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

/// A plane sees the contracts, the kernel and what it needs from outside; never another plane.
func plane(_ name: String, _ outside: Target.Dependency...) -> Target {
    .target(name: name, dependencies: ["Contracts", "EventKernel"] + outside, swiftSettings: strict)
}

/// A thin program: parse, wire, run.
func program(
    _ name: String,
    _ dependencies: Target.Dependency...,
    path: String? = nil,
    exclude: [String] = []
) -> Target {
    .executableTarget(
        name: name,
        dependencies: dependencies,
        path: path,
        exclude: exclude,
        swiftSettings: strict
    )
}

/// Tests mirror Sources: one test target per target.
func tests(_ name: String, _ dependencies: Target.Dependency..., exclude: [String] = []) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: [.init(stringLiteral: name), "TestKit"] + dependencies,
        exclude: exclude,
        swiftSettings: strict
    )
}

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioWebSocket = Target.Dependency.product(name: "NIOWebSocket", package: "swift-nio")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
    name: "tradebot",
    products: [
        .executable(name: "tradebotd", targets: ["tradebotd"]),
        .executable(name: "botctl", targets: ["botctl"]),
        .executable(name: "botlab", targets: ["botlab"]),
        .executable(name: "bybit-sim", targets: ["bybit-sim"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Floor 0: the shared language.
        library("Contracts", exclude: ["EventMap"]),

        // Floor 1: the core, and libraries that planes share and that are no planes.
        library("EventKernel", "Contracts"),
        library("BybitProtocol", "Contracts"),
        library("ControlProtocol"),
        library("OpenSSL", "COpenSSL"),
        library("Recording", "Contracts", "CZlib"),
        library("HistoricalData", "Contracts", "BybitProtocol", "CZlib", "EventKernel", "Recording"),
        library("Indicators"),
        library("Performance"),
        library("Reporting", "Contracts", "Performance", mustache),
        library("Systemd", "CSystemd", log),
        library("WebSocketTransport", nio, nioHTTP, nioPosix, nioTLS, nioWebSocket),
        library(
            "ExchangeSimulator",
            "CZlib",
            "OpenSSL",
            "Recording",
            nio,
            nioHTTP,
            nioPosix,
            nioTLS,
            nioWebSocket
        ),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // Floor 2: the planes. None sees another.
        plane("ControlPlane", "ControlProtocol", "Systemd", log, nio, nioPosix),
        plane(
            "MarketPlane",
            "BybitProtocol",
            "Recording",
            "WebSocketTransport",
            httpClient,
            log,
            nio,
            nioPosix,
            nioTLS
        ),
        plane("AnalyticsPlane", "Indicators"),
        plane("StrategyPlane"),
        plane("RiskPlane"),
        plane("ExecutionPlane"),
        plane("StoragePlane", "CZlib", "OpenSSL", grdb),
        plane("ObservabilityPlane", "Systemd", log),
        plane("ResearchPlane", grdb),

        // Floor 3: the composition root, the one place that knows every plane.
        library(
            "TradingSystem",
            "Contracts",
            "EventKernel",
            "ControlProtocol",
            "BybitProtocol",
            "HistoricalData",
            "Recording",
            "WebSocketTransport",
            "Systemd",
            "OpenSSL",
            "ControlPlane",
            "MarketPlane",
            "AnalyticsPlane",
            "StrategyPlane",
            "RiskPlane",
            "ExecutionPlane",
            "StoragePlane",
            "ObservabilityPlane",
            "ResearchPlane",
            log,
            nio,
            nioPosix,
            toml
        ),

        // Floor 4: the programs.
        program(
            "tradebotd",
            "TradingSystem",
            "Contracts",
            "ControlProtocol",
            "StoragePlane",
            "Systemd",
            arguments,
            log,
            signals
        ),
        program("botctl", "ControlProtocol", arguments),
        program(
            "botlab",
            "TradingSystem",
            "StoragePlane",
            "Contracts",
            "EventKernel",
            "BybitProtocol",
            "HistoricalData",
            "Indicators",
            "OpenSSL",
            "Performance",
            "Recording",
            "Reporting",
            arguments,
            grdb
        ),
        program("bybit-sim", "ControlProtocol", "ExchangeSimulator", arguments, signals),
        program(
            "tradebot-bench",
            "TradingSystem",
            "Contracts",
            "EventKernel",
            "BybitProtocol",
            "StoragePlane",
            "MarketPlane",
            "OpenSSL",
            "WebSocketTransport",
            arguments,
            log,
            nio,
            nioHTTP,
            nioPosix,
            nioTLS,
            nioWebSocket,
            path: "Tests/Benchmarks",
            exclude: ["C", "run-bench.sh", "setup-peers.sh", "thresholds.json", "peers"]
        ),
        program(
            "tradebot-soak",
            "TradingSystem",
            "Contracts",
            "ControlProtocol",
            "EventKernel",
            "Systemd",
            arguments,
            "StoragePlane",
            log,
            path: "Tests/Soak",
            exclude: ["run-soak.sh"]
        ),

        // Tests mirror Sources.
        .target(
            name: "TestKit",
            dependencies: ["Contracts", "EventKernel", log],
            path: "Tests/TestKit",
            swiftSettings: strict
        ),
        .target(
            name: "FuzzTargets",
            dependencies: ["Contracts", "BybitProtocol"],
            path: "Tests/Fuzz/Targets",
            swiftSettings: strict
        ),
        tests("Contracts", exclude: ["Fixtures"]),
        tests("EventKernel", "Contracts"),
        tests("BybitProtocol", "Contracts", "FuzzTargets", "Recording"),
        tests("ControlProtocol"),
        tests("OpenSSL"),
        tests("Recording", "Contracts"),
        tests("HistoricalData", "Contracts", "EventKernel"),
        tests("Indicators"),
        tests("Performance"),
        tests("Reporting", "Contracts", "Performance"),
        tests("Systemd", log),
        tests("WebSocketTransport", "ExchangeSimulator", nio, nioPosix),
        tests("ExchangeSimulator", nio, nioPosix),
        tests("ControlPlane", "Contracts", "EventKernel", "ControlProtocol", "Systemd", log, nio, nioPosix),
        tests(
            "MarketPlane",
            "Contracts",
            "EventKernel",
            "ExchangeSimulator",
            "Recording",
            httpClient,
            log,
            nio,
            nioPosix
        ),
        tests("AnalyticsPlane", "Contracts", "EventKernel", "Indicators"),
        tests("StrategyPlane", "Contracts", "EventKernel"),
        tests("RiskPlane", "Contracts", "EventKernel"),
        tests("ExecutionPlane", "Contracts", "EventKernel"),
        tests("StoragePlane", "Contracts", "EventKernel", grdb, exclude: ["Fixtures"]),
        tests("ObservabilityPlane", "Contracts", "EventKernel", "Systemd", log),
        tests("ResearchPlane", "Contracts", "EventKernel", grdb),
        tests(
            "TradingSystem",
            "Contracts",
            "EventKernel",
            "ControlPlane",
            "MarketPlane",
            "RiskPlane",
            "StoragePlane",
            "StrategyPlane",
            "Systemd",
            log
        ),
        .testTarget(
            name: "SystemTests",
            dependencies: ["TestKit", "ControlProtocol", "Contracts", grdb],
            swiftSettings: strict
        ),
    ]
)
