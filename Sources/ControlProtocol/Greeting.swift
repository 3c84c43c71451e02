/// The daemon's first line on a connection: who it is and which protocol it speaks.
package struct Greeting: Sendable, Hashable {
    package let api: ProtocolVersion
    /// The daemon's own version, `0.1.0`.
    package let version: String
    /// The mode of trading, such as `paper` or `testnet`.
    package let mode: String
    package let instance: String
    /// What this connection may do, such as `operator`.
    package let role: String
    /// Digest of the schema of all frames, after `sha256:`.
    package let schema: String

    package init(
        api: ProtocolVersion = .current,
        version: String,
        mode: String,
        instance: String,
        role: String,
        schema: String
    ) {
        self.api = api
        self.version = version
        self.mode = mode
        self.instance = instance
        self.role = role
        self.schema = schema
    }

    var json: JSONValue {
        [
            "api": .string(api.description), "version": .string(version), "mode": .string(mode),
            "instance": .string(instance), "role": .string(role), "schema": .string(schema),
        ]
    }

    /// Reads what stands under `tradebot`; only `api` must be there, so that another major can be named.
    init?(_ json: JSONValue) {
        guard let api = json["api"]?.string.flatMap(ProtocolVersion.init) else { return nil }
        self.init(
            api: api,
            version: json["version"]?.string ?? "",
            mode: json["mode"]?.string ?? "",
            instance: json["instance"]?.string ?? "",
            role: json["role"]?.string ?? "",
            schema: json["schema"]?.string ?? ""
        )
    }
}
