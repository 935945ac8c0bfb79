// Bodies of the instructions on control and debug registers.
extension CPU {
    func loadMachineStatus(_ op: OpPointer) throws(Interruption) {
        let value = UInt32(try wordOperand(op))
        // LMSW sets PE but never clears it.
        try setCR0(core.pointee.state.cr0 & ~0xE | value & 0xF)
    }

    func storeMachineStatus(_ op: OpPointer) throws(Interruption) {
        let fixed: UInt32 = model.generation == .i80286 ? 0xFFF0 : 0
        try storeWordOrRegister(op, core.pointee.state.cr0 | fixed)
    }

    func clearTaskSwitched() {
        core.pointee.state.cr0 &= ~ControlBits.taskSwitched
    }

    /// Null selectors marked their segments absent; back in real mode, where nothing would undo that, they serve again.
    private func reviveNullSegments() {
        for register in SegmentRegister.allCases {
            let segment = core.pointee.state.segments[register]
            guard !segment.access.contains(.present) else { continue }
            core.pointee.state.segments[register] = Segment(
                selector: segment.selector, base: segment.base, limit: 0xFFFF, access: .realMode)
        }
    }

    private func setCR0(_ value: UInt32) throws(Interruption) {
        let changed = core.pointee.state.cr0 ^ value
        let isPaging = value & ControlBits.paging != 0
        // A change of CD or NW reads the pointers as well.
        if changed & (ControlBits.paging | 0x6000_0000) != 0, isPaging {
            try readPagePointers(core.pointee.state.cr3)
        }
        if core.pointee.isProtected, value & ControlBits.protection == 0 { reviveNullSegments() }
        core.pointee.state.cr0 = value
        if changed & ControlBits.numericError != 0, core.pointee.state.x87.isPending { driveCoprocessorError() }
        if changed & (ControlBits.paging | ControlBits.protection | ControlBits.writeProtect) != 0 {
            core.pointee.flushTranslations()
        }
        refreshSegments()
        if core.pointee.watchesModes { noteMode() }
    }

    func movControl(_ op: OpPointer) throws(Interruption) {
        let isWrite = op.pointee.payload.isToSpecialRegister
        let number = specialRegister(op)
        let old = try controlRegister(number)
        guard isWrite else { return setRegister(op.pointee.first, old) }
        let value = registers[Int(op.pointee.second)]
        switch number {
        case 0: try writeCR0(value)
        case 2: core.pointee.state.cr2 = value
        case 3: try loadPageDirectory(value)
        default: try writeCR4(value)
        }
    }

    /// The number of the control or debug register.
    private func specialRegister(_ op: OpPointer) -> UInt8 {
        op.pointee.payload.isToSpecialRegister ? op.pointee.first : op.pointee.second
    }

    /// #UD if the model has no such control register.
    func requireControlRegister(_ op: OpPointer) throws(Interruption) { _ = try controlRegister(specialRegister(op)) }

    /// #UD if DR4 or DR5 is named and CR4.DE says that they are no aliases.
    func requireDebugRegister(_ op: OpPointer) throws(Interruption) {
        let number = specialRegister(op)
        if number == 4 || number == 5, core.pointee.state.cr4 & ControlBits.de != 0 {
            throw raised(.invalidOpcode, .debugRegisterAlias)
        }
    }

    private func controlRegister(_ number: UInt8) throws(Interruption) -> UInt32 {
        switch number {
        case 0: return core.pointee.state.cr0
        case 2: return core.pointee.state.cr2
        case 3: return core.pointee.state.cr3
        case 4 where model.generation >= .pentium: return core.pointee.state.cr4
        default: throw raised(.invalidOpcode, .registerMissing)
        }
    }

    /// CR0: PG without PE and NW without CD are #GP; bits that the model lacks read as 0, ET from the 486 on as 1.
    private func writeCR0(_ value: UInt32) throws(Interruption) {
        let both = ControlBits.paging | ControlBits.protection
        guard value & both != ControlBits.paging else { throw raised(.generalProtection, .pagingWithoutProtection) }
        guard model.generation >= .i486 else { return try setCR0(value & 0x8000_001F) }
        guard value & 0x6000_0000 != 0x2000_0000 else {
            throw raised(.generalProtection, .notWriteThroughWithoutCacheDisable)
        }
        try setCR0(value & 0xE005_003F | 0x10)
    }

    private func writeCR4(_ value: UInt32) throws(Interruption) {
        guard value & ~model.controlBits4 == 0 else { throw raised(.generalProtection, .controlReservedBits) }
        let changed = core.pointee.state.cr4 ^ value
        let isExtended = value & ControlBits.pae != 0
        let readsPointers = ControlBits.pae | ControlBits.pse | ControlBits.pge
        if core.pointee.isPaging, isExtended, changed & readsPointers != 0 {
            try readPagePointers(core.pointee.state.cr3, isExtended: true)
        }
        core.pointee.state.cr4 = value
        if changed & (ControlBits.pae | ControlBits.pse | ControlBits.pge) != 0 { core.pointee.flushTranslations() }
        if changed & ControlBits.de != 0 { refreshWatch() }
    }

    func invalidatePage(_ op: OpPointer) {
        forgetTranslation(window(op.pointee.segment).base &+ address(op))
    }

    // MARK: Debug registers

    func movDebug(_ op: OpPointer) throws(Interruption) {
        try requireDebugRegister(op)
        let isWrite = op.pointee.payload.isToSpecialRegister
        let number = specialRegister(op)
        if core.pointee.state.dr7 & 0x2000 != 0 {
            core.pointee.state.pendingDebug = 1 << 13
            throw raised(.debug, .debugRegisterGuard)
        }
        guard isWrite else { return setRegister(op.pointee.first, debugRegister(number)) }
        let value = registers[Int(op.pointee.second)]
        switch number {
        case 0: core.pointee.state.dr0 = value
        case 1: core.pointee.state.dr1 = value
        case 2: core.pointee.state.dr2 = value
        case 3: core.pointee.state.dr3 = value
        case 4, 6: core.pointee.state.dr6 = value & 0xE00F | 0xFFFF_0FF0
        default: core.pointee.state.dr7 = value & 0xFFFF_2FFF | 0x400
        }
        refreshWatch()
    }

    /// DR4 and DR5 are DR6 and DR7 by another name.
    private func debugRegister(_ number: UInt8) -> UInt32 {
        switch number {
        case 0: core.pointee.state.dr0
        case 1: core.pointee.state.dr1
        case 2: core.pointee.state.dr2
        case 3: core.pointee.state.dr3
        case 4, 6: core.pointee.state.dr6
        default: core.pointee.state.dr7
        }
    }
}
