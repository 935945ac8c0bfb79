extension Encoding {
    /// The control and status words, the environment, the whole state, and the stack by itself.
    // The rows are aligned.
    // swift-format-ignore
    static let x87Control: [Encoding] = [
        .init(0xD9, .fldenv, .mEnvironment,  ext: 4, mod: .memory, needs: .x87),
        .init(0xD9, .fldcw, .m16i,           ext: 5, mod: .memory, needs: .x87),
        .init(0xD9, .fnstenv, .mEnvironment, ext: 6, mod: .memory, traits: .noWait, needs: .x87),
        .init(0xD9, .fnstcw, .m16i,          ext: 7, mod: .memory, traits: .noWait, needs: .x87),
        .init(0xDD, .frstor, .mState,        ext: 4, mod: .memory, needs: .x87),
        .init(0xDD, .fnsave, .mState,        ext: 6, mod: .memory, traits: .noWait, needs: .x87),
        .init(0xDD, .fnstsw, .m16i,          ext: 7, mod: .memory, traits: .noWait, needs: .x87),
        .init(0xDF, .fnstsw, .ax,            ext: 4, rm: 0, traits: .noWait, needs: .x87From287),
        .init(0xDB, .fneni,                  ext: 4, rm: 0, traits: .noWait, needs: .x87),
        .init(0xDB, .fndisi,                 ext: 4, rm: 1, traits: .noWait, needs: .x87),
        .init(0xDB, .fnclex,                 ext: 4, rm: 2, traits: .noWait, needs: .x87),
        .init(0xDB, .fninit,                 ext: 4, rm: 3, traits: .noWait, needs: .x87),
        .init(0xDB, .fnsetpm,                ext: 4, rm: 4, traits: .noWait, needs: .x87From287),
        .init(0xD9, .fnop,                   ext: 2, rm: 0, needs: .x87),
        .init(0xD9, .fdecstp,                ext: 6, rm: 6, needs: .x87),
        .init(0xD9, .fincstp,                ext: 6, rm: 7, needs: .x87),
        .init(0xDD, .ffree, .sti,            ext: 0, mod: .register, needs: .x87),
        .init(0xDF, .ffreep, .sti,           ext: 0, mod: .register, needs: .x87),
    ]
}

extension CPU {
    /// What controls the x87 and leaves its pointers alone.
    func controlX87(_ op: OpPointer) throws(Interruption) {
        let (segment, offset) = (op.pointee.segment, address(op))
        switch op.pointee.operation {
        case .fninit: core.pointee.state.x87.initialize(model.x87)
        case .fnclex: core.pointee.state.x87.clearExceptions()
        case .fnstcw: try store(segment, offset, core.pointee.state.x87.control)
        case .fldcw:
            let word = try load(segment, offset, UInt16.self)
            core.pointee.state.x87.load(control: word, model.x87)
        case .fnstsw:
            let word = core.pointee.state.x87.statusWord
            guard op.pointee.shape == .m else { return setRegister(.eax, word) }
            try store(segment, offset, word)
        case .fnstenv:
            try storeEnvironmentX87(op, registers: 0)
            core.pointee.state.x87.control |= 0x3F
            core.pointee.state.x87.summarize()
        case .fldenv: try loadEnvironmentX87(op, registers: 0)
        case .fnsave: try saveX87(op)
        case .frstor: try loadEnvironmentX87(op, registers: 8)
        case .fneni where model.x87 == .i8087: core.pointee.state.x87.control &= ~X87State.interruptsDisabled
        case .fndisi where model.x87 == .i8087: core.pointee.state.x87.control |= X87State.interruptsDisabled
        case .fnsetpm where model.x87 == .i80287: core.pointee.state.x87.isInProtectedMode = true
        // The others take them for FNOP.
        default: break
        }
        if model.x87 == .i8087 { driveCoprocessorError() }
    }

    /// FFREE, FINCSTP and their kin.
    func moveStackX87(_ op: OpPointer) {
        switch op.pointee.operation {
        case .ffree: core.pointee.state.x87.free(Int(op.pointee.second))
        case .ffreep:
            core.pointee.state.x87.free(Int(op.pointee.second))
            core.pointee.state.x87.pop()
        case .fincstp: core.pointee.state.x87.turnStack(by: 1)
        case .fdecstp: core.pointee.state.x87.turnStack(by: 7)
        default: break
        }
    }

    // MARK: Environment and state

    /// How the environment lies in memory.
    private func layoutX87(_ op: OpPointer) -> X87Environment.Layout {
        // The 80287 goes by its own mode, the chips after it by the processor's.
        let isProtected =
            model.x87 == .i80287 ? core.pointee.state.x87.isInProtectedMode : core.pointee.isProtected
        return X87Environment.Layout(isWide: op.pointee.width == .dword, isProtected: isProtected)
    }

