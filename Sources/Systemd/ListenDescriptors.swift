import CSystemd
import Glibc

/// The sockets systemd opened for this service, by the name the socket unit gave them.
///
/// - Shape: `FileDescriptorName=` in the `.socket` is the name; none where the service was started by hand.
/// - Errors: ``ListenError``; without its socket the daemon must bind its own path.
/// - Source: sd_listen_fds_with_names(3) of systemd 252.
package struct ListenDescriptors: Sendable, Equatable {
    private let descriptors: [String: Int32]

    /// Looks up what was passed to this process; the descriptors are marked close-on-exec.
    package init() throws(ListenError) {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = unsafe sd_listen_fds_with_names(0, &names)
        guard count >= 0 else { throw .refused(why: errorText(-count)) }
        var found: [String: Int32] = [:]
        for index in 0..<Int(count) {
            guard let name = unsafe names?[index] else { continue }
            // Of two with one name the first is meant, as everywhere in systemd.
            let text = unsafe String(cString: name)
            if found[text] == nil { found[text] = SD_LISTEN_FDS_START + Int32(index) }
            unsafe free(name)
        }
        unsafe free(names)
        descriptors = found
    }

    /// The descriptor of that name, ready to accept on; nil where systemd passed none.
    package subscript(_ name: String) -> Int32? { descriptors[name] }
}

/// Why the sockets systemd passed can't be known.
package enum ListenError: Error, Equatable, CustomStringConvertible {
    case refused(why: String)

    /// Says what broke, why, and what to do next.
    package var description: String {
        switch self {
        case .refused(let why):
            "the sockets from systemd are unreadable: \(why); check LISTEN_FDS and LISTEN_PID, or start without them"
        }
    }
}
