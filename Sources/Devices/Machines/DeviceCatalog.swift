import X86Interp

/// All kinds of devices.
///
/// A new one is its file and one row here; options, help and contract tests follow.
public enum DeviceCatalog {
    /// The rows, in the order in which a machine wires them: what others are wired to comes first.
    public static let rows: [DeviceRow] = [
        DeviceRow(
            "pic", "8259A interrupt controllers, master and slave",
            [.init(PCPorts.pic1, bank: 0), .init(PCPorts.pic2, bank: 1), .init(PCPorts.elcr, bank: 2)]
        ) { site in
            let pic = PIC8259Pair(bus: site.bus, name: site.name)
            site.interrupts = pic
            return pic
        },
        DeviceRow(
            "xtpic", "8259A interrupt controller of a PC or XT, which has one", [.init(PCPorts.pic1)], isOfXT: true
        ) { site in
            let pic = PIC8259Pair(bus: site.bus, hasSlave: false, name: site.name)
            site.interrupts = pic
            return pic
        },
        DeviceRow(
            "dma", "8237A DMA controllers, master and slave, with page registers",
            [
                .init(PCPorts.dma1, bank: DMA8237Pair.Bank.first),
                .init(PCPorts.dmaPages, bank: DMA8237Pair.Bank.pages),
                .init(PCPorts.dma2, bank: DMA8237Pair.Bank.second),
            ], yields: true
        ) { site in
            let dma = DMA8237Pair(memory: site.space, clock: site.clock, name: site.name)
            site.dma = dma
            return dma
        },
        DeviceRow(
            "xtdma", "8237A DMA controller of a PC or XT, with page registers",
            [
                .init(PCPorts.dma1, bank: DMA8237Pair.Bank.first),
                .init(PCPorts.lonePages, bank: DMA8237Pair.Bank.pages),
            ], yields: true, isOfXT: true
        ) { site in
            let dma = DMA8237Pair(memory: site.space, clock: site.clock, hasSecond: false, name: site.name)
            site.dma = dma
            return dma
        },
        DeviceRow("pit", "8254 interval timer", [.init(PCPorts.pit)], irq: PCPorts.pitIRQ) {
            site throws(IRQLine.NoInput) in
            let pit = PIT8254(clock: site.clock, irq: try site.interruptLine(), name: site.name)
            site.timer = pit
            return pit
        },
        DeviceRow(
            "rtc", "MC146818A clock, alarm and battery RAM; mask of NMI", [.init(PCPorts.rtc)], irq: PCPorts.rtcIRQ
        ) { site throws(IRQLine.NoInput) in
            var contents = site.cmos
            contents.ramSize = contents.ramSize ?? UInt64(clamping: site.ramSize)
            let rtc = MC146818A(
                clock: site.clock, irq: try site.interruptLine(), startTime: site.startTime, contents: contents,
                name: site.name)
            site.nmi.isMasked = { [weak rtc] in rtc?.state.masksNMI ?? false }
            return rtc
        },
        DeviceRow(
            "npx", "coprocessor lines: FERR# to an interrupt, IGNNE#", [.init(PCPorts.coprocessor)],
            irq: PCPorts.coprocessorIRQ
        ) { site throws(IRQLine.NoInput) in
            CoprocessorLines(bus: site.bus, irq: try site.interruptLine(), name: site.name)
        },
        DeviceRow(
            "nmi", "NMI mask of a PC or XT, with the 8087's interrupt", [.init(PCPorts.nmiMask)], isOfXT: true
        ) { site in
            let mask = NMIMask(bus: site.bus, name: site.name)
            site.nmi.isMasked = { [weak mask] in !(mask?.state.isOpen ?? true) }
            return mask
        },
        serial(0, "uart", "16550A serial port", PCPorts.com1, PCPorts.com1IRQ),
        serial(1, "uart2", "16550A, the second serial port", PCPorts.com2, PCPorts.com2IRQ),
        serial(2, "uart3", "16550A, the third serial port", PCPorts.com3, PCPorts.com1IRQ),
        serial(3, "uart4", "16550A, the fourth serial port", PCPorts.com4, PCPorts.com2IRQ),
        parallel(0, "lpt", "printer port", PCPorts.lpt1, PCPorts.lpt1IRQ),
        parallel(1, "lpt2", "the second printer port", PCPorts.lpt2, PCPorts.lpt2IRQ),
        DeviceRow("port61", "system control port B: speaker gate, refresh toggle", [.init(PCPorts.systemControl)]) {
            SystemControlPort(clock: $0.clock, timer: $0.timer, name: $0.name)
        },
        DeviceRow(
            "kbd", "8042 keyboard controller with keyboard and mouse",
            [.init(PCPorts.keyboardData, bank: 0), .init(PCPorts.keyboardStatus, bank: 4)],
            irq: PCPorts.keyboardIRQ, yields: true
        ) { site throws(IRQLine.NoInput) in
            let mouseIRQ = try site.interrupts.map { sink throws(IRQLine.NoInput) in
                try IRQLine(to: sink, number: PCPorts.mouseIRQ)
            }
            let keyboard = PS2Controller8042(
                clock: site.clock, bus: site.bus, irq: try site.interruptLine(), mouseIRQ: mouseIRQ ?? IRQLine(),
                keys: site.keys, name: site.name)
            site.keyboard = keyboard
            return keyboard
        },
        DeviceRow(
            "port92", "system control port A: A20, fast RESET", [.init(PCPorts.systemControlA)], yields: true
        ) { SystemControlPortA(bus: $0.bus, name: $0.name) },
        DeviceRow(
            "portcf9", "reset control register",
            [
                .init(PCPorts.resetControl, bank: 0),
                .init(PCPorts.pciAddress, bank: 1, widths: [.word, .dword]),
            ], yields: true
        ) { ResetControl(bus: $0.bus, name: $0.name) },
        adapter(.mda, "monochrome display adapter (6845): text of 80 columns", PCPorts.mda),
        adapter(.cga, "colour display adapter (6845): text, 320x200 in four colours, 640x200 in two", PCPorts.cga),
        DeviceRow(
            "ppi", "8255A of a PC or XT: keyboard, switches, speaker", [.init(PCPorts.ppi)],
            irq: PCPorts.keyboardIRQ, isOfXT: true
        ) { site throws(IRQLine.NoInput) in
            let switches = XTSwitches(
                floppies: site.drives.values.count { $0.kind == .floppy },
                hasCoprocessor: site.cmos.hasCoprocessor, ramSize: site.ramSize,
                display: (site.display as? Display6845)?.kind)
            let keyboard = PPI8255(
                clock: site.clock, irq: try site.interruptLine(), timer: site.timer, switches: switches,
                keys: site.keys, name: site.name)
            site.keyboard = keyboard
            return keyboard
        },
        DeviceRow(
            "vga", "VGA with 256 KiB in four planes, and Bochs's interface with a linear frame buffer",
            PCPorts.vga.map { .init($0, bank: UInt8(truncatingIfNeeded: $0.lowerBound - 0x3B0)) } + [
                .init(PCPorts.vbeIndex, bank: UInt8(VGA.vbeIndex), widths: .word),
                .init(PCPorts.vbeBytes, bank: UInt8(VGA.vbeBytes)),
                .init(PCPorts.vbeData, bank: UInt8(VGA.vbeData), widths: .word),
            ], yields: true
        ) { site in
            let display = VGA(
                clock: site.clock, space: site.space, hasMemory: site.display == nil, tier: site.tier, name: site.name)
            if site.display == nil { site.display = display }
            return display
        },
        DeviceRow(
            "fdc", "82077AA floppy controller",
            [
                .init(PCPorts.floppy, bank: FDC82077AA.Register.statusA),
                .init(PCPorts.floppyInput, bank: FDC82077AA.Register.digitalInput),
            ], irq: PCPorts.floppyIRQ
        ) { site throws(IRQLine.NoInput) in
            FDC82077AA(
                clock: site.clock, irq: try site.interruptLine(), dma: site.dma, channel: PCPorts.floppyDMA,
                drives: site.drives, name: site.name)
        },
        DeviceRow("post", "POST code, remembers the last codes", [.init(PCPorts.post)]) { PostCode(name: $0.name) },
        DeviceRow(
            "debugcon", "debug console of Bochs and QEMU", [.init(PCPorts.debugConsole)],
            aliases: [PCPorts.debugConsole2]
        ) { DebugConsole(to: $0.console, name: $0.name) },
        DeviceRow(
            "debugexit", "ends the run with the value written as exit code", [.init(PCPorts.debugExit, widths: .all)]
        ) { DebugExit(bus: $0.bus, name: $0.name) },
        DeviceRow("shutdown", "ends the run at the word 'Shutdown', as Bochs", [.init(PCPorts.shutdown)]) {
            ShutdownPort(bus: $0.bus, name: $0.name)
        },
        DeviceRow(
            "fw_cfg", "QEMU's firmware configuration: files and numbers from the host",
            [
                .init(PCPorts.firmwareSelector, bank: FirmwareConfig.selectorBank, widths: .word),
                .init(PCPorts.firmwareData, bank: FirmwareConfig.dataBank),
                .init(PCPorts.firmwareDMA, bank: FirmwareConfig.dmaBank, widths: .all),
            ], parameters: [DeviceParameter("dma", ["on", "off"], banks: [FirmwareConfig.dmaBank])]
        ) {
            FirmwareConfig(
                ramSize: $0.ramSize, hasDisplay: $0.display != nil,
                master: $0.parameters["dma"] == "off" ? nil : $0.space.map { BusMaster($0) }, name: $0.name)
        },
        DeviceRow(
            "ata", "ATA channel with hard disks and CD drives: -hda and -hdb",
            ataClaims(PCPorts.ata, PCPorts.ataControl), irq: PCPorts.ataIRQ
        ) { site throws(IRQLine.NoInput) in
            ATAChannel(
                site.drives[0x80], site.drives[0x81], clock: site.clock, irq: try site.interruptLine(), name: site.name)
        },
        DeviceRow(
            "ata2", "second ATA channel: -hdc and -hdd", ataClaims(PCPorts.ata2, PCPorts.ata2Control),
            irq: PCPorts.ata2IRQ
        ) { site throws(IRQLine.NoInput) in
            ATAChannel(
                site.drives[0x82], site.drives[0x83], clock: site.clock, irq: try site.interruptLine(), name: site.name)
        },
        DeviceRow("bios", "BIOS services without a ROM: INT 10h to 1Ah", [.init(PCPorts.bios)]) {
            BIOS(
                options: $0.bios, drives: $0.drives, console: $0.screenText ?? $0.console, keys: $0.keys,
                keyboard: $0.keyboard, display: $0.display, isXT: $0.isXT, name: $0.name)
        },
        DeviceRow(
            "scratch", "256 bytes in memory and at ports, for tests of guests",
            [
                .init(PCPorts.scratchIndex, bank: ScratchCard.Bank.index, widths: .word),
                .init(PCPorts.scratchData, bank: ScratchCard.Bank.data, widths: .all),
            ], memory: ScratchCard.usualStart
        ) { ScratchCard(at: $0.memory ?? ScratchCard.usualStart, tier: $0.tier, name: $0.name) },
        DeviceRow("port", "scripted port; this row toggles as a display's retrace bit does", [.init(0x3DA)]) {
            ScriptedPort(.sequence([0x08, 0x00]), name: $0.name)
        },
    ]

