import X86Interp

/// One call of a service: the caller's registers, flags and memory.
///
/// Addresses are of real mode: segment times 16 plus offset, A20 observed; paging is not looked at.
///
/// What a service reads and writes is the processor itself, within the stub's OUT in the kernel tier, behind it in the
/// user tier: registers as instructions would write them, and only those that are written.
struct BIOSCall {
    /// The whole machine.
    let machine: Machine
    /// The stub asks again: the service has been called before and has let time pass.
    let isRepeated: Bool

    /// The processor's registers, by number, and what else it had to say.
    private let view: ServiceView
    /// RAM, for the vectors and the data area: it is there whatever lies over it, as `setByte` has it.
    private let ram: UnsafeRawBufferPointer
    /// What is read there without asking further.
    private static let areaEnd: UInt32 = 0x600

    /// The machine's display if it is a VGA.
    let vga: VGA?
    /// The machine's display if it is a CGA or an MDA.
    ///
    /// Two classes are asked faster than one protocol.
    private let crt: Display6845?

    /// The call that the machine is in.
    init(_ machine: Machine, _ bios: BIOS) { self.init(machine, bios, machine.cpu.serviceView) }

    /// The call that the machine is in, from what its processor says.
    init(_ machine: Machine, _ bios: BIOS, _ view: ServiceView, isRepeated: Bool = false) {
        self.machine = machine
        vga = bios.vga
        crt = bios.crt
        self.view = view
        self.isRepeated = isRepeated
        ram = machine.memory.ramBytes
    }

    /// Its processor.
    var cpu: CPU { _read { yield machine.cpu } }
    /// Its memory.
    var memory: PhysicalMemory { machine.memory }

    /// Guest time.
    var now: UInt64 { machine.clock.now }

    // MARK: Registers

    private func low(_ register: GeneralRegister) -> UInt16 {
        UInt16(truncatingIfNeeded: view.registers[Int(register.rawValue)])
    }

    private func setLow(_ register: GeneralRegister, _ value: UInt16) {
        let place = Int(register.rawValue)
        view.registers[place] = view.registers[place] & 0xFFFF_0000 | UInt32(value)
    }

    private func whole(_ register: GeneralRegister) -> UInt32 { view.registers[Int(register.rawValue)] }

    private func setWhole(_ register: GeneralRegister, _ value: UInt32) {
        view.registers[Int(register.rawValue)] = value
    }

    /// EAX, whole; so with the others.
    var eax: UInt32 {
        get { whole(.eax) }
        nonmutating set { setWhole(.eax, newValue) }
    }
    var ebx: UInt32 {
        get { whole(.ebx) }
        nonmutating set { setWhole(.ebx, newValue) }
    }
    var ecx: UInt32 {
        get { whole(.ecx) }
        nonmutating set { setWhole(.ecx, newValue) }
    }
    var edx: UInt32 { whole(.edx) }
    /// AX, without the upper half of EAX, which stays; so with the others.
    var ax: UInt16 {
        get { low(.eax) }
        nonmutating set { setLow(.eax, newValue) }
    }
    var bx: UInt16 {
        get { low(.ebx) }
        nonmutating set { setLow(.ebx, newValue) }
    }
    var cx: UInt16 {
        get { low(.ecx) }
        nonmutating set { setLow(.ecx, newValue) }
    }
    var dx: UInt16 {
        get { low(.edx) }
        nonmutating set { setLow(.edx, newValue) }
    }
    var si: UInt16 { low(.esi) }
    var di: UInt16 {
        get { low(.edi) }
        nonmutating set { setLow(.edi, newValue) }
    }
    var bp: UInt16 {
        get { low(.ebp) }
        nonmutating set { setLow(.ebp, newValue) }
    }
    var al: UInt8 {
        get { ax.low }
        nonmutating set { ax = ax & 0xFF00 | UInt16(newValue) }
    }
    var ah: UInt8 {
        get { ax.high }
        nonmutating set { ax = ax & 0xFF | UInt16(newValue) << 8 }
    }
    var bl: UInt8 {
        get { bx.low }
        nonmutating set { bx = bx & 0xFF00 | UInt16(newValue) }
    }
    var bh: UInt8 {
        get { bx.high }
        nonmutating set { bx = bx & 0xFF | UInt16(newValue) << 8 }
    }
    var cl: UInt8 {
        get { cx.low }
        nonmutating set { cx = cx & 0xFF00 | UInt16(newValue) }
    }
    var ch: UInt8 {
        get { cx.high }
        nonmutating set { cx = cx & 0xFF | UInt16(newValue) << 8 }
    }
    var dl: UInt8 {
        get { dx.low }
        nonmutating set { dx = dx & 0xFF00 | UInt16(newValue) }
    }
    var dh: UInt8 {
        get { dx.high }
        nonmutating set { dx = dx & 0xFF | UInt16(newValue) << 8 }
    }
    /// DS.
    var ds: UInt16 { cpu[.ds].selector }
    /// ES.
    var es: UInt16 {
        get { cpu[.es].selector }
        nonmutating set { load(.es, newValue) }
    }

