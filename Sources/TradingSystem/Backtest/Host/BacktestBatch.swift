/// Does many things at once, as many as there are workers, and gives their results in the order of the things.
///
/// Each makes what it needs inside its own task, so a result depends neither on the number of workers nor on who
/// comes first.
package struct BacktestBatch: Sendable {
    private let workers: Int

    package init(workers: Int) { self.workers = max(1, workers) }

    /// The results of `body` for `items`, in their order; the first error ends all.
    ///
    /// `finished` hears each result as it comes, one at a time.
    package func map<Item: Sendable, Output: Sendable>(
        _ items: [Item],
        finished: (Int, Output) -> Void = { _, _ in },
        _ body: @escaping @Sendable (Item) throws -> Output
    ) async throws -> [Output] {
        var outputs = [Output?](repeating: nil, count: items.count)
        try await withThrowingTaskGroup(of: (Int, Output).self) { group in
            var next = 0
            func add() {
                guard next < items.count else { return }
                let (index, item) = (next, items[next])
                next += 1
                group.addTask { (index, try body(item)) }
            }
            for _ in 0..<workers { add() }
            while let (index, output) = try await group.next() {
                outputs[index] = output
                finished(index, output)
                add()
            }
        }
        return outputs.compactMap { $0 }
    }
}
