import CSystemd
import Glibc

/// Who is at the other end of a Unix socket, by the kernel's word at the time of the connect.
///
/// - Shape: process, user, group and all supplementary groups of a connected stream socket.
/// - Errors: ``PeerError``; an unknown peer has no role and is refused.
/// - Source: `SO_PEERCRED` and `SO_PEERGROUPS` of unix(7) and socket(7); meaningless under `PrivateUsers=yes`.
package struct PeerCredentials: Sendable, Equatable {
    /// How many supplementary groups the kernel allows at most.
    static let groupCountMax = 65_536

    package let processID: Int32
    package let userID: UInt32
    package let groupID: UInt32
    /// The supplementary groups, without any promise of an order.
    package let groups: [UInt32]

    /// Credentials as known from elsewhere.
    package init(processID: Int32, userID: UInt32, groupID: UInt32, groups: [UInt32]) {
        self.processID = processID
        self.userID = userID
        self.groupID = groupID
        self.groups = groups
    }

    /// Asks the kernel who is connected to this socket.
    package init(ofSocket descriptor: Int32) throws(PeerError) {
        var peer = tb_peer()
        let failure = unsafe tb_peer_credentials(descriptor, &peer)
        guard failure == 0 else { throw .unknown(why: errorText(failure)) }
        self.init(
            processID: peer.pid,
            userID: peer.uid,
            groupID: peer.gid,
            groups: try Self.groups(of: descriptor)
        )
    }

    /// Whether the peer is in this group, by its own group or a supplementary one.
    package func isMember(of group: GroupID) -> Bool {
        groupID == group.number || groups.contains(group.number)
    }

    private static func groups(of descriptor: Int32) throws(PeerError) -> [UInt32] {
        var groups = [UInt32](repeating: 0, count: 64)
        while true {
            var count = UInt32(groups.count)
            let failure = unsafe tb_peer_groups(descriptor, &groups, &count)
            if failure == 0 { return Array(groups.prefix(Int(count))) }
            guard failure == ERANGE, Int(count) > groups.count, Int(count) <= groupCountMax else {
                throw .unknown(why: errorText(failure))
            }
            groups = [UInt32](repeating: 0, count: Int(count))
        }
    }
}

/// Why it can't be said who is at the other end.
package enum PeerError: Error, Equatable, CustomStringConvertible {
    case unknown(why: String)

    /// Says what broke, why, and what happens next.
    package var description: String {
        switch self {
        case .unknown(let why): "the peer's credentials are unknown: \(why); the connection is refused"
        }
    }
}
