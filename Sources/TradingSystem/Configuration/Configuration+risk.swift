import Contracts
import RiskPlane

extension Configuration {
    /// Reads every limit by risk's own table of them.
    mutating func readRisk(_ reader: inout ConfigurationReader) {
        for setting in RiskSetting.all { read(setting, &reader) }
    }

    private mutating func read(_ setting: RiskSetting, _ reader: inout ConfigurationReader) {
        let key = "risk.\(setting.key)"
        switch setting.place {
        case .money(let path): risk[keyPath: path] = reader.money(key, default: risk[keyPath: path])
        case .moneyOrOff(let path):
            let amount = reader.money(key, default: risk[keyPath: path] ?? .zero)
            risk[keyPath: path] = amount.isZero ? nil : amount
        case .ratio(let path, let range):
            risk[keyPath: path] = reader.ratio(key, in: range, default: risk[keyPath: path])
        case .ratioOrOff(let path, let range):
            let ratio = reader.ratio(key, in: range, default: risk[keyPath: path] ?? 0)
            risk[keyPath: path] = ratio.isZero ? nil : ratio
        case .count(let path, let range):
            risk[keyPath: path] = reader.whole(key, in: range, default: risk[keyPath: path])
        case .countOrOff(let path, let range):
            let count = reader.whole(key, in: range, default: risk[keyPath: path] ?? 0)
            risk[keyPath: path] = count == 0 ? nil : count
        case .milliseconds(let path, let range):
            let bounds = Int(range.lowerBound)...Int(range.upperBound)
            risk[keyPath: path] = Int64(reader.whole(key, in: bounds, default: Int(risk[keyPath: path])))
        case .flag(let path): risk[keyPath: path] = reader.flag(key, default: risk[keyPath: path])
        case .text(let path): risk[keyPath: path] = reader.text(key, default: risk[keyPath: path])
        case .budgets:
            for name in reader.keys(under: key) {
                risk.strategyBudgets[StrategyID(name)] = reader.money("\(key).\(name)", default: .zero)
            }
        case .groups: readGroups(key, &reader)
        }
    }

    private mutating func readGroups(_ key: String, _ reader: inout ConfigurationReader) {
        for name in reader.keys(under: key) {
            let texts = reader.list("\(key).\(name).instruments", default: [])
            let instruments = texts.compactMap {
                Instrument($0.contains(":") ? $0 : "\(category.rawValue):\($0)")
            }
            if instruments.count != texts.count || texts.isEmpty {
                reader.complain(
                    "\(key).\(name).instruments",
                    "write symbols, as [\"BTCUSDT\"]",
                    code: "cfg.type"
                )
            }
            risk.groups.append(
                RiskGroup(
                    name: name,
                    instruments: instruments,
                    notionalMax: reader.money("\(key).\(name).notional_max", default: .zero)
                )
            )
        }
        if risk.groups.count > RiskGroup.countMax {
            reader.complain(
                key,
                "\(risk.groups.count) groups, at most \(RiskGroup.countMax)",
                code: "cfg.range"
            )
        }
    }
}
