import Contracts

/// Why the feature store cannot be opened, written or read.
package enum FeatureStoreError: OperatorError, Hashable, Sendable {
    case newerVersion(path: String, found: Int, known: Int)
    case cannotOpen(path: String, why: String)
    case cannotWrite(path: String, why: String, waitingCount: Int)
    case cannotRead(path: String, why: String)

    package var code: String {
        switch self {
        case .newerVersion: "features.version"
        case .cannotOpen: "features.open"
        case .cannotWrite: "features.write"
        case .cannotRead: "features.read"
        }
    }

    package var what: String {
        switch self {
        case .newerVersion(let path, _, _), .cannotOpen(let path, _):
            "the feature store \(path) cannot be opened"
        case .cannotWrite(let path, _, let count):
            "\(count) rows cannot be written to the feature store \(path)"
        case .cannotRead(let path, _): "the feature store \(path) cannot be read"
        }
    }

    package var why: String {
        switch self {
        case .newerVersion(_, let found, let known):
            "its schema has version \(found), this program knows up to version \(known)"
        case .cannotOpen(_, let why), .cannotWrite(_, let why, _), .cannotRead(_, let why): why
        }
    }

    package var next: String {
        switch self {
        case .newerVersion: "run the program that wrote it, or a newer one; nothing was changed"
        case .cannotOpen, .cannotRead: "check that the folder exists and what its rights are"
        case .cannotWrite: "trading goes on; they wait in memory, the oldest give way; check the disk"
        }
    }
}
