extension Encoding {
    /// INT, IRET, HLT and the flag instructions.
    // The rows are aligned.
    // swift-format-ignore
    static let interrupts: [Encoding] = [
        .init(0xCD, .int, .ib,     traits: [.call, .endsBlock]),
        .init(0xCC, .int3, .three, traits: [.call, .endsBlock]),
        .init(0xF1, .int1,         traits: [.call, .endsBlock], since: .i80386),
        .init(0xCE, .into,         traits: [.call, .endsBlock]),
        .init(0xCF, .iret,         traits: [.endsBlock], flags: .writesAll),
        .init(0xFA, .cli,          flags: .writesInterrupt),
        .init(0xFB, .sti,          traits: [.endsBlock], flags: .writesInterrupt),
        .init(0xF4, .hlt,          traits: [.privileged, .endsBlock]),
        .init(0xF8, .clc,          flags: .writesCarry),
        .init(0xF9, .stc,          flags: .writesCarry),
        .init(0xF5, .cmc,          flags: .complementsCarry),
        .init(0xFC, .cld,          flags: .writesDirection),
        .init(0xFD, .std,          flags: .writesDirection),
    ]
}

extension CPU {
    func interrupt(_ op: OpPointer) throws(Interruption) {
        try callHandler(UInt8(truncatingIfNeeded: op.pointee.immediate), .call)
    }

    func setCarry(_ carry: Bool) {
        let flags = core.pointee.flags
        core.pointee.flags = flags.replacing(carry: carry ? 1 : 0, overflow: flags.overflow ? 1 : 0)
    }

    /// Whether CLI and STI act on VIF instead of IF: VME in virtual-8086 mode, PVI in ring 3 (SDM volume 3, 20.3 and
    /// 20.4).
    ///
    /// - Throws: #GP(0) if they may act on neither.
    private func actsOnVirtualFlag() throws(Interruption) -> Bool {
        guard core.pointee.state.cr0 & ControlBits.protection != 0, core.pointee.state.cpl > iopl else { return false }
        let bit = core.pointee.isVirtual8086 ? ControlBits.vme : ControlBits.pvi
        guard core.pointee.state.cpl == 3, core.pointee.state.cr4 & bit != 0 else {
            throw raised(.generalProtection, .ioPrivilege)
        }
        return true
    }

    func clearInterruptFlag() throws(Interruption) {
        core.pointee.state.eflags.remove(try actsOnVirtualFlag() ? .virtualInterrupt : .interrupt)
    }

    /// STI: interrupts come in only behind the next instruction, if IF was clear.
    func setInterruptFlag() throws(Interruption) {
        if try actsOnVirtualFlag() {
            guard !core.pointee.state.eflags.contains(.virtualInterruptPending) else {
                throw raised(.generalProtection, .virtualInterruptPending)
            }
            core.pointee.state.eflags.insert(.virtualInterrupt)
        } else if !core.pointee.state.eflags.contains(.interrupt) {
            core.pointee.state.eflags.insert(.interrupt)
            core.pointee.state.shadowUntil = now &+ 2
            core.pointee.state.shadowHoldsTraps = false
            attendAfterFlags()
        }
    }

    func halt() {
        core.pointee.state.halted = true
        core.pointee.requestAttention()
    }

    // MARK: IRET

    func returnFromInterrupt(_ op: OpPointer) throws(Interruption) {
        // RF comes with 32 bits of flags; else it ends here as behind any instruction.
        var bringsResumeFlag = op.pointee.width == .dword
        if core.pointee.isProtected {
            if core.pointee.state.eflags.contains(.nestedTask) {
                try returnToTask(next: nextEIP(op))
                bringsResumeFlag = true
            } else {
                try returnProtected(op.pointee.width)
            }
        } else {
            try returnReal(op.pointee.width)
        }
        core.pointee.state.nmiBlocked = false
        if bringsResumeFlag { core.pointee.state.resumeArmed = false }
    }

