import StoragePlane

/// A head that was written down earlier, held against the journal as it is now.
struct HeadView: Encodable {
    enum Found: String, Encodable {
        /// Everything up to it is as it was.
        case same
        /// The journal has another row there.
        case other
        /// The journal ends before it.
        case lost
        /// Retention has deleted the row, or taken it out.
        case retired
    }

    let head: String
    let found: Found

    init(_ head: JournalHead, in reader: JournalReader, _ check: JournalCheck) throws {
        self.head = head.description
        found =
            switch try reader.confirms(head) {
            case true?: .same
            case false?: .other
            case nil: head.sequence > (check.head?.sequence ?? 0) ? .lost : .retired
            }
    }

    var isWrong: Bool { found == .other || found == .lost }

    var sentence: String {
        switch found {
        case .same: "everything up to it is as it was"
        case .other: "ANOTHER ROW is there now: the journal was changed since"
        case .lost: "NOT THERE: the journal ends before it"
        case .retired: "cannot be compared: retention has taken that row out"
        }
    }
}
