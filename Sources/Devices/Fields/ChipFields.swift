import X86Interp

// What the chips of a PC show of themselves.

extension PIC8259Pair {
    /// Requests, masks, services and vectors of both chips, or of the one that there is.
    public var fields: [DeviceField] {
        Self.fields("master", state.master) + (hasSlave ? Self.fields("slave", state.slave) : [])
    }

    private static func fields(_ name: String, _ chip: PIC8259) -> [DeviceField] {
        [
            .init("\(name) mask (IMR)", chip.imr, .bits(8)),
            .init("\(name) requests (IRR)", chip.irr, .bits(8)),
            .init("\(name) in service (ISR)", chip.isr, .bits(8)),
            .init("\(name) vector base", chip.vectorBase, .hexadecimal(2)),
            .init("\(name) level-triggered (ELCR)", chip.elcr, .bits(8)),
            .init("\(name) automatic EOI", chip.icw4 & 2 != 0),
            .init("\(name) initialised", chip.phase == .ready),
        ]
    }
}

extension PIT8254 {
    /// Counts, modes and outputs of the three counters as they are now.
    public var fields: [DeviceField] { (UInt16(0)..<3).flatMap { Self.fields($0, current($0)) } }

    private static func fields(_ number: UInt16, _ counter: TimerCounter) -> [DeviceField] {
        [
            .init("counter \(number) mode", counter.mode, .decimal),
            .init("counter \(number) reload", counter.hasCount ? counter.count : nil, .decimal),
            .init("counter \(number) count", counter.isLoaded ? counter.element % counter.modulus : nil, .decimal),
            .init("counter \(number) OUT", counter.out ? 1 : 0, .choice(["low", "high"])),
            .init("counter \(number) GATE", counter.gate ? 1 : 0, .choice(["low", "high"])),
        ]
    }
}

extension UART16550 {
    /// The registers, and what waits in the FIFOs.
    public var fields: [DeviceField] {
        let chip = state
        return [
            .init("divisor", chip.divisor, .decimal),
            .init("baud", chip.divisor == 0 ? nil : 115_200 / Int(chip.divisor), .decimal),
            .init("data bits", 5 + chip.lineControl & 3, .decimal),
            .init("line control (LCR)", chip.lineControl, .hexadecimal(2)),
            .init("interrupt enable (IER)", chip.interruptEnable, .bits(4)),
            .init("modem control (MCR)", chip.modemControl, .bits(5)),
            .init("FIFO", chip.fifoControl & 1 != 0),
            .init("bytes received", chip.received.count, .decimal),
            .init("bytes to send", chip.waiting.count + (chip.shifting == nil ? 0 : 1), .decimal),
            .init("scratch", chip.scratch, .hexadecimal(2)),
        ]
    }
}

extension PS2Controller8042 {
    /// Command byte, output buffer, and what the keyboard has been told.
    public var fields: [DeviceField] {
        let chip = state
        return [
            .init("command byte", chip.ram[0], .bits(8)),
            .init("output buffer", chip.isFull ? chip.output : nil, .hexadecimal(2)),
            .init("output port", chip.outputPort, .bits(8)),
            .init("keyboard scans", chip.keyboard.isScanning),
            .init("scan set", chip.keyboard.scanSet, .decimal),
            .init("lamps", chip.keyboard.lamps, .bits(3)),
            .init("bytes waiting", chip.keyboard.queue.count, .decimal),
            .init("keys typed", chip.typist.strokesTaken, .decimal),
            .init("mouse reports", chip.mouse.isReporting),
            .init("mouse sample rate", chip.mouse.sampleRate, .decimal),
            .init("mouse has a wheel", chip.mouse.hasWheel),
        ]
    }
}

extension ATAChannel {
    /// What is selected, and how far both devices are.
    public var fields: [DeviceField] {
        let chip = state
        let shared: [DeviceField] = [
            .init("selected device", chip.device >> 4 & 1, .decimal),
            .init("addresses by LBA", chip.device & 0x40 != 0),
            .init("device control", chip.control, .bits(8)),
        ]
        let devices = Self.fields("device 0", chip.first, drives[0]) + Self.fields("device 1", chip.second, drives[1])
        return shared + devices
    }

