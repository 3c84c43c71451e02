import Contracts

/// One value for each position that an instrument can have: the net one, or the two legs of hedge mode.
struct PerPosition<Value> {
    private var oneWay: Value
    private var hedgeLong: Value
    private var hedgeShort: Value

    init(repeating value: Value) {
        oneWay = value
        hedgeLong = value
        hedgeShort = value
    }

    subscript(index: PositionIndex) -> Value {
        _read {
            switch index {
            case .oneWay: yield oneWay
            case .hedgeLong: yield hedgeLong
            case .hedgeShort: yield hedgeShort
            }
        }
        _modify {
            switch index {
            case .oneWay: yield &oneWay
            case .hedgeLong: yield &hedgeLong
            case .hedgeShort: yield &hedgeShort
            }
        }
    }

    func contains(where isWanted: (Value) -> Bool) -> Bool {
        isWanted(oneWay) || isWanted(hedgeLong) || isWanted(hedgeShort)
    }
}

extension PerPosition: Equatable where Value: Equatable {}
extension PerPosition: Hashable where Value: Hashable {}
extension PerPosition: Codable where Value: Codable {}

extension Quantity {
    /// What `side` adds to a position by trading this quantity.
    func signed(_ side: Side) throws(NumberError) -> Quantity { side == .buy ? self : try negated() }
}
