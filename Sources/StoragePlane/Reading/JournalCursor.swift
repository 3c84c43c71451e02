/// Walks over a journal's rows in order, page by page; other questions may be asked between two rows.
package struct JournalCursor {
    private let reader: JournalReader
    private var query: JournalQuery
    private let pageRows: Int
    private var page: [JournalRow] = []
    private var place = 0
    private var hasEnded = false

    /// Stands before the first row of `query`.
    package init(_ reader: JournalReader, _ query: JournalQuery = JournalQuery(), pageRows: Int = 2_048) {
        precondition(pageRows > 0, "a page has a row")
        self.reader = reader
        self.query = query
        self.pageRows = pageRows
    }

    /// The next row; nil at the end.
    package mutating func next() throws(JournalError) -> JournalRow? {
        if place == page.count {
            guard !hasEnded else { return nil }
            page = try reader.rows(query, limit: pageRows)
            place = 0
            hasEnded = page.count < pageRows
            guard let last = page.last else { return nil }
            query.from = last.sequence + 1
        }
        place += 1
        return page[place - 1]
    }
}
