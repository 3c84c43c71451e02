import ControlProtocol

/// One greeted connection: asks, and reads what the daemon pushes.
struct Session: ~Copyable {
    let greeting: Greeting
    private var connection: Connection
    private let wait: Duration
    private var lastID = 0

    private init(_ connection: consuming Connection, _ greeting: Greeting, wait: Duration) {
        self.connection = connection
        self.greeting = greeting
        self.wait = wait
    }

    /// Connects and checks the greeting: another major protocol or another instance is refused.
    static func open(_ options: DaemonOptions) throws(ClientFailure) -> Session {
        var connection = try Connection(path: options.path, timeout: options.wait)
        let greeting = try greeting(on: &connection, until: Deadline(after: options.wait))
        try check(greeting, options)
        return Session(connection, greeting, wait: options.wait)
    }

    private static func check(_ greeting: Greeting, _ options: DaemonOptions) throws(ClientFailure) {
        switch ProtocolVersion.current.agreement(with: greeting.api) {
        case .same: break
        case .refused: throw .otherProtocol(server: greeting.api)
        case .otherMinor:
            guard !options.quiet else { break }
            StandardError.write(
                "warning: the daemon speaks protocol \(greeting.api), botctl \(ProtocolVersion.current); "
                    + "some fields may be missing\n"
            )
        }
        if let asked = options.instance, asked != greeting.instance {
            throw .otherInstance(asked: asked, found: greeting.instance)
        }
    }

    /// Sends a request and waits for its answer; frames that answer nothing of ours are passed over.
    mutating func ask(_ request: ClientFrame.Request) throws(ClientFailure) -> JSONValue {
        lastID += 1
        let id = String(lastID)
        let deadline = Deadline(after: wait)
        try connection.send(ClientFrame(id: id, request).encodedLine(), until: deadline)
        while true {
            guard let frame = try bufferedFrame() else {
                try connection.fill(until: deadline)
                continue
            }
            switch frame {
            case .ok(id, let payload): return try Self.tree(payload)
            case .error(let answered, let error) where answered == nil || answered == id:
                throw .refused(error)
            default: continue
            }
        }
    }

    /// The next frame that has arrived already.
    mutating func bufferedFrame() throws(ClientFailure) -> ServerFrame? {
        try Self.frame(on: &connection)
    }

    /// Waits until more has arrived.
    mutating func fill(waiting: Duration) throws(ClientFailure) {
        try connection.fill(until: Deadline(after: waiting))
    }

    static func tree(_ payload: JSONPayload) throws(ClientFailure) -> JSONValue {
        do {
            return try payload.tree()
        } catch {
            throw .damaged("\(error)")
        }
    }

    private static func greeting(
        on connection: inout Connection,
        until deadline: Deadline
    ) throws(ClientFailure) -> Greeting {
        while true {
            switch try frame(on: &connection) {
            case .greeting(let greeting): return greeting
            case .error(_, let error): throw .refused(error)
            case nil: try connection.fill(until: deadline)
            default: throw .damaged("the daemon's first line is no greeting")
            }
        }
    }

    private static func frame(on connection: inout Connection) throws(ClientFailure) -> ServerFrame? {
        while let line = try connection.bufferedLine() {
            do {
                return try ServerFrame(decoding: line)
            } catch .unknownShape {
                continue  // a kind of frame that a newer daemon added
            } catch {
                throw .damaged("\(error)")
            }
        }
        return nil
    }
}
