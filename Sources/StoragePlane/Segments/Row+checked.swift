import FoundationEssentials
import GRDB

/// Columns of files that may be damaged: what is not of the expected kind is an error and never a trap.
extension Row {
    func whole(_ index: Int) throws -> Int64 {
        guard let value = Int64.fromDatabaseValue(self[index] as DatabaseValue) else {
            throw unexpected(index)
        }
        return value
    }

    func text(_ index: Int) throws -> String {
        guard case .string(let value) = (self[index] as DatabaseValue).storage else {
            throw unexpected(index)
        }
        return value
    }

    func hash(_ index: Int) throws -> ChainHash {
        guard case .blob(let bytes) = (self[index] as DatabaseValue).storage, let hash = ChainHash(bytes)
        else {
            throw unexpected(index)
        }
        return hash
    }

    private func unexpected(_ index: Int) -> DatabaseError {
        DatabaseError(
            resultCode: .SQLITE_CORRUPT,
            message: "column \(index) holds \((self[index] as DatabaseValue).description)"
        )
    }
}
