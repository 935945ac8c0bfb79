@testable import X86Interp

/// The machine that the cases of protection start from: `Scene`, whose GDT has segments of all rings, with an LDT, a
/// TSS that names stacks for the inner rings, a gate for each exception, and two more tasks.
///
/// Selectors, besides those of `Scene`: code and stack of ring 1 at B0 and B8, of ring 2 at C0 and C8; the 386 task D0
/// (its TSS at 74000), the 286 task D8 (75000) and the 286 task E0 (75C00) for exceptions, all available. LDTR is 70, TR the busy 386 TSS 78 (73000).
/// Handlers are at 08:3000 + 10 * vector. Words, besides those of `Scene`:
///
/// | word | meaning |
/// |---|---|
/// | `g100=93` `l8=FB` | a descriptor of the GDT or LDT by offset and access byte: base 20000, limit FFFF, 32-bit |
/// | `g100=89,74000,67,0` | the same with base, limit and the upper four flags |
/// | `g100=EC>8:2000*3` `i21=8E>8:3000` | a gate, of the IDT by vector: selector, offset, parameters |
/// | `old.ss1=0` `new.eip=300` `new16.cs=8` | a field of the TSS at 73000, 74000 or 75000 |
/// | `ring1` `ring2` `v86` | CPL 1 or 2, virtual-8086 mode |
/// | `noldt` `tr16` `notr` | LDTR null; TR a 286 TSS at 75800; TR as after RESET |
/// | `paging` `pae` `pse` `wp` | identity mapping, tables from 76000; the PTE of page 12h by `pte12=0` |
/// | `intr=21` `nmi` | an external interrupt comes |
/// | `trlimit=88` | the limit of the present TSS |
/// | `call.cs=8` | IA32_SYSENTER_CS |
struct ProtectionScene {
    var scene: Scene
    let model: CPUModel
    private var vector: UInt8?
    private var isNMI = false
    private var isExtended = false

    /// The TSS of the task that takes the exceptions of others.
    static let handlerTask: UInt32 = 0x75C00

    static func handler(_ vector: UInt32) -> UInt32 { 0x3000 + 0x10 * vector }

    init(_ mode: Case.Mode, _ model: CPUModel) {
        scene = Scene(mode, model)
        self.model = model
        guard mode != .real else {
            for vector in UInt32(0)..<0x30 {
                add(vector * 4, UInt64(0x2000_0000 | Self.handler(vector)), 4)
            }
            return
        }
        scene.state.gdtr.limit = 0x1FF
        let added: [(UInt32, UInt32, UInt32, UInt8, UInt32)] = [
            (0xB0, 0x10000, 0xFFFF, 0xBB, 4), (0xB8, 0x40000, 0xFFFF, 0xB3, 4),
            (0xC0, 0x10000, 0xFFFF, 0xDB, 4), (0xC8, 0x40000, 0xFFFF, 0xD3, 4),
            (0xD0, 0x74000, 0x67, 0x89, 0), (0xD8, 0x75000, 0x2B, 0x81, 0),
            (0x78, 0x73000, 0x67, 0x8B, 0), (0xE0, Self.handlerTask, 0x2B, 0x81, 0),
        ]
        for (offset, base, limit, access, flags) in added {
            descriptor(Scene.gdt + offset, access, base, limit, flags)
        }
        let gate: UInt8 = model.is32Bit ? 0x8E : 0x86
        for vector in UInt32(0)..<0x30 {
            self.gate(Scene.idt + vector * 8, gate, 8, Self.handler(vector), 0)
        }
        scene.state.ldtr = Segment(selector: 0x70, base: 0x72000, limit: 0xFF, access: SegmentAccess(rawValue: 0x82))
        scene.state.tr = Segment(selector: 0x78, base: 0x73000, limit: 0x67, access: SegmentAccess(rawValue: 0x8B))
        let stacks = [("ss0", 0x20), ("esp0", 0x700), ("ss1", 0xB9), ("esp1", 0x600), ("ss2", 0xCA), ("esp2", 0x500)]
        for (name, value) in stacks { field(0x73000, name, UInt32(value)) }
        let task: [(String, UInt32)] = [
            ("eip", 0x200), ("eflags", 2), ("esp", 0x600), ("es", 0x18), ("cs", 8), ("ss", 0x20), ("ds", 0x10),
            ("cr3", 0x76000), ("ss0", 0x20), ("esp0", 0x700),
        ]
        for (name, value) in task { field(0x74000, name, value) }
        for (name, value) in task where name != "cr3" {
            field16(0x75000, name, value)
            field16(Self.handlerTask, name, value)
        }
        if !model.is32Bit { use16BitTask() }
    }