    private static func serial(
        _ number: Int, _ name: String, _ summary: String, _ ports: ClosedRange<UInt16>, _ irq: Int
    ) -> DeviceRow {
        DeviceRow(name, summary, [.init(ports)], irq: irq, furtherOf: number == 0 ? nil : "uart") {
            site throws(IRQLine.NoInput) in
            UART16550(
                clock: site.clock, irq: try site.interruptLine(), stream: site.serialStream(number),
                pacing: site.serialPacing, name: site.name)
        }
    }

    /// An adapter with a 6845; the first of a kind has memory, the first of all is the display.
    private static func adapter(
        _ kind: Display6845.Kind, _ summary: String, _ ports: ClosedRange<UInt16>
    ) -> DeviceRow {
        DeviceRow(kind.rawValue, summary, [.init(ports)], yields: true, isOfXT: true) { site in
            let display = Display6845(
                kind, clock: site.clock, hasMemory: site.videoMemory.insert(kind.base).inserted, tier: site.tier,
                name: site.name)
            if site.display == nil { site.display = display }
            return display
        }
    }

    private static func parallel(
        _ number: Int, _ name: String, _ summary: String, _ ports: ClosedRange<UInt16>, _ irq: Int
    ) -> DeviceRow {
        DeviceRow(name, summary, [.init(ports)], irq: irq, furtherOf: number == 0 ? nil : "lpt") {
            site throws(IRQLine.NoInput) in
            ParallelPort(
                clock: site.clock, irq: try site.interruptLine(),
                printer: number < site.printers.count ? site.printers[number] : nil, name: site.name)
        }
    }

    /// Command block and control block of an ATA channel; the data register has no byte lanes of its own.
    private static func ataClaims(_ command: UInt16, _ control: UInt16) -> [ClaimRow] {
        [
            ClaimRow(command, bank: ATAChannel.Register.data, widths: .all),
            ClaimRow(command + 1...command + 7, bank: ATAChannel.Register.error),
            ClaimRow(control, bank: ATAChannel.Register.control),
        ]
    }

    /// The row with a name, or nil.
    public static func row(named name: String) -> DeviceRow? { rows.first { $0.name == name } }
}
