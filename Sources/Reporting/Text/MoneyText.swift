import Contracts

/// Amounts of one currency, all with as many decimal places as its size asks for.
struct MoneyText {
    let places: Int

    /// Cents where the account has hundreds, more digits where it is kept in coins.
    init(accountOf equity: Money) {
        let size = abs(equity.approximate)
        places = size >= 100 ? 2 : size >= 1 ? 4 : 8
    }

    func text(_ amount: Money) -> String {
        guard let rounded = try? amount.rounded(places: UInt8(places)) else {
            return NumberText.number(amount.approximate, places: places)
        }
        let missing = places - Int(rounded.scale)
        let point = rounded.scale == 0 && missing > 0 ? "." : ""
        return NumberText.grouped(
            rounded.description + point + String(repeating: "0", count: max(0, missing))
        )
    }

    func text(_ amount: Double) -> String { NumberText.number(amount, places: places) }

    /// An amount that was won or lost: with its sign, and the colour that it is shown in.
    func outcome(_ amount: Money) -> Outcome { Outcome(NumberText.signed(text(amount)), amount.approximate) }

    func outcome(_ amount: Double) -> Outcome { Outcome(NumberText.signed(text(amount)), amount) }

    /// What is left of a profit, exact wherever it can be.
    func net(_ parts: ProfitParts) -> Outcome {
        if let net = try? parts.net { return outcome(net) }
        return outcome(parts.approximateNet)
    }

    /// A cost, shown as what it takes away.
    func cost(_ amount: Money) -> Outcome {
        guard let taken = try? amount.negated() else { return Outcome(text(amount), -amount.approximate) }
        return outcome(taken)
    }
}

/// A figure that is good when above zero and bad below.
struct Outcome {
    let text: String
    /// The class that colours it.
    let tone: String

    init(_ text: String, _ value: Double) {
        self.text = text
        tone = value > 0 ? "gain" : value < 0 ? "loss" : "even"
    }

    /// A fraction in percent; a dash where there is none.
    init(share: Double?, places: Int) {
        self.init(share.map { NumberText.signed(NumberText.share($0, places: places)) } ?? "–", share ?? 0)
    }
}
