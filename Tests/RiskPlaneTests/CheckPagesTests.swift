import Contracts
import Foundation
import Testing

@testable import RiskPlane

@Suite(.enabled(if: Mutant.check == nil)) struct `The documentation of the checks` {
    @Test func `has a page of every check, in the order of the chain`() {
        #expect(CheckPage.all.map(\.check) == RiskCheck.allCases)
        #expect(RiskChain.links.map(\.check) == RiskCheck.allCases)
        for check in RiskCheck.allCases { #expect(CheckPage.of(check)?.asks.isEmpty == false) }
    }

    @Test func `names only settings that there are, and each at least once`() {
        let keys = RiskSetting.all.map(\.key)
        #expect(Set(keys).count == keys.count)
        let named = Set(CheckPage.all.flatMap(\.keys))
        #expect(named.subtracting(keys).isEmpty)
        #expect(Set(keys).subtracting(named) == ["state_interval_ms"])
    }

    @Test func `gives every default within its range`() {
        let limits = RiskLimits()
        for setting in RiskSetting.all {
            switch setting.place {
            case .ratio(let path, let range): #expect(range.contains(limits[keyPath: path]), "\(setting.key)")
            case .ratioOrOff(let path, let range):
                #expect(limits[keyPath: path].map(range.contains) ?? true, "\(setting.key)")
            case .count(let path, let range): #expect(range.contains(limits[keyPath: path]), "\(setting.key)")
            case .countOrOff(let path, let range):
                #expect(limits[keyPath: path].map(range.contains) ?? true, "\(setting.key)")
            case .milliseconds(let path, let range):
                #expect(range.contains(limits[keyPath: path]), "\(setting.key)")
            case .money, .moneyOrOff, .flag, .text, .budgets, .groups: break
            }
            #expect(!setting.kind.isEmpty && !setting.text(in: limits).isEmpty && !setting.help.isEmpty)
        }
    }

    @Test func `is what docs/risk-checks.md says`() throws {
        let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appendingPathComponent("docs/risk-checks.md")
        if ProcessInfo.processInfo.environment["TRADEBOT_WRITE_DOCS"] != nil {
            try CheckPages.markdown.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == CheckPages.markdown)
    }
}
