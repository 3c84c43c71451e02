import Contracts

/// An instrument's positions, one of each index.
struct Positions: Hashable, Codable {
    private var oneWay = Quantity.zero
    private var hedgeLong = Quantity.zero
    private var hedgeShort = Quantity.zero

    subscript(index: PositionIndex) -> Quantity {
        get {
            switch index {
            case .oneWay: oneWay
            case .hedgeLong: hedgeLong
            case .hedgeShort: hedgeShort
            }
        }
        set {
            switch index {
            case .oneWay: oneWay = newValue
            case .hedgeLong: hedgeLong = newValue
            case .hedgeShort: hedgeShort = newValue
            }
        }
    }

    /// What is held in all.
    var net: Quantity {
        get throws(NumberError) { try oneWay.adding(hedgeLong).adding(hedgeShort) }
    }

    var isFlat: Bool { oneWay.isZero && hedgeLong.isZero && hedgeShort.isZero }
}
