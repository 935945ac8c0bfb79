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
    func interrupt(_ i: InstructionPointer) throws(Interruption) {
        let vector = UInt8(truncatingIfNeeded: i.pointee.immediate)
        // The way to most handlers is short; what is not plain takes the general way.
        if !core.pointee.isProtected, options.faultPolicy == .deliver, enterRealDirectly(vector) { return }
        throw .software(vector, checksGate: true)
    }

    func setCarry(_ carry: Bool) {
        let flags = core.pointee.flags
        core.pointee.flags = flags.replacing(carry: carry ? 1 : 0, overflow: flags.overflow ? 1 : 0)
    }

    /// CLI and STI: #GP(0) in protected mode if CPL > IOPL.
    private func requireIOPL() throws(Interruption) {
        let iopl = UInt8(truncatingIfNeeded: core.pointee.state.eflags.rawValue >> 12) & 3
        guard core.pointee.state.cr0 & 1 == 0 || core.pointee.state.cpl <= iopl else {
            throw .fault(Fault(.generalProtection))
        }
    }

    func clearInterruptFlag() throws(Interruption) {
        try requireIOPL()
        core.pointee.state.eflags.remove(.interrupt)
    }

    /// STI: interrupts come in only behind the next instruction, if IF was clear.
    func setInterruptFlag() throws(Interruption) {
        try requireIOPL()
        if !core.pointee.state.eflags.contains(.interrupt) {
            core.pointee.state.eflags.insert(.interrupt)
            core.pointee.state.shadowUntil = now &+ 2
            core.pointee.state.shadowHoldsTraps = false
            lookUpAfterFlags()
        }
    }

    func halt() throws(Interruption) {
        try requirePrivilege()
        core.pointee.state.halted = true
        core.pointee.deadline = 0
    }

    /// IRET without a change of privilege, task or mode (SDM volume 2).
    func returnFromInterrupt(_ i: InstructionPointer) throws(Interruption) {
        let width = i.pointee.width
        var popped: UInt32 = 0
        try restoringStack { () throws(Interruption) in
            let offset = try pop(width)
            let selector = UInt16(truncatingIfNeeded: try pop(width))
            popped = try pop(width)
            try transfer(to: selector, offset, returning: true)
        }
        core.pointee.state.nmiBlocked = false
        let isTrusted = core.pointee.isProtected && core.pointee.state.cpl == 0
        loadFlags(
            EFLAGS(rawValue: popped), width, keeping: isTrusted ? [] : [.virtualInterrupt, .virtualInterruptPending])
        core.pointee.state.resumeArmed = false
    }
}