    /// Pops the frame of an interrupt; of faults in several parts, silicon reports that of the flags.
    private func popFrame(
        _ width: Width
    ) throws(Interruption) -> (offset: UInt32, selector: UInt16, flags: EFLAGS) {
        if width == .word, let host = frameToRead() {
            let frame = host.loadUnaligned(as: InterruptFrame.self)
            setStackPointer(stackPointer &+ 6)
            return (UInt32(frame.ip), frame.cs, EFLAGS(rawValue: UInt32(frame.flags)))
        }
        let flags = EFLAGS(rawValue: try stackValue(2, width))
        let (offset, selector) = try popReturn(width)
        setStackPointer(stackPointer &+ UInt32(width.bytes))
        return (offset, selector, flags)
    }

    /// Real and virtual-8086 mode.
    private func returnReal(_ width: Width) throws(Interruption) {
        let isVirtual = core.pointee.isVirtual8086
        guard !isVirtual || iopl == 3 || usesVirtualInterruptFlag && width == .word else {
            throw raised(.generalProtection, .virtual8086Privilege)
        }
        try restoringStack { () throws(Interruption) in
            let (offset, selector, flags) = try popFrame(width)
            guard isVirtual, iopl < 3 else {
                try transferReal(to: selector, offset)
                return loadFlags(flags, width, keeping: [.virtualInterrupt, .virtualInterruptPending])
            }
            guard Int64(offset) <= core.pointee.codeLimit else { throw outsideCode(offset) }
            try loadVirtualFlags(flags, width)
            try transferReal(to: selector, offset)
        }
    }

    /// Protected mode without NT: to the same ring, an outer one, or virtual-8086 mode.
    private func returnProtected(_ width: Width) throws(Interruption) {
        let esp = registers[.esp]
        try restoringStack { () throws(Interruption) in
            let (offset, selector, flags) = try popFrame(width)
            let cpl = core.pointee.state.cpl
            if width == .dword, cpl == 0, flags.contains(.virtual8086) {
                return try returnToVirtual(selector, offset, flags)
            }
            let descriptor = try returnTarget(selector)
            let level = UInt8(selector & 3)
            // What may change is a matter of the ring that returns.
            let writable = writableFlags(
                width, keeping: cpl == 0 ? [] : [.virtualInterrupt, .virtualInterruptPending])
            if level == cpl {
                guard offset <= descriptor.limit else { throw outsideCode(offset) }
                setSegment(.cs, try accessed(selector, descriptor))
                core.pointee.state.eip = offset
            } else {
                let outer = try popOuterStack(width, level)
                guard offset <= descriptor.limit else { throw outsideCode(offset) }
                try leave(to: selector, descriptor, offset, outer, from: esp)
            }
            replaceFlags(flags, writable)
        }
    }

    /// IRETD in ring 0 with VM set in its flags: nine dwords.
    private func returnToVirtual(_ selector: UInt16, _ offset: UInt32, _ flags: EFLAGS) throws(Interruption) {
        let esp = try pop(UInt32.self)
        var selectors: [UInt16] = []
        for _ in 0..<5 { selectors.append(UInt16(truncatingIfNeeded: try pop(UInt32.self))) }
        guard offset <= 0xFFFF else { throw outsideCode(offset) }
        let writable = writableFlags(.dword, keeping: []).union(.virtual8086)
        core.pointee.state.cpl = 3
        core.pointee.state.segments.cs = Segment(virtual8086: selector)
        let order: [SegmentRegister] = [.ss, .es, .ds, .fs, .gs]
        for (register, selector) in zip(order, selectors) {
            core.pointee.state.segments[register] = Segment(virtual8086: selector)
        }
        registers[.esp] = esp
        core.pointee.state.eip = offset
        replaceFlags(flags, writable)
        refreshSegments()
    }
}
