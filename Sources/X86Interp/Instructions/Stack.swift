extension Encoding {
    /// PUSH and POP in all their forms, ENTER, LEAVE.
    // The rows are aligned.
    // swift-format-ignore
    static let stack: [Encoding] = [
        .init(0x50,   .push, .zv,       count: 8),
        .init(0x58,   .pop, .zv,        count: 8),
        .init(0xFF,   .push, .ev,       ext: 6),
        .init(0xFF,   .push, .ev,       ext: 7, until: .i8086),
        .init(0x8F,   .pop, .ev,        ext: 0, since: .i80186),
        .init(0x8F,   .pop, .ev,        until: .i8086),
        .init(0x68,   .push, .iz,       since: .i80186),
        .init(0x6A,   .push, .ibs,      since: .i80186),
        .init(0x06,   .push, .es),
        .init(0x0E,   .push, .cs),
        .init(0x16,   .push, .ss),
        .init(0x1E,   .push, .ds),
        .init(0x07,   .pop, .es),
        .init(0x0F,   .pop, .cs,        traits: [.endsBlock], until: .i8086),
        .init(0x17,   .pop, .ss,        traits: [.endsBlock]),
        .init(0x1F,   .pop, .ds),
        .init(0x0FA0, .push, .fs,       since: .i80386),
        .init(0x0FA1, .pop, .fs,        since: .i80386),
        .init(0x0FA8, .push, .gs,       since: .i80386),
        .init(0x0FA9, .pop, .gs,        since: .i80386),
        .init(0x60,   .pusha,           since: .i80186),
        .init(0x61,   .popa,            since: .i80186),
        .init(0x9C,   .pushf,           flags: .readsAll),
        .init(0x9D,   .popf,            traits: [.endsBlock], flags: .writesAll),
        .init(0xC8,   .enter, .iw, .ib, since: .i80186),
        .init(0xC9,   .leave,           since: .i80186),
    ]
}

extension CPU {
    /// PUSH of a register, immediate, memory operand or segment register.
    func pushOperand(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.shape {
        case .none: try pushSelector(segment(op.pointee.first).selector, op.pointee.width)
        case .r where op.pointee.first == 4 && !model.pushesOldSP:
            try push(UInt16(truncatingIfNeeded: registers[.esp] &- 2))
        case .i: try push(op.pointee.immediate, op.pointee.width)
        case .r, .m, .rr, .rm, .mr, .ri, .mi:
            if op.pointee.width == .dword {
                try push(try source(op, UInt32.self))
            } else {
                try push(try source(op, UInt16.self))
            }
        }
    }

    /// Pushes a segment register: a zero-extended value, or a word into a slot of two.
    private func pushSelector(_ selector: UInt16, _ width: Width) throws(Interruption) {
        guard width == .dword, model.movesSelectorsAsWords else { return try push(UInt32(selector), width) }
        let slot = (stackPointer &- 4) & core.pointee.stackMask
        try store(SegmentRegister.ss.rawValue, slot, selector)
        setStackPointer(slot)
    }

    /// Pops what `pushSelector` pushes.
    private func popSelector(_ width: Width) throws(Interruption) -> UInt16 {
        guard width == .dword, model.movesSelectorsAsWords else {
            return UInt16(truncatingIfNeeded: try pop(width))
        }
        let selector = try stackValue(0, .word)
        setStackPointer(stackPointer &+ 4)
        return UInt16(truncatingIfNeeded: selector)
    }

    /// POP.
    ///
    /// An address with ESP sees it behind the pop.
    func popOperand(_ op: OpPointer) throws(Interruption) {
        if op.pointee.shape == .m, model.keepsStackPointerOfFaultedPop, !core.pointee.isProtected {
            return try store(op.pointee.segment, address(op), try pop(UInt16.self))
        }
        try restoringStack { () throws(Interruption) in
            switch op.pointee.shape {
            case .none: try popSegment(op, try popSelector(op.pointee.width))
            case .m:
                let value = try pop(op.pointee.width)
                if op.pointee.width == .dword {
                    try store(op.pointee.segment, address(op), value)
                } else {
                    try store(op.pointee.segment, address(op), UInt16(truncatingIfNeeded: value))
                }
            case .r, .i, .rr, .rm, .mr, .ri, .mi:
                setRegister(op.pointee.first, op.pointee.width, try pop(op.pointee.width))
            }
        }
    }

    private func popSegment(_ op: OpPointer, _ selector: UInt16) throws(Interruption) {
        let register = SegmentRegister(rawValue: op.pointee.first) ?? .ds
        // The new SS brings its own stack size: ESP has moved under the old one.
        try loadSegment(register, selector)
        if register == .ss { shadowStackSwitch() }
    }