    private mutating func add(_ address: UInt32, _ value: UInt64, _ count: Int) {
        scene.memory.append((address, Scene.bytes(value, count)))
    }

    mutating func put(code: [UInt8]) { scene.put(code: code) }

    // MARK: Descriptors and task state

    private mutating func descriptor(_ place: UInt32, _ access: UInt8, _ base: UInt32, _ limit: UInt32, _ flags: UInt32)
    {
        let low = limit & 0xFFFF | base << 16
        let middle = base >> 16 & 0xFF | UInt32(access) << 8 | limit & 0xF_0000
        let high = middle | flags << 20 | base & 0xFF00_0000
        add(place, UInt64(high) << 32 | UInt64(low), 8)
    }

    private mutating func gate(
        _ place: UInt32, _ access: UInt8, _ selector: UInt32, _ offset: UInt32, _ parameters: UInt32
    ) {
        let low = selector << 16 | offset & 0xFFFF
        let high = offset & 0xFFFF_0000 | UInt32(access) << 8 | parameters
        add(place, UInt64(high) << 32 | UInt64(low), 8)
    }

    private static let fields: [(String, offset: UInt32, size: Int)] = [
        ("link", 0, 2), ("esp0", 4, 4), ("ss0", 8, 2), ("esp1", 0xC, 4), ("ss1", 0x10, 2), ("esp2", 0x14, 4),
        ("ss2", 0x18, 2), ("cr3", 0x1C, 4), ("eip", 0x20, 4), ("eflags", 0x24, 4), ("eax", 0x28, 4), ("esp", 0x38, 4),
        ("es", 0x48, 2), ("cs", 0x4C, 2), ("ss", 0x50, 2), ("ds", 0x54, 2), ("fs", 0x58, 2), ("gs", 0x5C, 2),
        ("ldt", 0x60, 2), ("trap", 0x64, 2), ("map", 0x66, 2),
    ]

    private static let fields16: [(String, offset: UInt32)] = [
        ("link", 0), ("esp0", 2), ("ss0", 4), ("esp1", 6), ("ss1", 8), ("eip", 0xE), ("eflags", 0x10), ("esp", 0x1A),
        ("es", 0x22), ("cs", 0x24), ("ss", 0x26), ("ds", 0x28), ("ldt", 0x2A),
    ]

    @discardableResult
    private mutating func field(_ base: UInt32, _ name: String, _ value: UInt32) -> Bool {
        guard let field = Self.fields.first(where: { $0.0 == name }) else { return false }
        add(base + field.offset, UInt64(value), field.size)
        return true
    }

    @discardableResult
    private mutating func field16(_ base: UInt32, _ name: String, _ value: UInt32) -> Bool {
        guard let field = Self.fields16.first(where: { $0.0 == name }) else { return false }
        add(base + field.offset, UInt64(value), 2)
        return true
    }

    private mutating func use16BitTask() {
        scene.state.tr = Segment(selector: 0x78, base: 0x75800, limit: 0x2B, access: SegmentAccess(rawValue: 0x83))
        descriptor(Scene.gdt + 0x78, 0x83, 0x75800, 0x2B, 0)
        for (name, value) in [("ss0", 0x20), ("esp0", 0x700), ("ss1", 0xB9), ("esp1", 0x600)] {
            field16(0x75800, name, UInt32(value))
        }
    }

    // MARK: Words

    mutating func apply(_ words: String) throws(WordError) {
        for word in words.split(separator: " ").map(String.init) {
            if simple(word) || assignment(word) { continue }
            try scene.apply(word)
        }
    }

    private mutating func simple(_ word: String) -> Bool {
        switch word {
        case "ring1": ring(1, code: 0xB1, stack: 0xB9)
        case "ring2": ring(2, code: 0xC2, stack: 0xCA)
        case "v86": enterVirtualMode()
        case "noldt": scene.state.ldtr = Segment(selector: 0, base: 0, limit: 0, access: [])
        case "tr16": use16BitTask()
        case "notr": scene.state.tr = Segment(selector: 0, base: 0, limit: 0xFFFF, access: [])
        case "paging": usePaging()
        case "pae": usePAE()
        case "pse": scene.state.cr4 |= ControlBits.pse
        case "wp": scene.state.cr0 |= ControlBits.writeProtect
        case "nmi": isNMI = true
        default: return false
        }
        return true
    }

    private mutating func ring(_ level: UInt8, code: UInt16, stack: UInt16) {
        scene.state.cpl = level
        let rights = UInt16(level) << 5
        scene.state.segments.cs = Segment(
            selector: code, base: 0x10000, limit: 0xFFFF, access: SegmentAccess(rawValue: 0x409B | rights))
        scene.state.segments.ss = Segment(
            selector: stack, base: 0x40000, limit: 0xFFFF, access: SegmentAccess(rawValue: 0x4093 | rights))
    }

