import NIOCore

/// Which faults are at work, and until when; asked by connections and answers as they go.
///
/// Confined to the server's event loop.
final class FaultState {
    /// How late a slow REST answer comes.
    static let restPause = TimeAmount.seconds(3)
    /// Of so many pushes one is lost, doubled or late.
    private static let everyNth: UInt64 = 8

    /// What becomes of one push.
    enum Fate {
        case sent, lost, doubled, late
    }

    private var ends: [Switch: NIODeadline] = [:]
    private var pushCount: UInt64 = 0
    private(set) var delay: TimeAmount = .zero
    private(set) var rest: RestFault?
    private(set) var tls: TLSFault?

    enum Switch: Hashable {
        case refuse, blackHole, stall, slow, delay, lose, duplicate, reorder, freeze, reject, rest, tls
    }

    func isOn(_ fault: Switch) -> Bool {
        guard let end = ends[fault] else { return false }
        if NIODeadline.now() < end { return true }
        ends[fault] = nil
        return false
    }

    /// Switches a fault on for so long from now; the later end counts where it is on already.
    func turnOn(_ fault: Switch, for length: TimeAmount) {
        let end = NIODeadline.now() + length
        ends[fault] = max(end, ends[fault] ?? end)
    }

    func delay(by amount: TimeAmount, for length: TimeAmount) {
        delay = amount
        turnOn(.delay, for: length)
    }

    func breakRest(_ fault: RestFault, for length: TimeAmount) {
        rest = fault
        turnOn(.rest, for: length)
    }

    func breakTLS(_ fault: TLSFault, for length: TimeAmount) {
        tls = fault
        turnOn(.tls, for: length)
    }

    /// The REST fault at work.
    var restNow: RestFault? { isOn(.rest) ? rest : nil }
    var tlsNow: TLSFault? { isOn(.tls) ? tls : nil }
    /// True while messages are held back to be sent in a burst.
    var holdsBack: Bool { isOn(.stall) || isOn(.slow) }
    /// True where no fault needs to be asked for: the quick way.
    var isQuiet: Bool { ends.isEmpty }

    func fateOfNextPush() -> Fate {
        guard !ends.isEmpty else { return .sent }
        pushCount += 1
        guard pushCount % FaultState.everyNth == 0 else { return .sent }
        if isOn(.lose) { return .lost }
        if isOn(.duplicate) { return .doubled }
        return isOn(.reorder) ? .late : .sent
    }
}
