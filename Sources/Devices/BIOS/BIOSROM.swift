/// One interrupt that the BIOS provides: where its stub is and how that looks.
struct BIOSEntry {
    /// What the code of a stub does besides asking the host.
    enum Stub {
        /// Returns.
        case plain
        /// Asks again after the next interrupt while CF is set; with ZF set too, nothing will ever come.
        case waiting
        /// Asks again while CF is set, with time passing in between.
        case timed
        /// Calls INT 1Ch and acknowledges IRQ 0.
        case timer
        /// Offers the scan code to INT 15h AH=4Fh, hands the host what comes of it and acknowledges IRQ 1.
        case keyboard
        /// Asks again after the next interrupt while CF is set, never with ZF too; with ZF alone it calls INT 23h first.
        case dos
        /// Ends for good with CF set.
        case guarded
        /// Calls INT 02h, as programs that were written for the 8087 expect.
        case coprocessor
        /// Goes to the boot sector, or ends for good with CF set.
        case boot
        /// The same, but with ZF set goes on at the pointer at 40:67.
        case start

        /// Whether the code looks at CF behind its OUT.
        var asksForAnswer: Bool {
            switch self {
            case .plain, .timer, .keyboard, .coprocessor: false
            case .waiting, .timed, .dos, .guarded, .boot, .start: true
            }
        }
    }

    /// The interrupt's number; nil for the code that the reset vector jumps to.
    let vector: UInt8?
    /// The stub's offset in segment F000.
    let offset: UInt16
    /// Its code.
    let stub: Stub
}

/// The 16 KiB below 1 MiB: stubs where programs expect a PC's entry points, tables, fonts.
///
/// Each stub is a few instructions around one OUT to the BIOS's port, which the user tier answers. Offsets of entry
/// points are those of the IBM PC AT technical reference; old programs jump there.
enum BIOSROM {
    /// The segment.
    static let segment: UInt16 = 0xF000
    /// Where the ROM starts in it.
    static let start: UInt16 = 0xC000
    /// The ROM's physical address.
    static let base = UInt32(segment) << 4 + UInt32(start)

    /// A lone IRET, for interrupts that the BIOS raises for others to hook.
    static let interruptReturn: UInt16 = 0xFF53
    /// A lone IRET, for interrupts that nobody has installed.
    static let nobody: UInt16 = 0xE938
    /// Where the stubs are of interrupts that only chips should raise.
    static let chipStubs: ClosedRange<UInt16> = 0xE900...0xE937
    /// Parameters of hard disks 80 and 81, 16 bytes each.
    static let hardDiskTables: [UInt16] = [0xE401, 0xE411]
    /// Parameters of a diskette, 11 bytes.
    static let disketteTable: UInt16 = 0xEFC7
    /// What INT 15h AH=C0h points to.
    static let configuration: UInt16 = 0xE6F5
    /// Registers of a 6845 for each mode, of an XT's BIOS.
    static let videoTable: UInt16 = 0xF0A4
    /// The 8x16 font, all characters.
    static let font16: UInt16 = 0xC000
    /// The 8x8 font, characters 80 to FF.
    static let font8Upper: UInt16 = 0xD000
    /// The 8x8 font, characters 00 to 7F.
    static let font8: UInt16 = 0xFA6E

    /// Every entry; one row an interrupt.
    static let entries: [BIOSEntry] = [
        .init(vector: nil, offset: 0xE05B, stub: .start),
        .init(vector: 0x05, offset: 0xFF54, stub: .plain),
        .init(vector: 0x08, offset: 0xFEA5, stub: .timer),
        .init(vector: 0x09, offset: 0xE987, stub: .keyboard),
        .init(vector: 0x0A, offset: 0xE900, stub: .plain),
        .init(vector: 0x0B, offset: 0xE904, stub: .plain),
        .init(vector: 0x0C, offset: 0xE908, stub: .plain),
        .init(vector: 0x0D, offset: 0xE90C, stub: .plain),
        .init(vector: 0x0E, offset: 0xE910, stub: .plain),
        .init(vector: 0x0F, offset: 0xE914, stub: .plain),
        .init(vector: 0x10, offset: 0xF065, stub: .plain),
        .init(vector: 0x11, offset: 0xF84D, stub: .plain),
        .init(vector: 0x12, offset: 0xF841, stub: .plain),
        .init(vector: 0x13, offset: 0xE3FE, stub: .plain),
        .init(vector: 0x14, offset: 0xE739, stub: .plain),
        .init(vector: 0x15, offset: 0xF859, stub: .timed),
        .init(vector: 0x16, offset: 0xE82E, stub: .waiting),
        .init(vector: 0x17, offset: 0xEFD2, stub: .plain),
        .init(vector: 0x18, offset: 0xE970, stub: .guarded),
        .init(vector: 0x19, offset: 0xE6FF, stub: .boot),
        .init(vector: 0x1A, offset: 0xFE6E, stub: .plain),
        .init(vector: 0x70, offset: 0xE918, stub: .plain),
        .init(vector: 0x71, offset: 0xE91C, stub: .plain),
        .init(vector: 0x72, offset: 0xE920, stub: .plain),
        .init(vector: 0x73, offset: 0xE924, stub: .plain),
        .init(vector: 0x74, offset: 0xE928, stub: .plain),
        .init(vector: 0x75, offset: 0xE940, stub: .coprocessor),
        .init(vector: 0x76, offset: 0xE930, stub: .plain),
        .init(vector: 0x77, offset: 0xE934, stub: .plain),
        .init(vector: 0x20, offset: 0xEB00, stub: .guarded),
        .init(vector: 0x21, offset: 0xEB10, stub: .dos),
        .init(vector: 0x22, offset: 0xEB40, stub: .guarded),
        .init(vector: 0x23, offset: 0xEB50, stub: .guarded),
        .init(vector: 0x27, offset: 0xEB60, stub: .guarded),
        .init(vector: 0x29, offset: 0xEB70, stub: .plain),
    ]

