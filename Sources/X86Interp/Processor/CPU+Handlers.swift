// Entering handlers in protected mode: interrupt, trap and task gates, in the same ring, an inner one or another task.
extension CPU {
    /// Interrupt, trap and task gates (SDM volume 3, 6.12).
    @inline(never)
    func enterProtected(_ event: InterruptEvent) throws(Interruption) {
        let ext = event.externalBit
        let offset = UInt32(event.vector) * 8
        let idtError = UInt16(event.vector) * 8 + 2
        guard offset + 7 <= core.pointee.state.idtr.limit else {
            throw raised(Fault(.generalProtection, errorCode: idtError | ext), .vectorBeyondTable, selector: idtError)
        }
        let gate = descriptor(try loadSystem(core.pointee.state.idtr.base &+ offset, UInt64.self))
        func refused(_ rule: Rule, _ vector: ExceptionVector = .generalProtection) -> Interruption {
            raised(Fault(vector, errorCode: idtError | ext), rule, selector: idtError, descriptor: gate)
        }
        // Types 5, 6, 7, E and F.
        guard 0xC0E0 >> gate.type & 1 != 0, isKnown(gate) else { throw refused(.vectorType) }
        if event.checksGate, gate.dpl < core.pointee.state.cpl {
            throw refused(.vectorPrivilege)
        }
        guard gate.isPresent else { throw refused(.vectorAbsent, .segmentNotPresent) }
        guard gate.type != 5 else { return try enterTask(gate.gateSelector, event) }
        let selector = gate.gateSelector
        guard selector & ~3 != 0 else {
            throw raised(.generalProtection, .handlerNull, 0, gate, ext: ext)
        }
        let handler = try readDescriptor(selector, ext: ext)
        guard isCode(handler), handler.dpl <= core.pointee.state.cpl else {
            throw raised(
                .generalProtection, isCode(handler) ? .handlerLevel : .handlerType, selector, handler, ext: ext)
        }
        guard handler.isPresent else {
            throw raised(.segmentNotPresent, .handlerAbsent, selector, handler, ext: ext)
        }
        let staysInRing = isConforming(handler) || handler.dpl == core.pointee.state.cpl
        if core.pointee.isVirtual8086, isConforming(handler) || handler.dpl != 0 {
            throw raised(.generalProtection, .handlerLevel, selector, handler, ext: ext)
        }
        if staysInRing {
            try enterSameRing(gate, handler, event)
        } else {
            try enterInnerRing(gate, handler, event)
        }
    }

    /// A handler in the present ring: the frame goes onto the present stack.
    private func enterSameRing(
        _ gate: Descriptor, _ handler: Descriptor, _ event: InterruptEvent
    ) throws(Interruption) {
        let width: Width = gate.type & 8 != 0 ? .dword : .word
        try probePushes(event.errorCode == nil ? 3 : 4, width, ext: event.externalBit)
        guard gate.gateOffset <= handler.limit else { throw outsideCode(gate.gateOffset, ext: event.externalBit) }
        let cpl = UInt16(core.pointee.state.cpl)
        let segment = try accessed(gate.gateSelector & ~3 | cpl, handler)
        try push(pushedFlags(event).rawValue, width)
        try push(UInt32(core.pointee.state.segments.cs.selector), width)
        try push(core.pointee.state.eip, width)
        if let code = event.errorCode { try push(UInt32(code), width) }
        finishEntry(gate, segment)
    }

    /// The same as `probePushes`, but a stack fault has the EXT bit.
    @inline(__always)
    private func probePushes(_ count: UInt32, _ width: Width, ext: UInt16) throws(Interruption) {
        do throws(Interruption) {
            try probePushes(count, width)
        } catch {
            guard case .fault(var fault) = error, fault.vector == .stackFault else { throw error }
            fault.errorCode |= ext
            throw raised(fault, .segmentLimit, register: .ss, access: .write)
        }
    }

