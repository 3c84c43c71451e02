import ArgumentParser
import ExchangeSimulator

/// Where clients reach the simulator.
struct ListenOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Plain address; port 0 takes any free one.", valueName: "host:port"))
    var listen = "127.0.0.1:8808"

    @Option(help: ArgumentHelp("TLS address, beside the plain one.", valueName: "host:port"))
    var tlsListen: String?

    @Option(help: ArgumentHelp("PEM file with the certificate and its chain.", valueName: "file"))
    var tlsCert: String?

    @Option(help: ArgumentHelp("PEM file with the private key.", valueName: "file"))
    var tlsKey: String?

    @Option(
        help: ArgumentHelp(
            "Make a self-signed certificate, write cert.pem and key.pem there.",
            valueName: "dir"
        )
    )
    var tlsSelfSigned: String?

    func validate() throws {
        if (tlsCert == nil) != (tlsKey == nil) {
            throw ValidationError("--tls-cert and --tls-key belong together: give both.")
        }
        if tlsCert != nil, tlsSelfSigned != nil {
            throw ValidationError(
                "--tls-self-signed makes its own certificate: leave out --tls-cert and --tls-key."
            )
        }
        if tlsListen != nil, certificate == nil {
            throw ValidationError("--tls-listen needs --tls-cert and --tls-key, or --tls-self-signed.")
        }
    }

    var certificate: CertificateChoice? {
        if let tlsCert, let tlsKey { return .files(certificate: tlsCert, key: tlsKey) }
        return tlsSelfSigned.map { .selfSigned(directory: $0) }
    }

    func plain() throws(SimulatorError) -> ListenAddress? {
        try ListenAddress(listen, option: "--listen")
    }

    func secure() throws(SimulatorError) -> ListenAddress? {
        guard let tlsListen else { return nil }
        return try ListenAddress(tlsListen, option: "--tls-listen")
    }

    /// Says where the simulator listens, once it does.
    func announce(_ ports: SimulatorServer.Ports) {
        if let port = ports.plain, let host = try? plain()?.host {
            Console.answer("listening ws://\(host):\(port)")
        }
        if let port = ports.tls, let host = try? secure()?.host {
            Console.answer("listening wss://\(host):\(port)")
        }
    }
}
