import Testing

@testable import X86Interp

/// Several names of one memory, and RAM that lies over ROM as a chip set says.
@Suite(.timeLimit(.minutes(30))) struct AliasTests {
    private typealias Guest = RegionGuest

    // MARK: Aliases

    /// Code is called at one address and changed at another, in RAM from 0 on and in a block.
    @Test(arguments: [0x2_0000, 0x9000_0000] as [UInt32], [false, true]) func codeChangesByEveryName(
        source: UInt32, runsAlias: Bool
    ) throws {
        let alias: UInt32 = 0xD000_0000
        let (run, write) = runsAlias ? (alias, source) : (source, alias)
        // inc eax; ret, which becomes inc ebx; ret; then mov [write + 800h] beside the code; both names are called.
        var code = Guest.target(run) + Guest.call + Guest.store(0x43, at: write) + Guest.call
        code += Guest.store(9, at: write + 0x800) + Guest.call + Guest.target(write) + Guest.call
        code += Guest.store(0x42, at: run) + Guest.call + Guest.target(run) + Guest.call + [0xF4]
        let (machine, exit, isAlike) = try Guest.run(code) { machine in
            try machine.memory.addRAM(at: 0x9000_0000, size: 0x2000)
            try machine.memory.addAlias(of: UInt64(source), size: 0x1000, at: UInt64(alias))
            machine.memory.load([0x40, 0xC3], at: source)
            machine.state.gpr.edx = 0
        }
        #expect(exit == .halted && isAlike)
        let gpr = machine.state.gpr
        #expect(gpr.eax == 1 && gpr.ebx == 3 && gpr.edx == 2)
        #expect(machine.memory.peek(source + 0x800) == 9 && machine.memory.peek(alias + 0x800) == 9)
        #expect(machine.memory.peek(alias) == 0x42 && machine.memory.contents(UInt64(alias), count: 1)?.first == 0x42)
    }

    @Test func anAliasOfADeviceIsTheDevice() throws {
        for setting in TierSetting.all {
            let guest = try MemoryGuest(setting)
            try guest.machine.memory.addAlias(of: 0xD_1000, size: 0x1000, at: 0xE_0000)
            guest.enterProtectedMode()
            guest.code = Guest.store(0x5A, at: 0xE_0010) + Guest.load(0xE_0010)
            guest.start()
            try guest.run()
            #expect(guest.isAtEnd && guest.gpr.eax & 0xFF == 0x5A)
            #expect(guest.probe.log == ["w1 +1010 5a", "r1 +1010 5a"])
            #expect(guest.requests.map(\.address) == (setting == .kernel ? [] : [0xD_1010, 0xD_1010]))
            #expect(guest.machine.memory.peek(0xE_0010) == 0x5A)
        }
    }

    @Test func aliasesOfAliasesEnd() throws {
        let memory = try PhysicalMemory(ramSize: 1 << 20)
        memory.load([0x21], at: 0x1000)
        for place in 1...9 as ClosedRange<UInt64> {
            try memory.addAlias(of: (place == 1 ? 0 : place - 1) << 32 | 0x1000, size: 0x1000, at: place << 32 | 0x1000)
        }
        #expect(memory.peek(physical: 8 << 32 | 0x1000) == 0x21)
        #expect(memory.peek(physical: 9 << 32 | 0x1000) == 0xFF)
        // Two that lead to each other.
        try memory.addAlias(of: 0xE000_0000, size: 0x1000, at: 0xF000_0000)
        try memory.addAlias(of: 0xF000_0000, size: 0x1000, at: 0xE000_0000)
        #expect(memory.peek(0xF000_0000) == 0xFF)
        ([1, 2] as [UInt8]).withUnsafeBytes { memory.write($0, at: 0xE000_0000) }
    }

    @Test func anAliasShowsWhateverIsThere() throws {
        let memory = try PhysicalMemory(ramSize: 1 << 20)
        try memory.addAlias(of: 0xF_0000, size: 0x1_0000, at: 0xFFFF_0000)
        memory.load([0x11], at: 0xF_0000)
        #expect(memory.peek(0xFFFF_0000) == 0x11)
        let rom = try memory.mapROM([0x22], at: 0xF_0000, name: "rom")
        #expect(memory.peek(0xFFFF_0000) == 0x22)
        ([3] as [UInt8]).withUnsafeBytes { memory.write($0, at: 0xFFFF_0000) }
        #expect(memory.withdraw(rom) && memory.peek(0xFFFF_0000) == 0x11)
        ([3] as [UInt8]).withUnsafeBytes { memory.write($0, at: 0xFFFF_0000) }
        #expect(memory.peek(0xF_0000) == 3)
    }

    // MARK: Shadows

    /// A machine whose port 40h sets the shadow over a ROM at F0000h: 0 off, 1 write only, 2 read only, 3 both.
    private func withShadow(_ machine: Machine) throws {
        let memory = machine.memory
        try memory.mapROM([0x40, 0xC3, 0xAA, 0xBB], at: 0xF_0000, name: "rom")
        let id = try memory.addShadow(at: 0xF_0000, size: 0x1000)
        let modes: [ShadowMode] = [.off, .writeOnly, .readOnly, .readWrite]
        let port = SwitchPort { try? memory.setShadow(modes[Int($0 & 3)], of: id) }
        try machine.ports.claim(0x40...0x40, for: port)
        try machine.add(port)
    }

    @Test func romIsCopiedToItsOwnAddressAndWritten() throws {
        // Calls the ROM (inc eax), opens writes, copies a page to itself, changes the copy, and calls again.
        var code = Guest.target(0xF_0000) + Guest.call + Guest.store(0x90, at: 0xF_0000) + Guest.call
        code += [0x89, 0xC3] + Guest.out(1)
        // mov esi, F0000h; mov edi, esi; mov ecx, 400h; rep movsd
        code += [0xBE] + Guest.little(0xF_0000) + [0x89, 0xF7, 0xB9] + Guest.little(0x400) + [0xF3, 0xA5]
        // inc edx; ret, seen when reads go to RAM
        code += Guest.store(0x42, at: 0xF_0000) + Guest.target(0xF_0000) + Guest.call
        code += Guest.out(2) + Guest.call + Guest.store(0x90, at: 0xF_0000) + Guest.call
        code += Guest.out(3) + Guest.call + Guest.store(0x45, at: 0xF_0000) + Guest.call
        code += Guest.out(0) + [0x31, 0xC0] + Guest.call + [0xF4]
        let (machine, exit, isAlike) = try Guest.run(code) { machine in
            try withShadow(machine)
            machine.state.gpr.edx = 0
            machine.state.gpr.ebp = 0
        }
        #expect(exit == .halted && isAlike)
        let gpr = machine.state.gpr
        #expect(gpr.ebx == 2 && gpr.edx == 3 && gpr.ebp == 1 && gpr.eax == 1)
        #expect(machine.memory.peek(0xF_0000, count: 4) == [0x40, 0xC3, 0xAA, 0xBB])
        #expect([UInt8](machine.memory.ramBytes[0xF_0000..<0xF_0004]) == [0x45, 0xC3, 0xAA, 0xBB])
    }

    @Test func aReadModifyWriteUnderAShadowForWritesReadsTheROM() throws {
        // inc byte [F0002h], three times; dec word across a page
        var code = Guest.out(1)
        for _ in 0..<3 { code += [0xFE, 0x05] + Guest.little(0xF_0002) }
        code += [0xF4]
        let (machine, exit, isAlike) = try Guest.run(code) { try withShadow($0) }
        #expect(exit == .halted && isAlike)
        #expect(machine.memory.ramBytes[0xF_0002] == 0xAB && machine.memory.peek(0xF_0002) == 0xAA)
    }

    @Test func codeInAShadowChangesWhereItLies() throws {
        // The shadow's RAM is written by an alias of RAM while the ROM is read, and by its own address.
        var code = Guest.out(3) + Guest.store(0x40, at: 0xF_0100) + Guest.store(0xC3, at: 0xF_0101)
        code += [0x31, 0xC0] + Guest.target(0xF_0100) + Guest.call + Guest.store(0x43, at: 0xF_0100) + Guest.call
        code += Guest.out(2) + Guest.store(0x90, at: 0xF_0100) + Guest.call + [0xF4]
        let (machine, exit, isAlike) = try Guest.run(code) { machine in
            try withShadow(machine)
            machine.state.gpr.ebx = 0
        }
        #expect(exit == .halted && isAlike)
        #expect(machine.state.gpr.ebx == 2)
    }

    @Test func aShadowThatIsOffCostsNothing() throws {
        let memory = try PhysicalMemory(ramSize: 1 << 20)
        let id = try memory.addShadow(at: 0xC_0000, size: 0x4000)
        #expect(memory.isPlain(0xC_0000))
        try memory.setShadow(.readWrite, of: id)
        #expect(!memory.isPlain(0xC_0000) && memory.isPlain(0xC_4000))
        memory.load([5], at: 0xC_0000)
        try memory.setShadow(.off, of: id)
        #expect(memory.isPlain(0xC_0000) && memory.peek(0xC_0000) == 5)
    }

    @Test func aBlockShadowsTheROMBelowFourGiB() throws {
        let memory = try PhysicalMemory(ramSize: 1 << 20)
        try memory.mapROM([0x11], at: 0xFFFF_F000, name: "rom")
        let id = try memory.addRAM(at: 0xFFFF_F000, size: 0x1000, name: "over")
        #expect(memory.peek(0xFFFF_F000) == 0)
        try memory.setShadow(.writeOnly, of: id)
        ([0x22] as [UInt8]).withUnsafeBytes { memory.write($0, at: 0xFFFF_F000) }
        #expect(memory.peek(0xFFFF_F000) == 0x11)
        try memory.setShadow(.readOnly, of: id)
        ([0x33] as [UInt8]).withUnsafeBytes { memory.write($0, at: 0xFFFF_F000) }
        #expect(memory.peek(0xFFFF_F000) == 0x22)
    }
}
