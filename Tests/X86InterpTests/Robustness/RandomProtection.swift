import TestSupport

@testable import X86Interp

/// Random tables of protected mode, some sane so that a guest gets somewhere, some pure noise.
///
/// GDT at 1000h, LDT at 1800h, IDT at 2000h, task states from 3000h, page tables from 10000h.
struct RandomProtection {
    let model: CPUModel
    /// Where the guest's code lies.
    let code: UInt32
    let size: UInt32
    var random: SeededGenerator
    /// Memory from 0.
    private(set) var tables = [UInt8](repeating: 0, count: 0x16000)
    private var isPaging = false
    private var isExtended = false

    private static let gdt: UInt32 = 0x1000
    private static let ldt: UInt32 = 0x1800
    private static let idt: UInt32 = 0x2000
    private static let tasks: UInt32 = 0x3000
    private static let top: UInt32 = 0x10000

    init(model: CPUModel, code: UInt32, size: UInt32, random: SeededGenerator) {
        self.model = model
        self.code = code
        self.size = size
        self.random = random
    }

    private mutating func one(in count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }
    private mutating func any() -> UInt32 { UInt32(truncatingIfNeeded: random.next()) }
    private mutating func pick<T>(_ values: [T], else other: T) -> T { values.randomElement(using: &random) ?? other }