    /// Loads a segment register as MOV would: its limit stays what it is.
    func load(_ register: SegmentRegister, _ selector: UInt16) { cpu.load(register, selector) }

    // MARK: Memory

    /// The physical address of SEG:OFF.
    func physical(_ segment: UInt16, _ offset: UInt16) -> UInt32 {
        let linear = UInt32(segment) << 4 + UInt32(offset)
        return machine.bus.a20 ? linear : linear & ~(1 << 20)
    }

    func byte(_ address: UInt32) -> UInt8 {
        // RAM has whole pages.
        address < Self.areaEnd ? ram[Int(address)] : memory.peek(address) ?? 0xFF
    }

    func word(_ address: UInt32) -> UInt16 {
        guard address < Self.areaEnd else { return memory.peekWord(address) }
        return UInt16(ram[Int(address)]) | UInt16(ram[Int(address) + 1]) << 8
    }

    func dword(_ address: UInt32) -> UInt32 { UInt32(word(address)) | UInt32(word(address &+ 2)) << 16 }

    /// Writes RAM, whatever lies over it, or what the display has.
    func setByte(_ address: UInt32, _ value: UInt8) {
        if VGA.isVideo(address), store([value], at: address) { return }
        memory.store(value, at: address)
    }

    func setWord(_ address: UInt32, _ value: UInt16) {
        if VGA.isVideo(address), store([value.low, value.high], at: address) { return }
        memory.storeWord(value, at: address)
    }

    func setDword(_ address: UInt32, _ value: UInt32) {
        setWord(address, UInt16(truncatingIfNeeded: value))
        setWord(address &+ 2, UInt16(truncatingIfNeeded: value >> 16))
    }

    /// Bytes from an address on, without side effects.
    func bytes(_ address: UInt32, count: Int) -> [UInt8] {
        if VGA.isVideo(address) {
            if let vga { return vga.bytes(at: address, count: count) }
            if let crt, crt.holds(address) { return crt.bytes(at: address, count: count) }
        }
        return memory.peek(address, count: count)
    }

    func setBytes(_ address: UInt32, _ bytes: [UInt8]) {
        if VGA.isVideo(address), store(bytes, at: address) { return }
        bytes.withUnsafeBytes { memory.write($0, at: address) }
    }

    /// Writes to the display, if that has the address.
    private func store(_ bytes: [UInt8], at address: UInt32) -> Bool {
        if let vga {
            vga.store(bytes, at: address)
            return true
        }
        guard let crt, crt.holds(address) else { return false }
        crt.store(bytes, at: address)
        return true
    }

    // MARK: Flags

    /// Where INT has pushed FLAGS: above IP and CS.
    private var flagsImage: UInt32 {
        let linear = view.stackBase &+ UInt32(low(.esp) &+ 4)
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
    func signal(again: Bool, never: Bool = false) {
        var flags: EFLAGS = again ? .carry : []
        if never { flags.insert(.zero) }
        cpu.setFlags(flags, clearing: [.carry, .zero])
    }

    /// Has the stub ask again when guest time is `time`, or behind the next interrupt.
    func wait(until time: UInt64) {
        cpu.letTimePass(until: time)
        signal(again: true)
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
