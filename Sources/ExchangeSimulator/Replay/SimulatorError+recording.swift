import Recording

extension SimulatorError {
    /// A recording's own complaint, as the simulator tells it.
    init(_ error: RecordingError) {
        self =
            switch error {
            case .badLine(let file, let line, let why), .damaged(let file, let line, let why):
                .badLine(file: file, line: line, why: why)
            case .unreadable(let file, let why), .badFolder(let file, let why),
                .writeFailed(let file, let why, _):
                .unreadable(file: file, why: why)
            case .dropped(_, _, let why): .unreadable(file: "", why: why)
            }
    }
}

extension RecordingLines {
    /// The lines of what is to be replayed: a file, or a folder of segments.
    init(replaying path: String) throws(SimulatorError) {
        do throws(RecordingError) {
            try self.init(path: path)
        } catch {
            throw SimulatorError(error)
        }
    }

    mutating func nextLine() throws(SimulatorError) -> [UInt8]? {
        do throws(RecordingError) {
            return try next()
        } catch {
            throw SimulatorError(error)
        }
    }
}
