import Contracts

extension StableHash {
    /// Stands for a value that is not there.
    private static let absent: UInt64 = 0xDEAD_BEEF_0BAD_F00D

    /// Numbers that are equal count the same, whatever their decimal places.
    @inline(__always)
    mutating func add<Kind>(_ number: Decimal64<Kind>) { add(Residue.of(number.units, scale: number.scale)) }

    @inline(__always)
    mutating func add<Kind>(_ number: Decimal64<Kind>?) {
        guard let number else { return add(Self.absent) }
        add(number)
    }

    @inline(__always)
    mutating func add(_ money: Money) {
        if let narrow = Int64(exactly: money.units) {
            add(Residue.of(narrow, scale: money.scale))
        } else {
            add(Residue.of(wide: money.units, scale: money.scale))
        }
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
        // Nearly all text lies in one piece, and is read there.
        let isRead: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
            unsafe add(UnsafeRawBufferPointer(bytes))
        }
        guard isRead == nil else { return }
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