    private mutating func put(_ value: UInt64, _ count: Int, at address: UInt32) {
        for place in 0..<count where Int(address) + place < tables.count {
            tables[Int(address) + place] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(place)))
        }
    }

    private mutating func fillWithNoise(_ address: UInt32, _ count: Int) {
        let noise = RandomGuest.noise(count, &random)
        tables.replaceSubrange(Int(address)..<Int(address) + count, with: noise)
    }

    /// Makes the tables; returns the state that uses them.
    mutating func makeState() -> CPUState {
        let is32 = model.is32Bit
        var state = CPUState()
        let level = UInt8.random(in: 0...3, using: &random)
        let isVirtual = is32 && one(in: 4)
        for register in GeneralRegister.allCases { state.gpr[register] = RandomGuest.number(&random) }
        if one(in: 2) { state.gpr.eax = any() & 0x7F }
        let flags = EFLAGS(rawValue: any()).intersection(model.writableFlags.subtracting(.virtual8086))
        state.eflags = model.fixedFlags.union(flags)
        if one(in: 2) { state.eflags.subtract([.trap, .nestedTask]) }
        state.cr0 = 1 | (is32 ? any() & 0x5_0000 | 0x10 : 0)
        state.cr4 = any() & model.controlBits4
        isPaging = is32 && !one(in: 4)
        isExtended = state.cr4 & 0x20 != 0
        if isPaging { state.cr0 |= 1 << 31 }
        makeDescriptors(level)
        makeGates()
        makeTasks()
        makePages()
        state.cr3 = one(in: 24) ? any() : Self.top
        if isExtended {
            state.pagePointers.entries = (0..<4).map { UInt64(Self.top) + 0x1000 * ($0 & 1) + 0x1000 | 1 }
        }
        state.gdtr = TableRegister(base: Self.gdt, limit: one(in: 8) ? any() & 0xFFFF : 0x3FF)
        state.idtr = TableRegister(base: Self.idt, limit: one(in: 8) ? any() & 0xFFFF : 0x7FF)
        let local: UInt16 = one(in: 4) ? 0 : 0x82
        state.ldtr = Segment(selector: 0x38, base: Self.ldt, limit: 0xFF, access: SegmentAccess(rawValue: local))
        let type: UInt16 = is32 && !one(in: 6) ? 0x8B : 0x83
        state.tr = Segment(
            selector: 0x28, base: Self.tasks, limit: one(in: 6) ? any() & 0xFF : 0x2FF,
            access: SegmentAccess(rawValue: type))
        makeSegments(&state, level, isVirtual: isVirtual)
        makeDebugRegisters(&state)
        return state
    }

    private mutating func makeSegments(_ state: inout CPUState, _ level: UInt8, isVirtual: Bool) {
        let stack: UInt32 = 0x8000
        state.gpr.esp = one(in: 4) ? any() : stack + any() & 0xFFC
        state.eip = UInt32.random(in: 0..<size, using: &random)
        guard !isVirtual else {
            state.eflags.insert(.virtual8086)
            state.cpl = 3
            for register in SegmentRegister.allCases {
                state.segments[register] = Segment(virtual8086: UInt16(truncatingIfNeeded: any() & 0xFFFF))
            }
            state.segments.cs = Segment(virtual8086: UInt16(truncatingIfNeeded: code >> 4))
            state.segments.ss = Segment(virtual8086: 0)
            state.gpr.esp &= 0xFFFF
            return
        }
        state.cpl = level
        let rights = SegmentAccess(rawValue: UInt16(level) << 5)
        let isBig = model.is32Bit && !one(in: 3)
        let sizes: SegmentAccess = isBig ? [.big, .granular] : []
        for register in SegmentRegister.allCases {
            let limit: UInt32 = isBig ? .max : 0xFFFF
            state.segments[register] = Segment(
                selector: 0x50 | UInt16(level) << 4 | UInt16(level), base: 0, limit: limit,
                access: [.realMode, rights, sizes])
            if register != .ss, register != .cs, one(in: 4) {
                state.segments[register].base = any() & 0x1F_FFFF
                state.segments[register].limit = any()
                state.segments[register].access.formUnion(SegmentAccess(rawValue: UInt16(any() & 0xC)))
            }
        }
        state.segments.cs.selector = 0x10 | UInt16(level) << 4 | UInt16(level)
        state.segments.cs.access.insert(.code)
        state.segments.cs.base = code
    }

    private mutating func makeDebugRegisters(_ state: inout CPUState) {
        guard model.is32Bit, one(in: 3) else { return }
        state.dr0 = code &+ any() % size
        state.dr1 = one(in: 2) ? any() & 0xFFFF : any()
        state.dr2 = any() & 0x3FF
        state.dr3 = any()
        state.dr7 = any() & 0xFFFF_2FFF | 0x400
    }

    // MARK: Descriptors

    private func segment(base: UInt32, limit: UInt32, access: UInt32) -> UInt64 {
        let low = limit & 0xFFFF | base << 16
        let high = base >> 16 & 0xFF | base & 0xFF00_0000 | access << 8 & 0xF0_FF00 | limit & 0xF_0000
        return UInt64(high) << 32 | UInt64(low)
    }

    /// 10h to 40h: code of the four rings; 28h, 38h: task and LDT; 50h to 80h: data; then anything plausible.
    private mutating func makeDescriptors(_ level: UInt8) {
        if one(in: 10) { return fillWithNoise(Self.gdt, 0x900) }
        for ring in UInt32(0)..<4 {
            let sizes: UInt32 = model.is32Bit && !one(in: 4) ? 0xC000 : 0
            put(
                segment(base: code, limit: 0xF_FFFF, access: 0x9A | sizes | ring << 5), 8,
                at: Self.gdt + 0x10 + 0x10 * ring)
            put(
                segment(base: 0, limit: 0xF_FFFF, access: 0x92 | sizes | ring << 5), 8,
                at: Self.gdt + 0x50 + 0x10 * ring)
        }
        put(segment(base: Self.tasks, limit: 0x2FF, access: model.is32Bit ? 0x8B : 0x83), 8, at: Self.gdt + 0x28)
        put(segment(base: Self.ldt, limit: 0xFF, access: 0x82), 8, at: Self.gdt + 0x38)
        for place in UInt32(18)..<128 { put(descriptor(), 8, at: Self.gdt + 8 * place) }
        for place in UInt32(0)..<32 { put(descriptor(), 8, at: Self.ldt + 8 * place) }
    }

    /// A descriptor of any type, most of them present.
    private mutating func descriptor() -> UInt64 {
        if one(in: 12) { return random.next() }
        let rights = any() & 0x60 | (one(in: 8) ? 0 : 0x80)
        let type = any() & 0x1F
        switch type {
        case 4, 5, 6, 7, 12, 14, 15: return gate(type, rights)
        case 1, 3, 9, 11:
            let base = Self.tasks + (any() & 7) * 0x100
            return segment(base: base, limit: one(in: 6) ? any() & 0xFF : 0xFF, access: rights | type)
        case 2: return segment(base: Self.ldt, limit: 0xFF, access: rights | type)
        default:
            let sizes = model.is32Bit ? any() & 0xC000 : 0
            let base = type & 8 != 0 ? code : any() & 0x1F_F000
            return segment(base: base, limit: one(in: 3) ? any() & 0xFFFF : 0xF_FFFF, access: rights | type | sizes)
        }
    }

    private mutating func selector() -> UInt32 {
        if one(in: 6) { return any() & 0xFFFF }
        return pick([0x10, 0x10, 0x10, 0x21, 0x32, 0x43, 0x28], else: 0x10)
    }

    private mutating func gate(_ type: UInt32, _ rights: UInt32) -> UInt64 {
        let offset = any() % size
        let target = type == 5 ? 0x90 + 8 * (any() & 0x1F) : selector()
        let high = offset & 0xFFFF_0000 | (rights | type) << 8 | (type & 7 == 4 ? any() & 7 : 0)
        return UInt64(high) << 32 | UInt64(target << 16 | offset & 0xFFFF)
    }

    private mutating func makeGates() {
        if one(in: 10) { return fillWithNoise(Self.idt, 0x800) }
        for vector in UInt32(0)..<256 {
            let types: [UInt32] = model.is32Bit ? [14, 15, 14, 15, 6, 7, 5] : [6, 7, 6, 7, 5]
            let rights = one(in: 10) ? any() & 0xE0 : 0xE0
            put(gate(pick(types, else: 6), rights), 8, at: Self.idt + 8 * vector)
        }
    }

    private mutating func makeTasks() {
        if one(in: 10) { return fillWithNoise(Self.tasks, 0x900) }
        for number in UInt32(0)..<8 {
            let base = Self.tasks + number * 0x100
            // What a 286 and a 386 take from the same bytes differs: one of them finds noise.
            for ring in UInt32(0)..<3 {
                put(0x8800 + UInt64(ring) << 10, 4, at: base + 4 + 8 * ring)
                put(UInt64(0x50 + 0x11 * ring), 4, at: base + 8 + 8 * ring)
            }
            put(UInt64(one(in: 8) ? any() : Self.top), 4, at: base + 0x1C)
            put(UInt64(any() % size), 4, at: base + 0x20)
            put(UInt64(any() & (one(in: 2) ? 0x3_0FFF : 0x0CFF)), 4, at: base + 0x24)
            put(0x8F00, 4, at: base + 0x38)
            let ring = any() & 3
            for place in UInt32(0)..<6 { put(UInt64(0x50 + 0x11 * ring), 4, at: base + 0x48 + 4 * place) }
            put(UInt64(0x10 + 0x11 * ring), 4, at: base + 0x4C)
            put(UInt64(one(in: 2) ? 0x38 : 0), 4, at: base + 0x60)
            put(UInt64(any() & 1 | (one(in: 4) ? any() : 0x68) << 16), 4, at: base + 0x64)
        }
    }

    // MARK: Pages

    /// The low 2 MiB mapped to themselves in the main, with holes, odd rights and aliases; elsewhere anything.
    private mutating func makePages() {
        guard isPaging else { return }
        if one(in: 10) { return fillWithNoise(Self.top, 0x6000) }
        let size = isExtended ? 8 : 4
        let entries = UInt32(4096 / size)
        // Two directories with PAE, one without; the tables behind them.
        let directories: [UInt32] = isExtended ? [Self.top + 0x1000, Self.top + 0x2000] : [Self.top]
        let tables: [UInt32] = isExtended ? [Self.top + 0x3000, Self.top + 0x4000] : [Self.top + 0x3000]
        if isExtended { for place in UInt32(0)..<4 { put(pointer(place), 8, at: Self.top + 8 * place) } }
        for (number, directory) in directories.enumerated() {
            for place in UInt32(0)..<entries where number == 0 ? place < 4 || one(in: 8) : one(in: 4) {
                let entry =
                    place == 0 && number == 0
                    ? UInt64(tables[0]) | 7 : directoryEntry(pick(tables, else: tables[0]))
                put(entry, size, at: directory + place * UInt32(size))
            }
        }
        for table in tables {
            for place in UInt32(0)..<entries {
                let frame = one(in: 40) ? any() & 0x1FF : place & 0x1FF
                var entry = UInt64(frame << 12 | (one(in: 60) ? any() & 0x1FF : 7) | any() & 0x160)
                if one(in: 200) { entry = random.next() }
                put(entry, size, at: table + place * UInt32(size))
            }
        }
    }

    private mutating func pointer(_ place: UInt32) -> UInt64 {
        one(in: 30) ? random.next() : UInt64(Self.top + 0x1000 + 0x1000 * (place & 1)) | 1
    }

    private mutating func directoryEntry(_ table: UInt32) -> UInt64 {
        if one(in: 6) { return random.next() }
        // Large ones lead to the first pages, to open bus or beyond 4 GiB.
        if one(in: 3) { return UInt64(any() & 0xE1E0_0000 | 0x80 | any() & 0x167) }
        return UInt64(table) | UInt64(any() & 0x27 | (one(in: 8) ? 0 : 1))
    }
}