    /// PUSHA: the whole frame is checked before anything is written, but by the 80386, which starts from its end.
    func pushAll(_ op: OpPointer) throws(Interruption) {
        let size = UInt32(op.pointee.width.bytes)
        let old = registers[.esp]
        guard !model.movesAllOneByOne else { return try pushAllUpwards(op.pointee.width) }
        for n in 1...8 {
            let place = (old &- size &* UInt32(n)) & core.pointee.stackMask
            try probe(SegmentRegister.ss.rawValue, place, Int(size), .write)
        }
        for number in 0..<8 { try push(number == 4 ? old : registers[number], op.pointee.width) }
    }

    /// See `CPUModel.movesAllOneByOne`.
    private func pushAllUpwards(_ width: Width) throws(Interruption) {
        let size = UInt32(width.bytes)
        let lowest = stackPointer &- 8 &* size
        for number in 0..<8 {
            let slot = (lowest &+ UInt32(number) &* size) & core.pointee.stackMask
            let value = registers[7 - number]
            if width == .dword {
                try store(SegmentRegister.ss.rawValue, slot, value)
            } else {
                try store(SegmentRegister.ss.rawValue, slot, UInt16(truncatingIfNeeded: value))
            }
        }
        setStackPointer(lowest)
    }

    /// POPA: the place of ESP is skipped, but see `CPUModel.loadsUpperStackPointer`.
    func popAll(_ op: OpPointer) throws(Interruption) {
        let width = op.pointee.width
        let old = core.pointee.state.gpr
        var skipped: UInt32 = 0
        do throws(Interruption) {
            for place in UInt8(0)..<8 {
                let value = try stackValue(UInt32(place), width)
                if place == 3 { skipped = value } else { setRegister(7 - place, width, value) }
            }
        } catch {
            if !model.movesAllOneByOne { core.pointee.state.gpr = old }
            throw error
        }
        setStackPointer(stackPointer &+ 8 &* UInt32(width.bytes))
        if width == .dword, core.pointee.stackMask == 0xFFFF, model.loadsUpperStackPointer {
            registers[.esp] = skipped & 0xFFFF_0000 | registers[.esp] & 0xFFFF
        }
    }

    /// PUSHF: VM and RF are pushed as 0.
    func pushFlags(_ op: OpPointer) throws(Interruption) {
        try push(try flagsToPush(op.pointee.width), op.pointee.width)
    }

    func popFlags(_ op: OpPointer) throws(Interruption) {
        let width = op.pointee.width
        try restoringStack { () throws(Interruption) in
            // The stack is not touched if the instruction is not allowed at all.
            guard core.pointee.isVirtual8086, iopl < 3 else {
                let flags = EFLAGS(rawValue: try pop(width))
                return loadFlags(flags, width, keeping: [.virtualInterrupt, .virtualInterruptPending])
            }
            guard usesVirtualInterruptFlag, width == .word else {
                throw raised(.generalProtection, .virtual8086Privilege)
            }
            try loadVirtualFlags(EFLAGS(rawValue: try pop(width)), width)
        }
        core.pointee.state.eflags.remove(.resume)
    }

    /// Replaces the flags that POPF and IRET may change.
    func loadFlags(_ value: EFLAGS, _ width: Width, keeping kept: EFLAGS = []) {
        replaceFlags(value, writableFlags(width, keeping: kept))
    }

    /// Replaces some flags.
    func replaceFlags(_ value: EFLAGS, _ writable: EFLAGS) {
        setEFLAGS(eflags.subtracting(writable).union(value.intersection(writable)).union(model.fixedFlags))
        attendAfterFlags()
    }

    /// ENTER: pushes EBP, copies `level - 1` frame pointers, makes the frame (SDM volume 2).
    func enterFrame(_ op: OpPointer) throws(Interruption) {
        let level = op.pointee.payload.nestingLevel
        let size = UInt32(op.pointee.width.bytes)
        let mask = core.pointee.stackMask
        let stack = SegmentRegister.ss.rawValue
        try restoringStack { () throws(Interruption) in
            try push(registers[.ebp], op.pointee.width)
            let frame = registers[.esp]
            var pointer = registers[.ebp]
            if level > 0 {
                for _ in 1..<max(level, 1) {
                    pointer = pointer &- size
                    let copied =
                        op.pointee.width == .dword
                        ? try load(stack, pointer & mask, UInt32.self)
                        : UInt32(try load(stack, pointer & mask, UInt16.self))
                    try push(copied, op.pointee.width)
                }
                try push(frame, op.pointee.width)
            }
            setStackPointer(registers[.esp] &- (op.pointee.immediate & 0xFFFF))
            // The manual's last check: the new top must be writable.
            if model.is32Bit { try probe(stack, stackPointer, Int(size), .write) }
            setRegister(.ebp, op.pointee.width, frame)
        }
    }

    func leaveFrame(_ op: OpPointer) throws(Interruption) {
        try restoringStack { () throws(Interruption) in
            setStackPointer(registers[.ebp])
            setRegister(.ebp, op.pointee.width, try pop(op.pointee.width))
        }
    }
}
