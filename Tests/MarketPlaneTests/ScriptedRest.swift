import Contracts
import EventKernel
import MarketPlane
import Synchronization

/// A REST interface that answers by script: by the URL and by how many questions came before.
final class ScriptedRest: RestTransport {
    struct Unreachable: Error {}

    private let asked = Mutex<[String]>([])
    private let answer: @Sendable (String, Int) async throws -> RestAnswer
    var urls: [String] { asked.withLock { $0 } }

    init(_ answer: @escaping @Sendable (String, Int) async throws -> RestAnswer) { self.answer = answer }

    /// Answers in the order given, the last one for ever.
    convenience init(_ answers: [RestAnswer]) {
        self.init { _, count in answers[min(count, answers.count - 1)] }
    }

    func get(_ url: String) async throws -> RestAnswer {
        let count = asked.withLock { asked in
            asked.append(url)
            return asked.count - 1
        }
        return try await answer(url, count)
    }
}

extension RestAnswer {
    static func result(_ result: String, time: UnixMilliseconds = 1_700_000_000_000) -> RestAnswer {
        RestAnswer(
            status: 200,
            body: Array(#"{"retCode":0,"retMsg":"OK","result":\#(result),"time":\#(time)}"#.utf8)
        )
    }

    static func refusal(_ code: Int, resetsAt: UnixMilliseconds? = nil) -> RestAnswer {
        RestAnswer(
            status: 200,
            body: Array(#"{"retCode":\#(code),"retMsg":"no","result":{}}"#.utf8),
            limitResetsAt: resetsAt
        )
    }
}

extension RestClient {
    /// A client without patience.
    static func fixture(_ transport: ScriptedRest, clock: any HostClock = SystemClock()) -> RestClient {
        var limits = Limits()
        limits.retryFirstMilliseconds = 2
        limits.retryMaxMilliseconds = 50
        return RestClient(url: "http://127.0.0.1:1", transport: transport, clock: clock, limits: limits)
    }
}
