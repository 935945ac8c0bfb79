import Testing

@testable import X86Interp

/// Blocks of RAM that do not begin at 0, and what the processor may do there.
@Suite(.timeLimit(.minutes(30))) struct RAMBlockTests {
    private typealias Guest = RegionGuest
    private let high: UInt32 = 0xE000_0000

    // MARK: RAM as any other

    @Test func aBlockIsReadAndWritten() throws {
        let code = Guest.store(0x5A, at: high + 0x1234) + Guest.load(high + 0x1234) + [0xF4]
        let (machine, exit, isAlike) = try Guest.run(code) { try $0.memory.addRAM(at: 0xE000_0000, size: 0x2000) }
        #expect(exit == .halted && isAlike && machine.state.gpr.eax & 0xFF == 0x5A)
        #expect(machine.memory.peek(high + 0x1234) == 0x5A && machine.memory.peek(high + 0x2000) == 0xFF)
    }

    @Test func codeInABlockChangesAtOnce() throws {
        // inc eax; ret, which becomes inc ebx; ret
        let code = Guest.target(high) + Guest.call + Guest.store(0x43, at: high) + Guest.call + [0xF4]
        let (machine, exit, isAlike) = try Guest.run(code) { machine in
            try machine.memory.addRAM(at: 0xE000_0000, size: 0x1000)
            machine.memory.load([0x40, 0xC3], at: 0xE000_0000)
        }
        #expect(exit == .halted && isAlike && machine.state.gpr.eax == 1 && machine.state.gpr.ebx == 1)
        // It overwrites the next instruction of its own block.
        let own = Guest.store(0x43, at: high + 7) + [0x40, 0xF4]
        let (second, _, isSecondAlike) = try Guest.run(Guest.target(high) + [0xFF, 0xE1]) { machine in
            try machine.memory.addRAM(at: 0xE000_0000, size: 0x1000)
            machine.memory.load(own, at: 0xE000_0000)
        }
        #expect(isSecondAlike && second.state.gpr.eax == 0 && second.state.gpr.ebx == 1)
    }

    @Test func dataBesideCodeInABlock() throws {
        // loop: inc dword [high + 800h]; dec ecx; jnz loop; hlt, all in one page of the block
        let body: [UInt8] = [0xFF, 0x05] + Guest.little(high + 0x800) + [0x49, 0x75, 0xF7, 0xF4]
        let (machine, exit, isAlike) = try Guest.run([0xB9, 200, 0, 0, 0, 0xE9] + Guest.little(high &- 0x7C0A)) {
            try $0.memory.addRAM(at: 0x4000_0000, size: 0x3000)
            try $0.memory.addRAM(at: 0xE000_0000, size: 0x1000)
            $0.memory.load(body, at: 0xE000_0000)
        }
        #expect(exit == .halted && isAlike)
        #expect(machine.memory.peek(high + 0x800) == 200)
    }

    @Test(arguments: [false, true]) func aBlockAboveFourGiB(isExtended: Bool) throws {
        // call 400000h; mov byte [400000h], 43h; call again
        let code = Guest.target(0x40_0000) + Guest.call + Guest.store(0x43, at: 0x40_0000) + Guest.call + [0xF4]
        let (machine, exit, isAlike) = try Guest.run(code) { machine in
            try machine.memory.addRAM(at: 0x3_0000_0000, size: 0x40_0000)
            #expect(machine.memory.load([0x40, 0xC3], physical: 0x3_0000_0000) == 2)
            if isExtended {
                // Pointers at 10000h; a directory at 11000h of 2 MiB pages.
                let directory: [UInt64] = [0x83, 0, 0x3_0000_0083]
                machine.memory.load(Guest.little(0x1_1001) + Guest.little(0), at: 0x1_0000)
                machine.memory.load(
                    directory.flatMap { Guest.little(UInt32(truncatingIfNeeded: $0)) + Guest.little(UInt32($0 >> 32)) },
                    at: 0x1_1000)
            } else {
                // 4 MiB pages; bits 13 to 16 are bits 32 to 35 of the address.
                machine.memory.load(Guest.little(0x83) + Guest.little(0x83 | 3 << 13), at: 0x1_0000)
            }
            var state = machine.state
            state.cr4 |= isExtended ? 1 << 5 : 1 << 4
            state.cr3 = 0x1_0000
            state.cr0 |= 1 << 31
            if isExtended { state.pagePointers.entries = [0x1_1001, 0, 0, 0] }
            machine.state = state
        }
        #expect(exit == .halted && isAlike && machine.state.gpr.eax == 1 && machine.state.gpr.ebx == 1)
        #expect(machine.memory.peek(physical: 0x3_0000_0000) == 0x43)
        #expect(try machine.read(.linear(0x40_0000), count: 2) == [0x43, 0xC3])
        try machine.poke([0x90], at: .linear(0x40_0001))
        #expect(machine.memory.peek(physical: 0x3_0000_0001) == 0x90)
    }

    @Test func a20MasksBlocksToo() throws {
        let code = Guest.store(0x5A, at: 0x4010_0000) + [0xF4]
        let (machine, exit, isAlike) = try Guest.run(code) { machine in
            try machine.memory.addRAM(at: 0x4000_0000, size: 0x20_0000)
            machine.bus.setA20(false)
        }
        #expect(exit == .halted && isAlike)
        #expect(machine.memory.peek(0x4000_0000) == 0x5A && machine.memory.peek(0x4010_0000) == 0)
    }

    @Test func pageTablesInABlock() throws {
        let code = Guest.load(0x40_0123) + Guest.store(1, at: 0x40_0124) + [0xF4]
        let (machine, exit, isAlike) = try Guest.run(code) { machine in
            try machine.memory.addRAM(at: 0xE000_0000, size: 0x3000)
            let tables: [(UInt32, UInt32)] = [
                (0xE000_0000, 0xE000_1003), (0xE000_0004, 0xE000_2003), (0xE000_2000, 0x2_0003),
            ]
            for (address, entry) in tables { machine.memory.load(Guest.little(entry), at: address) }
            machine.memory.load((0..<1024).flatMap { Guest.little($0 << 12 | 3) }, at: 0xE000_1000)
            machine.memory.load([0x77], at: 0x2_0123)
            var state = machine.state
            state.cr3 = 0xE000_0000
            state.cr0 |= 1 << 31
            machine.state = state
        }
        #expect(exit == .halted && isAlike && machine.state.gpr.eax == 0x77)
        // Accessed, dirty.
        #expect(machine.memory.peek(0xE000_2000) == 0x63 && machine.memory.peek(0x2_0124) == 1)
    }

    // MARK: Rights

    @Test func writesWithoutTheRightAreIgnored() throws {
        let code = Guest.load(high) + Guest.store(7, at: high) + [0xFE, 0x05] + Guest.little(high) + Guest.load(high)
        for kind in ["ram", "alias", "rom"] {
            let (machine, exit, isAlike) = try Guest.run(code + [0xF4]) { machine in
                switch kind {
                case "ram": try machine.memory.addRAM(at: 0xE000_0000, size: 0x1000, rights: .readOnly)
                case "rom": try machine.memory.mapROM([0x21], at: 0xE000_0000, name: "rom")
                default: try machine.memory.addAlias(of: 0x2_0000, size: 0x1000, at: 0xE000_0000, rights: .readOnly)
                }
                machine.memory.load([0x21], at: 0xE000_0000)
            }
            #expect(exit == .halted && isAlike && machine.state.gpr.eax == 0x21, "\(kind)")
            #expect(machine.memory.peek(high) == 0x21, "\(kind)")
        }
    }

    @Test func fetchesAndReadsWithoutTheRightFindNothing() throws {
        func ends(_ code: [UInt8], _ rights: MemoryRights, _ policy: UnmappedMemoryPolicy) throws -> (Machine, Exit) {
            let (machine, exit, isAlike) = try Guest.run(code) { machine in
                let id = try machine.memory.addRAM(at: 0xE000_0000, size: 0x1000)
                machine.memory.load([0x40, 0xF4], at: 0xE000_0000)
                try machine.memory.setRights(rights, of: id)
                machine.cpu.unmappedMemoryPolicy = policy
            }
            #expect(isAlike)
            return (machine, exit)
        }
        let jump = Guest.target(high) + [0xFF, 0xE1]
        // FF FF is no instruction.
        let (_, fetched) = try ends(jump, [.read, .write], .float)
        #expect(fetched == .stopped(.fault(Fault(.invalidOpcode))))
        let (code, allowed) = try ends(jump, [.fetch], .float)
        #expect(allowed == .halted && code.state.gpr.eax == 1)
        let load = Guest.load(high) + [0xF4]
        let (hidden, exit) = try ends(load, [.fetch, .write], .float)
        #expect(exit == .halted && hidden.state.gpr.eax & 0xFF == 0xFF)
        let (_, stopped) = try ends(load, [.fetch, .write], .stop)
        guard case .stopped(.unmappedMemory(let request)) = stopped else { throw Unexpected(stopped) }
        #expect(request.address == 0xE000_0000 && request.direction == .read)
        // What may only be written keeps what was written.
        let (written, end) = try ends(Guest.store(9, at: high) + load, [.write], .float)
        #expect(end == .halted && written.state.gpr.eax & 0xFF == 0xFF)
        let id = try #require(written.memory.map.regions.first)
        try written.memory.setRights(.all, of: RegionID(number: id.number))
        #expect(written.memory.peek(high) == 9)
    }

    private struct Unexpected: Error {
        let exit: Exit
        init(_ exit: Exit) { self.exit = exit }
    }

    @Test func rightsTakeEffectWithinTheRun() throws {
        // Each OUT takes or gives a right; the translation was cached before.
        var code: [UInt8] = []
        for (rights, value) in [(7, 1), (5, 2), (7, 3), (0, 4), (7, 0)] as [(UInt8, UInt8)] {
            code += Guest.out(rights) + Guest.store(value, at: high) + Guest.load(high)
            // mov [20000h + value], al
            code += [0xA2] + Guest.little(0x2_0000 + UInt32(value))
        }
        let (machine, exit, isAlike) = try Guest.run(code + [0xF4]) { machine in
            let id = try machine.memory.addRAM(at: 0xE000_0000, size: 0x1000)
            let memory = machine.memory
            let port = SwitchPort { try? memory.setRights(MemoryRights(rawValue: UInt8($0)), of: id) }
            try machine.ports.claim(0x40...0x40, for: port)
            try machine.add(port)
        }
        #expect(exit == .halted && isAlike)
        #expect(machine.memory.peek(0x2_0000, count: 5) == [0, 1, 1, 3, 0xFF])
    }

    // MARK: Mistakes

    @Test func whatCannotBeIsRefused() throws {
        typealias MapError = PhysicalMemory.MapError
        let memory = try PhysicalMemory(ramSize: 1 << 20)
        let id = try memory.addRAM(at: 0xE000_0000, size: 0x2000, name: "vram")
        let refused: [(UInt64, UInt64, MapError)] = [
            (0xF_F000, 0x1000, .ramOverlap(name: "x", existing: "the RAM from 0 on")),
            (0xE000_1000, 0x1000, .ramOverlap(name: "x", existing: "'vram'")),
            (0xDFFF_F000, 0x2000, .ramOverlap(name: "x", existing: "'vram'")),
            (0xF000_0001, 0x1000, .misaligned(name: "x")), (0xF000_0000, 0x1001, .misaligned(name: "x")),
            (0xF000_0000, 0, .misaligned(name: "x")), (0xF_FFFF_F000, 0x2000, .misaligned(name: "x")),
            (.max & ~4095, 0x1000, .misaligned(name: "x")), (0x1_0000_0000, 0x1_0000_1000, .misaligned(name: "x")),
        ]
        let before = memory.pageCount
        for (start, size, error) in refused {
            #expect(throws: error) { try memory.addRAM(at: start, size: size, name: "x") }
        }
        #expect(throws: MapError.noRAM(name: "x")) { try memory.addShadow(at: 0xF_F000, size: 0x2000, name: "x") }
        #expect(throws: MapError.aliasOfItself(name: "x")) {
            try memory.addAlias(of: 0x2_0000, size: 0x2000, at: 0x2_1000, name: "x")
        }
        #expect(throws: MapError.misaligned(name: "x")) {
            try memory.addAlias(of: 0xF_FFFF_F000, size: 0x2000, at: 0, name: "x")
        }
        let rom = try memory.mapROM([1], at: 0xFFFF_F000, name: "rom")
        #expect(throws: MapError.noShadow(name: "rom")) { try memory.setShadow(.readOnly, of: rom) }
        #expect(memory.pageCount == before)
        #expect(memory.withdraw(id) && !memory.withdraw(id) && memory.pageCount == before - 2)
        #expect(throws: MapError.withdrawn) { try memory.setRights(.all, of: id) }
        #expect(throws: MapError.withdrawn) { try memory.setShadow(.off, of: id) }
        for error in refused.map({ $0.2 }) + [.addedRAM(name: "x"), .noRAM(name: "x"), .noShadow(name: "x")] {
            #expect(error.description.contains("'x'"))
        }
    }

    @Test func romBeyondFourGiBIsNotAmongThoseBelow() throws {
        let memory = try PhysicalMemory(ramSize: 1 << 20)
        let id = try memory.mapROM([UInt8](repeating: 1, count: 0x2000), at: 0xFFFF_E000, name: "rom")
        #expect(memory.roms == [0xFFFF_E000...0xFFFF_FFFF])
        try memory.move(id, to: 0xFFFF_F000)
        #expect(memory.roms == [0xFFFF_F000...0xFFFF_FFFF] && memory.peek(physical: 0x1_0000_0000) == 1)
        try memory.move(id, to: 0x2_0000_0000)
        #expect(memory.roms == [] && memory.peek(0xFFFF_F000) == 0xFF)
    }
}