    private mutating func enterVirtualMode() {
        scene.state.eflags.insert(.virtual8086)
        scene.state.cpl = 3
        for (register, selector) in zip(SegmentRegister.allCases, [0x3000, 0x1000, 0x4000, 0x2000, 0x5000, 0x6000]) {
            scene.state.segments[register] = Segment(virtual8086: UInt16(selector))
        }
    }

    private mutating func usePaging() {
        scene.state.cr0 |= ControlBits.paging
        scene.state.cr3 = 0x76000
        add(0x76000, 0x77027, 4)
        for page in UInt32(0)..<0x80 { add(0x77000 + page * 4, UInt64(page << 12 | 0x67), 4) }
    }

    private mutating func usePAE() {
        isExtended = true
        scene.state.cr0 |= ControlBits.paging
        scene.state.cr4 |= ControlBits.pae
        scene.state.cr3 = 0x76000
        scene.state.pagePointers.entries = [0x78001, 0, 0, 0]
        add(0x76000, 0x78001, 8)
        add(0x78000, 0x77027, 8)
        for page in UInt32(0)..<0x80 { add(0x77000 + page * 8, UInt64(page << 12 | 0x67), 8) }
    }

    private mutating func assignment(_ word: String) -> Bool {
        let sides = word.split(separator: "=").map(String.init)
        guard sides.count == 2 else { return false }
        let (name, text) = (sides[0], sides[1])
        if let first = name.first, let number = UInt32(name.dropFirst(), radix: 16), "gli".contains(first) {
            let table = first == "g" ? Scene.gdt : first == "l" ? Scene.ldt : Scene.idt
            return entry(table + (first == "i" ? number * 8 : number), text)
        }
        let bases: [(String, UInt32)] = [
            ("old.", 0x73000), ("new.", 0x74000), ("new16.", 0x75000), ("old16.", 0x75800),
        ]
        guard let value = UInt64(text, radix: 16) else { return false }
        let short = UInt32(truncatingIfNeeded: value)
        if let (prefix, base) = bases.first(where: { name.hasPrefix($0.0) }) {
            let field = String(name.dropFirst(prefix.count))
            return prefix.hasSuffix("16.") ? field16(base, field, short) : self.field(base, field, short)
        }
        let size = isExtended ? 8 : 4
        if name.hasPrefix("pte"), let page = UInt32(name.dropFirst(3), radix: 16) {
            add(0x77000 + page * UInt32(size), value, size)
            return true
        }
        switch name {
        case "pde": add(isExtended ? 0x78000 : 0x76000, value, size)
        case "pde1": add(isExtended ? 0x78008 : 0x76004, value, size)
        case "intr": vector = UInt8(truncatingIfNeeded: short)
        case "trlimit": scene.state.tr.limit = short
        case "call.cs": scene.state.fastCall.cs = short
        default: return false
        }
        return true
    }

    /// A table entry as words give it: a gate if it has a target.
    private mutating func entry(_ place: UInt32, _ text: String) -> Bool {
        let halves = text.split(separator: ">").map(String.init)
        if halves.count == 2 {
            let numbers = halves[1].split(whereSeparator: { ":*".contains($0) }).compactMap { UInt32($0, radix: 16) }
            guard let access = UInt8(halves[0], radix: 16), let selector = numbers.first else { return false }
            gate(place, access, selector, numbers.count > 1 ? numbers[1] : 0, numbers.count > 2 ? numbers[2] : 0)
            return true
        }
        let numbers = text.split(separator: ",").compactMap { UInt32($0, radix: 16) }
        guard let access = numbers.first else { return false }
        let isSegment = access & 0x10 != 0
        let base: UInt32 = access & 0x18 == 0x18 ? 0x10000 : 0x20000
        descriptor(
            place, UInt8(truncatingIfNeeded: access), numbers.count > 1 ? numbers[1] : base,
            numbers.count > 2 ? numbers[2] : 0xFFFF, numbers.count > 3 ? numbers[3] : isSegment ? 4 : 0)
        return true
    }

    // MARK: Running

    /// Makes the external interrupt come that the words name.
    func prepare(_ bench: Bench) {
        if let vector {
            bench.bus.acknowledge = { vector }
            bench.bus.setINTR(true)
        }
        if isNMI { bench.bus.raiseNMI() }
    }

    /// Memory as it was, but with the page tables of now: accessed bits stay set.
    func withoutPageTables(_ before: [UInt8], _ now: [UInt8]) -> [UInt8] {
        guard scene.state.cr0 & ControlBits.paging != 0 else { return before }
        var result = before
        result.replaceSubrange(0x76000..<0x79000, with: now[0x76000..<0x79000])
        return result
    }
}
