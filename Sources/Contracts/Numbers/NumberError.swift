/// Why a text or a computation gave no exact number.
@frozen @usableFromInline package enum NumberError: Error, Hashable, Sendable {
    /// The text is not a plain decimal number.
    case malformed
    /// The number needs more digits than the type holds; nothing was wrapped or cut.
    case overflow
    /// The number has more decimal places than the type holds, and they are not zero.
    case tooFine
    /// A division by zero, or a step of zero.
    case dividedByZero
}
