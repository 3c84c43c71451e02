import Contracts

/// Confines one kernel and its planes to one serial executor and feeds it what arrives at the inlet.
///
/// `World` is whatever `build` wants to find again in ``inspect(_:)``: the planes, or those of them that are asked.
package actor KernelHost<World> {
    package nonisolated let inlet: Inlet
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()  // the host holds the executor for as long as it lives
    }

    private nonisolated let executor: any SerialExecutor
    private let kernel: Kernel
    private let world: World
    private let bell: AsyncStream<Void>
    private let armTimer: @Sendable (UnixMilliseconds?, Inlet) -> Void
    private var armedDeadline: UnixMilliseconds?
    private var batch: [AnyEvent] = []

    /// Makes a kernel on `executor`; `build` gives birth to its planes, which never leave.
    ///
    /// `armTimer` is told the next deadline when it changes, and posts a ``ClockEvent`` when that time has come.
    package init(
        on executor: any SerialExecutor,
        marketCountMax: Int = 1 << 16,
        reservedCount: Int = 1 << 12,
        armTimer: @escaping @Sendable (UnixMilliseconds?, Inlet) -> Void = { _, _ in },
        build: @Sendable (Kernel, Inlet) throws -> World
    ) rethrows {
        let (bell, ringer) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.executor = executor
        self.bell = bell
        self.armTimer = armTimer
        let inlet = Inlet(marketCountMax: marketCountMax, reservedCount: reservedCount, bell: ringer)
        self.inlet = inlet
        let kernel = Kernel()
        world = try build(kernel, inlet)
        self.kernel = kernel
    }

    /// Delivers until the inlet is closed and empty.
    package func run() async {
        for await _ in bell { drain() }
        drain()
    }

    /// Runs synchronous code inside the kernel's isolation: for queries.
    package func inspect<Result: Sendable>(
        _ body: @Sendable (Kernel, World) throws -> Result
    ) rethrows -> Result {
        try body(kernel, world)
    }

    private func drain() {
        inlet.take(into: &batch)
        for event in batch { kernel.ingest(event) }
        batch.removeAll(keepingCapacity: true)
        kernel.settle()
        if kernel.nextDeadline != armedDeadline {
            armedDeadline = kernel.nextDeadline
            armTimer(armedDeadline, inlet)
        }
    }
}
