import ControlProtocol
import NIOCore

extension ControlConnection {
    /// Tells a chain of events from the journal; few at a time, because it reads the disk.
    func explain(_ name: String, request: String) {
        guard server.beginExplanation() else {
            return refuse(
                request,
                ControlError(
                    .busy,
                    "\(ControlLimits.explanationsMax) chains are being looked up.",
                    hint: "try again",
                    isRetryable: true
                )
            )
        }
        let explain = server.services.explain
        let bound = NIOLoopBound(self, eventLoop: server.loop)
        server.loop.makeFutureWithTask { try await explain(name) }
            .whenComplete { result in
                let connection = bound.value
                connection.server.endExplanation()
                switch result {
                case .success(let chain?):
                    connection.send(
                        .answer(id: request, sequence: connection.server.sequence, chain.members)
                    )
                case .success(nil): connection.refuse(request, Self.unknownChain(name))
                case .failure(let error):
                    connection.refuse(
                        request,
                        ControlError(.internalFailure, "The journal can't be read: \(error).")
                    )
                }
            }
    }

    private static func unknownChain(_ name: String) -> ControlError {
        ControlError(
            .notFound,
            "The journal has no chain of events called \"\(name)\".",
            hint: "write intent-N, an order's name (tb1-…), a command's key, or an event's number"
        )
    }
}
