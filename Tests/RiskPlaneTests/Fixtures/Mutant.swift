import Contracts
import Foundation

@testable import RiskPlane

/// The check that this run leaves out of the chain, to see whether a test notices: `TRADEBOT_MUTANT=collar`.
enum Mutant {
    static let check: RiskCheck? = {
        guard let name = ProcessInfo.processInfo.environment["TRADEBOT_MUTANT"] else { return nil }
        guard let check = RiskCheck(rawValue: name) else { preconditionFailure("\(name) is no check") }
        return check
    }()

    /// The checks that are asked in this run.
    static var links: [RiskChain.Link] { RiskChain.links.filter { $0.check != check } }
}
