/// Reads the labels of a NASM listing (`nasm -f bin -l FILE`).
///
/// A listing has offsets within sections; `org` and the sections' order and sizes tell the addresses of a flat binary:
/// `.text`, then the others in their order, those without contents last. Without `org` addresses count from 0.
/// Sections with a place of their own (`start=`, `vstart=`, `follows=`) are refused: a map file knows them.
struct NASMListing {
    /// A line's columns.
    private struct Line {
        /// From 1, in the listing.
        var number: Int
        /// Offset in the section, if the line has bytes.
        var offset: UInt32?
        /// The bytes as they are shown.
        var data: ArraySlice<UInt8>
        /// The words of the source.
        var words: [String]
    }

    private struct Section {
        var name: String
        var isBits: Bool
        var align: UInt32
        /// The offset behind the last byte.
        var end: UInt32 = 0
        var labels: [(name: String, offset: UInt32)] = []
    }

    private var origin: UInt32 = 0
    private var sections = [Section(name: ".text", isBits: true, align: 1)]
    /// The section that lines belong to; nil within `absolute`, `struc` and macro definitions.
    private var current: Int? = 0
    /// Where `absolute` counts.
    private var constants: [Symbol] = []
    /// Labels that wait for the next offset.
    private var pending: [(name: String, parent: String)] = []
    /// The last label that is not local.
    private var parent = ""
    private var isInStructure = false
    private var isInMacro = false
    private var count = 0

    /// The labels, and the numbers of `equ` that are plain.
    static func read(_ lines: [ArraySlice<UInt8>]) throws(SymbolError) -> [Symbol] {
        var listing = NASMListing()
        for (index, line) in lines.enumerated() where !line.isEmpty {
            try listing.add(try parse(line, number: index + 1))
            guard listing.count <= SymbolFile.maximumCount else {
                throw SymbolError("there are more than \(SymbolFile.maximumCount) labels", line: index + 1)
            }
        }
        listing.settle()
        return listing.symbols
    }

    /// Columns: the source's line number, a blank, 8 digits of offset, a blank, 20 of bytes, 4 of the macro level.
    private static func parse(_ line: ArraySlice<UInt8>, number: Int) throws(SymbolError) -> Line {
        let blank: UInt8 = 0x20
        let rest = line.drop { $0 == blank }
        let digits = rest.prefix { 0x30...0x39 ~= $0 }
        let columns = rest.dropFirst(digits.count)
        guard !digits.isEmpty, columns.first ?? blank == blank else {
            throw SymbolError("it is no line of a NASM listing; \(SymbolFile.wanted)", line: number)
        }
        let offset = columns.dropFirst().prefix(8)
        let data = columns.dropFirst(10).prefix(20)
        var parsed = Line(
            number: number, data: data.filter { $0 != blank }[...],
            words: SymbolText.words(columns.dropFirst(34).prefix { $0 != 0x3B }))
        if offset.contains(where: { $0 != blank }) {
            guard let text = SymbolText.name(offset), text.utf8.count == 8, let value = UInt32(text, radix: 16) else {
                throw SymbolError("its offset is no 8 hexadecimal digits; \(SymbolFile.wanted)", line: number)
            }
            parsed.offset = value
        }
        return parsed
    }

    private mutating func add(_ line: Line) throws(SymbolError) {
        // A warning, or the rest of a line's bytes: what is there belongs to the line before.
        if line.data.first == 0x2A { return }
        try direct(line)
        guard !isInMacro else { return }
        if let label = label(line.words), !isInStructure {
            let name = label.hasPrefix(".") && !label.hasPrefix("..") ? parent + label : label
            pending.append((name, parent))
            if name == label { parent = label }
            count += 1
        }
        guard let offset = line.offset, !isInStructure else { return }
        for label in pending { define(label.name, at: offset) }
        pending = []
        if let current { sections[current].end = max(sections[current].end, offset &+ Self.length(line.data)) }
    }

    private mutating func define(_ name: String, at offset: UInt32) {
        if let current {
            sections[current].labels.append((name, offset))
        } else {
            constants.append(Symbol(name: name, address: offset, isConstant: true))
        }
    }

    /// Labels at the end of a section are where it ends.
    private mutating func settle() {
        if let current { for label in pending { define(label.name, at: sections[current].end) } }
        pending = []
    }

