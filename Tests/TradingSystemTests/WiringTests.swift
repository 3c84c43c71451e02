import Contracts
import EventKernel
import Testing

@testable import TradingSystem

@Suite struct `The wiring` {
    @Test(arguments: Topic.allCases)
    func `has exactly the subscribers that the event map names`(topic: Topic) throws {
        let wiring = Wiring(try Configuration(text: "", file: "none"))
        let real = Set(wiring.kernel.bus.subscribers(of: topic))
        let table = Set(topic.subscribers)
        #expect(table.subtracting(real).map(\.rawValue).sorted() == [], "in the map, and not in the code")
        #expect(real.subtracting(table).map(\.rawValue).sorted() == [], "in the code, and not in the map")
    }
}
