import X86Interp

/// The XML texts that gdb reads about a machine.
enum TargetDescription {
    /// The registers (gdb's manual, appendix G).
    ///
    /// The architecture is that of the code at hand. From `i8086` the user can `set architecture i386` later on; the
    /// other way round gdb prefers what the description says.
    static func target(_ state: CPUState, of model: CPUModel) -> String {
        let registers = Registers.of(model)
        let architecture = state.runs32BitCode ? "i386" : "i8086"
        var text = "<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n<target version=\"1.0\">\n"
        text += "<architecture>\(architecture)</architecture>\n<osabi>none</osabi>\n"
        text += "<feature name=\"org.gnu.gdb.i386.core\">\n\(flags)"
        text += registers.core.enumerated().map { line($1, number: $0, group: nil) }.joined()
        let count = registers.core.count
        if !registers.sse.isEmpty {
            text += "</feature>\n<feature name=\"org.gnu.gdb.i386.sse\">\n" + FloatingPointRows.types
            text += registers.sse.enumerated().map { line($1, number: count + $0, group: nil) }.joined()
        }
        text += "</feature>\n<feature name=\"org.x86sim.i386.system\">\n"
        let rows = registers.all.dropFirst(count + registers.sse.count)
        for row in rows where !row.parts.isEmpty {
            text += "<struct id=\"\(row.type)\">\n"
            text += row.parts.map { "<field name=\"\($0.name)\" type=\"\($0.type)\"/>\n" }.joined() + "</struct>\n"
        }
        text += rows.enumerated().map { line($1, number: rows.startIndex + $0, group: "system") }.joined()
        return text + "</feature>\n</target>\n"
    }

    private static func line(_ row: RegisterRow, number: Int, group: String?) -> String {
        let group = group.map { " group=\"\($0)\"" } ?? ""
        return "<reg name=\"\(row.name)\" bitsize=\"\(row.bits)\" type=\"\(row.type)\" regnum=\"\(number)\"\(group)/>\n"
    }

    /// The names of the bits of EFLAGS.
    private static var flags: String {
        let fields: [(name: String, first: Int, last: Int)] = [
            ("CF", 0, 0), ("", 1, 1), ("PF", 2, 2), ("AF", 4, 4), ("ZF", 6, 6), ("SF", 7, 7), ("TF", 8, 8),
            ("IF", 9, 9), ("DF", 10, 10), ("OF", 11, 11), ("IOPL", 12, 13), ("NT", 14, 14), ("RF", 16, 16),
            ("VM", 17, 17), ("AC", 18, 18), ("VIF", 19, 19), ("VIP", 20, 20), ("ID", 21, 21),
        ]
        let lines = fields.map { "<field name=\"\($0.name)\" start=\"\($0.first)\" end=\"\($0.last)\"/>\n" }
        return "<flags id=\"i386_eflags\" size=\"4\">\n" + lines.joined() + "</flags>\n"
    }

    /// Where RAM and ROM are; without paging only, as gdb's addresses are linear and it keeps this text.
    ///
    /// The rest of the address space is listed as RAM: a page table may lead anywhere from there later on, and what
    /// has no memory answers with an error.
    static func memoryMap(_ state: CPUState, roms: [ClosedRange<UInt32>]) -> String {
        let isPaging = state.cr0 >> 31 == 1
        var text =
            "<?xml version=\"1.0\"?>\n<!DOCTYPE memory-map PUBLIC \"+//IDN gnu.org//DTD GDB Memory Map V1.0//EN\" "
        text += "\"http://sourceware.org/gdb/gdb-memory-map.dtd\">\n<memory-map>\n"
        var start: UInt64 = 0
        for rom in isPaging ? [] : roms.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let first = max(start, UInt64(rom.lowerBound))
            let end = UInt64(rom.upperBound) + 1
            guard first < end else { continue }
            text += memory("ram", start, first) + memory("rom", first, end)
            start = end
        }
        return text + memory("ram", start, 1 << 32) + "</memory-map>\n"
    }

    private static func memory(_ type: String, _ start: UInt64, _ end: UInt64) -> String {
        guard start < end else { return "" }
        let start16 = String(start, radix: 16)
        return "<memory type=\"\(type)\" start=\"0x\(start16)\" length=\"0x\(String(end - start, radix: 16))\"/>\n"
    }
}
