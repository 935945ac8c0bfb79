import Testing

@testable import X86Interp

/// Who may access which page, and what a walk leaves in the entries (SDM volume 3, 4.6 to 4.8).
@Suite("Paging: rights, error codes, accessed and dirty", .timeLimit(.minutes(30)))
struct PageRightsTests {
    /// Rights of the two levels; large pages have the first alone.
    private static let rights: [(directory: PageBits, table: PageBits)] = {
        let levels: [PageBits] = [[], [.p], [.p, .w], [.p, .u], .all]
        return levels.flatMap { directory in levels.map { (directory, $0) } }
    }()

    /// What the manual says of an access: nil if it is allowed, else the error code.
    ///
    /// Bit 0: all entries were present; 1: a write; 2: from ring 3.
    private func errorCode(
        _ levels: [PageBits], isWrite: Bool, isUser: Bool, writeProtect: Bool
    ) -> UInt16? {
        let base: UInt16 = (isWrite ? 2 : 0) | (isUser ? 4 : 0)
        guard levels.allSatisfy({ $0.contains(.p) }) else { return base }
        if isUser, !levels.allSatisfy({ $0.contains(.u) }) { return base | 1 }
        let isWritable = levels.allSatisfy { $0.contains(.w) }
        if isWrite, !isWritable, isUser || writeProtect { return base | 1 }
        return nil
    }