    /// Follows the directives that say where code goes, or that it is no code.
    private mutating func direct(_ line: Line) throws(SymbolError) {
        let words = line.words.map { $0.lowercased() }
        guard let first = words.first else { return }
        let rest = words.dropFirst().map { $0.hasSuffix("]") ? String($0.dropLast()) : $0 }
        switch first.drop(while: { $0 == "[" }) {
        case "org":
            guard let text = rest.first, let value = SymbolText.number(text) else {
                throw SymbolError("its org is no plain number; have NASM write a map file", line: line.number)
            }
            origin = value
        case "section", "segment":
            settle()
            try enter(Array(rest), line.words.count > 1 ? line.words[1] : "", line.number)
        case "absolute":
            settle()
            current = nil
        case "struc": isInStructure = true
        case "endstruc": isInStructure = false
        case "%macro", "%imacro", "%rmacro": isInMacro = true
        case "%endmacro", "%endm": isInMacro = false
        // A branch that is left out is listed too: a label that has met no byte of it may be there or not.
        case let word where ["%if", "%elif", "%else", "%endif"].contains { word.hasPrefix($0) }:
            parent = pending.first?.parent ?? parent
            pending = []
        default: addConstant(line.words)
        }
    }

    private mutating func enter(_ words: [String], _ spelled: String, _ number: Int) throws(SymbolError) {
        let name = spelled.hasSuffix("]") ? String(spelled.dropLast()) : spelled
        if let known = sections.firstIndex(where: { $0.name == name }) {
            current = known
        } else {
            sections.append(Section(name: name, isBits: name != ".bss", align: 4))
            current = sections.count - 1
        }
        guard let current else { return }
        for attribute in words.dropFirst() {
            let pair = attribute.split(separator: "=", maxSplits: 1).map(String.init)
            switch (pair.first ?? "", pair.count > 1 ? SymbolText.number(pair[1]) : nil) {
            case ("align", let value?) where value > 0 && value & (value - 1) == 0: sections[current].align = value
            case ("nobits", _): sections[current].isBits = false
            case ("progbits", _), ("exec", _), ("noexec", _), ("write", _), ("nowrite", _): break
            case (_, _):
                let what = "section \(name.quoted) has a place of its own (\(attribute.quoted))"
                throw SymbolError("\(what); have NASM write a map file", line: number)
            }
        }
    }

    private mutating func addConstant(_ words: [String]) {
        guard words.count == 3, words[1].lowercased() == "equ", let value = SymbolText.number(words[2]),
            let name = SymbolText.name(words[0].utf8.last == 0x3A ? words[0].utf8.dropLast() : words[0].utf8[...])
        else { return }
        constants.append(Symbol(name: name, address: value, isConstant: true))
    }

    /// Words that follow a label without a colon.
    private static let definitions: Set<String> = [
        "db", "dw", "dd", "dq", "dt", "resb", "resw", "resd", "resq", "rest", "times", "incbin", "istruc",
    ]

    /// The label that a line of source starts with, or nil; macros' own (`%%x`, `..@x`) are none.
    private func label(_ words: [String]) -> String? {
        guard let first = words.first, let character = first.utf8.first else { return nil }
        let second = words.count > 1 ? words[1].lowercased() : ""
        guard second != "equ" else { return nil }
        var text = first
        if let colon = first.firstIndex(of: ":") {
            text = String(first[..<colon])
        } else if second != ":" && !Self.definitions.contains(second) || Self.definitions.contains(first.lowercased()) {
            return nil
        }
        let isLetter = { (byte: UInt8) in
            byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || [0x2E, 0x3F, 0x5F].contains(byte)
        }
        let more: Set<UInt8> = [0x24, 0x23, 0x40, 0x7E]
        guard isLetter(character), !text.hasPrefix("..@"),
            text.utf8.allSatisfy({ isLetter($0) || 0x30...0x39 ~= $0 || more.contains($0) })
        else { return nil }
        return SymbolText.name(text.utf8)
    }

    /// How many bytes a line's second column stands for.
    private static func length(_ data: ArraySlice<UInt8>) -> UInt32 {
        var digits: UInt32 = 0
        var rest = data
        while let byte = rest.popFirst() {
            guard byte == 0x3C else {
                if byte == 0x3F || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                    || UInt8(ascii: "A")...UInt8(ascii: "F") ~= byte
                {
                    digits += 1
                }
                continue
            }
            // <res 10h>, <bin 28h>, or <rep 14h> behind the bytes that are repeated.
            let text = String(decoding: rest.prefix { $0 != 0x3E }, as: UTF8.self)
            let value = SymbolText.number("0" + text.dropFirst(3)) ?? 0
            return text.hasPrefix("rep") ? digits / 2 &* value : digits / 2 &+ value
        }
        return digits / 2
    }

    /// All symbols, once sections are laid out.
    private var symbols: [Symbol] {
        var symbols = constants
        var next = origin
        for section in sections.filter(\.isBits) + sections.filter({ !$0.isBits }) {
            let start = (next &+ (section.align - 1)) & ~(section.align - 1)
            symbols += section.labels.map { Symbol(name: $0.name, address: start &+ $0.offset) }
            if section.end > 0 { next = start &+ section.end }
        }
        return symbols
    }
}
