/// Addresses in the BIOS data area, segment 40.
///
/// Source: IBM PC AT technical reference; IBM PS/2 BIOS reference.
enum BDA {
    static let serialPorts: UInt32 = 0x400
    static let ebdaSegment: UInt32 = 0x40E
    static let equipment: UInt32 = 0x410
    static let memorySize: UInt32 = 0x413
    static let shiftFlags: UInt32 = 0x417
    static let keyHead: UInt32 = 0x41A
    static let keyTail: UInt32 = 0x41C
    static let disketteStatus: UInt32 = 0x441
    static let videoMode: UInt32 = 0x449
    static let columns: UInt32 = 0x44A
    static let pageSize: UInt32 = 0x44C
    static let pageStart: UInt32 = 0x44E
    static let cursors: UInt32 = 0x450
    static let cursorShape: UInt32 = 0x460
    static let page: UInt32 = 0x462
    static let crtcPort: UInt32 = 0x463
    static let modeControl: UInt32 = 0x465
    static let palette: UInt32 = 0x466
    static let ticks: UInt32 = 0x46C
    static let midnight: UInt32 = 0x470
    static let resetFlag: UInt32 = 0x472
    static let diskStatus: UInt32 = 0x474
    static let diskCount: UInt32 = 0x475
    static let keyStart: UInt32 = 0x480
    static let keyEnd: UInt32 = 0x482
    static let lastRow: UInt32 = 0x484
    static let characterHeight: UInt32 = 0x485
    static let keyboardKind: UInt32 = 0x496
    static let videoFlags: UInt32 = 0x489
    static let waitFlag: UInt32 = 0x498
    static let waitTime: UInt32 = 0x49C
    static let waitActive: UInt32 = 0x4A0
    static let printScreen: UInt32 = 0x500
    /// The offset in segment 40 of the keyboard's ring buffer, and that behind it.
    static let keyRing: (start: UInt16, end: UInt16) = (0x1E, 0x3E)
    /// The extended BIOS data area's segment: the last KiB of conventional memory.
    static let ebda: UInt16 = 0x9FC0
}
