import Devices

/// How a terminal can show pixels.
enum TerminalGraphics: Equatable, Sendable {
    /// By blocks of half a cell in two colours: all can.
    case halfBlocks
    /// By kitty's graphics protocol.
    case kitty
    /// By sixels.
    case sixel
}

/// What a terminal says about itself when it is asked.
///
/// Sources: kitty's graphics protocol, "Querying support and available transmission mediums"; DEC VT340 programmer
/// reference, primary device attributes (4 is sixel graphics); xterm's control sequences, CSI 16 t.
struct TerminalAnswers: Equatable, Sendable {
    /// The best way to show pixels.
    var graphics = TerminalGraphics.halfBlocks
    /// Dots of a cell; 0 if it did not say.
    var cellWidth = 0
    /// Lines of a cell; 0 if it did not say.
    var cellHeight = 0
    /// The answer that comes last has come.
    private(set) var isComplete = false

    /// A picture of one dot that kitty is asked about, the size of a cell, and the attributes, which all terminals answer.
    static let question = Array("\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\\u{1B}[16t\u{1B}[c".utf8)

    /// Takes answers out of what has come; what remains was typed.
    mutating func take(from bytes: [UInt8]) -> [UInt8] {
        var typed: [UInt8] = []
        var rest = bytes[...]
        while let first = rest.first {
            if first == 0x1B, let length = takeAnswer(rest) {
                rest = rest.dropFirst(length)
            } else {
                typed.append(first)
                rest = rest.dropFirst()
            }
        }
        return typed
    }

    /// The length of the answer at the start, which is taken; nil if there is none.
    private mutating func takeAnswer(_ bytes: ArraySlice<UInt8>) -> Int? {
        let body = bytes.dropFirst(2)
        switch bytes.dropFirst().first {
        case UInt8(ascii: "_"):
            guard let end = body.firstIndex(of: 0x1B), end + 1 < body.endIndex, body[end + 1] == UInt8(ascii: "\\")
            else { return nil }
            let text = String(decoding: body[..<end], as: UTF8.self)
            if text.hasPrefix("G"), text.hasSuffix(";OK") { graphics = .kitty }
            return end + 2 - bytes.startIndex
        case UInt8(ascii: "["):
            guard let end = body.firstIndex(where: { 0x40...0x7E ~= $0 }) else { return nil }
            let parameters = String(decoding: body[..<end], as: UTF8.self)
            let numbers = parameters.drop { $0 == "?" }.split(separator: ";").map { Int($0) ?? 0 }
            let length = end + 1 - bytes.startIndex
            if body[end] == UInt8(ascii: "c"), parameters.hasPrefix("?") {
                isComplete = true
                if graphics == .halfBlocks, numbers.dropFirst().contains(4) { graphics = .sixel }
                return length
            }
            guard body[end] == UInt8(ascii: "t"), numbers.count == 3, numbers[0] == 6 else { return nil }
            // No cell is larger, whatever a terminal says.
            (cellHeight, cellWidth) = (min(max(0, numbers[1]), 256), min(max(0, numbers[2]), 256))
            return length
        default: return nil
        }
    }
}
