import Contracts

/// `docs/risk-checks.md`, written from the tables of checks and settings.
package enum CheckPages {
    package static var markdown: String {
        ([introduction] + checkTable + [halts] + settingTable).joined(separator: "\n") + "\n"
    }

    private static let introduction = """
        # Risk: the chain of checks

        Made from `Sources/RiskPlane/Pages` and `Sources/RiskPlane/Settings`; a test compares. To write it anew:
        `TRADEBOT_WRITE_DOCS=1 swift test --filter RiskPlaneTests`.

        Every intent passes these checks in this order. The first one that refuses is named in `risk:rejected_intent`;
        an approval carries the verdict of each. A check that looks at *entries* lets pass what only reduces the
        position. Exposure always counts what may still be filled: approvals under way and every order that lives or
        whose fate is unknown, at their worst; stops, take profits and other reduce-only orders never add to it.
        What has never been said is a no, unless the table says otherwise.

        | check | asks whether, or how much | looks at | too much | while unknown | keys and defaults |
        | --- | --- | --- | --- | --- | --- |
        """

    private static var checkTable: [String] {
        let limits = RiskLimits()
        return CheckPage.all.map { page in
            let settings = page.keys.compactMap { key in RiskSetting.all.first { $0.key == key } }
            let keys = settings.map { "`\($0.key)` \($0.text(in: limits))" }.joined(separator: ", ")
            return
                "| `\(page.check.rawValue)` | \(page.asks) | \(page.scope.rawValue) | \(page.answer.rawValue) "
                + "| \(page.unknown) | \(keys) |"
        }
    }

    private static let halts = """

        ## Halts

        While a halt is in force only what reduces a position passes. `risk:state` tells each as it begins and ends, and
        those that outlive the present account are kept at once, so that a kill does not end them.

        | halt | begins | ends | named by |
        | --- | --- | --- | --- |
        | `noAccount` | before the account's equity is known | by itself | `halted` |
        | `equityMin` | equity is not above `equity_min` | by itself | `halted` |
        | `dailyLoss` | `daily_loss_max` or `daily_loss_share_max` is reached | at 00:00 UTC | `dailyLoss` |
        | `drawdown` | `drawdown_max` is reached | `risk_reset`; the fall counts anew | `drawdown` |
        | `runaway` | `runaway_approvals_max` is reached | `risk_reset` | `runaway` |
        | `liquidation` | the venue closed a position by force | `risk_reset` | `halted` |
        | `journal` | the journal's disk does not take what it is given | the disk is well again | `halted` |
        | `stateLost` | the kept state cannot be read | `risk_reset` | `halted` |

        ## Settings

        Keys of `[risk]` in `tradebot.toml`. Amounts are in the quote coin; amounts and fractions that money depends on
        are whole numbers, or text in quotes.

        | key | value | default | allowed | what it says |
        | --- | --- | --- | --- | --- |
        """

    private static var settingTable: [String] {
        let limits = RiskLimits()
        return RiskSetting.all.map { setting in
            "| `\(setting.key)` | \(setting.kind) | \(setting.text(in: limits)) | \(setting.range) "
                + "| \(setting.help) |"
        }
    }
}
