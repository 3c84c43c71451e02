/// Colour for words that already say what they mean without it.
struct Style {
    enum Tone: String {
        case good = "32"
        case warning = "33"
        case bad = "1;31"
        case faint = "2"
    }

    let isColoured: Bool

    func paint(_ text: String, _ tone: Tone) -> String {
        isColoured ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
    }
}

/// Text from outside, made safe for a terminal.
enum Printable {
    /// Control characters become visible escapes, so no log line or name can move the cursor or ring a bell.
    static func text(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var safe = ""
        for scalar in text.unicodeScalars {
            if isControl(scalar) {
                safe += scalar == "\t" ? " " : "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    /// C0, DEL, C1, and the marks that turn the direction of what follows.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
