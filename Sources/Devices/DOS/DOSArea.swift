import X86Interp

/// What DOS keeps in memory, in segment 70.
///
/// What programs ask for by INT 21h has no fixed place under DOS; these are ours, from where DOS has its own.
enum DOSArea {
    /// The segment that pointers into the area have.
    static let segment: UInt16 = 0x70
    /// Not 0 while DOS handles a critical error; INT 21h AH=34h points behind it.
    static let criticalError: UInt32 = 0x700
    /// Not 0 while DOS is at work: never here.
    static let inDOS: UInt32 = 0x701
    /// BREAK: 0 off, 1 on.
    static let breakFlag: UInt32 = 0x702
    /// VERIFY: 0 off, 1 on.
    static let verifyFlag: UInt32 = 0x703
    /// How INT 21h AH=48h chooses a block: 0 first, 1 best, 2 last.
    static let strategy: UInt32 = 0x704
    /// The scan code that the next read of a key returns; 0 for none.
    static let pendingScan: UInt32 = 0x705
    /// The prefix's segment of the program that runs.
    static let process: UInt32 = 0x706
    /// The disk transfer area, offset and segment.
    static let transferArea: UInt32 = 0x708
    /// The current drive, 0 for A.
    static let drive: UInt32 = 0x70C
    /// Not 0 while a line is being typed.
    static let lineIsOpen: UInt32 = 0x70D
    /// How many characters of the line there are.
    static let lineLength: UInt32 = 0x70E
    /// The column that the line starts in.
    static let lineColumn: UInt32 = 0x70F
    /// How much of the line INT 21h AH=3Fh has handed out, and how much there is.
    static let readPosition: UInt32 = 0x710
    static let readEnd: UInt32 = 0x711
    /// The first memory block's segment, below the list of lists.
    static let firstBlock: UInt32 = 0x724
    /// The list of lists of INT 21h AH=52h.
    static let lists: UInt32 = 0x726
    /// The line that INT 21h AH=3Fh reads: up to 127 characters, CR, LF.
    static let line: UInt32 = 0x780
    /// The most characters of a line for AH=3Fh.
    static let lineLimit = 127
    /// Where the chain of memory blocks begins.
    static let chain: UInt16 = 0xA0
    /// What is behind CALL 5: a far jump to the services, and 1 MiB higher for A20 on.
    static let callGate: UInt32 = 0xC0
}

/// A block of memory: the paragraph before it says whose it is and how long.
struct MemoryBlock: Equatable {
    /// The paragraph's segment.
    var header: UInt16
    /// The prefix of the program that has it; 0 if it is free, 8 if it is DOS's own.
    var owner: UInt16
    /// Paragraphs.
    var size: UInt16
    /// Whether it ends the chain.
    var isLast: Bool

    /// DOS as an owner.
    static let system: UInt16 = 8

    /// The segment behind the header.
    var start: UInt16 { header &+ 1 }
    /// The segment behind the block, which can be the first of no memory at all.
    var end: UInt32 { UInt32(header) + 1 + UInt32(size) }
    /// Nobody has it.
    var isFree: Bool { owner == 0 }

    /// The paragraph, without what DOS 4 writes into its second half: a program's name.
    var bytes: [UInt8] {
        let kind = UInt8(ascii: isLast ? "Z" : "M")
        return [kind, owner.low, owner.high, size.low, size.high] + [UInt8](repeating: 0, count: 11)
    }
}
