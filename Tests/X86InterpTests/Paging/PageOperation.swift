import Testing

@testable import X86Interp

/// One way to access memory at an address: a row of the tests' tables.
struct PageOperation: Sendable, CustomTestStringConvertible {
    let name: String
    let code: [UInt8]
    /// The access that the page must allow is a write.
    let isWrite: Bool
    /// It has the rights of ring 0 in any ring (SDM volume 3, 4.6: implicit supervisor-mode accesses).
    var isImplicit = false
    /// It happens when ring 3 enters ring 0 or asks for a port.
    var needsRing3 = false
    /// Something is read there before it is written.
    var readsFirst = false
    /// Instructions up to and with the one that accesses.
    var steps = 1
    /// How many bytes it accesses.
    var size = 4
    /// What lies at the address.
    var bytes: [UInt8] = [0x88, 0x77, 0x66, 0x55]
    /// Registers and tables, given the address.
    let prepare: @Sendable (inout CPUState, UInt32) -> Void
    /// Whether the processor shows that the access happened.
    var isDone: @Sendable (CPUState, UInt32) -> Bool = { _, _ in true }

    var testDescription: String { name }

    private static func pointAt(_ state: inout CPUState, _ target: UInt32) {
        state.gpr.ebx = target
        state.gpr.edi = target
        state.gpr.ecx = 1
        state.gpr.eax = 0x0102_0304
        state.gpr.edx = 0
    }

    private static func inHandler(_ state: CPUState, _ target: UInt32) -> Bool { state.eip == PageBench.handler }

    private static let dataDescriptor = Scene.bytes(0x00CF_F300_0000_FFFF, 8)
    private static let freshDescriptor = Scene.bytes(0x00CF_F200_0000_FFFF, 8)

    /// Accesses by operands, by the stack and by fetching.
    static let explicit: [PageOperation] = [
        .init(
            name: "read", code: [0x8B, 0x03], isWrite: false, prepare: pointAt,
            isDone: { state, _ in state.gpr.eax == 0x5566_7788 }),
        .init(name: "write", code: [0x89, 0x03], isWrite: true, prepare: pointAt),
        .init(name: "read-modify-write", code: [0x01, 0x03], isWrite: true, prepare: pointAt),
        .init(name: "exchange", code: [0x87, 0x03], isWrite: true, prepare: pointAt),
        .init(name: "compare and exchange, unequal", code: [0xF0, 0x0F, 0xB1, 0x13], isWrite: true, prepare: pointAt),
        .init(name: "string store", code: [0xF3, 0xAB], isWrite: true, prepare: pointAt),
        .init(
            name: "fetch", code: [0xFF, 0xE3], isWrite: false, steps: 2, bytes: [0xB8, 4, 3, 2, 1, 0x90],
            prepare: pointAt, isDone: { state, target in state.eip == target + 5 }),
        .init(name: "push", code: [0x50], isWrite: true, prepare: { $0.gpr.esp = $1 + 4 }),
        .init(
            name: "pop", code: [0x58], isWrite: false, prepare: { $0.gpr.esp = $1 },
            isDone: { state, _ in state.gpr.eax == 0x5566_7788 }),
        .init(
            name: "near call", code: [0xE8, 0, 0, 0, 0], isWrite: true, prepare: { $0.gpr.esp = $1 + 4 }),
    ]

    /// Accesses of the processor's own.
    static let implicit: [PageOperation] = [
        .init(
            name: "GDT", code: [0x8E, 0xD8], isWrite: false, isImplicit: true, size: 8, bytes: dataDescriptor,
            prepare: { state, target in
                state.gdtr.base = target - 0x20
                state.gpr.eax = 0x23
            }, isDone: { state, _ in state.segments.ds.selector == 0x23 }),
        .init(
            name: "accessed bit in the GDT", code: [0x8E, 0xD8], isWrite: true, isImplicit: true, readsFirst: true,
            size: 8, bytes: freshDescriptor,
            prepare: { state, target in
                state.gdtr.base = target - 0x20
                state.gpr.eax = 0x23
            }, isDone: { state, _ in state.segments.ds.access.contains(.accessed) }),
        .init(
            name: "LDT", code: [0x8E, 0xD8], isWrite: false, isImplicit: true, size: 8, bytes: dataDescriptor,
            prepare: { state, target in
                state.ldtr = Segment(
                    selector: 0x38, base: target - 0x20, limit: 0xFF, access: SegmentAccess(rawValue: 0x82))
                state.gpr.eax = 0x27
            }, isDone: { state, _ in state.segments.ds.selector == 0x27 }),
        .init(
            name: "IDT", code: [0xCD, 0x04], isWrite: false, isImplicit: true, size: 8,
            bytes: Scene.bytes(PageBench.gate, 8), prepare: { $0.idtr.base = $1 - 0x20 }, isDone: inHandler),
        .init(
            name: "stack pointer in the TSS", code: [0xCD, 0x04], isWrite: false, isImplicit: true, needsRing3: true,
            size: 6, bytes: [0, 0x80, 0, 0, 0x10, 0], prepare: { $0.tr.base = $1 - 4 }, isDone: inHandler),
        .init(
            name: "inner stack", code: [0xCD, 0x04], isWrite: true, isImplicit: true, needsRing3: true,
            prepare: { _, _ in }, isDone: inHandler),
        .init(
            name: "permission bitmap", code: [0xEC], isWrite: false, isImplicit: true, needsRing3: true, size: 2,
            bytes: [0x68, 0, 0, 0],
            prepare: { state, target in
                state.tr.base = target - 0x66
                state.gpr.edx = 0
                state.gpr.eax = 0
            }, isDone: { state, _ in state.gpr.eax == 0xFF }),
        .init(
            name: "new TSS", code: [0xEA, 0, 0, 0, 0, 0x30, 0], isWrite: false, isImplicit: true, size: 104,
            bytes: PageBench.task(eip: PageBench.handler), prepare: { _, _ in }, isDone: inHandler),
    ]

    static let all = explicit + implicit

    /// Sets a bench up so that the next steps access `target`, which must lie in one of the two pages.
    func set(_ bench: PageBench, at target: UInt32, cpl: UInt8, writeProtect: Bool = true) {
        bench.put(bytes, at: target)
        if name == "inner stack" {
            bench.memory.load(Scene.bytes(UInt64(target + 20), 4), at: PageBench.tss + 4)
        }
        if name == "new TSS" {
            bench.memory.load(Scene.bytes(bench.task(at: target, busy: false), 8), at: PageBench.gdt + 0x30)
        }
        bench.start(code, cpl: cpl, writeProtect: writeProtect) { prepare(&$0, target) }
    }
}
