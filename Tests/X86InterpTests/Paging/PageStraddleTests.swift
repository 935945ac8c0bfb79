import Testing

@testable import X86Interp

/// Accesses over the end of a page: either both pages allow them, or nothing happens in either.
@Suite("Paging: accesses over two pages", .timeLimit(.minutes(30)))
struct PageStraddleTests {
    private static let operations = PageOperation.explicit.filter { $0.name != "string store" }

    @Test(arguments: PageScheme.allCases, operations)
    func bothPagesOrNone(scheme: PageScheme, operation: PageOperation) throws {
        let bench = try PageBench(scheme)
        let faulty: [(rights: PageBits, cpl: UInt8, isWrite: Bool)] = [
            ([], 0, false), ([], 3, false), ([.p, .w], 3, false), ([.p, .u], 3, true), ([.p, .u], 0, true),
        ]
        for before in UInt32(1)...3 {
            for (rights, cpl, isWrite) in faulty where operation.isWrite || !isWrite {
                for page in 0..<2 {
                    bench.clear()
                    // Small pages share their directory entry.
                    bench.map(1 - page)
                    bench.map(page, scheme.isLarge ? rights : .all, rights)
                    let target = bench.second - before
                    operation.set(bench, at: target, cpl: cpl)
                    let bits = [bench.bits(0), bench.bits(1)]
                    let contents = bench.bytes(at: target - 4, 12)
                    let fault = try bench.step(operation.steps)
                    let code: UInt16 =
                        (rights.contains(.p) ? 1 : 0) | (operation.isWrite ? 2 : 0) | (cpl == 3 ? 4 : 0)
                    let address = page == 0 ? target : bench.second
                    #expect(
                        fault == Fault(.pageFault, errorCode: code, address: address), "\(before) \(rights) \(page)")
                    #expect(bench.bytes(at: target - 4, 12) == contents)
                    if operation.name != "fetch" { #expect([bench.bits(0), bench.bits(1)] == bits) }
                }
            }
        }
    }

    @Test(arguments: PageScheme.allCases, operations)
    func bothPagesAreMarked(scheme: PageScheme, operation: PageOperation) throws {
        let bench = try PageBench(scheme)
        for before in UInt32(1)...3 {
            bench.clear()
            bench.map(0)
            bench.map(1)
            operation.set(bench, at: bench.second - before, cpl: 3)
            let fault = try bench.step(operation.steps)
            #expect(fault == nil && operation.isDone(bench.cpu.state, bench.second - before))
            for page in 0..<2 {
                let leaf = bench.bits(page).last ?? []
                #expect(leaf.contains(.a) && leaf.contains(.d) == operation.isWrite, "\(operation.name) \(before)")
                #expect(bench.bits(page).allSatisfy { $0.contains(.a) })
            }
        }
    }

    /// A string instruction stops at the page that is absent, with what it has done committed.
    @Test(arguments: PageScheme.allCases) func stringsStopBetweenElements(scheme: PageScheme) throws {
        let bench = try PageBench(scheme)
        bench.map(1)
        bench.map(0)
        bench.map(1, scheme.isLarge ? [] : .all, [])
        bench.start([0xF3, 0xAA], cpl: 3) { state in
            state.gpr.edi = bench.second - 3
            state.gpr.ecx = 10
            state.gpr.eax = 0x5A
        }
        let fault = try bench.step()
        #expect(fault == Fault(.pageFault, errorCode: 6, address: bench.second))
        #expect(bench.cpu.state.gpr.ecx == 7 && bench.cpu.state.gpr.edi == bench.second)
        #expect(bench.bytes(at: bench.second - 4, 8) == [0, 0x5A, 0x5A, 0x5A, 0, 0, 0, 0])
        #expect(bench.cpu.state.eip == PageBench.code)
    }
}
