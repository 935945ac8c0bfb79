import Testing

@testable import X86Interp

/// Which of two faults an instruction reports: in the order that a present CPU was seen to take.
@Suite("Paging: the order of faults", .timeLimit(.minutes(30)))
struct PageOrderTests {
    private static func absent(_ address: UInt32, write: Bool = false) -> Fault {
        Fault(.pageFault, errorCode: write ? 2 : 0, address: address)
    }

    /// The frame lies over the end of the first page; both pages are absent.
    @Test("RETF reads CS before EIP, IRET the flags first", arguments: PageScheme.allCases)
    func returns(scheme: PageScheme) throws {
        let bench = try PageBench(scheme)
        let cases: [(code: [UInt8], before: UInt32, fault: UInt32)] = [
            ([0xCB], 4, 0), ([0xCA, 4, 0], 4, 0), ([0x66, 0xCB], 2, 0), ([0xCF], 4, 4), ([0xCF], 8, 0),
            ([0x66, 0xCF], 2, 2), ([0x66, 0xCF], 4, 0),
        ]
        for (code, before, fault) in cases {
            bench.start(code) { $0.gpr.esp = bench.second - before }
            #expect(try bench.step() == Self.absent(bench.second + fault), "\(code) \(before)")
            #expect(bench.cpu.state.gpr.esp == bench.second - before)
        }
    }

    @Test("MOVS reads DS:ESI first, CMPS ES:EDI") func strings() throws {
        let bench = try PageBench(.small)
        for (opcode, fault) in [(0xA5, bench.first), (0xA7, bench.second)] as [(UInt8, UInt32)] {
            bench.start([opcode]) { state in
                state.gpr.esi = bench.first
                state.gpr.edi = bench.second
            }
            #expect(try bench.step() == Self.absent(fault))
        }
    }

    @Test("a near CALL beyond the limit reports its stack first", arguments: CPU.Engine.allCases)
    func calls(engine: CPU.Engine) throws {
        let bench = try PageBench(.small, engine: engine)
        // CALL rel32, CALL EAX, each to 3000h and more.
        for code in [[0xE8, 0, 0x20, 0, 0], [0xFF, 0xD0]] as [[UInt8]] {
            func fault(_ change: (inout CPUState) -> Void) throws -> Fault? {
                bench.start(code) { state in
                    state.segments.cs.limit = 0x1FFF
                    state.gpr.eax = 0x3000
                    change(&state)
                }
                return try bench.step()
            }
            #expect(try fault { $0.gpr.esp = bench.second } == Self.absent(bench.second - 4, write: true))
            #expect(try fault { $0.segments.ss.limit = 0xFFF } == Fault(.stackFault, errorCode: 0))
            #expect(try fault { _ in } == Fault(.generalProtection, errorCode: 0))
        }
    }

    @Test("INT n that VME redirects reads its table as the supervisor") func redirectedTable() throws {
        let bench = try PageBench(.small)
        bench.memory.load([0x00, 0x05, 0x00, 0x06], at: 0x80)
        bench.setEntry(PageBench.lowTable, 0, 0x63)
        bench.start([0xCD, 0x20], cpl: 3) { state in
            state.cr4 |= ControlBits.vme
            state.eflags = [state.eflags, .virtual8086]
            state.eip = 0
            for register in SegmentRegister.allCases {
                state.segments[register] = Segment(virtual8086: register == .cs ? 0x100 : 0x700)
            }
            state.gpr.esp = 0x100
        }
        #expect(try bench.step() == nil)
        #expect(bench.cpu.state.segments.cs.selector == 0x600 && bench.cpu.state.eip == 0x500)
        #expect(bench.cpu.state.gpr.esp == 0xFA)
    }

    @Test("a task whose LDT is bad has its selectors, and levels of the old hidden parts") func failedTask() throws {
        let bench = try PageBench(.small)
        // LDT of the task; 0050 is no descriptor.
        bench.memory.load([0x50, 0], at: PageBench.tss + 0x60)
        bench.start([0xEA, 0, 0, 0, 0, 0x33, 0], cpl: 3)
        #expect(try bench.step() == Fault(.invalidTSS, errorCode: 0x50))
        let segment = bench.cpu.state.segments.ds
        #expect(segment == Segment(selector: 0x23, base: 0, limit: 0, access: .dpl3))
    }

    @Test("a return to an outer ring keeps a selector without a descriptor by its level") func closedSegments() throws {
        let bench = try PageBench(.small)
        let stack: [UInt32] = [PageBench.code, 0x1B, 0x7000, 0x23]
        let cases: [(selector: UInt16, access: SegmentAccess, after: UInt16)] = [
            (0x23, .dpl3, 0x23), (0x10, [], 0), (3, [], 0), (0, .realMode, 0),
        ]
        for (selector, access, after) in cases {
            bench.start([0xCB]) { state in
                state.gpr.esp = 0x6FF0
                state.segments.ds = Segment(selector: selector, base: 0, limit: 0, access: access)
            }
            bench.memory.load(stack.flatMap { Scene.bytes(UInt64($0), 4) }, at: 0x6FF0)
            #expect(try bench.step() == nil)
            #expect(bench.cpu.state.cpl == 3 && bench.cpu.state.segments.ds.selector == after, "\(selector)")
            #expect(after != 0 || bench.cpu.state.segments.ds == .null)
        }
    }
}
