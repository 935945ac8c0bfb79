/// Makes small ELF executables with a table of symbols, for tests.
struct ELFBuilder {
    var is64 = false
    var type: UInt16 = 2
    var machine: UInt16 = 3
    /// Name, value, section number, type of each symbol.
    var symbols: [(name: String, value: UInt64, section: UInt16, kind: UInt8)] = []

    /// Header, names, symbols, section headers.
    var bytes: [UInt8] {
        var names: [UInt8] = [0]
        var table: [UInt8] = [UInt8](repeating: 0, count: is64 ? 24 : 16)
        for symbol in symbols {
            let name = UInt64(names.count)
            names += Array(symbol.name.utf8) + [0]
            table += number(name, 4)
            if is64 {
                table += [symbol.kind, 0] + number(UInt64(symbol.section), 2) + number(symbol.value, 8) + number(0, 8)
            } else {
                table += number(symbol.value, 4) + number(0, 4) + [symbol.kind, 0] + number(UInt64(symbol.section), 2)
            }
        }
        let header = is64 ? 64 : 52
        let sections = header + names.count + table.count
        var file: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, is64 ? 2 : 1, 1, 1] + [UInt8](repeating: 0, count: 9)
        file += number(UInt64(type), 2) + number(UInt64(machine), 2) + number(1, 4)
        file += word(0) + word(0) + word(UInt64(sections)) + number(0, 4)
        file += number(UInt64(header), 2) + number(0, 2) + number(0, 2)
        file += number(is64 ? 64 : 40, 2) + number(3, 2) + number(1, 2)
        file += names + table
        file += section(type: 0, offset: 0, size: 0, link: 0, entry: 0)
        file += section(type: 3, offset: header, size: names.count, link: 0, entry: 0)
        file += section(type: 2, offset: header + names.count, size: table.count, link: 1, entry: is64 ? 24 : 16)
        return file
    }

    private func section(type: UInt64, offset: Int, size: Int, link: UInt64, entry: UInt64) -> [UInt8] {
        number(0, 4) + number(type, 4) + word(0) + word(0) + word(UInt64(offset)) + word(UInt64(size))
            + number(link, 4) + number(0, 4) + word(1) + word(entry)
    }

    private func word(_ value: UInt64) -> [UInt8] { number(value, is64 ? 8 : 4) }

    private func number(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }
}
