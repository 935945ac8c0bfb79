import Testing

@testable import X86Interp

/// What may be remembered of a translation, and what makes the processor forget it (SDM volume 3, 4.10).
@Suite("Paging: cached translations", .timeLimit(.minutes(30)))
struct PageCacheTests {
    /// An instruction that makes all but global translations invalid, or all of them.
    struct Flush: Sendable, CustomTestStringConvertible {
        let name: String
        let code: [UInt8]
        let steps: Int
        let takesGlobal: Bool
        var testDescription: String { name }
    }

    // ebx: the page; ecx: CR3; edx: CR0 or CR4 changed; esi: as it was.
    static let flushes: [Flush] = [
        Flush(name: "mov cr3", code: [0x0F, 0x22, 0xD9], steps: 1, takesGlobal: false),
        Flush(name: "invlpg", code: [0x0F, 0x01, 0x3B], steps: 1, takesGlobal: true),
        Flush(name: "CR0.PG", code: [0x0F, 0x22, 0xC2, 0x0F, 0x22, 0xC6], steps: 2, takesGlobal: true),
        Flush(name: "CR4.PGE", code: [0x0F, 0x22, 0xE2, 0x0F, 0x22, 0xE6], steps: 2, takesGlobal: true),
        Flush(name: "task switch", code: [0xEA, 0, 0, 0, 0, 0x30, 0], steps: 1, takesGlobal: false),
    ]

    private func begin(_ bench: PageBench, _ flush: Flush, at target: UInt32, isGlobal: Bool) {
        // mov eax,[ebx]; mov [ebx],eax; ...; then the handler, or mov ebp,[ebx].
        bench.memory.load(PageBench.task(eip: 0x6000), at: 0x9000)
        bench.memory.load(Scene.bytes(bench.task(at: 0x9000, busy: false), 8), at: PageBench.gdt + 0x30)
        bench.start([0x8B, 0x03, 0x89, 0x03] + flush.code + [0x8B, 0x2B]) { state in
            if isGlobal { state.cr4 |= 0x80 }
            state.gpr.ebx = target
            state.gpr.ecx = PageBench.top
            state.gpr.esi = flush.name == "CR4.PGE" ? state.cr4 : state.cr0
            state.gpr.edx = state.gpr.esi ^ (flush.name == "CR4.PGE" ? 0x80 : 1 << 31)
        }
        bench.memory.load([0xBB] + Scene.bytes(UInt64(target), 4) + [0x8B, 0x2B], at: 0x6000)
    }

    /// Behind a flush the processor sees what the entries say now.
    @Test(arguments: PageScheme.allCases, flushes)
    func flushesTakeEffect(scheme: PageScheme, flush: Flush) throws {
        for isGlobal in [false, true] {
            let bench = try PageBench(scheme)
            let target = bench.first + 0x100
            bench.put([1, 1, 1, 1], at: target)
            bench.put([2, 2, 2, 2], at: bench.second + 0x100)
            bench.map(0, isGlobal && scheme.isLarge ? [.all, .g] : .all, isGlobal ? [.all, .g] : .all)
            begin(bench, flush, at: target, isGlobal: isGlobal)
            #expect(try bench.step(2) == nil)
            // The first page now leads to the second one's memory.
            let place = bench.directoryPlace(0)
            if scheme.isLarge {
                bench.setEntry(place.table, place.index, UInt64(bench.frame(1)) | 0x87)
            } else {
                bench.setEntry(PageBench.highTable, 0, UInt64(bench.frame(1)) | 7)
            }
            let steps = flush.steps + (flush.name == "task switch" ? 2 : 1)
            #expect(try bench.step(steps) == nil)
            let value = bench.cpu.state.gpr.ebp
            if flush.takesGlobal || !isGlobal {
                #expect(value == 0x0202_0202, "\(isGlobal)")
            } else {
                // Old or new, nothing else.
                #expect(value == 0x0202_0202 || value == 0x0101_0101)
            }
        }
    }

    /// A page that goes absent faults behind a flush, by read, write and fetch.
    @Test(arguments: PageScheme.allCases, PageOperation.explicit)
    func absentBehindCR3(scheme: PageScheme, operation: PageOperation) throws {
        let bench = try PageBench(scheme)
        let target = bench.first + 0x100
        bench.map(0)
        operation.set(bench, at: target, cpl: 0)
        #expect(try bench.step(operation.steps) == nil)
        bench.map(0, scheme.isLarge ? [] : .all, [])
        var state = bench.cpu.state
        state.eip = 0x6000
        state.gpr.ecx = PageBench.top
        bench.memory.load([0x0F, 0x22, 0xD9] + operation.code, at: 0x6000)
        operation.prepare(&state, target)
        let count = state.gpr.ecx
        state.gpr.ecx = PageBench.top
        bench.cpu.state = state
        // Fill the caches again, behind the change of state that dropped them.
        #expect(try bench.step() == nil)
        bench.cpu.core.pointee.state.gpr.ecx = count
        let fault = try bench.step(operation.steps)
        #expect(fault?.vector == .pageFault && fault?.address == target)
    }

