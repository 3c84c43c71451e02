import Glibc

/// The name behind a user id, for people; the id alone where there is none.
enum UserName {
    static func of(_ user: UInt32) -> String {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 4_096)
        let outcome = unsafe getpwuid_r(user, &entry, &buffer, buffer.count, &found)
        guard outcome == 0, unsafe found != nil else { return "uid \(user)" }
        return unsafe String(cString: entry.pw_name)
    }
}