    /// A handler in an inner ring: the frame, with the outer stack pointer, goes onto the stack that the TSS names; from
    /// virtual-8086 mode the data segments are saved there too.
    private func enterInnerRing(
        _ gate: Descriptor, _ handler: Descriptor, _ event: InterruptEvent
    ) throws(Interruption) {
        let ext = event.externalBit
        let width: Width = gate.type & 8 != 0 ? .dword : .word
        let level = handler.dpl
        let isVirtual = core.pointee.isVirtual8086
        var stack = try innerStack(level, ext: ext)
        let count: UInt32 = (event.errorCode == nil ? 5 : 6) + (isVirtual ? 4 : 0)
        try probe(stack, count, width, ext: ext)
        guard gate.gateOffset <= handler.limit else { throw outsideCode(gate.gateOffset, ext: ext) }
        let segment = try accessed(gate.gateSelector & ~3 | UInt16(level), handler)
        let flags = pushedFlags(event).rawValue
        let old = core.pointee.state.segments
        if isVirtual {
            for selector in [old.gs.selector, old.fs.selector, old.ds.selector, old.es.selector] {
                try push(UInt32(selector), width, to: &stack)
            }
        }
        try push(UInt32(old.ss.selector), width, to: &stack)
        try push(registers[.esp], width, to: &stack)
        try push(flags, width, to: &stack)
        try push(UInt32(old.cs.selector), width, to: &stack)
        try push(core.pointee.state.eip, width, to: &stack)
        if let code = event.errorCode { try push(UInt32(code), width, to: &stack) }
        if isVirtual {
            core.pointee.state.eflags.remove(.virtual8086)
            core.pointee.state.cpl = level
            for register in [SegmentRegister.es, .ds, .fs, .gs] { core.pointee.state.segments[register] = .null }
            core.pointee.state.segments.cs = segment
            refreshSegments()
        } else {
            setCPL(level)
        }
        enter(stack)
        finishEntry(gate, segment)
    }

    /// The last steps into a handler.
    private func finishEntry(_ gate: Descriptor, _ segment: Segment) {
        core.pointee.state.eflags.subtract([.trap, .nestedTask, .virtual8086, .resume])
        if gate.type & 1 == 0 { core.pointee.state.eflags.remove(.interrupt) }
        setSegment(.cs, segment)
        core.pointee.state.eip = gate.gateOffset
    }

    /// A handler that is a task of its own.
    private func enterTask(_ selector: UInt16, _ event: InterruptEvent) throws(Interruption) {
        let ext = event.externalBit
        guard selector & 4 == 0, selector & ~3 != 0 else {
            throw raised(.generalProtection, .handlerTaskLocal, selector, ext: ext)
        }
        let descriptor = try readDescriptor(selector, ext: ext)
        guard case .task(_, busy: false) = descriptor.kind, isKnown(descriptor) else {
            throw raised(.generalProtection, .handlerTaskType, selector, descriptor, ext: ext)
        }
        guard descriptor.isPresent else {
            throw raised(.segmentNotPresent, .handlerTaskAbsent, selector, descriptor, ext: ext)
        }
        try switchTask(
            .interrupt(ext: ext), selector, descriptor, next: core.pointee.state.eip, flags: pushedFlags(event))
        guard let code = event.errorCode else { return }
        let width: Width = core.pointee.state.tr.access.rawValue & 8 != 0 ? .dword : .word
        try probePushes(1, width, ext: ext)
        try push(UInt32(code), width)
    }

    /// EFLAGS as a frame has them.
    private func pushedFlags(_ event: InterruptEvent) -> EFLAGS {
        var flags = eflags
        switch event {
        case .exception(let fault):
            // Faults restart their instruction, whose code breakpoint must not fire again; the breakpoint itself and
            // debug traps leave RF as it is (SDM volume 3, 17.3.1.1).
            let isGuard = core.pointee.report?.rule == .debugRegisterGuard
            if fault.vector != .debug || isGuard { flags.insert(.resume) }
        case .software: flags.remove(.resume)
        case .external: break
        }
        if core.pointee.state.portProgress.isRepeating { flags.insert(.resume) }
        return flags
    }
}
