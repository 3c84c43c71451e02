/// Words for an operator out of a library's error.
package enum ErrorText {
    /// The error's own text, without the places in the library's source that mean nothing to its reader.
    package static func of(_ error: any Error) -> String {
        "\(error)".replacing(#/ at \/[^\])\s]*/#, with: "")
    }
}
