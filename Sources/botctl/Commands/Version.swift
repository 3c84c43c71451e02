import ArgumentParser
import ControlProtocol

struct Version: DaemonCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell the versions of this program and of the daemon, if one runs.",
        discussion: "Reads only; succeeds without a daemon."
    )

    @OptionGroup var daemon: DaemonOptions

    func perform(_ output: inout StandardOutput) throws(ClientFailure) {
        let greeting = try greetingIfRunning()
        if daemon.format.isJSON {
            return try output.line(Self.json(greeting).text)
        }
        if daemon.format == .plain {
            return try output.line(PlainView.text(of: Self.json(greeting)))
        }
        try output.line("botctl     \(ProgramVersion.current)  protocol \(ProtocolVersion.current)")
        if let greeting {
            let words =
                "\(greeting.version)  protocol \(greeting.api)  \(greeting.instance)  \(greeting.mode)"
            try output.line("tradebotd  " + Printable.text(words))
        } else {
            try output.line("tradebotd  not reachable")
        }
    }

    private func greetingIfRunning() throws(ClientFailure) -> Greeting? {
        do {
            let session = try Session.open(daemon)
            return session.greeting
        } catch  where error.status == .unreachable || error.status == .notPermitted {
            return nil
        }
    }

    private static func json(_ greeting: Greeting?) -> JSONValue {
        var running = JSONValue.null
        if let greeting {
            running = [
                "version": .string(greeting.version), "api": .string(greeting.api.description),
                "instance": .string(greeting.instance), "mode": .string(greeting.mode),
            ]
        }
        return [
            "version": .string(ProgramVersion.current), "api": .string(ProtocolVersion.current.description),
            "daemon": running,
        ]
    }
}