    /// Segment and offset of INT 09h.
    static let keyboardVector =
        UInt32(segment) << 16 | UInt32(entries.first { $0.vector == 0x09 }?.offset ?? interruptReturn)

    /// The code of a stub; on an XT the keyboard is acknowledged as well.
    static func code(_ stub: BIOSEntry.Stub, isXT: Bool = false) -> [UInt8] {
        let ask: [UInt8] = [0xE6, UInt8(PCPorts.bios)]
        // cli; again: hlt; jmp again
        let end: [UInt8] = [0xFA, 0xF4, 0xEB, 0xFC]
        switch stub {
        case .plain: return ask + [0xCF]
        // sti; again: ask; jnc done; jz end; hlt; jmp again; end; done: iret
        case .waiting: return [0xFB] + ask + [0x73, 0x09, 0x74, 0x03, 0xF4, 0xEB, 0xF7] + end + [0xCF]
        // sti; ask; jnc done; again: ask; jc again; done: iret
        case .timed: return [0xFB] + ask + [0x73, 0x04] + ask + [0x72, 0xFC, 0xCF]
        // ask; int 1c; push ax; mov al, 20; out 20, al; pop ax; iret
        case .timer: return ask + [0xCD, 0x1C, 0x50, 0xB0, 0x20, 0xE6, 0x20, 0x58, 0xCF]
        // push ax; in al, 60; mov ah, 4f; stc; int 15; jnc done; ask; done: mov al, 20; out 20, al; pop ax; iret
        // On an XT, at done: in al, 61; mov ah, al; or al, 80; out 61, al; mov al, ah; out 61, al
        case .keyboard:
            let acknowledge: [UInt8] = [0xE4, 0x61, 0x88, 0xC4, 0x0C, 0x80, 0xE6, 0x61, 0x88, 0xE0, 0xE6, 0x61]
            return [0x50, 0xE4, 0x60, 0xB4, 0x4F, 0xF9, 0xCD, 0x15, 0x73, 0x02] + ask + (isXT ? acknowledge : [])
                + [0xB0, 0x20, 0xE6, 0x20, 0x58, 0xCF]
        // sti; again: ask; jc wait; jz break; iret; wait: jz end; hlt; jmp again; end;
        // break: push bp; mov bp, sp; int 23; mov sp, bp; pop bp; jnc again; mov ax, 4c00; int 21; jmp end
        case .dos:
            return [0xFB] + ask + [0x72, 0x03, 0x74, 0x0A, 0xCF, 0x74, 0x03, 0xF4, 0xEB, 0xF4] + end
                + [0x55, 0x89, 0xE5, 0xCD, 0x23, 0x89, 0xEC, 0x5D, 0x73, 0xE6, 0xB8, 0x00, 0x4C, 0xCD, 0x21]
                + [0xEB, 0xEB]
        // ask; jnc done; end; done: iret
        case .guarded: return ask + [0x73, 0x04] + end + [0xCF]
        // ask; int 2; iret
        case .coprocessor: return ask + [0xCD, 0x02, 0xCF]
        // ask; jc end; sti; jmp 0000:7c00; end
        case .boot: return ask + [0x72, 0x06, 0xFB, 0xEA, 0x00, 0x7C, 0x00, 0x00] + end
        // ask; jc end; jz resume; sti; jmp 0000:7c00; resume: jmp far [467]; end
        case .start:
            return ask + [0x72, 0x0C, 0x74, 0x06, 0xFB, 0xEA, 0x00, 0x7C, 0x00, 0x00, 0xFF, 0x2E, 0x67, 0x04] + end
        }
    }

