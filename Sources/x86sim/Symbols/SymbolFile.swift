/// A file of symbols as `--symbols` names it: `FILE` or `FILE@BASE`.
struct SymbolFile: Equatable, Sendable {
    /// The file.
    var path: String
    /// What is added to each of the file's addresses; nil for nothing.
    var base: Base?

    /// Where the file's address 0 is.
    enum Base: Equatable, Sendable {
        /// At a linear address.
        case linear(UInt32)
        /// At a real-mode address: symbols get one as well.
        case far(FarAddress)
    }

    /// Where the program is that symbols without a base belong to.
    struct Place: Equatable, Sendable {
        /// The address of its first byte, in the segment that its offsets count in.
        var start: FarAddress
        /// How many bytes it has.
        var size: Int
        /// Whether it is all of the program: others read more, and move themselves.
        var isWhole: Bool
    }

    /// More names than any guest has: 262,144.
    static let maximumCount = 1 << 18
    /// Names that are longer are left out.
    static let maximumName = 255

    /// What a file of symbols holds, before the base is added.
    enum Contents {
        /// A NASM listing (`nasm -l`).
        case listing
        /// A NASM map (`[map all FILE]`).
        case map
        /// An ELF executable.
        case elf
    }

    /// The table of all symbols of some files; later files overrule earlier ones.
    ///
    /// Files without a base fall on the program at `place`, if their addresses are offsets in its segment; `note` is told
    /// of those that are somewhere else.
    ///
    /// - Throws: `CommandError` that names the file, the line if it is text, and the remedy.
    static func table(
        _ files: [SymbolFile], at place: Place? = nil, note: (String) -> Void = { _ in }
    ) throws(CommandError) -> SymbolTable {
        var table = SymbolTable()
        for file in files {
            let contents = try HostFile.read(file.path)
            let found = try file.contents(contents)
            var file = file
            if file.base == nil, let place { file.settle(found, at: place, note: note) }
            table.add(found.map(file.placed))
        }
        return table
    }

    /// Sets the base by what the file's addresses are to a program: offsets in its segment, linear addresses, neither.
    private mutating func settle(_ symbols: [Symbol], at place: Place, note: (String) -> Void) {
        let addresses = symbols.lazy.filter { !$0.isConstant }.map(\.address)
        guard let lowest = addresses.min(), let highest = addresses.max() else { return }
        func isIn(_ start: UInt32) -> Bool { lowest >= start && UInt64(lowest) <= UInt64(start) + UInt64(place.size) }
        if isIn(UInt32(place.start.offset)), highest <= 0xFFFF {
            base = .far(FarAddress(segment: place.start.segment, offset: 0))
        } else if !isIn(place.start.linear), place.isWhole || lowest < Self.lowestCode {
            let origin = String(place.start.offset, radix: 16)
            note(
                "the symbols of \(path.quoted) start at \(lowest.hex(digits: 4)), the program at \(place.start.text); "
                    + "assemble it with org 0x\(origin), or name \("\(path)@\(place.start.text)".quoted)")
        }
    }

    /// Below are the interrupt vectors and what the BIOS keeps: no code.
    private static let lowestCode: UInt32 = 0x500

    /// The symbols of a file with these contents, at the base.
    func symbols(of bytes: [UInt8]) throws(CommandError) -> [Symbol] { try contents(bytes).map(placed) }

    /// The symbols of a file with these contents, as it has them.
    private func contents(_ bytes: [UInt8]) throws(CommandError) -> [Symbol] {
        let found: [Symbol]
        do throws(SymbolError) {
            switch try Self.kind(of: bytes) {
            case .elf: found = try ELFSymbols.read(bytes)
            case .map: found = try NASMMap.read(Self.lines(bytes))
            case .listing: found = try NASMListing.read(Self.lines(bytes))
            }
        } catch {
            let place = error.line.map { ", line \($0)" } ?? ""
            throw .load("cannot use the symbols of \(path.quoted)\(place): \(error.message)")
        }
        guard !found.isEmpty else {
            throw .load("cannot use the symbols of \(path.quoted): it names no place; name a file with labels")
        }
        return found
    }

    private static func kind(of bytes: [UInt8]) throws(SymbolError) -> Contents {
        if bytes.starts(with: ELFSymbols.magic) { return .elf }
        if bytes.starts(with: NASMMap.heading.utf8) || bytes.dropFirst().starts(with: NASMMap.heading.utf8) {
            return .map
        }
        guard !bytes.contains(0) else { throw SymbolError("it is neither an ELF file nor text; \(wanted)") }
        return .listing
    }

    /// What a file of symbols can be, for messages.
    static let wanted = "name a NASM listing (-l), a NASM map ([map all]) or an ELF executable"

    /// The lines, each as bytes without its end.
    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { $0.last == 0x0D ? $0.dropLast() : $0 }
    }

    /// The symbol with the base added.
    private func placed(_ symbol: Symbol) -> Symbol {
        guard !symbol.isConstant else { return symbol }
        var symbol = symbol
        switch base {
        case nil: break
        case .linear(let address): symbol.address = address &+ symbol.address
        case .far(let start):
            let offset = UInt32(start.offset) &+ symbol.address
            symbol.address = UInt32(start.segment) << 4 &+ offset
            symbol.far = UInt16(exactly: offset).map { FarAddress(segment: start.segment, offset: $0) }
        }
        return symbol
    }
}

/// Why a file of symbols was refused.
struct SymbolError: Error, Equatable {
    /// What is wrong and what helps.
    let message: String
    /// The line, from 1, of a text file.
    let line: Int?

    /// An error, in a line if there is one.
    init(_ message: String, line: Int? = nil) {
        self.message = message
        self.line = line
    }
}

/// Words of symbol files.
enum SymbolText {
    /// A name of printable ASCII characters and no more than the limit, or nil.
    static func name(_ bytes: some Collection<UInt8>) -> String? {
        guard !bytes.isEmpty, bytes.count <= SymbolFile.maximumName, bytes.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The words of a line, at blanks and tabulators.
    static func words(_ line: some Collection<UInt8>) -> [String] {
        line.split { $0 == 0x20 || $0 == 0x09 }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// A number as NASM writes them in decimal, hexadecimal (0x, $, h) or binary (0b, b); nil for an expression.
    static func number(_ text: String) -> UInt32? {
        let text = text.lowercased()
        let forms: [(prefix: String, suffix: String, radix: Int)] = [
            ("0x", "", 16), ("0h", "", 16), ("$", "", 16), ("0b", "", 2), ("", "h", 16), ("", "b", 2), ("", "", 10),
        ]
        for form in forms where text.hasPrefix(form.prefix) && text.hasSuffix(form.suffix) {
            let digits = text.dropFirst(form.prefix.count).dropLast(form.suffix.count)
            guard let first = digits.first, first.isHexDigit, form.prefix != "$" && form.suffix != "h" || first.isNumber
            else { continue }
            if let value = UInt32(digits.filter { $0 != "_" }, radix: form.radix) { return value }
        }
        return nil
    }
}
