/// Reads the symbol table of an ELF32 or ELF64 executable for x86 (System V ABI, chapter 4).
///
/// Every offset is checked against the file: whatever the bytes are, the result is symbols or an error.
struct ELFSymbols {
    /// How a file starts.
    static let magic: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]

    private let bytes: [UInt8]
    private let is64: Bool

    /// A section, as far as it matters here.
    private struct Section {
        var type: UInt64
        var offset: UInt64
        var size: UInt64
        var link: UInt64
        var entrySize: UInt64
    }

    private enum Kind {
        static let symbols: UInt64 = 2
        static let dynamicSymbols: UInt64 = 11
    }

    /// The functions, objects and labels below 4 GiB, and absolute symbols as constants.
    static func read(_ bytes: [UInt8]) throws(SymbolError) -> [Symbol] {
        guard bytes.count >= 0x34, bytes.starts(with: magic), bytes[4] == 1 || bytes[4] == 2, bytes[5] == 1 else {
            throw SymbolError("its ELF header is damaged or not little-endian; build it again for x86")
        }
        return try ELFSymbols(bytes: bytes, is64: bytes[4] == 2).symbols()
    }

    private func symbols() throws(SymbolError) -> [Symbol] {
        guard [3, 6, 62].contains(try number(0x12, 2)) else {
            throw SymbolError("it is not for x86; build it for i386")
        }
        guard try number(0x10, 2) != 1 else {
            throw SymbolError("it is an object file, whose addresses are not final; link it and name the result")
        }
        let sections = try sections()
        guard
            let table = sections.first(where: { $0.type == Kind.symbols })
                ?? sections.first(where: { $0.type == Kind.dynamicSymbols })
        else { throw SymbolError("it has no symbol table; link it without -s") }
        guard table.link < UInt64(sections.count) else { throw Self.damaged("symbol table") }
        return try symbols(of: table, names: sections[Int(table.link)])
    }

    private func sections() throws(SymbolError) -> [Section] {
        let start = try is64 ? number(0x28, 8) : number(0x20, 4)
        let size = try number(is64 ? 0x3A : 0x2E, 2)
        let count = try number(is64 ? 0x3C : 0x30, 2)
        guard count == 0 || size >= (is64 ? 64 : 40) else { throw Self.damaged("section header") }
        var sections: [Section] = []
        for index in 0..<count {
            let (place, overflow) = start.addingReportingOverflow(index * size)
            guard !overflow else { throw Self.damaged("section header") }
            sections.append(
                is64
                    ? Section(
                        type: try number(place, 4, at: 4), offset: try number(place, 8, at: 24),
                        size: try number(place, 8, at: 32), link: try number(place, 4, at: 40),
                        entrySize: try number(place, 8, at: 56))
                    : Section(
                        type: try number(place, 4, at: 4), offset: try number(place, 4, at: 16),
                        size: try number(place, 4, at: 20), link: try number(place, 4, at: 24),
                        entrySize: try number(place, 4, at: 36)))
        }
        return sections
    }

    private func symbols(of table: Section, names: Section) throws(SymbolError) -> [Symbol] {
        let least: UInt64 = is64 ? 24 : 16
        let (end, overflow) = table.offset.addingReportingOverflow(table.size)
        guard !overflow, end <= UInt64(bytes.count), table.entrySize >= least else {
            throw Self.damaged("symbol table")
        }
        let count = table.size / table.entrySize
        guard count <= UInt64(SymbolFile.maximumCount) else {
            throw SymbolError("there are more than \(SymbolFile.maximumCount) symbols; strip the debugger's")
        }
        var symbols: [Symbol] = []
        for index in 0..<count {
            let place = table.offset + index * table.entrySize
            let value = try is64 ? number(place, 8, at: 8) : number(place, 4, at: 4)
            let size = try is64 ? number(place, 8, at: 16) : number(place, 4, at: 8)
            let info = try number(place, 1, at: is64 ? 4 : 12)
            let section = try number(place, 2, at: is64 ? 6 : 14)
            // Types 0 to 2: label, object, function. Section 0 is undefined, FFF1 absolute, FFF2 common.
            guard info & 15 <= 2, section != 0, section != 0xFFF2, let address = UInt32(exactly: value),
                let name = try name(try number(place, 4), in: names)
            else { continue }
            symbols.append(
                Symbol(
                    name: name, address: address, size: UInt32(clamping: size), isConstant: section == 0xFFF1))
        }
        return symbols
    }

    /// The name at an offset of a section of names; nil if it is empty, too long or no text.
    private func name(_ offset: UInt64, in names: Section) throws(SymbolError) -> String? {
        let (start, overflow) = names.offset.addingReportingOverflow(offset)
        guard !overflow, offset < names.size, start < UInt64(bytes.count) else { throw Self.damaged("table of names") }
        let text = bytes[Int(start)...].prefix(SymbolFile.maximumName + 1).prefix { $0 != 0 }
        return SymbolText.name(text)
    }

    /// The little-endian number of `count` bytes, `delta` behind a place in the file.
    private func number(_ place: UInt64, _ count: Int, at delta: UInt64 = 0) throws(SymbolError) -> UInt64 {
        let (start, overflow) = place.addingReportingOverflow(delta)
        guard !overflow, start <= UInt64(bytes.count), UInt64(bytes.count) - start >= UInt64(count) else {
            throw Self.damaged("header")
        }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(bytes[Int(start) + index]) << UInt64(8 * index) }
        return value
    }

    private static func damaged(_ part: String) -> SymbolError {
        SymbolError("its \(part) points behind the end or is damaged; build it again")
    }
}