    /// Where a word of the environment is, or a register behind it: offsets of 16 bits wrap between two parts (measured).
    private func placeX87(_ op: OpPointer, _ bytes: Int) -> UInt32 {
        (address(op) &+ UInt32(truncatingIfNeeded: bytes)) & op.pointee.addressMask
    }

    /// The environment, and registers behind it, wrap at 64 KiB.
    private func wrapsX87(_ op: OpPointer, _ bytes: Int) -> Bool {
        op.pointee.addressMask &- address(op) < UInt32(truncatingIfNeeded: bytes - 1)
    }

    /// Checks all of the environment, and of the registers behind it.
    private func probeX87(
        _ op: OpPointer, _ layout: X87Environment.Layout, registers: Int, _ kind: AccessKind
    ) throws(Interruption) {
        let bytes = layout.bytes + 10 * registers
        let segment = op.pointee.segment
        guard wrapsX87(op, bytes) else { return try probe(segment, address(op), bytes, kind) }
        for number in 0..<7 {
            try probe(segment, placeX87(op, number * layout.wordBytes), layout.wordBytes, kind)
        }
        for number in 0..<registers {
            try probe80(segment, placeX87(op, layout.bytes + 10 * number), op.pointee.addressMask, kind)
        }
    }

    /// Writes the environment; room for registers behind it is checked with it.
    private func storeEnvironmentX87(_ op: OpPointer, registers: Int) throws(Interruption) {
        let segment = op.pointee.segment
        let layout = layoutX87(op)
        let image = X87Environment(core.pointee.state.x87, layout)
        try probeX87(op, layout, registers: registers, .write)
        for number in 0..<7 {
            let place = placeX87(op, number * layout.wordBytes)
            if layout.isWide {
                try store(segment, place, image[number])
            } else {
                try store(segment, place, UInt16(truncatingIfNeeded: image[number]))
            }
        }
    }

    /// FLDENV and FRSTOR.
    ///
    /// What wraps at 64 KiB is not checked as a whole: what has been loaded before a fault stays, but for FCW, which comes
    /// last (measured on a Xeon).
    private func loadEnvironmentX87(_ op: OpPointer, registers: Int) throws(Interruption) {
        let layout = layoutX87(op)
        let wraps = wrapsX87(op, layout.bytes + 10 * registers)
        if !wraps { try probeX87(op, layout, registers: registers, .read) }
        var image = X87Environment(core.pointee.state.x87, layout)
        do throws(Interruption) {
            for number in 0..<7 {
                let place = placeX87(op, number * layout.wordBytes)
                let word =
                    layout.isWide
                    ? try load(op.pointee.segment, place, UInt32.self)
                    : UInt32(try load(op.pointee.segment, place, UInt16.self))
                image.set(number, word, model.x87)
            }
            for number in 0..<registers {
                let place = placeX87(op, layout.bytes + 10 * number)
                image.state[number] = try load80(op.pointee.segment, place, op.pointee.addressMask)
            }
        } catch {
            if wraps, case .fault = error { keepX87(image.state) }
            throw error
        }
        core.pointee.state.x87 = image.state
    }

    private func keepX87(_ loaded: X87State) {
        let control = core.pointee.state.x87.control
        core.pointee.state.x87 = loaded
        core.pointee.state.x87.control = control
        core.pointee.state.x87.summarize()
    }

    /// FNSAVE: the environment, ST to ST(7), then FNINIT.
    private func saveX87(_ op: OpPointer) throws(Interruption) {
        try storeEnvironmentX87(op, registers: 8)
        let start = layoutX87(op).bytes
        for number in 0..<8 {
            let place = placeX87(op, start + 10 * number)
            try store80(op.pointee.segment, place, op.pointee.addressMask, core.pointee.state.x87[number])
        }
        core.pointee.state.x87.initialize(model.x87)
    }
}

extension X87State {
    /// FNINIT; the registers stay, but are empty.
    ///
    /// The 8087 begins with its interrupts disabled; the 80287 keeps its mode, which only RESET takes back.
    mutating func initialize(_ chip: X87Model) {
        let (registers, isInProtectedMode) = (registers, isInProtectedMode)
        self = X87State()
        self.registers = registers
        self.isInProtectedMode = isInProtectedMode
        if chip == .i8087 { control = 0x3FF }
    }

    /// FNCLEX.
    mutating func clearExceptions() { status &= 0x7F00 }

    /// FLDCW; the 8087 has IEM in bit 7.
    mutating func load(control word: UInt16, _ chip: X87Model) {
        load(control: word)
        if chip == .i8087 { control |= word & Self.interruptsDisabled }
    }

