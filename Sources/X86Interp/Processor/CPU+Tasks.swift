// Task switches (SDM volume 3, 7.3) by JMP, CALL, interrupts and IRET.
extension CPU {
    /// What switches tasks.
    enum TaskSwitch {
        case jump
        case call
        /// Through a task gate of the IDT; `ext` is bit 0 of error codes.
        case interrupt(ext: UInt16)
        case iret

        /// The old task is left for good: it is no longer busy.
        var endsOld: Bool {
            switch self {
            case .jump, .iret: true
            case .call, .interrupt: false
            }
        }

        /// The new task links back to the old one.
        var nests: Bool {
            switch self {
            case .call, .interrupt: true
            case .jump, .iret: false
            }
        }

        /// The new task is one that was left before.
        var isReturn: Bool {
            switch self {
            case .iret: true
            case .jump, .call, .interrupt: false
            }
        }

        var ext: UInt16 {
            switch self {
            case .interrupt(let ext): ext
            case .jump, .call, .iret: 0
            }
        }
    }

    /// JMP or CALL to a TSS or through a task gate; `next` is where the old task will go on.
    func switchTask(_ kind: FarTransfer, to selector: UInt16, next: UInt32) throws(Interruption) {
        let isCall = kind.pushes > 0
        guard selector & 4 == 0, selector & ~3 != 0 else {
            throw raised(.generalProtection, .taskSelectorLocal, selector)
        }
        let descriptor = try readDescriptor(selector)
        guard case .task(_, let busy) = descriptor.kind, isKnown(descriptor) else {
            throw raised(.generalProtection, .taskType, selector, descriptor)
        }
        guard !busy else { throw raised(.generalProtection, .taskBusy, selector, descriptor) }
        guard descriptor.isPresent else { throw raised(.segmentNotPresent, .taskAbsent, selector, descriptor) }
        try switchTask(isCall ? .call : .jump, selector, descriptor, next: next)
    }

    /// IRET with NT set: back to the task that the back link names.
    func returnToTask(next: UInt32) throws(Interruption) {
        let selector = try loadSystem(core.pointee.state.tr.base, UInt16.self)
        guard selector & 4 == 0, selector & ~3 != 0 else { throw raised(.invalidTSS, .backLinkLocal, selector) }
        let descriptor = try readDescriptor(selector, fault: .invalidTSS)
        guard case .task(_, busy: true) = descriptor.kind, isKnown(descriptor) else {
            throw raised(.invalidTSS, .backLinkType, selector, descriptor)
        }
        guard descriptor.isPresent else { throw raised(.segmentNotPresent, .backLinkAbsent, selector, descriptor) }
        try switchTask(.iret, selector, descriptor, next: next)
    }

    /// Switches to a task whose descriptor has been checked.
    ///
    /// Faults up to the commit belong to the old task, later ones to the new one, with its CS:EIP.
    func switchTask(
        _ cause: TaskSwitch, _ selector: UInt16, _ descriptor: Descriptor, next: UInt32, flags: EFLAGS? = nil
    ) throws(Interruption) {
        let is32 = descriptor.type & 8 != 0
        guard descriptor.limit >= TaskState.size(is32: is32) - 1 else {
            throw raised(.invalidTSS, .taskLimit, selector, descriptor, ext: cause.ext)
        }
        _ = try taskImage(descriptor)
        try probeOldTask()
        if cause.nests { try probeLinear(descriptor.base, 2, .write, ring3: false) }
        // RF ends with the instruction that leaves the task.
        try save(cause, next: next, flags ?? eflags.subtracting(.resume))
        // Read only now: a task may go back to itself.
        let image = try taskImage(descriptor)
        if cause.endsOld { try setBusy(core.pointee.state.tr.selector, false) }
        if cause.nests { try storeSystem(descriptor.base, core.pointee.state.tr.selector) }
        if !cause.isReturn { try setBusy(selector, true) }
        commit(cause, selector, descriptor, image)
        do throws(Interruption) {
            try loadTaskSegments(image, ext: cause.ext)
        } catch {
            beginNewTask()
            throw error
        }
        if image.trap { makeTaskTrapDue() }
        guard image.eip <= core.pointee.state.segments.cs.limit else {
            beginNewTask()
            throw outsideCode(image.eip)
        }
    }

