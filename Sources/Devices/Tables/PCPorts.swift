/// Where a PC has its ports, and which interrupt request they use.
enum PCPorts {
    /// First interrupt controller.
    static let pic1: ClosedRange<UInt16> = 0x20...0x21
    /// Second interrupt controller.
    static let pic2: ClosedRange<UInt16> = 0xA0...0xA1
    /// Edge or level mode of the interrupt inputs, as EISA and PCI chip sets have it.
    static let elcr: ClosedRange<UInt16> = 0x4D0...0x4D1
    /// Interval timer.
    static let pit: ClosedRange<UInt16> = 0x40...0x43
    /// The timer's interrupt request.
    static let pitIRQ = 0
    /// System control port B.
    static let systemControl: UInt16 = 0x61
    /// Data of the keyboard controller.
    static let keyboardData: UInt16 = 0x60
    /// Status and commands of the keyboard controller.
    static let keyboardStatus: UInt16 = 0x64
    /// The keyboard's interrupt request.
    static let keyboardIRQ = 1
    /// The mouse's interrupt request.
    static let mouseIRQ = 12
    /// System control port A.
    static let systemControlA: UInt16 = 0x92
    /// Reset control register.
    static let resetControl: UInt16 = 0xCF9
    /// PCI's configuration address, a dword around the reset control register.
    static let pciAddress: UInt16 = 0xCF8
    /// The display's registers: CRT controller and status of a monochrome adapter, all others, those of a colour one.
    static let vga: [ClosedRange<UInt16>] = [
        0x3C0...0x3CF, 0x3B4...0x3B5, 0x3BA...0x3BA, 0x3D4...0x3D5, 0x3DA...0x3DA,
    ]
    /// Page registers of a PC's or XT's DMA controller.
    static let lonePages: ClosedRange<UInt16> = 0x80...0x83
    /// Keyboard, switches and speaker of a PC or XT.
    static let ppi: ClosedRange<UInt16> = 0x60...0x63
    /// Mask of NMI of a PC or XT.
    static let nmiMask: UInt16 = 0xA0
    /// The colour adapter of a PC or XT.
    static let cga: ClosedRange<UInt16> = 0x3D0...0x3DC
    /// The monochrome adapter of a PC or XT.
    static let mda: ClosedRange<UInt16> = 0x3B0...0x3BB
    /// First DMA controller.
    static let dma1: ClosedRange<UInt16> = 0x00...0x0F
    /// Page registers of both DMA controllers.
    static let dmaPages: ClosedRange<UInt16> = 0x80...0x8F
    /// Second DMA controller.
    static let dma2: ClosedRange<UInt16> = 0xC0...0xDF
    /// The floppy controller, up to its data register.
    static let floppy: ClosedRange<UInt16> = 0x3F0...0x3F5
    /// The floppy controller's input and rate registers; the port before belongs to the hard disk's.
    static let floppyInput: UInt16 = 0x3F7
    /// The floppy controller's interrupt request.
    static let floppyIRQ = 6
    /// The floppy controller's DMA channel.
    static let floppyDMA = 2
    /// Index of Bochs's display interface, a word.
    static let vbeIndex: ClosedRange<UInt16> = 0x1CE...0x1CF
    /// Its data as it comes from programs that write a word to an odd port.
    static let vbeBytes: ClosedRange<UInt16> = 0x1CF...0x1D0
    /// Its data, a word.
    static let vbeData: ClosedRange<UInt16> = 0x1D0...0x1D1
    /// POST code.
    static let post: UInt16 = 0x80
    /// Where the stubs of the BIOS ask the host.
    static let bios: UInt16 = 0xE0
    /// Debug console of Bochs.
    static let debugConsole: UInt16 = 0xE9
    /// Debug console of QEMU's firmware.
    static let debugConsole2: UInt16 = 0x402
    /// Debug exit, with room for a dword.
    static let debugExit: ClosedRange<UInt16> = 0xF4...0xF7
    /// First serial port.
    static let com1: ClosedRange<UInt16> = 0x3F8...0x3FF
    /// The first serial port's interrupt request.
    static let com1IRQ = 4
    /// Second serial port.
    static let com2: ClosedRange<UInt16> = 0x2F8...0x2FF
    /// The second serial port's interrupt request.
    static let com2IRQ = 3
    /// Third serial port; it shares the first one's interrupt request.
    static let com3: ClosedRange<UInt16> = 0x3E8...0x3EF
    /// Fourth serial port; it shares the second one's interrupt request.
    static let com4: ClosedRange<UInt16> = 0x2E8...0x2EF
    /// First printer port.
    static let lpt1: ClosedRange<UInt16> = 0x378...0x37A
    /// The first printer port's interrupt request.
    static let lpt1IRQ = 7
    /// Second printer port.
    static let lpt2: ClosedRange<UInt16> = 0x278...0x27A
    /// The second printer port's interrupt request.
    static let lpt2IRQ = 5
    /// Index and data of clock and battery RAM.
    static let rtc: ClosedRange<UInt16> = 0x70...0x71
    /// The clock's interrupt request.
    static let rtcIRQ = 8
    /// Where software clears an error of the coprocessor, and where it resets one.
    static let coprocessor: ClosedRange<UInt16> = 0xF0...0xF1
    /// The coprocessor's interrupt request.
    static let coprocessorIRQ = 13
    /// Data of the first ATA channel, a word or dword.
    static let ata: UInt16 = 0x1F0
    /// Alternate status and device control of the first ATA channel.
    static let ataControl: UInt16 = 0x3F6
    /// The first ATA channel's interrupt request.
    static let ataIRQ = 14
    /// Data of the second ATA channel, a word or dword.
    static let ata2: UInt16 = 0x170
    /// Alternate status and device control of the second ATA channel.
    static let ata2Control: UInt16 = 0x376
    /// The second ATA channel's interrupt request.
    static let ata2IRQ = 15
    /// Selector of fw_cfg, a word.
    static let firmwareSelector: UInt16 = 0x510
    /// Data register of fw_cfg, a byte.
    static let firmwareData: UInt16 = 0x511
    /// Address of DMA commands of fw_cfg, two dwords.
    static let firmwareDMA: ClosedRange<UInt16> = 0x514...0x51B
    /// Index of a card for tests: the first ports of those for prototype cards.
    static let scratchIndex: ClosedRange<UInt16> = 0x300...0x301
    /// Its data.
    static let scratchData: ClosedRange<UInt16> = 0x304...0x307
    /// Shutdown port of Bochs.
    static let shutdown: UInt16 = 0x8900
}
