/// Bits of CR0 and CR4 that the processor acts upon (SDM volume 3, 2.5).
enum ControlBits {
    // CR0
    static let protection: UInt32 = 1 << 0
    static let monitorCoprocessor: UInt32 = 1 << 1
    static let emulation: UInt32 = 1 << 2
    static let taskSwitched: UInt32 = 1 << 3
    static let numericError: UInt32 = 1 << 5
    static let writeProtect: UInt32 = 1 << 16
    static let alignmentMask: UInt32 = 1 << 18
    static let paging: UInt32 = 1 << 31
    // CR4
    static let vme: UInt32 = 1 << 0
    static let pvi: UInt32 = 1 << 1
    static let tsd: UInt32 = 1 << 2
    static let de: UInt32 = 1 << 3
    static let pse: UInt32 = 1 << 4
    static let pae: UInt32 = 1 << 5
    static let mce: UInt32 = 1 << 6
    static let pge: UInt32 = 1 << 7
    static let pce: UInt32 = 1 << 8
    static let osfxsr: UInt32 = 1 << 9
    static let osxmmexcpt: UInt32 = 1 << 10
}
