import Contracts

/// What the account was worth at a time.
package struct EquityPoint: Codable, Hashable, Sendable {
    package let time: UnixMilliseconds
    package let equity: Double

    package init(time: UnixMilliseconds, equity: Double) {
        precondition(equity.isFinite, "an account is worth a finite amount")
        self.time = time
        self.equity = equity
    }
}

/// What was held at a time, as multiples of the equity.
package struct ExposurePoint: Codable, Hashable, Sendable {
    package let time: UnixMilliseconds
    /// All positions, short ones counted like long ones.
    package let gross: Double
    /// Long positions less short ones.
    package let net: Double

    package init(time: UnixMilliseconds, gross: Double, net: Double) {
        precondition(
            gross.isFinite && net.isFinite,
            "an exposure is a finite multiple; an account without equity has none"
        )
        self.time = time
        self.gross = gross
        self.net = net
    }
}