    /// INVLPG anywhere in a page forgets all of it, 4 KiB or large.
    @Test(arguments: PageScheme.allCases) func invalidateAnywhere(scheme: PageScheme) throws {
        let bench = try PageBench(scheme)
        let last = bench.second - 8
        bench.map(0)
        bench.put([1, 0, 0, 0], at: last)
        bench.put([2, 0, 0, 0], at: bench.second + scheme.pageSize - 8)
        bench.start([0x8B, 0x06, 0x0F, 0x01, 0x3B, 0x8B, 0x2E]) { state in
            state.gpr.esi = last
            state.gpr.ebx = bench.first + 4
        }
        #expect(try bench.step() == nil && bench.cpu.state.gpr.eax == 1)
        let place = bench.directoryPlace(0)
        if scheme.isLarge {
            bench.setEntry(place.table, place.index, UInt64(bench.frame(1)) | 0x87)
        } else {
            bench.setEntry(PageBench.highTable, 0, UInt64(bench.frame(1)) | 7)
        }
        #expect(try bench.step(2) == nil && bench.cpu.state.gpr.ebp == 2)
    }

    /// Absence is never remembered, nor are rights that were missing: the handler need not flush (4.10.4.3).
    @Test(arguments: PageScheme.allCases, PageOperation.explicit)
    func moreRightsNeedNoFlush(scheme: PageScheme, operation: PageOperation) throws {
        let bench = try PageBench(scheme)
        let target = bench.first + 0x100
        for rights: PageBits in [[], [.p], [.p, .w], [.p, .u]] where operation.isWrite || rights != [.p, .u] {
            bench.clear()
            bench.map(0, scheme.isLarge ? rights : .all, rights)
            operation.set(bench, at: target, cpl: 3)
            #expect(try bench.step(operation.steps)?.vector == .pageFault)
            bench.map(0)
            #expect(try bench.step() == nil && operation.isDone(bench.cpu.state, target))
        }
    }

    /// A page that was read first is marked dirty by the first write, and by that alone.
    @Test(arguments: PageScheme.allCases) func dirtyByTheFirstWrite(scheme: PageScheme) throws {
        let bench = try PageBench(scheme)
        bench.map(0)
        bench.start([0x8B, 0x03, 0x8B, 0x03, 0x89, 0x03]) { $0.gpr.ebx = bench.first }
        for isWrite in [false, false, true] {
            #expect(try bench.step() == nil)
            #expect(bench.bits(0).last?.contains(.d) == isWrite)
        }
    }

    /// CR0.WP counts from the next write on.
    @Test(arguments: PageScheme.allCases) func writeProtectTakesEffectAtOnce(scheme: PageScheme) throws {
        let bench = try PageBench(scheme)
        bench.map(0, [.p, .u], [.p, .u])
        // mov [ebx],eax; mov cr0,edx; mov [ebx],eax
        bench.start([0x89, 0x03, 0x0F, 0x22, 0xC2, 0x89, 0x03], writeProtect: false) { state in
            state.gpr.ebx = bench.first
            state.gpr.edx = state.cr0 | 0x1_0000
        }
        #expect(try bench.step(2) == nil)
        #expect(try bench.step() == Fault(.pageFault, errorCode: 3, address: bench.first))
    }

    /// What ring 0 has cached ring 3 may not use.
    @Test(arguments: PageScheme.allCases) func ringThreeSharesNoRights(scheme: PageScheme) throws {
        let bench = try PageBench(scheme)
        bench.map(0, [.p, .w], [.p, .w])
        // mov eax,[ebx]; iretd to mov eax,[ebx] in ring 3
        bench.memory.load([0x8B, 0x03], at: 0x6000)
        let frame: [UInt32] = [0x6000, 0x1B, 2, 0x7000, 0x23]
        bench.memory.load(frame.flatMap { Scene.bytes(UInt64($0), 4) }, at: 0x7000)
        bench.start([0x8B, 0x03, 0xCF]) { $0.gpr.ebx = bench.first }
        #expect(try bench.step(2) == nil && bench.cpu.state.cpl == 3)
        // The return from ring 0 has taken DS away only if its DPL is too low.
        bench.cpu.core.pointee.state.segments.ds = bench.cpu.state.segments.ss
        bench.cpu.refresh(.ds)
        #expect(try bench.step() == Fault(.pageFault, errorCode: 5, address: bench.first))
    }
}
