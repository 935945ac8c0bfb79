import X86Interp

/// The processor's registers as text.
struct RegisterView {
    /// The registers.
    let state: CPUState
    /// The processor that has them.
    let model: CPUModel
    /// The registers before what has been run last; those that differ are marked.
    var before: CPUState?

    /// The general registers, EIP, flags and mode; 16-bit names for 16-bit processors.
    var general: String {
        let width: Width = model.is32Bit ? .dword : .word
        let orders: [[GeneralRegister]] = [[.eax, .ebx, .ecx, .edx], [.esi, .edi, .ebp, .esp]]
        var lines = orders.map { row in
            row.map { register in
                let digits = (state.gpr[register] & width.mask).hex(digits: width.bytes * 2)
                return register.name(width) + "=" + digits + mark { $0.gpr[register] & width.mask }
            }.joined(separator: " ")
        }
        lines.append(selectors)
        let pointer = model.is32Bit ? "eip=" : "ip="
        lines.append(pointer + state.eip.hex(digits: width.bytes * 2) + " " + flags + "  " + mode)
        return lines.joined(separator: "\n") + "\n"
    }

    /// The selectors: `cs=0000 ds=0000`.
    private var selectors: String {
        var registers: [SegmentRegister] = [.cs, .ds, .es, .ss]
        if model.is32Bit { registers += [.fs, .gs] }
        return registers.map { register in
            "\(register.name)=\(state.segments[register].selector.hex)" + mark { $0.segments[register].selector }
        }.joined(separator: " ")
    }

    /// `*` behind a value that has changed.
    func mark<Value: Equatable>(_ value: (CPUState) -> Value) -> String {
        before.map { value($0) != value(state) } ?? false ? "*" : ""
    }

    /// The flags: `eflags=00000202 odIszapc iopl=0`.
    var flags: String {
        let name = model.is32Bit ? "eflags=" : "flags="
        let digits = model.is32Bit ? 8 : 4
        var text = name + state.eflags.rawValue.hex(digits: digits) + mark(\.eflags) + " " + state.eflags.text
        if model.generation >= .i80286 { text += " iopl=\(state.eflags.rawValue >> 12 & 3)" }
        let others: [(EFLAGS, String)] = [
            (.nestedTask, "NT"), (.resume, "RF"), (.virtual8086, "VM"), (.alignmentCheck, "AC"),
        ]
        for (flag, name) in others where state.eflags.contains(flag) { text += " " + name }
        return text
    }

    /// `real mode`, `protected mode, 32-bit code, ring 0, paging`.
    var mode: String {
        guard state.cr0 & 1 != 0 else { return "real mode" }
        if state.eflags.contains(.virtual8086) { return "virtual-8086 mode" + paging }
        let bits = state.segments.cs.access.contains(.big) ? 32 : 16
        return "protected mode, \(bits)-bit code, ring \(state.cpl)" + paging
    }

    private var paging: String { state.cr0 >> 31 != 0 ? ", paging" : "" }

    /// The segment registers with their hidden parts, and the table registers.
    var segments: String {
        var registers: [SegmentRegister] = [.cs, .ds, .es, .ss]
        if model.is32Bit { registers += [.fs, .gs] }
        var text = ""
        for register in registers { text += Self.line(register.name, state.segments[register]) }
        guard model.generation >= .i80286 else { return text }
        text += Self.line("ldtr", state.ldtr) + Self.line("tr", state.tr)
        text += "gdtr       base=\(state.gdtr.base.hex) limit=\(state.gdtr.limit.hex)\n"
        text += "idtr       base=\(state.idtr.base.hex) limit=\(state.idtr.limit.hex)\n"
        return text
    }

    private static func line(_ name: String, _ segment: Segment) -> String {
        let words = segment.access.words
        return name.padded(to: 4) + " " + segment.selector.hex + "  base=" + segment.base.hex + " limit="
            + segment.limit.hex + "  " + words + "\n"
    }

    /// The control registers, bit by bit for CR0 and CR4.
    var control: String {
        var text = "cr0=\(state.cr0.hex) \(Self.bits(state.cr0, Self.cr0Bits))\n"
        guard model.is32Bit else { return text }
        text += "cr2=\(state.cr2.hex) address of the last page fault\n"
        text += "cr3=\(state.cr3.hex) page directory at \((state.cr3 & ~0xFFF).hex)\n"
        if model.generation >= .i486 { text += "cr4=\(state.cr4.hex) \(Self.bits(state.cr4, Self.cr4Bits))\n" }
        return text
    }

    private static let cr0Bits: [(Int, String)] = [
        (31, "PG"), (30, "CD"), (29, "NW"), (18, "AM"), (16, "WP"), (5, "NE"), (4, "ET"), (3, "TS"), (2, "EM"),
        (1, "MP"), (0, "PE"),
    ]
    private static let cr4Bits: [(Int, String)] = [
        (10, "OSXMMEXCPT"), (9, "OSFXSR"), (8, "PCE"), (7, "PGE"), (6, "MCE"), (5, "PAE"), (4, "PSE"), (3, "DE"),
        (2, "TSD"), (1, "PVI"), (0, "VME"),
    ]

    /// The names of the bits that are set.
    private static func bits(_ value: UInt32, _ names: [(Int, String)]) -> String {
        names.filter { value >> UInt32($0.0) & 1 != 0 }.map(\.1).joined(separator: " ")
    }

    /// The debug registers, and what DR7 arms.
    var debug: String {
        let addresses = [state.dr0, state.dr1, state.dr2, state.dr3]
        var text = ""
        for (number, address) in addresses.enumerated() {
            let enabled = state.dr7 >> UInt32(number * 2) & 3
            let kind = ["execute", "write", "port", "read or write"][Int(state.dr7 >> UInt32(16 + number * 4) & 3)]
            let length = [1, 2, 8, 4][Int(state.dr7 >> UInt32(18 + number * 4) & 3)]
            let note = enabled == 0 ? "off" : "\(kind), \(length) byte\(length == 1 ? "" : "s")"
            text += "dr\(number)=\(address.hex) \(note)\n"
        }
        return text + "dr6=\(state.dr6.hex)\ndr7=\(state.dr7.hex)\n"
    }
}

extension SegmentAccess {
    /// `present, ring 0, code, readable, accessed, 32-bit`; `not present` first if so.
    var words: String {
        var words = [contains(.present) ? "present" : "not present", "ring \(dpl)"]
        if contains(.codeOrData) {
            if contains(.code) {
                words.append("code")
                if contains(.expandDownOrConforming) { words.append("conforming") }
                words.append(contains(.writableOrReadable) ? "readable" : "execute-only")
            } else {
                words.append("data")
                if contains(.expandDownOrConforming) { words.append("expand-down") }
                words.append(contains(.writableOrReadable) ? "writable" : "read-only")
            }
            words.append(contains(.big) ? "32-bit" : "16-bit")
            if !contains(.accessed) { words.append("not accessed") }
        } else {
            words.append(Self.systemTypes[Int(rawValue & 15)])
        }
        return words.joined(separator: ", ")
    }

    /// The types of system descriptors (SDM volume 3, table 3-2).
    static let systemTypes = [
        "reserved type 0", "available 286 TSS", "LDT", "busy 286 TSS", "286 call gate", "task gate",
        "286 interrupt gate", "286 trap gate", "reserved type 8", "available 386 TSS", "reserved type A",
        "busy 386 TSS", "386 call gate", "reserved type D", "386 interrupt gate", "386 trap gate",
    ]
}