    /// Where in a stub the OUT is.
    private static func askOffset(_ stub: BIOSEntry.Stub) -> UInt16 {
        switch stub {
        case .plain, .timer, .guarded, .coprocessor, .boot, .start: 0
        case .waiting, .timed, .dos: 1
        case .keyboard: 10
        }
    }

    /// Where in a stub a second OUT is, by which it asks again.
    private static func againOffset(_ stub: BIOSEntry.Stub) -> UInt16? { stub == .timed ? 5 : nil }

    /// Places of OUTs as offsets from `start`: the number of the entry plus one, 80 added where it asks again.
    static let places: [UInt8] = {
        var places = [UInt8](repeating: 0, count: 0x10000 - Int(start))
        for (number, entry) in entries.enumerated() {
            let mark = UInt8(number + 1)
            places[Int(entry.offset + askOffset(entry.stub) - start)] = mark
            if let again = againOffset(entry.stub) { places[Int(entry.offset + again - start)] = mark | 0x80 }
        }
        return places
    }()

    /// A pointer to a place in the ROM, as interrupt vectors have it.
    static func far(_ offset: UInt16) -> UInt32 { UInt32(segment) << 16 | UInt32(offset) }

    /// The entry whose code a linear address is in, or nil.
    static func entry(around linear: UInt32) -> BIOSEntry? {
        let place = linear &- UInt32(segment) << 4
        return entries.first { place &- UInt32($0.offset) < UInt32(code($0.stub).count) }
    }

    /// The ROM's bytes, of an AT's or an XT's BIOS.
    static func image(_ drives: [UInt8: DiskDrive], isXT: Bool = false) -> [UInt8] {
        var image = [UInt8](repeating: 0, count: 0x10000 - Int(start))
        func put(_ bytes: some Collection<UInt8>, _ offset: UInt16) {
            let place = Int(offset - start)
            image.replaceSubrange(place..<place + bytes.count, with: bytes)
        }
        for entry in entries { put(code(entry.stub, isXT: isXT), entry.offset) }
        for code in dosCode { put(code.bytes, code.offset) }
        put([0xCF], interruptReturn)
        put([0xCF], nobody)
        for (number, table) in hardDiskTables.enumerated() {
            put(parameters(drives[0x80 + UInt8(number)]?.geometry), table)
        }
        // Step rate, motor time, 512 bytes, 18 sectors, gaps, fill byte, settle and start time.
        put([0xDF, 0x02, 0x25, 0x02, 0x12, 0x1B, 0xFF, 0x6C, 0xF6, 0x0F, 0x08], disketteTable)
        // 8 bytes: an AT, second PIC, clock, keyboard intercept, EBDA; an XT has but the intercept.
        let model: UInt8 = isXT ? 0xFB : 0xFC
        put([0x08, 0x00, model, 0x00, 0x00, isXT ? 0x10 : 0x74, isXT ? 0x00 : 0x40, 0x00, 0x00, 0x00], configuration)
        if isXT { put(videoParameters, videoTable) }
        put(Font8x16.rows, font16)
        put(Font8x8.rows.prefix(0x400), font8)
        put(Font8x8.rows.suffix(0x400), font8Upper)
        // jmp f000:e05b; the date; the model
        put([0xEA, 0x5B, 0xE0, 0x00, 0xF0], 0xFFF0)
        put(Array("01/01/26".utf8), 0xFFF5)
        put([model], 0xFFFE)
        return image
    }

    /// What vector 1D points to on an XT: sixteen registers of a 6845 four times; the sizes of pages, text of 40 and of 80
    /// columns, pixels; columns, by mode; the mode register, by mode.
    private static let videoParameters: [UInt8] =
        Display6845.State.parameters.flatMap { $0 } + [0x00, 0x08, 0x00, 0x10, 0x00, 0x40, 0x00, 0x40]
        + [40, 40, 80, 80, 40, 40, 80, 80] + Display6845.State.modes

    /// The parameter table of a hard disk; all zero if there is none.
    private static func parameters(_ geometry: DiskGeometry?) -> [UInt8] {
        guard let geometry else { return [UInt8](repeating: 0, count: 16) }
        let cylinders = UInt16(truncatingIfNeeded: geometry.cylinders)
        let heads = UInt8(truncatingIfNeeded: geometry.heads)
        // Cylinders, heads, no reduced current, no precompensation, no ECC, control (bit 3: more than 8 heads), no
        // time-outs, landing zone, sectors.
        return [cylinders.low, cylinders.high, heads, 0, 0, 0xFF, 0xFF, 0, 0xC0 | (heads > 8 ? 8 : 0), 0, 0, 0]
            + [cylinders.low, cylinders.high, UInt8(truncatingIfNeeded: geometry.sectors), 0]
    }
}