    /// The contents of a TSS; its pages are all looked at before anything changes.
    private func taskImage(_ descriptor: Descriptor) throws(Interruption) -> TaskState {
        let is32 = descriptor.type & 8 != 0
        let size = TaskState.size(is32: is32)
        var bytes: [UInt8] = []
        for offset in stride(from: 0, to: size, by: 4) {
            let value = try loadSystem(descriptor.base &+ offset, UInt32.self)
            for place in 0..<UInt32(4) { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
        }
        return TaskState(bytes, is32: is32)
    }

    /// Checks that the old TSS can be written.
    private func probeOldTask() throws(Interruption) {
        let task = core.pointee.state.tr
        let size = TaskState.size(is32: task.access.rawValue & 8 != 0)
        try probeLinear(task.base, Int(size), .write, ring3: false)
    }

    /// Saves the registers into the old TSS.
    private func save(_ cause: TaskSwitch, next: UInt32, _ flags: EFLAGS) throws(Interruption) {
        let task = core.pointee.state.tr
        let flags = cause.isReturn ? flags.subtracting(.nestedTask) : flags
        let state = core.pointee.state
        if task.access.rawValue & 8 != 0 {
            try storeSystem(task.base &+ 0x20, next)
            try storeSystem(task.base &+ 0x24, flags.rawValue)
            for number in 0..<UInt32(8) { try storeSystem(task.base &+ 0x28 &+ 4 &* number, registers[Int(number)]) }
            for register in SegmentRegister.allCases {
                let place = task.base &+ 0x48 &+ 4 &* UInt32(register.rawValue)
                try storeSystem(place, state.segments[register].selector)
            }
        } else {
            try storeSystem(task.base &+ 0x0E, UInt16(truncatingIfNeeded: next))
            try storeSystem(task.base &+ 0x10, UInt16(truncatingIfNeeded: flags.rawValue))
            for number in 0..<UInt32(8) {
                try storeSystem(
                    task.base &+ 0x12 &+ 2 &* number, UInt16(truncatingIfNeeded: registers[Int(number)]))
            }
            for register in SegmentRegister.allCases.prefix(4) {
                let place = task.base &+ 0x22 &+ 2 &* UInt32(register.rawValue)
                try storeSystem(place, state.segments[register].selector)
            }
        }
    }

    /// Sets or clears the busy bit of a TSS descriptor.
    private func setBusy(_ selector: UInt16, _ busy: Bool) throws(Interruption) {
        guard let descriptor = try descriptorIfAny(selector) else { return }
        var access = descriptor.access
        if busy { access.insert(.writableOrReadable) } else { access.remove(.writableOrReadable) }
        try setAccess(of: selector, access)
    }

    /// Takes over the registers of the new task; its segment registers are unusable until they are loaded.
    private func commit(_ cause: TaskSwitch, _ selector: UInt16, _ descriptor: Descriptor, _ image: TaskState) {
        core.pointee.hasSwitchedTask = true
        var task = descriptor.segment(selector: selector)
        task.access.insert(.writableOrReadable)
        core.pointee.state.tr = task
        core.pointee.state.cr0 |= ControlBits.taskSwitched
        if model.is32Bit, core.pointee.state.dr7 & 0x155 != 0 {
            core.pointee.state.dr7 &= ~0x155
            refreshWatch()
        }
        // A 286's TSS has 16 bits of each register: the upper halves become ones (as on later chips), FS and GS null.
        for number in 0..<8 { registers[number] = image.general[number] | (image.is32 ? 0 : 0xFFFF_0000) }
        core.pointee.state.eip = image.eip
        var flags = EFLAGS(rawValue: image.eflags)
        if !image.is32 { flags.formIntersection(EFLAGS(rawValue: 0xFFFF)) }
        flags = flags.intersection(model.writableFlags.union(.virtual8086)).union(model.fixedFlags)
        if cause.nests { flags.insert(.nestedTask) }
        setEFLAGS(flags)
        for register in SegmentRegister.allCases {
            // Of the hidden part the level stays, which a return to an outer ring looks at.
            let level = core.pointee.state.segments[register].access.intersection(.dpl3)
            core.pointee.state.segments[register] = Segment(
                selector: image.segments[Int(register.rawValue)], base: 0, limit: 0, access: level)
        }
        let isVirtual = flags.contains(.virtual8086)
        core.pointee.state.cpl = isVirtual ? 3 : UInt8(image.segments[Int(SegmentRegister.cs.rawValue)] & 3)
        core.pointee.state.ldtr = Segment(selector: image.ldt, base: 0, limit: 0, access: [])
        refreshSegments()
        core.pointee.state.pendingDebug = 0
        // TF of the old task traps in the old task only.
        disarm()
        attendAfterFlags()
    }

    /// Loads CR3, LDTR and the segment registers, with the checks of the P6 in its order (SDM volume 3, table 7-1).
    private func loadTaskSegments(_ image: TaskState, ext: UInt16) throws(Interruption) {
        if image.is32, core.pointee.isPaging { try loadPageDirectory(image.cr3) }
        let table = try newLocalTable(image.ldt, ext)
        if core.pointee.isVirtual8086 {
            try useLocalTable(table, image.ldt, ext)
            for register in SegmentRegister.allCases {
                setSegment(register, Segment(virtual8086: image.segments[Int(register.rawValue)]))
            }
            return
        }
        let (cs, ss) = (image.segments[1], image.segments[2])
        // Selectors of the LDT are looked up in the new one.
        core.pointee.state.ldtr = table?.segment(selector: image.ldt) ?? core.pointee.state.ldtr
        let code = try codeOfNewTask(cs, ext)
        let stack = try newStack(ss, ext)
        try useLocalTable(table, image.ldt, ext)
        guard let code else { throw raised(.invalidTSS, .newCodeInvalid, cs, ext: ext, register: .cs) }
        guard code.isPresent else { throw raised(.segmentNotPresent, .newCodeAbsent, cs, code, ext: ext) }
        guard UInt8(ss & 3) == core.pointee.state.cpl else {
            throw raised(.invalidTSS, .newStackLevel, ss, stack, ext: ext, register: .ss)
        }
        setSegment(.ss, try accessed(ss, stack))
        setSegment(.cs, try accessed(cs, code))
        for register in [SegmentRegister.ds, .es, .fs, .gs] {
            try loadNewData(register, image.segments[Int(register.rawValue)], ext)
        }
    }

    private func newLocalTable(_ selector: UInt16, _ ext: UInt16) throws(Interruption) -> Descriptor? {
        guard selector & ~3 != 0 else { return nil }
        guard selector & 4 == 0, let descriptor = try descriptorIfAny(selector), descriptor.kind == .localTable else {
            throw raised(.invalidTSS, .newLocalTableInvalid, selector, ext: ext)
        }
        return descriptor
    }

    private func useLocalTable(_ table: Descriptor?, _ selector: UInt16, _ ext: UInt16) throws(Interruption) {
        guard let table else { return }
        guard table.isPresent else {
            throw raised(.invalidTSS, .newLocalTableAbsent, selector, table, ext: ext)
        }
        core.pointee.state.ldtr = table.segment(selector: selector)
    }

    /// The code segment that CS names, its level checked; nil if it names none, which is told behind SS.
    private func codeOfNewTask(_ selector: UInt16, _ ext: UInt16) throws(Interruption) -> Descriptor? {
        guard let descriptor = try descriptorIfAny(selector), isCode(descriptor) else { return nil }
        let level = UInt8(selector & 3)
        guard isConforming(descriptor) ? descriptor.dpl <= level : descriptor.dpl == level else {
            throw raised(.invalidTSS, .newCodeLevel, selector, descriptor, ext: ext, register: .cs)
        }
        return descriptor
    }

    private func newStack(_ selector: UInt16, _ ext: UInt16) throws(Interruption) -> Descriptor {
        guard let descriptor = try descriptorIfAny(selector), descriptor.type & 0x1A == 0x12 else {
            throw raised(.invalidTSS, .newStackInvalid, selector, ext: ext, register: .ss)
        }
        guard descriptor.isPresent else {
            throw raised(.stackFault, .newStackAbsent, selector, descriptor, ext: ext, register: .ss)
        }
        guard descriptor.dpl == core.pointee.state.cpl else {
            throw raised(.invalidTSS, .newStackLevel, selector, descriptor, ext: ext, register: .ss)
        }
        return descriptor
    }

    private func loadNewData(
        _ register: SegmentRegister, _ selector: UInt16, _ ext: UInt16
    ) throws(Interruption) {
        guard selector & ~3 != 0 else { return }
        guard let descriptor = try descriptorIfAny(selector), isReadable(descriptor) else {
            throw raised(.invalidTSS, .newDataInvalid, selector, ext: ext, register: register)
        }
        guard descriptor.isPresent else {
            throw raised(.segmentNotPresent, .newDataAbsent, selector, descriptor, ext: ext, register: register)
        }
        guard isConforming(descriptor) || max(UInt8(selector & 3), core.pointee.state.cpl) <= descriptor.dpl else {
            throw raised(.invalidTSS, .newDataPrivilege, selector, descriptor, ext: ext, register: register)
        }
        setSegment(register, try accessed(selector, descriptor))
    }

    /// Makes the debug trap due that T in the TSS asks for.
    private func makeTaskTrapDue() {
        core.pointee.state.pendingDebug |= 1 << 15
        core.pointee.requestAttention()
        core.pointee.endBlock()
    }

    /// From here on faults belong to the new task: they find its CS:EIP.
    private func beginNewTask() {
        core.pointee.state.instructions = now
        markBoundary()
    }
}
