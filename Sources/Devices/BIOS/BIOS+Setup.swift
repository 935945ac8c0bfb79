import X86Interp

extension BIOS {
    /// Puts ROM, vectors and data area into a machine and sets up its timer and interrupt controllers.
    ///
    /// - Throws: `PhysicalMemory.MapError` if the host lacks the memory.
    public func install(in machine: Machine) throws(PhysicalMemory.MapError) {
        let image = BIOSROM.image(drives, isXT: isXT)
        try machine.memory.mapROM(image, physical: UInt64(BIOSROM.base), name: name)
        // Where the processor looks after RESET.
        if machine.cpu.model.addressBits > 20 {
            let top = UInt64(1) << UInt64(machine.cpu.model.addressBits == 24 ? 24 : 32)
            try machine.memory.mapROM(image, physical: top - UInt64(image.count), name: name)
        }
        self.machine = machine
        let alarm = ClockAlarm(clock: machine.clock)
        alarm.action = { [unowned self] in endEventWait() }
        self.alarm = alarm
        let stubs = BIOSROM.chipStubs
        machine.cpu.defaultHandlers = DefaultHandlers(
            all: BIOSROM.far(stubs.lowerBound)...BIOSROM.far(BIOSROM.nobody),
            external: BIOSROM.far(stubs.lowerBound)...BIOSROM.far(stubs.upperBound))
        // Real mode, nobody has hooked INT 09h, and the last key is still in the buffer: the next one can wait.
        keyboard?.isWanted = { [unowned self] in
            guard let machine = self.machine, machine.state.cr0 & 1 == 0 else { return true }
            let call = BIOSCall(machine, self)
            return !ownsKeyboardInterrupt(call) || headOfKeys(call) == nil
        }
        prepare(BIOSCall(machine, self))
    }

    /// KiB of memory that programs have below 640 KiB; the BIOS takes the last one if there are all.
    ///
    /// That of an XT takes none.
    public static func conventionalMemory(_ ramSize: Int, isXT: Bool = false) -> Int {
        let kilobytes = min(max(ramSize, 0) / 1024, 640)
        return kilobytes == 640 && !isXT ? 639 : kilobytes
    }

    /// RAM that programs are told of.
    func ramSize(_ call: BIOSCall) -> Int { min(options.ramSize ?? .max, call.memory.ramSize) }

    /// What comes behind RESET: what a program asked for that left protected mode by it, else the power-on self test and
    /// the boot sector.
    func start(_ call: BIOSCall) {
        let code = takeShutdownByte(call)
        guard code == 0x05 || code == 0x0A else {
            prepare(call)
            return boot(call)
        }
        if code == 0x05 {
            call.output(0xA0, 0x20)
            call.output(0x20, 0x20)
        }
        call.load(.ds, 0)
        call.signal(again: false, never: true)
    }

    /// The shutdown byte of CMOS, which is cleared: 05 and 0A ask to go on at the pointer at 40:67, with and without an end
    /// of interrupt; other codes boot.
    private func takeShutdownByte(_ call: BIOSCall) -> UInt8 {
        guard !isXT, call.machine.ports.claim(at: 0x71, .byte) != nil else { return 0 }
        call.output(0x70, 0x0F)
        let code = call.input(0x71)
        if code != 0 { call.output(0x71, 0x00) }
        return code
    }

    /// What the power-on self test leaves: vectors, data area, blank screen, chips.
    func prepare(_ call: BIOSCall) {
        setVectors(call)
        if options.hasDOS { setDOSVectors(call) }
        setDataArea(call)
        setChips(call)
        setClock(call)
        setMode(crt?.kind == .mda ? 7 : 3, clears: true, call)
    }

