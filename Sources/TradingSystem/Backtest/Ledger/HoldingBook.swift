import Contracts

/// What is held, by the books' own word, and what the newest candles make of it.
struct HoldingBook {
    private struct Line {
        var quantity = Quantity.zero
        var mark: Price?
    }

    private var lines = InstrumentTable<[Line]>()
    private var closes = InstrumentTable<Price>()

    mutating func note(_ update: borrowing PositionUpdate) {
        let place = lines.place(
            of: update.instrument,
            orAdd: Array(repeating: Line(), count: PositionIndex.allCases.count)
        )
        lines[place][update.positionIndex.rawValue] = Line(
            quantity: update.quantity,
            mark: update.markPrice
        )
    }

    mutating func note(close: Price, of instrument: Instrument) {
        closes[closes.place(of: instrument, orAdd: close)] = close
    }

    /// What positions are worth more at the newest closes than at the marks that the books go by.
    ///
    /// An equity curve goes from close to close, whatever mark prices are told between.
    var valueBeyondMarks: Double {
        var sum = 0.0
        for (index, instrument) in lines.instruments.enumerated() where instrument.category != .inverse {
            guard let close = closes.value(of: instrument) else { continue }
            for line in lines[index] where !line.quantity.isZero {
                guard let mark = line.mark, mark != close else { continue }
                sum += line.quantity.approximate * (close.approximate - mark.approximate)
            }
        }
        return sum
    }

    /// The sum of all positions' worths, and of long less short.
    var exposure: (gross: Double, net: Double) {
        var (gross, net) = (0.0, 0.0)
        for (index, instrument) in lines.instruments.enumerated() {
            for line in lines[index] where !line.quantity.isZero {
                guard let price = closes.value(of: instrument) ?? line.mark else { continue }
                // An inverse contract is worth one dollar.
                let worth =
                    line.quantity.approximate * (instrument.category == .inverse ? 1 : price.approximate)
                gross += abs(worth)
                net += worth
            }
        }
        return (gross, net)
    }
}
