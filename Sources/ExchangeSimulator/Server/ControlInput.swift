import NIOPosix

extension SimulatorServer {
    /// Reads faults from standard input, one a line, on a thread of its own until the input ends.
    ///
    /// Reading blocks, so it is no work for an event loop; the thread ends with the process.
    package func readControlLines(complain: @escaping @Sendable (String) -> Void) {
        NIOThreadPool.singleton.submit { _ in
            while let line = readLine() {
                guard !line.allSatisfy(\.isWhitespace) else { continue }
                do throws(SimulatorError) {
                    self.begin(try Fault(controlLine: line))
                } catch {
                    complain(error.description)
                }
            }
        }
    }
}