    private func check(
        _ bench: PageBench, _ operation: PageOperation, _ directory: PageBits, _ table: PageBits, cpl: UInt8,
        writeProtect: Bool
    ) throws {
        let target = bench.first + 0x100
        let isUser = cpl == 3 && !operation.isImplicit
        let levels = bench.scheme.isLarge ? [directory] : [directory, table]
        bench.clear()
        bench.map(0, directory, table)
        operation.set(bench, at: target, cpl: cpl, writeProtect: writeProtect)
        let before = bench.bits(0)
        let contents = bench.bytes(at: target, operation.size)
        let fault = try bench.step(operation.steps)
        let situation = Comment(
            "\(bench.scheme.rawValue) \(operation.name) levels \(levels.map(\.rawValue)) CPL \(cpl) WP \(writeProtect)")
        let read = errorCode(levels, isWrite: false, isUser: isUser, writeProtect: writeProtect)
        // Of what is read and then marked the read may fault by itself.
        let isReadFault = operation.readsFirst && read != nil
        let wanted =
            isReadFault
            ? read : errorCode(levels, isWrite: operation.isWrite, isUser: isUser, writeProtect: writeProtect)
        if let wanted {
            #expect(fault?.vector == .pageFault && fault?.errorCode == wanted, situation)
            let offset = (fault?.address ?? 0) &- target
            // The manual does not say which bytes of a frame or descriptor come first.
            #expect(offset < UInt32(operation.isImplicit ? 20 : 1), situation)
            #expect(bench.bytes(at: target, operation.size) == contents, situation)
            if !operation.readsFirst || isReadFault { #expect(bench.bits(0) == before, situation) }
        } else {
            #expect(fault == nil && operation.isDone(bench.cpu.state, target), situation)
            var after = before.map { $0.union(.a) }
            if operation.isWrite { after[after.count - 1].insert(.d) }
            #expect(bench.bits(0) == after, situation)
        }
    }

    @Test(arguments: PageScheme.allCases, PageOperation.all)
    func everyCombination(scheme: PageScheme, operation: PageOperation) throws {
        for engine in CPU.Engine.allCases {
            let bench = try PageBench(scheme, engine: engine)
            for (directory, table) in Self.rights where !scheme.isLarge || table.isEmpty {
                for cpl: UInt8 in operation.needsRing3 ? [3] : [0, 3] {
                    for writeProtect in [false, true] {
                        try check(bench, operation, directory, table, cpl: cpl, writeProtect: writeProtect)
                    }
                }
            }
        }
    }

    /// The same in figures, against an error in the rule above.
    @Test func someErrorCodesOneByOne() throws {
        let cases: [(operation: Int, directory: PageBits, table: PageBits, cpl: UInt8, code: UInt16?)] = [
            (0, [], .all, 0, 0), (0, .all, [], 3, 4), (1, .all, [], 0, 2), (1, .all, [], 3, 6),
            (0, [.p, .w], .all, 3, 5), (0, .all, [.p, .w], 3, 5), (1, .all, [.p, .u], 3, 7), (1, [.p, .u], .all, 0, 3),
            (2, .all, [], 0, 2), (2, .all, [.p, .u], 0, 3), (6, .all, [], 3, 4), (7, .all, [], 3, 6),
            (0, [.p], [.p], 0, nil), (1, .all, .all, 3, nil), (8, [.p], [.p], 0, nil),
        ]
        let bench = try PageBench(.small)
        for (number, directory, table, cpl, code) in cases {
            bench.clear()
            bench.map(0, directory, table)
            PageOperation.explicit[number].set(bench, at: bench.first + 0x100, cpl: cpl)
            #expect(try bench.step(PageOperation.explicit[number].steps)?.errorCode == code)
        }
    }

    /// CR2 and the error code reach the handler.
    @Test(arguments: PageScheme.allCases) func delivery(scheme: PageScheme) throws {
        let bench = try PageBench(scheme)
        bench.cpu.faultPolicy = .deliver
        PageOperation.explicit[1].set(bench, at: bench.first + 0x123, cpl: 3)
        _ = try bench.step()
        let state = bench.cpu.state
        #expect(state.cr2 == bench.first + 0x123 && state.eip == PageBench.handler && state.cpl == 0)
        let frame = bench.memory.peek(state.gpr.esp, count: 8)
        #expect(frame == [6, 0, 0, 0, 0, 0x10, 0, 0])
    }

    /// Virtual-8086 mode has the rights of ring 3, its descriptor tables those of ring 0.
    @Test func virtual8086Mode() throws {
        let cases: [(code: [UInt8], rights: PageBits, error: UInt16?)] = [
            ([0x66, 0x8B, 0x07], .all, nil), ([0x66, 0x8B, 0x07], [.p, .w], 5), ([0x66, 0x8B, 0x07], [], 4),
            ([0x66, 0x89, 0x07], [.p, .u], 7), ([0x66, 0x89, 0x07], .all, nil), ([0x66, 0x01, 0x07], [], 6),
            ([0x66, 0x50], [.p, .w], 7), ([0x66, 0x58], [.p, .w], 5), ([0xFF, 0xE3], [.p, .w], 5),
        ]
        let bench = try PageBench(.small)
        for (code, rights, error) in cases {
            bench.clear()
            bench.setEntry(PageBench.lowTable, 0x50, 0x5_0000 | rights.rawValue)
            bench.start(code, cpl: 3) { state in
                state.eflags = [.alwaysOne, .virtual8086]
                for register in SegmentRegister.allCases { state.segments[register] = Segment(virtual8086: 0) }
                for register: SegmentRegister in [.ds, .ss] {
                    state.segments[register] = Segment(virtual8086: 0x5000)
                }
                if code[0] == 0xFF { state.segments.cs = Segment(virtual8086: 0x4FFF) }
                state.gpr.ebx = code[0] == 0xFF ? 0x110 : 0x100
                state.gpr.esp = code == [0x66, 0x50] ? 0x104 : 0x100
            }
            if code[0] == 0xFF {
                // The jump itself lies in the page below.
                bench.memory.load(code, at: 0x4FFF0)
                bench.cpu.state.eip = 0
            }
            let fault = try bench.step(code[0] == 0xFF ? 2 : 1)
            #expect(fault == error.map { Fault(.pageFault, errorCode: $0, address: 0x5_0100) }, "\(code)")
        }
        bench.clear()
        bench.setEntry(PageBench.lowTable, 4, 0x4000 | 3)
        bench.start([0xCD, 0x04], cpl: 3) { state in
            state.eflags = [.alwaysOne, .virtual8086, .iopl]
            for register in SegmentRegister.allCases { state.segments[register] = Segment(virtual8086: 0) }
        }
        #expect(try bench.step() == nil && bench.cpu.state.eip == PageBench.handler)
    }
}
