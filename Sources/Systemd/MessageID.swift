import Logging

/// Names for ever the log messages an operator looks for, so that `journalctl -x` can explain them.
///
/// Each has its entry in `systemd/tradebot.catalog`; a number is never used for another meaning.
package enum MessageID: String, CaseIterable, Sendable {
    case start = "79fd7fe0f9a44f8da6bf5bcea5c13091"
    case ready = "c2ef3e9aa7cd47e19b19d1e5214ebc6d"
    case stopping = "0b422fbc994941f384e9734cc8cabde3"
    case cleanup = "902295ffe87b4eb482cc99a37e47404b"
    case paused = "d855ee0c68244d25b06ef1a9003c4503"
    case resumed = "dc4d71fec720436e9a9d65f60e0a5211"
    case killed = "ea0ea0b088274dc1a4317bdf78379d7b"
    case outcomeUnknown = "bd9d47faebb24fd5bec759cf82f277be"
    case outcomeResolved = "fcbba5d8585546cf9fe853e7da928b59"
    case reconDifference = "94711d79654e482daecc4a2088278b34"
    case dataStale = "bef2a5bdffe24c6190a6b9300072b1d5"
    case clockSkew = "296017a9b9584c138901627901f27dfb"
    case limitHit = "a0002210b57d49b89690a6d174f51c86"
    case keyExpiring = "20786872613a452abc43dfd7d222f6af"
    case keyRejected = "8adc88a12ffa41e4a5bba14959156bc8"
    case diskLow = "44dd7fa2df6842e1b529a726c3065c9a"
    case journalDamaged = "c95de458dbfc48d0b19ef0437753c5d4"
    case journalHead = "5b0c1e6f9d8a4f27a3c47e21d06b9f84"
    case configLoaded = "be3923a7a1394823a7897377167acc0a"
    case configRefused = "6f23ace11fd24eac8a6cedb2335753bd"
    case authDenied = "f9ff000d81f045a2a4ce8e7850a0d564"
    case watchdogLate = "47fdb96204ba4eb4976575ff509e1ba7"

    /// The metadata that gives a log message this name.
    package var metadata: Logger.Metadata { ["message_id": .string(rawValue)] }
}
