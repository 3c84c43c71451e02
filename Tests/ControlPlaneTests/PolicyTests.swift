import Contracts
import ControlProtocol
import NIOCore
import Systemd
import Testing

@testable import ControlPlane

@Suite struct `The role policy` {
    private func role(user: UInt32, groups: [UInt32] = [], isPrivate: Bool = false) -> Actor.Role? {
        let policy = RolePolicy(
            groups: [
                (.admin, GroupID(number: 50)), (.op, GroupID(number: 51)), (.view, GroupID(number: 52)),
            ],
            ownUser: 1_000,
            isPrivateSocket: isPrivate
        )
        return policy.role(of: PeerCredentials(processID: 1, userID: user, groupID: 7, groups: groups))
    }

    @Test func `makes root admin and a stranger nobody`() {
        #expect(role(user: 0) == .admin)
        #expect(role(user: 2_000) == nil)
        #expect(role(user: 2_000, groups: [1, 2, 3]) == nil)
    }

    @Test func `takes the strongest of a user's groups`() {
        #expect(role(user: 2_000, groups: [52]) == .view)
        #expect(role(user: 2_000, groups: [52, 51]) == .op)
        #expect(role(user: 2_000, groups: [52, 50, 51]) == .admin)
    }

    @Test func `lets the daemon's own user do everything on its private socket only`() {
        #expect(role(user: 1_000, isPrivate: true) == .admin)
        #expect(role(user: 1_000, isPrivate: false) == .view)
    }

    @Test func `asks more of what is harder to undo`() {
        #expect(Contracts.ControlCommand.Command.pause.roleNeeded == .op)
        #expect(Contracts.ControlCommand.Command.resume.roleNeeded == .op)
        #expect(Contracts.ControlCommand.Command.stop.roleNeeded == .admin)
        #expect(Contracts.ControlCommand.Command.logs(isOn: false).roleNeeded == .admin)
        #expect(Actor.Role.view < .op && Actor.Role.op < .admin)
    }
}

@Suite struct `The request quota` {
    @Test func `gives so many a second, and anew in the next`() {
        var quota = RequestQuota()
        let second = NIODeadline.uptimeNanoseconds(7_000_000_000)
        let writes = (0..<ControlLimits.writesPerSecondMax + 2).map { _ in quota.takeWrite(at: second) }
        #expect(writes.count { $0 } == ControlLimits.writesPerSecondMax && writes.last == false)
        let read = quota.takeRead(at: second)
        let later = quota.takeWrite(at: .uptimeNanoseconds(8_000_000_000))
        #expect(read && later)
    }
}

@Suite struct `The command ledger` {
    let key = CommandKey(high: 1, low: 2)

    @Test func `acts once for a key, waits, then repeats the answer`() {
        var ledger = CommandLedger()
        #expect(ledger.decide(key, user: 1, command: .pause, reason: nil) == .act)
        #expect(ledger.decide(key, user: 1, command: .pause, reason: nil) == .wait)
        ledger.settle(key, with: .ok(["seq": 7]))
        #expect(ledger.decide(key, user: 1, command: .pause, reason: nil) == .repeatAnswer(.ok(["seq": 7])))
    }

    @Test func `refuses a key that comes with another body or user`() {
        var ledger = CommandLedger()
        #expect(ledger.decide(key, user: 1, command: .pause, reason: nil) == .act)
        #expect(ledger.decide(key, user: 1, command: .resume, reason: nil) == .refuse)
        #expect(ledger.decide(key, user: 1, command: .pause, reason: "why") == .refuse)
        #expect(ledger.decide(key, user: 2, command: .pause, reason: nil) == .refuse)
    }

    @Test func `forgets the oldest key beyond its bound`() {
        var ledger = CommandLedger(keyCountMax: 2)
        for low in 1...3 as ClosedRange<UInt64> {
            #expect(
                ledger.decide(CommandKey(high: 0, low: low), user: 1, command: .pause, reason: nil) == .act
            )
        }
        #expect(ledger.decide(CommandKey(high: 0, low: 3), user: 1, command: .pause, reason: nil) == .wait)
        #expect(ledger.decide(CommandKey(high: 0, low: 1), user: 1, command: .pause, reason: nil) == .act)
    }
}