    /// All vectors: of services, of tables, and of nobody.
    private func setVectors(_ call: BIOSCall) {
        var offsets = [UInt16?](repeating: BIOSROM.nobody, count: 256)
        for entry in BIOSROM.entries {
            // DOS has its own way in.
            guard let vector = entry.vector, !(0x20...0x2F ~= vector), vector < 0x70 || !isXT else { continue }
            offsets[Int(vector)] = entry.offset
        }
        // Control-Break, each tick, the alarm of the clock.
        for vector in [0x1B, 0x1C, 0x4A] { offsets[vector] = BIOSROM.interruptReturn }
        // What INT 13h was before there were hard disks.
        offsets[0x40] = offsets[0x13]
        // Not code but tables: video parameters (of a 6845 only), diskettes, the halves of the 8x8 font, hard disks, the font.
        offsets[0x1D] = isXT ? BIOSROM.videoTable : nil
        offsets[0x1E] = BIOSROM.disketteTable
        offsets[0x1F] = BIOSROM.font8Upper
        offsets[0x41] = BIOSROM.hardDiskTables[0]
        offsets[0x43] = BIOSROM.font16
        offsets[0x46] = BIOSROM.hardDiskTables[1]
        // Left to programs.
        for vector in 0x60...0x67 { offsets[vector] = nil }
        call.setBytes(0, offsets.flatMap { $0.map { [$0.low, $0.high, 0x00, 0xF0] } ?? [0, 0, 0, 0] })
    }

    private func setDataArea(_ call: BIOSCall) {
        call.setBytes(0x400, [UInt8](repeating: 0, count: 0x100))
        let hasSerial = call.machine.ports.claim(at: 0x3F8, .byte) != nil
        if hasSerial { call.setWord(BDA.serialPorts, 0x3F8) }
        let kilobytes = Self.conventionalMemory(ramSize(call), isXT: isXT)
        if kilobytes == 639 {
            call.setWord(BDA.ebdaSegment, BDA.ebda)
            call.setByte(UInt32(BDA.ebda) << 4, 1)
        }
        call.setWord(BDA.memorySize, UInt16(kilobytes))
        let floppies = driveCount(isFloppy: true)
        // Bit 0 and 7-6 floppies, 5-4 an 80-column display (2 colour, 3 monochrome), 2 a mouse's place (on an XT 3-2 RAM
        // on the board, all there can be), 1 a coprocessor, 11-9 serial ports.
        var equipment: UInt16 = (crt?.kind == .mda ? 0x30 : 0x20) | (hasSerial ? 0x200 : 0)
        if isXT { equipment |= 0x0C | (call.machine.cpu.model.x87 != .none ? 0x02 : 0) }
        if floppies > 0 { equipment |= 1 | UInt16(min(floppies, 4) - 1) << 6 }
        call.setWord(BDA.equipment, equipment)
        call.setByte(BDA.diskCount, UInt8(clamping: driveCount(isFloppy: false)))
        call.setWord(BDA.keyHead, BDA.keyRing.start)
        call.setWord(BDA.keyTail, BDA.keyRing.start)
        call.setWord(BDA.keyStart, BDA.keyRing.start)
        call.setWord(BDA.keyEnd, BDA.keyRing.end)
        // Keys that the first keyboards did not have.
        call.setByte(BDA.keyboardKind, isXT ? 0 : 0x10)
    }

    private func setChips(_ call: BIOSCall) {
        for (port, value) in isXT ? Self.chipsOfXT : Self.chipsOfAT { call.output(port, value) }
    }

    /// What is written to the chips of an AT.
    private static let chipsOfAT: [(UInt16, UInt8)] = [
        // Vectors 08 and 70, slave on input 2; timer, keyboard and slave unmasked.
        (0x20, 0x11), (0x21, 0x08), (0x21, 0x04), (0x21, 0x01), (0x21, 0xB8), (0xA0, 0x11), (0xA1, 0x70),
        (0xA1, 0x02), (0xA1, 0x01), (0xA1, 0x8F),
        // DMA: both controllers cleared, channel 4 passes the first one's requests on.
        (0x0D, 0x00), (0xDA, 0x00), (0xD6, 0xC0), (0xD4, 0x00),
        // Counter 0 divides by 65536: 18.2 Hz.
        (0x43, 0x36), (0x40, 0x00), (0x40, 0x00),
        // Keyboard: translated, enabled, IRQ 1.
        (0x64, 0x60), (0x60, 0x65),
    ]

    /// The same for those of a PC or XT.
    private static let chipsOfXT: [(UInt16, UInt8)] = [
        // Vectors from 08 on, alone; timer, keyboard and floppies unmasked.
        (0x20, 0x13), (0x21, 0x08), (0x21, 0x09), (0x21, 0xBC),
        // DMA cleared; counter 0 divides by 65536: 18.2 Hz.
        (0x0D, 0x00), (0x43, 0x36), (0x40, 0x00), (0x40, 0x00),
        // Port B is an output; the keyboard is cleared, and its clock let go.
        (0x63, 0x99), (0x61, 0xC0), (0x61, 0x40),
    ]
}
