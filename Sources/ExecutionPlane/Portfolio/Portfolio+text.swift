import Contracts

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The books as JSON; the same books always give the same text.
extension Portfolio {
    var text: String {
        get throws(PortfolioError) {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            do {
                return String(decoding: try encoder.encode(body), as: UTF8.self)
            } catch {
                throw .unwritable(why: String(describing: error))
            }
        }
    }

    /// Reads what this program or an older one wrote.
    init(restoring text: String, version: Int, settings: PortfolioSettings) throws(PortfolioError) {
        let body: PortfolioBody
        switch version {
        case PortfolioBody.version: body = try Self.decoded(text)
        case FirstPortfolioBody.version:
            let first: FirstPortfolioBody = try Self.decoded(text)
            body = try first.migrated(to: settings.coin)
        default: throw .version(version, known: PortfolioBody.version)
        }
        try self.init(restoring: body, settings: settings)
    }

    private static func decoded<Body: Decodable>(_ text: String) throws(PortfolioError) -> Body {
        do {
            return try JSONDecoder().decode(Body.self, from: Data(text.utf8))
        } catch {
            throw .unreadable(why: String(describing: error))
        }
    }
}