    private static func fields(_ name: String, _ unit: ATAUnit, _ drive: DiskDrive?) -> [DeviceField] {
        guard drive != nil else { return [.init("\(name) is there", false)] }
        return [
            .init("\(name) status", unit.status, .bits(8)),
            .init("\(name) error", unit.error, .bits(8)),
            .init("\(name) command", unit.command, .hexadecimal(2)),
            .init("\(name) asks for an interrupt", unit.interrupts),
            .init("\(name) next sector", unit.sector, .decimal),
            .init("\(name) sectors left", unit.left, .decimal),
        ]
    }
}

extension VGA {
    /// What decides about the picture.
    public var fields: [DeviceField] {
        let chip = state
        let start = UInt16(chip.crtc[0x0C]) << 8 | UInt16(chip.crtc[0x0D])
        let cursor = UInt16(chip.crtc[0x0E]) << 8 | UInt16(chip.crtc[0x0F])
        return [
            .init("miscellaneous output", chip.miscellaneous, .bits(8)),
            .init("start address", start, .hexadecimal(4)),
            .init("cursor address", cursor, .hexadecimal(4)),
            .init("characters of a line", UInt16(chip.crtc[0x01]) + 1, .decimal),
            .init("graphics mode (GC 5)", chip.graphics[5], .hexadecimal(2)),
            .init("graphics miscellaneous (GC 6)", chip.graphics[6], .hexadecimal(2)),
            .init("map mask (SEQ 2)", chip.sequencer[2], .bits(4)),
            .init("DAC index", chip.dacIndex, .hexadecimal(2)),
            .init("DAC mask", chip.mask, .hexadecimal(2)),
        ]
    }
}

extension Display6845 {
    /// What decides about the picture.
    public var fields: [DeviceField] {
        let chip = state
        return [
            .init("mode", chip.mode, .bits(6)),
            .init("colours", chip.colors, .hexadecimal(2)),
            .init("start address", UInt16(truncatingIfNeeded: chip.crtc.start), .hexadecimal(4)),
            .init("cursor address", UInt16(truncatingIfNeeded: chip.crtc.cursor), .hexadecimal(4)),
            .init("columns", chip.crtc.columns, .decimal),
            .init("rows", chip.crtc.rows, .decimal),
            .init("CRT controller's index", chip.crtc.index, .hexadecimal(2)),
        ]
    }
}

extension PPI8255 {
    /// Latches, and what the keyboard has sent.
    public var fields: [DeviceField] {
        let chip = state
        return [
            .init("control word", chip.control, .bits(8)),
            .init("port B", chip.latchB, .bits(8)),
            .init("port C as written", chip.latchC, .bits(8)),
            .init("keyboard's byte", chip.isFull ? chip.received : nil, .hexadecimal(2)),
            .init("bytes waiting", chip.queue.count, .decimal),
            .init("keys typed", chip.typist.strokesTaken, .decimal),
        ]
    }
}

extension MC146818A {
    /// Index, control registers, flags and the registers of time, as of the last access or interrupt.
    public var fields: [DeviceField] {
        let chip = state
        let time = [("seconds", 0), ("minutes", 2), ("hours", 4), ("day of the week", 6), ("day", 7), ("month", 8)]
        return [
            .init("index", chip.index, .hexadecimal(2)),
            .init("NMI masked", chip.masksNMI),
            .init("register A", chip.registerA, .hexadecimal(2)),
            .init("register B", chip.registerB, .bits(8)),
            .init("flags (register C)", chip.flags, .hexadecimal(2)),
        ] + time.map { .init($0.0, chip.bytes[$0.1], .hexadecimal(2)) } + [
            .init("year", chip.bytes[9], .hexadecimal(2)), .init("century", chip.bytes[0x32], .hexadecimal(2)),
            .init("shutdown status", chip.bytes[0x0F], .hexadecimal(2)),
        ]
    }
}
