import Glibc
import Systemd
import Testing

@Suite struct `Peer credentials` {
    @Test func `are the kernel's word on who connected`() throws {
        // Given
        var ends: [Int32] = [-1, -1]
        #expect(unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        defer { for end in ends { close(end) } }
        // When
        let peer = try PeerCredentials(ofSocket: ends[0])
        // Then
        #expect(peer.processID == getpid())
        #expect(peer.userID == getuid())
        #expect(peer.groupID == getgid())
        let groupCount = getgroups(0, nil)
        var groups = [gid_t](repeating: 0, count: Int(groupCount))
        #expect(unsafe getgroups(groupCount, &groups) == groupCount)
        #expect(Set(peer.groups) == Set(groups))
        #expect(peer.isMember(of: GroupID(number: getgid())))
        #expect(!peer.isMember(of: GroupID(number: 3_999_999_999)))
    }

    @Test func `are refused where there is no peer`() {
        var ends: [Int32] = [-1, -1]
        #expect(unsafe pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        #expect(throws: PeerError.self) { try PeerCredentials(ofSocket: ends[0]) }
    }
}

@Suite struct `Group` {
    @Test func `is found by its name`() {
        #expect(GroupID.named("root") == GroupID(number: 0))
    }

    @Test(arguments: ["", "no-such-group-here", String(repeating: "x", count: 5_000)])
    func `is nil where there is none of that name`(name: String) {
        #expect(GroupID.named(name) == nil)
    }
}
