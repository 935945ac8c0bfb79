import X86Interp

extension TextScreen {
    /// Whether a row shows a text now: as `shows` of the screen says, without taking the screen.
    ///
    /// A script that waits for a text has it looked for at each look of the guest for a key. A DOS at its prompt does
    /// little else, and stood still when rows were made strings for that.
    static func shows(_ text: String, memory: PhysicalMemory, adapter: (any DisplayAdapter)?) -> Bool {
        guard let display = (adapter as? VGA)?.state else {
            return TextScreen(memory: memory, adapter: adapter).shows(text)
        }
        return shows(text, memory: memory, display: display)
    }

    /// The same by the state of a VGA.
    static func shows(_ text: String, memory: PhysicalMemory, display: VGA.State) -> Bool {
        guard !display.isGraphics, let sought = characters(of: text) else {
            return TextScreen(memory: memory, display: display).shows(text)
        }
        let (start, pitch, columns) = (display.start, display.pitch, display.columns)
        var row = [UInt8](repeating: 0x20, count: columns)
        for number in 0..<display.rows {
            var length = 0
            for column in 0..<columns {
                let character = UInt8(truncatingIfNeeded: display.textCell(start + number * pitch + column))
                row[column] = isBlank(character) ? 0x20 : character
                if row[column] != 0x20 { length = column + 1 }
            }
            if Self.contains(row, upTo: length, sought) { return true }
        }
        return false
    }

    /// The characters of a text in code page 437; nil if it is empty or has others, which only strings can compare.
    private static func characters(of text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard let byte = CodePage437.byte(for: scalar), scalar == " " || !isBlank(byte),
                CodePage437.scalar(byte) == scalar
            else { return nil }
            bytes.append(byte)
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// Whether the first `length` characters of a row have others among them, in this order.
    private static func contains(_ row: [UInt8], upTo length: Int, _ sought: [UInt8]) -> Bool {
        guard let first = sought.first, length >= sought.count else { return false }
        for place in 0...length - sought.count where row[place] == first {
            var count = 1
            while count < sought.count, row[place + count] == sought[count] { count += 1 }
            if count == sought.count { return true }
        }
        return false
    }
}
