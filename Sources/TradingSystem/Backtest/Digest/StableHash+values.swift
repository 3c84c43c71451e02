import Contracts

extension StableHash {
    /// Stands for a value that is not there.
    private static let absent: UInt64 = 0xDEAD_BEEF_0BAD_F00D

    /// Numbers that are equal count the same, whatever their decimal places.
    @inline(__always)
    mutating func add<Kind>(_ number: Decimal64<Kind>) {
        var (units, scale) = (number.units, number.scale)
        while scale > 0, units % 10 == 0 { (units, scale) = (units / 10, scale &- 1) }
        add(units)
        add(UInt64(scale))
    }

    mutating func add<Kind>(_ number: Decimal64<Kind>?) {
        guard let number else { return add(Self.absent) }
        add(number)
    }

    mutating func add(_ money: Money) {
        guard let narrow = Int64(exactly: money.units) else { return addWide(money) }
        var (units, scale) = (narrow, money.scale)
        while scale > 0, units % 10 == 0 { (units, scale) = (units / 10, scale &- 1) }
        add(units)
        add(UInt64(scale))
    }

    private mutating func addWide(_ money: Money) {
        var (units, scale) = (money.units, money.scale)
        // Eighteen digits at once where they are zeros, then one by one in the narrower type where it fits.
        while scale > 0 {
            let (quotient, remainder) = units.quotientAndRemainder(dividingBy: 10)
            guard remainder == 0 else { break }
            (units, scale) = (quotient, scale &- 1)
            if let narrow = Int64(exactly: units) { return add(Money(units: Int128(narrow), scale: scale)) }
        }
        add(UInt64(truncatingIfNeeded: units))
        add(UInt64(truncatingIfNeeded: units >> 64))
        add(UInt64(scale))
    }

    mutating func add(_ money: Money?) {
        guard let money else { return add(Self.absent) }
        add(money)
    }

    mutating func add(_ flag: Bool) { add(flag ? 1 : UInt64(2)) }

    mutating func add(_ number: Double) { add(number.bitPattern) }

    mutating func add(_ instrument: Instrument) {
        add(UInt64(instrument.category.place))
        add(instrument.symbol)
    }

    mutating func add(_ symbol: Symbol) {
        var symbol = symbol
        unsafe withUnsafeBytes(of: &symbol) { bytes in
            for index in 0..<4 {
                unsafe add(bytes.load(fromByteOffset: 8 &* index, as: UInt64.self))
            }
        }
    }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { bytes in unsafe add(UnsafeRawBufferPointer(bytes)) }
    }

    mutating func add(_ text: String?) {
        guard let text else { return add(Self.absent) }
        add(text)
    }

    mutating func add(_ side: Side) { add(side == .buy ? 1 : UInt64(2)) }

    /// A time as the distance from `now`, so that two runs at different times agree.
    mutating func add(_ time: UnixMilliseconds?, from now: UnixMilliseconds) {
        guard let time else { return add(Self.absent) }
        add(time &- now)
    }
}

extension Contracts.Category {
    /// Its place in the list of categories.
    @inline(__always)
    fileprivate var place: Int {
        switch self {
        case .linear: 1
        case .inverse: 2
        case .spot: 3
        case .option: 4
        }
    }
}