    /// FFREE.
    mutating func free(_ number: Int) { inUse &= ~(1 &<< ((top &+ UInt8(truncatingIfNeeded: number)) & 7)) }

    /// FINCSTP and FDECSTP: nothing moves but TOP.
    mutating func turnStack(by distance: UInt8) {
        top = (top &+ distance) & 7
        clearC1()
    }
}

/// The environment of the x87 as FSTENV and FSAVE lay it out: seven words (SDM volume 1, figures 8-9 to 8-12).
struct X87Environment {
    /// Which of the four.
    struct Layout {
        /// Words have 32 bits.
        let isWide: Bool
        /// Pointers are selector and offset, else linear addresses.
        let isProtected: Bool

        /// Bytes of a word.
        var wordBytes: Int { isWide ? 4 : 2 }
        /// Bytes of the whole.
        var bytes: Int { 7 * wordBytes }
    }

    /// What it is of.
    var state: X87State
    private let layout: Layout

    /// The environment of a state, in a layout.
    init(_ state: X87State, _ layout: Layout) {
        self.state = state
        self.layout = layout
    }

    /// A word by its number; what is reserved is all ones in 32 bits.
    subscript(number: Int) -> UInt32 {
        let reserved: UInt32 = 0xFFFF_0000
        return switch number {
        case 0: UInt32(state.control) | reserved
        case 1: UInt32(state.statusWord) | reserved
        case 2: UInt32(state.fullTags) | reserved
        default: layout.isProtected ? protectedPointer(number) : realPointer(number)
        }
    }

    private func protectedPointer(_ number: Int) -> UInt32 {
        switch number {
        case 3: state.instructionOffset
        case 4: UInt32(state.instructionSelector) | UInt32(state.opcode & 0x7FF) << 16
        case 5: state.dataOffset
        default: UInt32(state.dataSelector) | 0xFFFF_0000
        }
    }

    /// Linear addresses, in two pieces: the upper one from bit 12 on.
    private func realPointer(_ number: Int) -> UInt32 {
        let instruction = UInt32(state.instructionSelector) << 4 &+ state.instructionOffset
        let data = UInt32(state.dataSelector) << 4 &+ state.dataOffset
        return switch number {
        case 3: instruction & 0xFFFF
        case 4: (instruction >> 16) << 12 | UInt32(state.opcode & 0x7FF)
        case 5: data & 0xFFFF
        default: (data >> 16) << 12
        }
    }

    /// Replaces a word; the first three in their order.
    mutating func set(_ number: Int, _ word: UInt32, _ chip: X87Model) {
        switch number {
        case 0: state.load(control: UInt16(truncatingIfNeeded: word), chip)
        case 1: state.load(status: UInt16(truncatingIfNeeded: word))
        case 2: state.load(tags: UInt16(truncatingIfNeeded: word))
        default:
            if layout.isProtected { setProtected(number, word) } else { setReal(number, word) }
        }
    }

    private mutating func setProtected(_ number: Int, _ word: UInt32) {
        switch number {
        case 3: state.instructionOffset = word
        case 4:
            state.instructionSelector = UInt16(truncatingIfNeeded: word)
            if layout.isWide { state.opcode = UInt16(truncatingIfNeeded: word >> 16) & 0x7FF }
        case 5: state.dataOffset = word
        default: state.dataSelector = UInt16(truncatingIfNeeded: word)
        }
    }

    /// Selectors are 0 then: only the sum is known.
    private mutating func setReal(_ number: Int, _ word: UInt32) {
        switch number {
        case 3:
            state.instructionSelector = 0
            state.instructionOffset = word & 0xFFFF
        case 4:
            state.instructionOffset |= (word & 0x0FFF_F000) << 4
            state.opcode = UInt16(truncatingIfNeeded: word) & 0x7FF
        case 5:
            state.dataSelector = 0
            state.dataOffset = word & 0xFFFF
        default: state.dataOffset |= (word & 0x0FFF_F000) << 4
        }
    }
}

// The full tag word: two bits for each physical register.
extension X87State {
    /// What is in the registers, computed from their contents: 0 valid, 1 zero, 2 special, 3 empty.
    var fullTags: UInt16 {
        var tags: UInt16 = 0
        for number in 0..<8 {
            let isEmpty = inUse >> UInt8(number) & 1 == 0
            let tag = isEmpty ? 3 : UInt16(registers[number].tag.rawValue)
            tags |= tag << UInt16(2 * number)
        }
        return tags
    }

    /// Of a tag word that is loaded only what is empty matters: the 387 and later look at the contents (SDM volume 1,
    /// 8.1.7).
    mutating func load(tags: UInt16) {
        inUse = 0
        for number in 0..<8 where tags >> UInt16(2 * number) & 3 != 3 { inUse |= 1 << UInt8(number) }
    }
}
