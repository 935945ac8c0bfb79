@testable import X86Interp

/// Why the words of a case cannot be understood.
struct WordError: Error, CustomStringConvertible {
    let word: String
    var description: String { "cannot understand '\(word)'" }
}

/// A port cycle that a case gives or expects.
struct PortCycle: Equatable, Sendable {
    let port: UInt16
    let width: Width
    let value: UInt32
    let isWrite: Bool
}

/// The machine before or behind an instruction, as the words of a case tell it.
///
/// Segments are 64 KiB each, CS at 10000h, DS at 20000h, ES 30000h, SS 40000h, FS 50000h, GS 60000h, in every mode.
/// The GDT is at 70000h, the IDT at 71000h, an LDT at 72000h. General registers have patterns, code is at CS:0100.
struct Scene {
    var state = CPUState()
    /// Bytes by linear address.
    var memory: [(address: UInt32, bytes: [UInt8])] = []
    var cycles: [PortCycle] = []
    /// Flags that the last words named.
    var listedFlags: EFLAGS = []
    var listsEIP = false
    var fault: Fault?
    var keepsFlags = false
    private var isProtected: Bool { state.cr0 & 1 != 0 }

    static let gdt: UInt32 = 0x70000
    static let idt: UInt32 = 0x71000
    static let ldt: UInt32 = 0x72000

    /// The descriptors of the GDT.
    static let descriptors: [UInt16: (base: UInt32, limit: UInt32, access: UInt16)] = [
        // Ring 0: code 32, DS, ES, SS.
        0x08: (0x10000, 0xFFFF, 0x409B), 0x10: (0x20000, 0xFFFF, 0x4093), 0x18: (0x30000, 0xFFFF, 0x4093),
        0x20: (0x40000, 0xFFFF, 0x4093),
        // Ring 3: code 32, DS, ES, SS.
        0x28: (0x10000, 0xFFFF, 0x40FB), 0x30: (0x20000, 0xFFFF, 0x40F3), 0x38: (0x30000, 0xFFFF, 0x40F3),
        0x40: (0x40000, 0xFFFF, 0x40F3),
        // Code 16, read-only data, absent data, absent code, conforming code, execute-only code.
        0x48: (0x10000, 0xFFFF, 0x009B), 0x50: (0x20000, 0xFFFF, 0x40F1), 0x58: (0x20000, 0xFFFF, 0x4013),
        0x60: (0x10000, 0xFFFF, 0x401B), 0x68: (0x10000, 0xFFFF, 0x409F), 0x80: (0x10000, 0xFFFF, 0x40F9),
        // LDT, 32-bit TSS; data with the accessed bit clear, expand-down data, stack 16; FS and GS.
        0x70: (0x72000, 0x00FF, 0x0082), 0x78: (0x73000, 0x0067, 0x0089), 0x88: (0x20000, 0xFFFF, 0x40F2),
        0x90: (0x20000, 0x0FFF, 0x40F7), 0x98: (0x40000, 0xFFFF, 0x0093), 0xA0: (0x50000, 0xFFFF, 0x40F3),
        0xA8: (0x60000, 0xFFFF, 0x40F3),
    ]

    /// The scene before an instruction in a mode.
    init(_ mode: Case.Mode, _ model: CPUModel) {
        state.gpr.eax = 0x1111_1111
        state.gpr.ecx = 0x2222_2222
        state.gpr.edx = 0x3333_3333
        state.gpr.ebx = 0x4444_4444
        state.gpr.esp = mode == .real || mode == .kernel16 ? 0x5555_0800 : 0x800
        state.gpr.ebp = 0x6666_6666
        state.gpr.esi = 0x7777_7777
        state.gpr.edi = 0x8888_8888
        state.eip = 0x100
        state.eflags = model.fixedFlags
        state.idtr = TableRegister(base: 0, limit: 0x3FF)
        state.cr0 = model.generation >= .i486 ? 0x10 : 0
        let selectors: [UInt16]
        switch mode {
        case .real: selectors = [0x3000, 0x1000, 0x4000, 0x2000, 0x5000, 0x6000]
        case .kernel: selectors = [0x18, 0x08, 0x20, 0x10, 0xA0, 0xA8]
        case .user: selectors = [0x3B, 0x2B, 0x43, 0x33, 0xA3, 0xAB]
        case .kernel16: selectors = [0x18, 0x48, 0x98, 0x10, 0xA0, 0xA8]
        }
        if mode != .real {
            state.cr0 |= 1
            state.cpl = mode == .user ? 3 : 0
            state.gdtr = TableRegister(base: Scene.gdt, limit: 0xAF)
            state.idtr = TableRegister(base: Scene.idt, limit: 0x7FF)
            memory = Scene.table
        }
        for (register, selector) in zip(SegmentRegister.allCases, selectors) { load(register, selector) }
    }

    private static var table: [(address: UInt32, bytes: [UInt8])] {
        descriptors.map { selector, value in
            let base = value.base
            let limit = value.limit
            let low = limit & 0xFFFF | base << 16
            let rights = UInt32(value.access & 0xF0FF) << 8
            let high = base >> 16 & 0xFF | rights | limit & 0xF_0000 | base & 0xFF00_0000
            return (gdt + UInt32(selector), bytes(UInt64(high) << 32 | UInt64(low), 8))
        }
    }

    /// Little-endian bytes of a value.
    static func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    /// The segment register that loading a selector gives.
    func segment(_ register: SegmentRegister, _ selector: UInt16) -> Segment {
        guard isProtected else {
            var segment = Segment(realMode: selector)
            if register == .cs { segment.access = .realMode }
            return segment
        }
        guard let value = Scene.descriptors[selector & ~7], selector & 4 == 0 else {
            return Segment(selector: selector, base: 0, limit: 0, access: [])
        }
        return Segment(
            selector: selector, base: value.base, limit: value.limit,
            access: SegmentAccess(rawValue: value.access).union(.accessed))
    }

    mutating func load(_ register: SegmentRegister, _ selector: UInt16) {
        state.segments[register] = segment(register, selector)
    }

    /// Places the instruction's bytes at CS:EIP; offsets wrap as the 8086 fetches them.
    mutating func put(code: [UInt8]) {
        let cs = state.segments.cs
        for (index, byte) in code.enumerated() {
            let offset = state.eip &+ UInt32(index)
            memory.append((cs.base &+ (cs.limit == 0xFFFF ? offset & 0xFFFF : offset), [byte]))
        }
    }

    /// The scene behind the instruction: this one changed by the words of `expect`.
    func expectation(_ words: String) throws(WordError) -> Scene {
        var result = self
        result.listedFlags = []
        result.listsEIP = false
        try result.apply(words)
        return result
    }

    /// Whether EIP is behind the instruction when its exception is delivered.
    static func isTrap(_ fault: Fault, _ row: Encoding?) -> Bool {
        switch row?.operation {
        case .int3, .int1, .into: [.debug, .breakpoint, .overflow].contains(fault.vector)
        default: fault.vector == .debug
        }
    }
}
