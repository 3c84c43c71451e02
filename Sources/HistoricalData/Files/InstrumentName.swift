import Contracts

/// What a path's words say about the instrument: `bybit_linear/BTCUSDT_5m.csv.gz`, `…/binance_coinm_BTCUSD_PERP_…`.
enum InstrumentName {
    /// The instrument, by the folder and the name; nil where no word is a symbol.
    static func instrument(of path: String) -> Instrument? {
        let words = words(of: path)
        guard let symbol = words.name.lazy.filter(isSymbol).compactMap({ Symbol($0) }).first else {
            return nil
        }
        return Instrument(category: category(of: path), symbol: symbol)
    }

    /// The product line, by the words of folder and name; a perpetual in quote asset where none tells.
    static func category(of path: String) -> Category {
        let words = words(of: path)
        for word in words.name + words.folder {
            switch word {
            case "linear", "usdm", "ftx": return .linear
            case "inverse", "coinm", "bitmex": return .inverse
            case "spot", "bitfinex": return .spot
            default: continue
            }
        }
        return .linear
    }

    /// How many contracts of 1 USD one of the file's is: Binance's coin-margined BTC contract is 100 USD, others 10.
    static func contractSize(of path: String) -> Int64 {
        let words = words(of: path)
        guard (words.name + words.folder).contains("coinm") else { return 1 }
        return words.name.contains { $0.hasPrefix("BTC") } ? 100 : 10
    }

    private static func words(of path: String) -> (folder: [String], name: [String]) {
        let parts = path.split(separator: "/")
        func words(_ text: Substring?) -> [String] {
            (text ?? "").split { $0 == "_" || $0 == "." }.map(String.init)
        }
        return (words(parts.dropLast().last), words(parts.last))
    }

    /// Capital letters and digits, at least three letters: no date, no length, no ending.
    private static func isSymbol(_ word: String) -> Bool {
        var letterCount = 0
        for byte in word.utf8 {
            switch byte {
            case 0x41...0x5A: letterCount += 1
            case 0x30...0x39, UInt8(ascii: "-"): continue
            default: return false
            }
        }
        return letterCount >= 3
    }
}
