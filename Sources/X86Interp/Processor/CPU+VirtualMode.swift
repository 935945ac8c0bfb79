// Virtual-8086 mode, with and without VME, and the virtual interrupt flag of PVI (SDM volume 3, chapter 20).
extension CPU {
    /// IOPL, 0 to 3.
    @inline(__always)
    var iopl: UInt8 { UInt8(truncatingIfNeeded: core.pointee.state.eflags.rawValue >> 12) & 3 }

    /// VME is on and IOPL below 3: the interrupt flag of virtual-8086 mode is VIF.
    var usesVirtualInterruptFlag: Bool {
        core.pointee.state.cr4 & ControlBits.vme != 0 && iopl < 3
    }

    /// VIP and VIF meet where they count, which is #GP(0) before the next instruction (SDM volume 3, 20.3.3 and 20.4).
    var isVirtualInterruptDue: Bool {
        let both: EFLAGS = [.virtualInterrupt, .virtualInterruptPending]
        guard core.pointee.state.eflags.isSuperset(of: both), core.pointee.isRing3, iopl < 3 else { return false }
        let bit = core.pointee.isVirtual8086 ? ControlBits.vme : ControlBits.pvi
        return core.pointee.state.cr4 & bit != 0
    }

    /// INT n in virtual-8086 mode: true if the redirection bitmap sends it to the program's own handler.
    ///
    /// - Throws: #GP(0) if it is for ring 0 and IOPL is below 3.
    func isRedirected(_ vector: UInt8) throws(Interruption) -> Bool {
        if core.pointee.state.cr4 & ControlBits.vme != 0, try !redirectionBit(vector) { return true }
        guard iopl == 3 else { throw raised(.generalProtection, .virtual8086Privilege) }
        return false
    }

    /// The vector's bit in the 32 bytes below the port permission bitmap; set if the TSS does not reach it.
    private func redirectionBit(_ vector: UInt8) throws(Interruption) -> Bool {
        let task = core.pointee.state.tr
        guard task.access.rawValue & 8 != 0, task.limit >= 0x67 else { return true }
        let bitmap = UInt32(try loadSystem(task.base &+ 0x66, UInt16.self))
        guard bitmap >= 32 else { return true }
        let offset = bitmap &- 32 &+ UInt32(vector >> 3)
        guard offset <= task.limit else { return true }
        return try loadSystem(task.base &+ offset, UInt8.self) >> (vector & 7) & 1 != 0
    }

    /// INT n through the table at linear address 0, as an 8086 would; like the IDT it may be on a supervisor's page.
    func enterRedirected(_ vector: UInt8) throws(Interruption) {
        let entry = try loadSystem(UInt32(vector) * 4, UInt32.self)
        if entry == 0 || core.pointee.defaultHandlers.contains(entry) {
            try noteUnhandled(.software(vector, .call), entry)
        }
        var flags = eflags
        let isVirtual = iopl < 3
        if isVirtual {
            let isOpen = flags.contains(.virtualInterrupt)
            flags.insert(.iopl)
            if isOpen { flags.insert(.interrupt) } else { flags.remove(.interrupt) }
        }
        try restoringStack { () throws(Interruption) in
            try transferReal(to: UInt16(entry >> 16), entry & 0xFFFF, pushing: 3) { () throws(Interruption) in
                try push(UInt16(truncatingIfNeeded: flags.rawValue))
                try push(core.pointee.state.segments.cs.selector)
                try push(UInt16(truncatingIfNeeded: core.pointee.state.eip))
            }
        }
        core.pointee.state.eflags.subtract([isVirtual ? .virtualInterrupt : .interrupt, .trap])
    }

    /// PUSHF's image of the flags.
    func flagsToPush(_ width: Width) throws(Interruption) -> UInt32 {
        var flags = eflags.subtracting([.resume, .virtual8086])
        guard core.pointee.isVirtual8086, iopl < 3 else { return flags.rawValue }
        guard usesVirtualInterruptFlag, width == .word else {
            throw raised(.generalProtection, .virtual8086Privilege)
        }
        flags.insert(.iopl)
        if flags.contains(.virtualInterrupt) { flags.insert(.interrupt) } else { flags.remove(.interrupt) }
        return flags.rawValue
    }

    /// POPF and IRET of virtual-8086 mode with IOPL below 3: 16 bits under VME, with VIF for IF.
    func loadVirtualFlags(_ value: EFLAGS, _ width: Width) throws(Interruption) {
        guard usesVirtualInterruptFlag, width == .word else {
            throw raised(.generalProtection, .virtual8086Privilege)
        }
        let isPending = core.pointee.state.eflags.contains(.virtualInterruptPending) && value.contains(.interrupt)
        guard !isPending, !value.contains(.trap) else {
            throw raised(.generalProtection, .virtualInterruptPending)
        }
        let kept: EFLAGS = [.interrupt, .iopl]
        let writable = model.writableFlags.intersection(EFLAGS(rawValue: 0xFFFF)).subtracting(kept)
        var flags = eflags.subtracting(writable).union(value.intersection(writable))
        if value.contains(.interrupt) { flags.insert(.virtualInterrupt) } else { flags.remove(.virtualInterrupt) }
        setEFLAGS(flags)
        attendAfterFlags()
    }

    /// What POPF and IRET may change: IOPL only at CPL 0, IF only at CPL <= IOPL, VM never.
    func writableFlags(_ width: Width, keeping kept: EFLAGS) -> EFLAGS {
        var writable = model.writableFlags.subtracting(kept).subtracting(.virtual8086)
        if width == .word { writable.formIntersection(EFLAGS(rawValue: 0xFFFF)) }
        let cpl = core.pointee.state.cpl
        if cpl > 0 { writable.remove(.iopl) }
        if cpl > iopl { writable.remove(.interrupt) }
        // A 286 has neither IOPL nor NT in real mode.
        if model.generation == .i80286, !core.pointee.isProtected { writable.subtract([.iopl, .nestedTask]) }
        return writable
    }

    /// Makes the CPU attend if the new flags let something in.
    func attendAfterFlags() {
        let flags = core.pointee.state.eflags
        if !flags.isDisjoint(with: [.trap, .resume, .virtualInterruptPending]) || bus.nmiPending
            || bus.intr && flags.contains(.interrupt)
        {
            core.pointee.requestAttention()
        }
    }
}
