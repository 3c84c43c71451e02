import Contracts

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The layout of one part's state.
protocol StateBody: Codable {
    /// Grows by one when the layout changes.
    static var version: Int { get }
}

/// Writes a part's state as JSON and reads it back; every number comes back bit for bit.
enum StateCoding {
    static func text(of body: some StateBody, part: StatefulPart) throws(StateError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do {
            return String(decoding: try encoder.encode(body), as: UTF8.self)
        } catch {
            throw .unwritable(part, why: String(describing: error))
        }
    }

    static func read<Body: StateBody>(
        _ type: Body.Type,
        _ text: String,
        _ version: Int,
        part: StatefulPart
    ) throws(StateError) -> Body {
        guard version == Body.version else { throw .version(part, version, known: Body.version) }
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw .unreadable(part, why: String(describing: error))
        }
    }
}
