/// Reads the symbols of a NASM map file, as `[map all FILE]` or `[map symbols FILE]` has it written.
enum NASMMap {
    /// How the first line starts.
    static let heading = "- NASM Map file"

    /// What the lines of a part are.
    private enum Part {
        case other
        /// Values and names.
        case constants
        /// Load address, run-time address, name.
        case labels
    }

    /// The labels at their run-time addresses, and the numbers of `equ`.
    static func read(_ lines: [ArraySlice<UInt8>]) throws(SymbolError) -> [Symbol] {
        var symbols: [Symbol] = []
        var part = Part.other
        var hasSymbols = false
        for (number, line) in lines.enumerated() {
            let words = SymbolText.words(line)
            guard let first = words.first else { continue }
            if first == "--" {
                hasSymbols = words.count > 1 && words[1] == "Symbols"
                part = .other
            } else if first == "----", hasSymbols {
                part = words.count > 2 && words[1] == "No" && words[2] == "Section" ? .constants : .labels
            } else if part != .other, first != "Real", first != "Value" {
                guard let symbol = symbol(words, part) else {
                    throw SymbolError(
                        "it is no line of a map's symbols; have NASM write the map again", line: number + 1)
                }
                if !symbol.name.hasPrefix("..@") { symbols.append(symbol) }
                guard symbols.count <= SymbolFile.maximumCount else {
                    throw SymbolError("there are more than \(SymbolFile.maximumCount) symbols", line: number + 1)
                }
            }
        }
        guard !symbols.isEmpty else { throw SymbolError("the map has no symbols; have it written by [map all FILE]") }
        return symbols
    }

    private static func symbol(_ words: [String], _ part: Part) -> Symbol? {
        let isConstant = part == .constants
        guard words.count == (isConstant ? 2 : 3), let last = words.last, let name = SymbolText.name(last.utf8),
            let value = UInt64(words[words.count - 2], radix: 16)
        else { return nil }
        return Symbol(name: name, address: UInt32(truncatingIfNeeded: value), isConstant: isConstant)
    }
}
