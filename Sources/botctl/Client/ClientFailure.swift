import ControlProtocol

/// Why a command did not do what was asked, with what to do next and the exit status.
enum ClientFailure: Error {
    case unreachable(path: String, why: String)
    case notPermitted(path: String)
    case timeout
    case closed
    case otherProtocol(server: ProtocolVersion)
    case otherInstance(asked: String, found: String)
    case damaged(String)
    case refused(ControlError)
    /// Whoever read our output went away, as `head` does; that is no trouble.
    case readerGone
    case unwritable(String)

    var status: ExitStatus {
        switch self {
        case .unreachable, .closed, .otherInstance: .unreachable
        case .notPermitted: .notPermitted
        case .timeout: .timeout
        case .otherProtocol, .damaged: .protocolVersion
        case .refused(let error): ExitStatus(error.code)
        case .readerGone: .done
        case .unwritable: .failure
        }
    }

    /// Tells it on standard error: for people with the next step below, for programs as one JSON object.
    func report(_ format: OutputFormat) {
        if case .readerGone = self { return }
        if format.isJSON {
            let error = ControlError(code, message, hint: hints.first, isRetryable: isRetryable)
            StandardError.write(
                String(decoding: ServerFrame.error(id: nil, error).encodedLine(), as: UTF8.self)
            )
        } else {
            let lines = hints.map { "  \(Printable.text($0))\n" }.joined()
            StandardError.write("error: \(Printable.text(message)) [\(Printable.text(label))]\n\(lines)")
        }
    }

    private var message: String {
        switch self {
        case .unreachable(let path, let why): "tradebotd is not reachable: \(path): \(why)"
        case .notPermitted(let path): "you may not use \(path): permission denied"
        case .timeout: "no answer from the daemon in time"
        case .closed: "the daemon closed the connection"
        case .otherProtocol(let server):
            "the daemon speaks protocol \(server), this botctl \(ProtocolVersion.current)"
        case .otherInstance(let asked, let found): "this is instance \"\(found)\", not \"\(asked)\""
        case .damaged(let why): why
        case .refused(let error): error.message
        case .readerGone: "nobody reads the output"
        case .unwritable(let why): "can't write the output: \(why)"
        }
    }

    private var hints: [String] {
        switch self {
        case .unreachable, .closed: ["systemctl status tradebot    journalctl -u tradebot -n 50 -x"]
        case .notPermitted: ["sudo usermod -aG tradebot-view \"$USER\"   then log in again"]
        case .timeout: ["botctl status shows what took effect; a longer wait: --timeout 30"]
        case .otherProtocol: ["use the botctl that was installed with this daemon"]
        case .otherInstance: ["leave out --instance, or give the right --socket"]
        case .damaged: ["botctl version tells both versions"]
        case .refused(let error): error.hint.map { [$0] } ?? []
        case .readerGone, .unwritable: []
        }
    }

    /// The daemon's own code, or the exit status for what happened on our side.
    private var label: String {
        if case .refused(let error) = self { error.code.rawValue } else { String(status.rawValue) }
    }

    private var code: ErrorCode {
        switch self {
        case .unreachable, .closed: ErrorCode(rawValue: "client.unreachable")
        case .notPermitted: .denied
        case .timeout: ErrorCode(rawValue: "client.timeout")
        case .otherProtocol, .damaged: ErrorCode(rawValue: "client.protocol")
        case .otherInstance: ErrorCode(rawValue: "client.other_instance")
        case .refused(let error): error.code
        case .readerGone, .unwritable: ErrorCode(rawValue: "client.output")
        }
    }

    private var isRetryable: Bool {
        switch self {
        case .refused(let error): error.isRetryable
        case .unreachable, .closed, .timeout: true
        default: false
        }
    }
}
