extension CPU {
    /// The eight registers and the zero slot by number.
    @inline(__always)
    var registers: UnsafeMutablePointer<UInt32> { core.registers }

    /// A register at a width; byte registers 4 to 7 are AH to BH.
    @inline(__always)
    func register<W: Operand>(_ number: UInt8, _ type: W.Type = W.self) -> W { core.register(number, W.self) }

    /// Writes a register at a width.
    @inline(__always)
    func setRegister<W: Operand>(_ number: UInt8, _ value: W) { core.setRegister(number, value) }

    /// AL to BH.
    @inline(__always)
    func register(_ register: ByteRegister) -> UInt8 { self.register(register.rawValue) }

    /// Writes one of AL to BH.
    @inline(__always)
    func setRegister(_ register: ByteRegister, _ value: UInt8) { setRegister(register.rawValue, value) }

    /// AX to DI.
    @inline(__always)
    func register(_ register: WordRegister) -> UInt16 { self.register(register.rawValue) }

    /// The low part of EAX to EDI at a width.
    @inline(__always)
    func register<W: Operand>(_ register: GeneralRegister, _ type: W.Type) -> W { self.register(register.rawValue) }

    /// Writes the low part of EAX to EDI.
    @inline(__always)
    func setRegister<W: Operand>(_ register: GeneralRegister, _ value: W) { setRegister(register.rawValue, value) }

    /// The low part of EAX to EDI at a width known only at run time, zero-extended.
    @inline(__always)
    func register(_ register: GeneralRegister, _ width: Width) -> UInt32 { self.register(register.rawValue, width) }

    /// Writes the low part of EAX to EDI at a width known only at run time.
    @inline(__always)
    func setRegister(_ register: GeneralRegister, _ width: Width, _ value: UInt32) {
        setRegister(register.rawValue, width, value)
    }

    /// A register at a width known only at run time, zero-extended.
    @inline(__always)
    func register(_ number: UInt8, _ width: Width) -> UInt32 {
        switch width {
        case .byte: UInt32(register(number, UInt8.self))
        case .word: UInt32(register(number, UInt16.self))
        case .dword: register(number, UInt32.self)
        }
    }

    /// Writes a register at a width known only at run time.
    @inline(__always)
    func setRegister(_ number: UInt8, _ width: Width, _ value: UInt32) {
        switch width {
        case .byte: setRegister(number, UInt8(truncatingIfNeeded: value))
        case .word: setRegister(number, UInt16(truncatingIfNeeded: value))
        case .dword: setRegister(number, value)
        }
    }

    /// A register under an address mask: the low 16 bits or all.
    @inline(__always)
    func masked(_ register: GeneralRegister, _ mask: UInt32) -> UInt32 { registers[register] & mask }

    /// Writes a register under an address mask; the rest of it is kept.
    @inline(__always)
    func setMasked(_ register: GeneralRegister, _ mask: UInt32, _ value: UInt32) {
        core.setMasked(register, mask, value)
    }

    /// EFLAGS with the arithmetic flags derived.
    var eflags: EFLAGS { core.pointee.state.eflags.subtracting(.arithmetic).union(core.pointee.flags.eflags) }

    /// Replaces all of EFLAGS.
    func setEFLAGS(_ flags: EFLAGS) {
        core.pointee.state.eflags = flags
        core.pointee.flags = LazyFlags(flags)
        if core.pointee.state.cr0 & ControlBits.alignmentMask != 0 { updatePrivilege() }
    }

    /// The stack pointer under SS.B.
    @inline(__always)
    var stackPointer: UInt32 { core.stackPointer }

    /// Moves the stack pointer, under SS.B.
    @inline(__always)
    func setStackPointer(_ value: UInt32) { core.setStackPointer(value) }

    /// A segment register with its hidden part.
    func segment(_ number: UInt8) -> Segment {
        core.pointee.state.segments[SegmentRegister(rawValue: number) ?? .ds]
    }
}

extension UnsafeMutablePointer<UInt32> {
    /// One of the registers that `CPU.registers` points at.
    @inline(__always)
    subscript(_ register: GeneralRegister) -> UInt32 {
        get { self[Int(register.rawValue)] }
        nonmutating set { self[Int(register.rawValue)] = newValue }
    }
}
