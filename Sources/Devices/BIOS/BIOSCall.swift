import X86Interp

/// One call of a service: the caller's registers, flags and memory.
///
/// Addresses are of real mode: segment times 16 plus offset, A20 observed; paging is not looked at.
struct BIOSCall {
    /// The whole machine.
    let machine: Machine
    /// The processor within the stub.
    var state: CPUState
    /// Whether the stub's own CF and ZF are an answer to it.
    var signals = false
    private let before: CPUState

    /// The call that the machine has stopped in.
    init(_ machine: Machine) {
        self.machine = machine
        state = machine.state
        before = state
    }

    /// Gives the processor what has changed.
    func finish() {
        guard
            signals || state.gpr != before.gpr || state.segments != before.segments
                || state.instructions != before.instructions
        else { return }
        machine.state = state
    }

    // MARK: Registers

    private func low(_ register: GeneralRegister) -> UInt16 { UInt16(truncatingIfNeeded: state.gpr[register]) }

    private mutating func setLow(_ register: GeneralRegister, _ value: UInt16) {
        state.gpr[register] = state.gpr[register] & 0xFFFF_0000 | UInt32(value)
    }

    /// AX, without the upper half of EAX, which stays; so with the others.
    var ax: UInt16 {
        get { low(.eax) }
        set { setLow(.eax, newValue) }
    }
    var bx: UInt16 {
        get { low(.ebx) }
        set { setLow(.ebx, newValue) }
    }
    var cx: UInt16 {
        get { low(.ecx) }
        set { setLow(.ecx, newValue) }
    }
    var dx: UInt16 {
        get { low(.edx) }
        set { setLow(.edx, newValue) }
    }
    var si: UInt16 { low(.esi) }
    var di: UInt16 {
        get { low(.edi) }
        set { setLow(.edi, newValue) }
    }
    var bp: UInt16 {
        get { low(.ebp) }
        set { setLow(.ebp, newValue) }
    }
    var al: UInt8 {
        get { ax.low }
        set { ax = ax & 0xFF00 | UInt16(newValue) }
    }
    var ah: UInt8 {
        get { ax.high }
        set { ax = ax & 0xFF | UInt16(newValue) << 8 }
    }
    var bl: UInt8 {
        get { bx.low }
        set { bx = bx & 0xFF00 | UInt16(newValue) }
    }
    var bh: UInt8 {
        get { bx.high }
        set { bx = bx & 0xFF | UInt16(newValue) << 8 }
    }
    var cl: UInt8 {
        get { cx.low }
        set { cx = cx & 0xFF00 | UInt16(newValue) }
    }
    var ch: UInt8 {
        get { cx.high }
        set { cx = cx & 0xFF | UInt16(newValue) << 8 }
    }
    var dl: UInt8 {
        get { dx.low }
        set { dx = dx & 0xFF00 | UInt16(newValue) }
    }
    var dh: UInt8 {
        get { dx.high }
        set { dx = dx & 0xFF | UInt16(newValue) << 8 }
    }
    /// DS.
    var ds: UInt16 { state.segments.ds.selector }
    /// ES.
    var es: UInt16 {
        get { state.segments.es.selector }
        set { state.segments.es = Segment(realMode: newValue) }
    }

    // MARK: Memory

    /// The physical address of SEG:OFF.
    func physical(_ segment: UInt16, _ offset: UInt16) -> UInt32 {
        let linear = UInt32(segment) << 4 + UInt32(offset)
        return machine.bus.a20 ? linear : linear & ~(1 << 20)
    }

    func byte(_ address: UInt32) -> UInt8 { machine.memory.peek(address) ?? 0xFF }

    func word(_ address: UInt32) -> UInt16 { UInt16(byte(address)) | UInt16(byte(address &+ 1)) << 8 }

    func dword(_ address: UInt32) -> UInt32 { UInt32(word(address)) | UInt32(word(address &+ 2)) << 16 }

    func setByte(_ address: UInt32, _ value: UInt8) { machine.memory.store(value, at: address) }

    func setWord(_ address: UInt32, _ value: UInt16) {
        setByte(address, value.low)
        setByte(address &+ 1, value.high)
    }

    func setDword(_ address: UInt32, _ value: UInt32) {
        setWord(address, UInt16(truncatingIfNeeded: value))
        setWord(address &+ 2, UInt16(truncatingIfNeeded: value >> 16))
    }

    func setBytes(_ address: UInt32, _ bytes: [UInt8]) {
        bytes.withUnsafeBytes { machine.memory.write($0, at: address) }
    }

    // MARK: Flags

    /// Where INT has pushed FLAGS: above IP and CS.
    private var flagsImage: UInt32 {
        let offset = UInt16(truncatingIfNeeded: state.gpr.esp) &+ 4
        let linear = state.segments.ss.base &+ UInt32(offset)
        return machine.bus.a20 ? linear : linear & ~(1 << 20)
    }

    /// The caller's CS and IP.
    var caller: (cs: UInt16, ip: UInt16) { (word(flagsImage &- 2), word(flagsImage &- 4)) }

    /// CF as the caller will find it.
    var carry: Bool {
        get { word(flagsImage) & 1 != 0 }
        nonmutating set { setFlag(.carry, newValue) }
    }

    /// ZF as the caller will find it.
    var zero: Bool {
        get { word(flagsImage) & 0x40 != 0 }
        nonmutating set { setFlag(.zero, newValue) }
    }

    private func setFlag(_ flag: EFLAGS, _ value: Bool) {
        let mask = UInt8(truncatingIfNeeded: flag.rawValue)
        setByte(flagsImage, byte(flagsImage) & ~mask | (value ? mask : 0))
    }

    /// Answers the stub itself by CF and ZF.
    mutating func signal(again: Bool, never: Bool = false) {
        signals = true
        state.eflags.subtract([.carry, .zero])
        if again { state.eflags.insert(.carry) }
        if never { state.eflags.insert(.zero) }
    }

    // MARK: Other chips

    /// Reads a byte port as a program of the BIOS would; FF if nobody is there.
    func input(_ port: UInt16) -> UInt8 {
        guard let claim = machine.ports.claim(at: port, .byte) else { return 0xFF }
        let offset = port - claim.ports.lowerBound
        return UInt8(truncatingIfNeeded: claim.device.read(bank: claim.bank, offset: offset, width: .byte))
    }

    /// Writes a byte port as a program of the BIOS would.
    func output(_ port: UInt16, _ value: UInt8) {
        guard let claim = machine.ports.claim(at: port, .byte) else { return }
        let offset = port - claim.ports.lowerBound
        claim.device.write(bank: claim.bank, offset: offset, width: .byte, value: UInt32(value))
    }
}

extension UInt16 {
    /// Bits 0 to 7.
    var low: UInt8 { UInt8(truncatingIfNeeded: self) }
    /// Bits 8 to 15.
    var high: UInt8 { UInt8(truncatingIfNeeded: self >> 8) }
}
