import Contracts

/// Why an instrument's features are no longer computed.
package enum FeatureError: OperatorError, Equatable {
    case price(Instrument, Price)
    case volume(Instrument)
    case notFinite(Instrument, feature: String)

    package var code: String { "features.unusable" }
    package var what: String {
        switch self {
        case .price(let instrument, _), .volume(let instrument), .notFinite(let instrument, _):
            "features of \(instrument) stopped"
        }
    }
    package var why: String {
        switch self {
        case .price(_, let price): "a price of \(price) is not above zero"
        case .volume: "the volume of one bar has more digits than a quantity holds"
        case .notFinite(_, let feature): "\(feature) is not a finite number"
        }
    }
    package var next: String { "the other instruments go on; a restart takes this one in again" }
}
