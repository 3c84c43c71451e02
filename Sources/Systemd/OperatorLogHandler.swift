import Logging

/// Hands each line, with its fields as text, to the daemon's log.
///
/// Its level is the operator's (`LogSwitch`) unless this one logger was given its own.
package struct OperatorLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let output: LogOutput
    private var ownLevel: Logger.Level?

    init(label: String, output: LogOutput) {
        self.label = label
        self.output = output
    }

    package var logLevel: Logger.Level {
        get { ownLevel ?? output.controls.level }
        set { ownLevel = newValue }
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var fields: [String: String] = ["logger": label]
        // The nearer to the call, the stronger.
        for layer in [metadataProvider?.get() ?? [:], metadata, event.metadata ?? [:]] {
            for (name, value) in layer { fields[name] = "\(value)" }
        }
        if let error = event.error { fields["error"] = "\(error)" }
        output.submit(
            LogLine(
                unixMilliseconds: WallClock.unixMilliseconds(),
                level: event.level,
                message: event.message.description,
                fields: fields
            )
        )
    }
}
