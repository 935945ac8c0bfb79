import Testing

@testable import X86Interp

/// Reserved bits, addresses beyond 4 GiB, and tables in odd places.
@Suite("Paging: entries and where they lie", .timeLimit(.minutes(30)))
struct PageEntryTests {
    private func read(_ bench: PageBench, extra: UInt64, cpl: UInt8 = 0, code: [UInt8] = [0x8B, 0x03]) throws -> Fault?
    {
        bench.clear()
        bench.map(0, extra: extra)
        bench.start(code, cpl: cpl) { $0.gpr.ebx = bench.first }
        return try bench.step()
    }

    private func model(_ name: String) throws -> CPUModel { try #require(CPUModel.named(name)) }

    /// Bits 13 to 21 of a 4 MiB entry are reserved; with PSE-36 only 17 to 21 (SDM volume 3, 4.3).
    @Test func reservedBitsOf4MiBPages() throws {
        for (name, first) in [("pentium", 13), ("p6", 17)] {
            let bench = try PageBench(.large, model: try model(name))
            for bit in first...21 {
                #expect(try read(bench, extra: 1 << bit) == Fault(.pageFault, errorCode: 9, address: bench.first))
                let write = try read(bench, extra: 1 << bit, cpl: 3, code: [0x89, 0x03])
                #expect(write == Fault(.pageFault, errorCode: 15, address: bench.first))
                // Neither accessed nor dirty.
                #expect(bench.bits(0) == [[.all, .ps]])
            }
        }
    }

    /// With PSE-36 bits 13 to 16 are address bits 32 to 35, where nobody answers.
    @Test func highAddressesOf4MiBPages() throws {
        let bench = try PageBench(.large)
        for bit in 13...16 {
            #expect(try read(bench, extra: 1 << bit) == nil)
            #expect(bench.cpu.state.gpr.eax == 0xFFFF_FFFF)
        }
    }

    /// An absent entry's other bits mean nothing.
    @Test(arguments: PageScheme.allCases) func absentEntriesReserveNothing(scheme: PageScheme) throws {
        let bench = try PageBench(scheme)
        bench.map(0, scheme.isLarge ? [] : .all, [], extra: scheme.isExtended ? ~0 << 12 : 0xFFFF_F000)
        bench.start([0x8B, 0x03]) { $0.gpr.ebx = bench.first }
        #expect(try bench.step() == Fault(.pageFault, errorCode: 0, address: bench.first))
    }

    /// Bits 36 to 63 are reserved on a processor of 36 address bits without NX, bits 13 to 20 of 2 MiB pages too.
    @Test(arguments: [PageScheme.extended, .extendedLarge]) func reservedBitsOfPAE(scheme: PageScheme) throws {
        let bench = try PageBench(scheme)
        for bit in scheme.isLarge ? Array(13...20) + Array(36...63) : Array(36...63) {
            #expect(try read(bench, extra: 1 << bit) == Fault(.pageFault, errorCode: 9, address: bench.first))
            #expect(bench.bits(0).allSatisfy { !$0.contains(.a) })
        }
        for bit in 32...35 {
            #expect(try read(bench, extra: 1 << bit) == nil)
            #expect(bench.cpu.state.gpr.eax == 0xFFFF_FFFF)
        }
    }

    /// A reserved bit counts before rights do: bit 0 of the error code is set, bit 3 too.
    @Test func reservedBeforeRights() throws {
        let bench = try PageBench(.extended)
        bench.map(0, .all, [.p], extra: 1 << 40)
        bench.start([0x89, 0x03], cpl: 3) { $0.gpr.ebx = bench.first }
        #expect(try bench.step() == Fault(.pageFault, errorCode: 15, address: bench.first))
    }

    /// Without CR4.PSE, or on a processor without it, PS means nothing.
    @Test func pageSizeWithoutPSE() throws {
        for name in ["80386", "i486", "p6"] {
            let bench = try PageBench(.small, model: try model(name))
            bench.map(0, [.all, .ps])
            bench.put([1, 2, 3, 4], at: bench.first)
            bench.start([0x8B, 0x03]) { $0.gpr.ebx = bench.first }
            #expect(try bench.step() == nil && bench.cpu.state.gpr.eax == 0x0403_0201)
        }
    }

    /// The 80386 has no WP: ring 0 writes everywhere.
    @Test func writeProtectOn386() throws {
        let bench = try PageBench(.small, model: try model("80386"))
        bench.map(0, [.p, .u], [.p, .u])
        bench.start([0x0F, 0x22, 0xC2, 0x89, 0x03], writeProtect: false) { state in
            state.gpr.edx = state.cr0 | 0x1_0000
            state.gpr.ebx = bench.first
        }
        #expect(try bench.step(2) == nil && bench.cpu.state.cr0 & 0x1_0000 == 0)
    }

    // MARK: The table of pointers

    /// MOV CR3 reads the four pointers; a change of them in memory counts from the next load on (4.4.1).
    @Test func pointersAreReadByMOVCR3() throws {
        let bench = try PageBench(.extended)
        bench.map(0)
        // mov eax,[ebx]; mov cr3,ecx; mov eax,[ebx]
        bench.start([0x8B, 0x03, 0x0F, 0x22, 0xD9, 0x8B, 0x03]) { state in
            state.gpr.ebx = bench.first | 0x4000_0000
            state.gpr.ecx = PageBench.top
        }
        bench.setEntry(PageBench.top, 1, UInt64(PageBench.directory) | 1)
        #expect(try bench.step() == Fault(.pageFault, errorCode: 0, address: bench.first | 0x4000_0000))
        bench.cpu.core.pointee.state.eip = PageBench.code + 2
        #expect(try bench.step(2) == nil)
    }

    /// A change of CR4.PGE, PSE or PAE, or of CR0.PG, reads them too (4.4.1).
    @Test func pointersAreReadByControlRegisters() throws {
        let codes: [(code: [UInt8], bit: UInt32, isCR4: Bool)] = [
            ([0x0F, 0x22, 0xE2], 0x80, true), ([0x0F, 0x22, 0xE2], 0x10, true),
            ([0x0F, 0x22, 0xC2], 0x4000_0000, false),
        ]
        for (code, bit, isCR4) in codes {
            let bench = try PageBench(.extended)
            bench.map(0)
            bench.start(code + [0x8B, 0x03]) { state in
                state.gpr.ebx = bench.first | 0x4000_0000
                state.gpr.edx = (isCR4 ? state.cr4 : state.cr0) ^ bit
            }
            bench.setEntry(PageBench.top, 1, UInt64(PageBench.directory) | 1)
            #expect(try bench.step(2) == nil, "\(bit)")
        }
    }

    /// Reserved bits of a present pointer are #GP(0) at the load, and CR3 stays.
    @Test func reservedBitsOfPointers() throws {
        let bench = try PageBench(.extended)
        for bit in [1, 2, 5, 6, 7, 8] + Array(36...63) {
            for number in 0..<4 {
                bench.clear()
                bench.start([0x0F, 0x22, 0xD9]) { $0.gpr.ecx = 0x6000 }
                bench.setEntry(0x6000, 0, UInt64(PageBench.directory) | 1)
                bench.setEntry(0x6000, number, UInt64(PageBench.directory) | 1 | 1 << bit)
                #expect(try bench.step() == Fault(.generalProtection))
                #expect(
                    bench.cpu.state.cr3 == PageBench.top
                        && bench.cpu.state.pagePointers.entries[number == 0 ? 1 : number] == 0)
                bench.setEntry(0x6000, number, UInt64(PageBench.directory) | 1 << bit)
                if number > 0 { #expect(try bench.step() == nil) }
            }
        }
    }

    // MARK: Where tables lie

    /// Tables where nobody answers are all ones.
    @Test func tablesOnOpenBus() throws {
        for (scheme, code) in [(PageScheme.small, nil), (.large, 9), (.extended, 9)] as [(PageScheme, UInt16?)] {
            let bench = try PageBench(scheme)
            let place = bench.directoryPlace(0)
            if scheme == .large {
                bench.setEntry(place.table, place.index, 0xFFFF_FFFF)
            } else {
                bench.setEntry(place.table, place.index, 0xF000_0007)
            }
            bench.start([0x8B, 0x03]) { $0.gpr.ebx = bench.first }
            #expect(try bench.step() == code.map { Fault(.pageFault, errorCode: $0, address: bench.first) })
            if code == nil { #expect(bench.cpu.state.gpr.eax == 0xFFFF_FFFF) }
        }
        // The directory itself.
        let bench = try PageBench(.small)
        bench.start([0x90]) { $0.cr3 = 0xF000_0000 }
        // FF FF is no instruction.
        #expect(try bench.step() == Fault(.invalidOpcode))
    }

    /// Tables in ROM translate, and stay as they are.
    @Test(arguments: [PageScheme.small, .extended]) func tablesInROM(scheme: PageScheme) throws {
        let bench = try PageBench(scheme)
        let place = bench.directoryPlace(0)
        let entry = Scene.bytes(UInt64(bench.frame(0)) | 7, scheme.isExtended ? 8 : 4)
        try bench.memory.mapROM(entry + [UInt8](repeating: 0, count: 4096 - entry.count), at: 0xFFF0_0000, name: "rom")
        bench.setEntry(place.table, place.index, 0xFFF0_0007)
        for _ in 0..<2 {
            bench.start([0x89, 0x03, 0x8B, 0x0B]) { state in
                state.gpr.ebx = bench.first
                state.gpr.eax = 0x1234_5678
            }
            #expect(try bench.step(2) == nil && bench.cpu.state.gpr.ecx == 0x1234_5678)
            #expect(bench.memory.peek(0xFFF0_0000, count: 4) == Array(entry.prefix(4)))
        }
        #expect(PageBits(rawValue: bench.entry(place.table, place.index) & 0xFF) == [.all, .a])
    }

    /// With A20 off bit 20 of every physical address is 0: of tables and of pages.
    @Test(arguments: PageScheme.allCases) func gateA20(scheme: PageScheme) throws {
        let bench = try PageBench(scheme)
        bench.bus.setA20(false)
        bench.map(0)
        bench.start([0x89, 0x03, 0x0F, 0x22, 0xD9, 0x8B, 0x2B]) { state in
            state.gpr.ebx = bench.first + (scheme.isLarge ? 0x10_0040 : 0x40)
            state.gpr.eax = 0x1234_5678
            state.gpr.ecx = PageBench.top | 0x10_0000
        }
        #expect(try bench.step(3) == nil && bench.cpu.state.gpr.ebp == 0x1234_5678)
        let physical = (bench.frame(0) + 0x40) & ~0x10_0000
        #expect(bench.memory.peek(physical, count: 4) == [0x78, 0x56, 0x34, 0x12])
    }

    /// A page table that maps itself: a write through it changes the next walk.
    @Test func tableThatMapsItself() throws {
        let bench = try PageBench(.small)
        bench.map(1)
        bench.setEntry(PageBench.highTable, 0, UInt64(PageBench.highTable) | 7)
        bench.put([0x78, 0x56, 0x34, 0x12], at: bench.second)
        // mov [ebx],eax: the entry of the first page now leads where the second one's does; invlpg; read.
        bench.start([0x89, 0x03, 0x0F, 0x01, 0x3B, 0x8B, 0x2B]) { state in
            state.gpr.ebx = bench.first
            state.gpr.eax = bench.frame(1) | 7
        }
        #expect(try bench.step(3) == nil && bench.cpu.state.gpr.ebp == 0x1234_5678)
    }
}
