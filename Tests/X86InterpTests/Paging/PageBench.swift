@testable import X86Interp

/// How a test maps its pages.
enum PageScheme: String, CaseIterable, Sendable {
    /// 4 KiB by 32-bit entries.
    case small
    /// 4 MiB by 32-bit entries (CR4.PSE).
    case large
    /// 4 KiB by 64-bit entries (CR4.PAE).
    case extended
    /// 2 MiB by 64-bit entries.
    case extendedLarge

    var isExtended: Bool { self == .extended || self == .extendedLarge }
    var isLarge: Bool { self == .large || self == .extendedLarge }
    var pageSize: UInt32 {
        switch self {
        case .small, .extended: 0x1000
        case .large: 0x40_0000
        case .extendedLarge: 0x20_0000
        }
    }
    /// What CR4 needs for it.
    var cr4: UInt32 {
        switch self {
        case .small: 0
        case .large: 0x10
        case .extended, .extendedLarge: 0x20
        }
    }
}

/// Bits of paging entries, by the letters of the manual.
struct PageBits: OptionSet, Sendable {
    let rawValue: UInt64
    static let p = PageBits(rawValue: 1)
    static let w = PageBits(rawValue: 2)
    static let u = PageBits(rawValue: 4)
    static let a = PageBits(rawValue: 0x20)
    static let d = PageBits(rawValue: 0x40)
    static let ps = PageBits(rawValue: 0x80)
    static let g = PageBits(rawValue: 0x100)
    static let all: PageBits = [.p, .w, .u]
}

/// A processor under paging, with two neighbouring pages to try things on.
///
/// The first 2 MiB are mapped to themselves for everybody, accessed and dirty. Segments are flat. Code is at 1000h,
/// the GDT at 2000h, a TSS at 3000h, the IDT at 4000h, the handler of every vector at 5000h, the stack below 8000h.
/// The two pages begin at 400000h; they are not neighbours in memory.
final class PageBench {
    let scheme: PageScheme
    let memory: PhysicalMemory
    let bus = ControlBus()
    let cpu: CPU
    /// Memory from 0 as `clear` leaves it.
    private var image: [UInt8] = []

    static let code: UInt32 = 0x1000
    static let gdt: UInt32 = 0x2000
    static let tss: UInt32 = 0x3000
    static let idt: UInt32 = 0x4000
    static let handler: UInt32 = 0x5000
    static let ringZeroStack: UInt32 = 0x8000
    /// The directory, or with PAE the table of pointers.
    static let top: UInt32 = 0x10000
    static let directory: UInt32 = 0x11000
    static let lowTable: UInt32 = 0x12000
    static let highTable: UInt32 = 0x13000

    /// Linear address of the first page.
    let first: UInt32 = 0x40_0000
    /// Linear address of the second page: where the first one ends.
    var second: UInt32 { first + scheme.pageSize }

    init(_ scheme: PageScheme, model: CPUModel = .p6, engine: CPU.Engine = .threaded) throws {
        self.scheme = scheme
        memory = try PhysicalMemory(ramSize: 16 << 20)
        let ports = PortMap()
        cpu = CPU(
            model: model, memory: memory, ports: ports, bus: bus, clock: VirtualClock(), engine: engine)
        cpu.faultPolicy = .stop
        clear()
    }

    // MARK: Memory

    /// Puts memory into the state that is described above; both pages are absent, their first and last 4 KiB zero.
    func clear() {
        if image.isEmpty { image = makeImage() }
        image.withUnsafeBytes { source in
            source.baseAddress.map { memory.ram.copyMemory(from: $0, byteCount: source.count) }
        }
        for page in 0..<2 {
            for start in [frame(page), frame(page) + scheme.pageSize - 4096] {
                (memory.ram + Int(start)).initializeMemory(as: UInt8.self, repeating: 0, count: 4096)
            }
        }
    }

    private func makeImage() -> [UInt8] {
        let descriptors: [UInt64] = [
            0, 0x00CF_9B00_0000_FFFF, 0x00CF_9300_0000_FFFF, 0x00CF_FB00_0000_FFFF, 0x00CF_F300_0000_FFFF,
            task(at: Self.tss, busy: true), task(at: Self.tss, busy: false),
        ]
        memory.load(descriptors.flatMap { Scene.bytes($0, 8) }, at: Self.gdt)
        memory.load(Self.task(eip: Self.handler), at: Self.tss)
        for vector in UInt32(0)..<64 { memory.load(Scene.bytes(Self.gate, 8), at: Self.idt + 8 * vector) }
        memory.load([0x90, 0x90, 0x90, 0xF4], at: Self.handler)
        mapLow()
        return [UInt8](memory.ramBytes[..<0x14000])
    }

    /// A gate of ring 3 to the handler.
    static var gate: UInt64 { 0x0000_EE00_0008_0000 | UInt64(handler) }

    /// A descriptor of ring 3 of a 386 TSS with its last byte at 2FFFh.
    func task(at base: UInt32, busy: Bool) -> UInt64 {
        let base = UInt64(base)
        return (base & 0xFF_FFFF) << 16 | (base >> 24) << 56 | 0x0000_E900_0000_2FFF | (busy ? 0x200_0000_0000 : 0)
    }

    /// A TSS: ring 0 at `eip`, flat.
    static func task(eip: UInt32, cr3: UInt32 = top) -> [UInt8] {
        var words = [UInt32](repeating: 0, count: 26)
        words[1] = ringZeroStack
        words[2] = 0x10
        words[7] = cr3
        words[8] = eip
        words[9] = 2
        words[14] = 0x7000
        for place in 18...23 { words[place] = 0x10 }
        words[19] = 8
        words[25] = 0x68 << 16
        return words.flatMap { Scene.bytes(UInt64($0), 4) }
    }

