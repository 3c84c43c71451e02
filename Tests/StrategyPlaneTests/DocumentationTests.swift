import Contracts
import Foundation
import StrategyPlane
import Testing

@testable import StrategyPlane

@Suite struct `The strategies' pages` {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/StrategyPlane/StrategyPlane.docc").standardizedFileURL

    private func page(_ name: String) throws -> String {
        try String(contentsOf: Self.folder.appending(path: "\(name).md"), encoding: .utf8)
    }

    @Test(arguments: [
        (page: "EMACross", names: EMACrossStrategy.parameters.map(\.name)),
        (page: "DonchianBreakout", names: DonchianStrategy.parameters.map(\.name)),
        (page: "BollingerReversion", names: BollingerStrategy.parameters.map(\.name)),
        (page: "FundingCarry", names: FundingCarryStrategy.parameters.map(\.name)),
        (page: "StrategyPlane", names: StrategyOptions.parameters.map(\.name)),
    ])
    func `name every parameter that may be set`(page: String, names: [String]) throws {
        let text = try self.page(page)
        for name in names { #expect(text.contains("`\(name)`"), "\(page) does not name \(name)") }
    }
}
