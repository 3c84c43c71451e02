import Contracts

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Writes and reads what a part of this plane keeps over a restart; the same state always gives the same text.
enum StateCoder {
    /// What `part` answers to `request`.
    static func snapshot(
        of part: StatefulPart,
        answering request: borrowing SnapshotRequest,
        version: Int,
        _ body: some Encodable
    ) throws(StateError)
        -> StateSnapshot
    {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do {
            let text = String(decoding: try encoder.encode(body), as: UTF8.self)
            return StateSnapshot(
                meta: request.meta.answered(by: .trading),
                part: part,
                version: version,
                body: text
            )
        } catch {
            throw .unwritable(part, why: String(describing: error))
        }
    }

    static func body<Body: Decodable>(
        of part: StatefulPart,
        _ text: String,
        version: Int,
        known: Int
    ) throws(StateError) -> Body {
        guard version == known else { throw .version(part, version, known: known) }
        do {
            return try JSONDecoder().decode(Body.self, from: Data(text.utf8))
        } catch {
            throw .unreadable(part, why: String(describing: error))
        }
    }
}

/// Why the state of the engine or of the paper venue could not be kept or taken over.
package enum StateError: OperatorError, Equatable {
    case version(StatefulPart, Int, known: Int)
    case unreadable(StatefulPart, why: String)
    case unwritable(StatefulPart, why: String)

    package var code: String {
        switch self {
        case .version: "execution.state_version"
        case .unreadable: "execution.state_unreadable"
        case .unwritable: "execution.state_unwritable"
        }
    }

    package var what: String {
        switch self {
        case .version(let part, _, _), .unreadable(let part, _):
            "the state of \(part.rawValue) was not restored"
        case .unwritable(let part, _): "the state of \(part.rawValue) was not kept"
        }
    }

    package var why: String {
        switch self {
        case .version(_, let version, let known):
            "its layout has version \(version), this program knows \(known)"
        case .unreadable(_, let why), .unwritable(_, let why): why
        }
    }

    package var next: String {
        switch self {
        case .version: "start the program that wrote it, or go on from the positions alone"
        case .unreadable: "pause; compare orders and positions with the venue's before trading on"
        case .unwritable: "the next request tries again; a restart before it begins without this state"
        }
    }
}
