import Contracts
import Systemd

/// Who may do what on the control socket: roles by group, root is admin, everybody else is refused.
package struct RolePolicy: Sendable {
    /// The groups of the package, by role.
    package static let groupNames: [(role: Actor.Role, name: String)] = [
        (.admin, "tradebot-admin"), (.op, "tradebot-op"), (.view, "tradebot-view"),
    ]

    private let groups: [(role: Actor.Role, group: GroupID)]
    private let ownUser: UInt32
    private let ownRole: Actor.Role

    /// Looks the groups up once.
    ///
    /// `isPrivateSocket`: the daemon made the socket itself, for its own user alone, as on a developer's machine;
    /// then its own user is admin, who could end it or read its files anyway. Behind systemd it may only look.
    package init(ownUser: UInt32, isPrivateSocket: Bool) {
        groups = Self.groupNames.compactMap { role, name in GroupID.named(name).map { (role, $0) } }
        self.ownUser = ownUser
        ownRole = isPrivateSocket ? .admin : .view
    }

    init(groups: [(role: Actor.Role, group: GroupID)], ownUser: UInt32, isPrivateSocket: Bool) {
        self.groups = groups
        self.ownUser = ownUser
        ownRole = isPrivateSocket ? .admin : .view
    }

    /// The peer's role; nil where it has none.
    package func role(of peer: PeerCredentials) -> Actor.Role? {
        if peer.userID == 0 { return .admin }
        if let match = groups.first(where: { peer.isMember(of: $0.group) }) { return match.role }
        return peer.userID == ownUser ? ownRole : nil
    }
}

extension Contracts.ControlCommand.Command {
    /// The least role that may give the command.
    package var roleNeeded: Actor.Role {
        switch self {
        case .pause, .resume: .op
        case .stop, .logsLevel, .logs, .strategyEnable, .strategyDisable, .strategySet, .riskReset: .admin
        }
    }
}
