/// The powers of ten that fit, by exponent.
@frozen @usableFromInline package enum PowersOfTen {
    /// 10 to the power of 0 through 18: all that fit `Int64`.
    @usableFromInline package static let int64: [Int64] = (0...18).map { exponent in
        (0..<exponent).reduce(into: Int64(1)) { power, _ in power *= 10 }
    }
    /// 10 to the power of 0 through 38: all that fit `Int128`.
    @usableFromInline package static let int128: [Int128] = (0...38).map { exponent in
        (0..<exponent).reduce(into: Int128(1)) { power, _ in power *= 10 }
    }
    /// 10 to the power of 0 through 38, the nearest binary number to each.
    package static let double: [Double] = int128.map { Double($0) }

    /// Gives 10 to the power of `exponent` as `Int64`, for an exponent of 0 through 18.
    @inlinable package static func narrow(_ exponent: Int) -> Int64 {
        switch exponent {
        case 0: 1
        case 1: 10
        case 2: 100
        case 3: 1_000
        case 4: 10_000
        case 5: 100_000
        case 6: 1_000_000
        case 7: 10_000_000
        case 8: 100_000_000
        default: int64[exponent]
        }
    }
}