    private func mapLow() {
        let rights: UInt64 = 0x67
        switch scheme {
        case .small, .extended:
            let count: UInt64 = 512
            for page in 0..<count { setEntry(Self.lowTable, Int(page), page << 12 | rights) }
            if scheme == .small {
                setEntry(Self.top, 0, UInt64(Self.lowTable) | rights)
            } else {
                setEntry(Self.directory, 0, UInt64(Self.lowTable) | rights)
            }
        case .large: setEntry(Self.top, 0, rights | 0x80)
        case .extendedLarge: setEntry(Self.directory, 0, rights | 0x80)
        }
        if scheme.isExtended { setEntry(Self.top, 0, UInt64(Self.directory) | 1) }
    }

    /// Physical address of a page.
    func frame(_ page: Int) -> UInt32 {
        switch scheme {
        case .small, .extended: page == 0 ? 0x10_0000 : 0x20_0000
        case .large: page == 0 ? 0x40_0000 : 0xC0_0000
        case .extendedLarge: page == 0 ? 0x40_0000 : 0x80_0000
        }
    }

    /// Physical address behind a linear one of the two pages.
    func physical(_ linear: UInt32) -> UInt32 {
        linear < second ? frame(0) + (linear - first) : frame(1) + (linear - second)
    }

    /// Puts bytes at a linear address of the two pages, whatever the tables say.
    func put(_ bytes: [UInt8], at linear: UInt32) {
        for (offset, byte) in bytes.enumerated() { memory.load([byte], at: physical(linear + UInt32(offset))) }
    }

    func bytes(at linear: UInt32, _ count: Int) -> [UInt8] {
        (0..<UInt32(count)).map { memory.peek(physical(linear + $0)) ?? 0xFF }
    }

    // MARK: Entries

    func setEntry(_ table: UInt32, _ index: Int, _ entry: UInt64) {
        let size = scheme.isExtended ? 8 : 4
        memory.load(Scene.bytes(entry, size), at: table + UInt32(index * size))
    }

    func entry(_ table: UInt32, _ index: Int) -> UInt64 {
        let size = scheme.isExtended ? 8 : 4
        let bytes = memory.peek(table + UInt32(index * size), count: size)
        return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Table and index of the directory's entry for one of the two pages.
    func directoryPlace(_ page: Int) -> (table: UInt32, index: Int) {
        switch scheme {
        case .small: (Self.top, 1)
        case .large: (Self.top, 1 + page)
        case .extended: (Self.directory, 2)
        case .extendedLarge: (Self.directory, 2 + page)
        }
    }

    /// Maps one of the two pages; large pages have no second level.
    func map(_ page: Int, _ directory: PageBits = .all, _ table: PageBits = .all, extra: UInt64 = 0) {
        let place = directoryPlace(page)
        if scheme.isLarge {
            setEntry(place.table, place.index, UInt64(frame(page)) | directory.union(.ps).rawValue | extra)
        } else {
            setEntry(place.table, place.index, UInt64(Self.highTable) | directory.rawValue)
            setEntry(Self.highTable, page, UInt64(frame(page)) | table.rawValue | extra)
        }
    }

    /// The entries that map one of the two pages, top level first, without their address bits.
    func bits(_ page: Int) -> [PageBits] {
        let place = directoryPlace(page)
        var bits = [PageBits(rawValue: entry(place.table, place.index) & 0x1FF)]
        if !scheme.isLarge { bits.append(PageBits(rawValue: entry(Self.highTable, page) & 0x1FF)) }
        return bits
    }

    // MARK: Processor

    /// The processor about to run `code` in a ring.
    func start(
        _ code: [UInt8], cpl: UInt8 = 0, writeProtect: Bool = true, _ change: (inout CPUState) -> Void = { _ in }
    ) {
        memory.load(code + [0x90, 0x90, 0xF4], at: Self.code)
        var state = CPUState()
        state.cr0 = 0x8000_0011 | (writeProtect ? 0x1_0000 : 0)
        state.cr3 = Self.top
        state.cr4 = scheme.cr4
        if scheme.isExtended { state.pagePointers.entries = [UInt64(Self.directory) | 1, 0, 0, 0] }
        state.cpl = cpl
        state.eip = Self.code
        state.gpr.esp = 0x7000
        state.gdtr = TableRegister(base: Self.gdt, limit: 0xFF)
        state.idtr = TableRegister(base: Self.idt, limit: 0x1FF)
        state.tr = Segment(selector: 0x28, base: Self.tss, limit: 0x2FFF, access: SegmentAccess(rawValue: 0x8B))
        let ring: SegmentAccess = cpl == 3 ? .dpl3 : []
        for register in SegmentRegister.allCases {
            state.segments[register] = Segment(
                selector: cpl == 3 ? 0x23 : 0x10, base: 0, limit: 0xFFFF_FFFF,
                access: [.realMode, .big, .granular, ring])
        }
        state.segments.cs.selector = cpl == 3 ? 0x1B : 8
        state.segments.cs.access.insert(.code)
        change(&state)
        cpu.state = state
    }

    /// Steps; returns the exception that stopped it, or nil.
    func step(_ count: Int = 1) throws -> Fault? {
        for _ in 0..<count {
            let exit = try cpu.step()
            if case .stopped(.fault(let fault)) = exit { return fault }
        }
        return nil
    }
}
