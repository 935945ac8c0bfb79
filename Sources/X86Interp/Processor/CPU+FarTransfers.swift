// Far JMP, CALL and RET (SDM volume 2): direct, through call gates, to other rings and tasks.
extension CPU {
    /// What takes control to a far target.
    enum FarTransfer {
        case jump
        /// The width is that of the pushed return address.
        case call(Width)
    }

    /// Goes to a far target; a call pushes CS and `next`.
    @inline(__always)
    func transfer(_ kind: FarTransfer, to selector: UInt16, _ offset: UInt32, next: UInt32) throws(Interruption) {
        guard !core.pointee.isProtected else {
            return try transferProtected(kind, to: selector, offset, next: next)
        }
        let esp = registers[.esp]
        do throws(Interruption) {
            try transferReal(to: selector, offset, pushing: kind.pushes, kind.width) { () throws(Interruption) in
                if case .call(let width) = kind {
                    try push(UInt32(core.pointee.state.segments.cs.selector), width)
                    try push(next, width)
                }
            }
        } catch {
            putBackStack(esp, error)
            throw error
        }
    }

    /// Goes to a far target in real or virtual-8086 mode; the offset must lie within the segment.
    ///
    /// - Parameters:
    ///   - count: how many values of `width` `prepare` will push; the stack must have room for all of them.
    ///   - prepare: runs when nothing can fail any more, before CS changes; pushes the return address.
    @inline(__always)
    func transferReal(
        to selector: UInt16, _ offset: UInt32, pushing count: UInt32 = 0, _ width: Width = .word,
        prepare: () throws(Interruption) -> Void = {}
    ) throws(Interruption) {
        if count > 0 { try probePushes(count, width) }
        guard Int64(offset) <= core.pointee.codeLimit || !model.hasSegmentLimits else { throw outsideCode(offset) }
        try prepare()
        loadRealMode(.cs, selector)
        core.pointee.state.eip = offset
    }

    @inline(never)
    private func transferProtected(
        _ kind: FarTransfer, to selector: UInt16, _ offset: UInt32, next: UInt32
    ) throws(Interruption) {
        guard selector & ~3 != 0 else { throw raised(.generalProtection, .codeNull, 0) }
        let descriptor = try readDescriptor(selector)
        let outermost = max(UInt8(selector & 3), core.pointee.state.cpl)
        func refused(_ rule: Rule, _ vector: ExceptionVector = .generalProtection) -> Interruption {
            raised(vector, rule, selector, descriptor)
        }
        switch descriptor.kind {
        case .code:
            try checkDirect(selector, descriptor)
            try enterSameRing(kind, selector, descriptor, offset, next)
        case .callGate where isKnown(descriptor):
            guard descriptor.dpl >= outermost else { throw refused(.gatePrivilege) }
            guard descriptor.isPresent else { throw refused(.gateAbsent, .segmentNotPresent) }
            try enterGate(kind, descriptor, next)
        case .taskGate:
            guard descriptor.dpl >= outermost else { throw refused(.taskGatePrivilege) }
            guard descriptor.isPresent else { throw refused(.taskGateAbsent, .segmentNotPresent) }
            try switchTask(kind, to: descriptor.gateSelector, next: next)
        case .task where isKnown(descriptor):
            guard descriptor.dpl >= outermost else { throw refused(.taskPrivilege) }
            try switchTask(kind, to: selector, next: next)
        case .callGate, .task, .data, .localTable, .interruptGate, .trapGate, .reserved: throw refused(.codeType)
        }
    }

    /// Privilege of a direct transfer to code.
    private func checkDirect(_ selector: UInt16, _ descriptor: Descriptor) throws(Interruption) {
        let cpl = core.pointee.state.cpl
        if isConforming(descriptor) {
            guard descriptor.dpl <= cpl else {
                throw raised(.generalProtection, .codeConformingLevel, selector, descriptor)
            }
        } else if descriptor.dpl != cpl || UInt8(selector & 3) > cpl {
            throw raised(.generalProtection, .codeLevel, selector, descriptor)
        }
        guard descriptor.isPresent else { throw raised(.segmentNotPresent, .codeAbsent, selector, descriptor) }
    }

    /// Enters a code segment without a change of CPL.
    private func enterSameRing(
        _ kind: FarTransfer, _ selector: UInt16, _ descriptor: Descriptor, _ offset: UInt32, _ next: UInt32
    ) throws(Interruption) {
        if case .call(let width) = kind { try probePushes(2, width) }
        guard offset <= descriptor.limit else { throw outsideCode(offset) }
        let segment = try accessed(selector & ~3 | UInt16(core.pointee.state.cpl), descriptor)
        if case .call(let width) = kind {
            try restoringStack { () throws(Interruption) in
                try push(UInt32(core.pointee.state.segments.cs.selector), width)
                try push(next, width)
            }
        }
        setSegment(.cs, segment)
        core.pointee.state.eip = offset
    }

    /// Goes through a call gate that may be used.
    private func enterGate(_ kind: FarTransfer, _ gate: Descriptor, _ next: UInt32) throws(Interruption) {
        let selector = gate.gateSelector
        guard selector & ~3 != 0 else { throw raised(.generalProtection, .gateCodeNull, 0, gate) }
        let descriptor = try readDescriptor(selector)
        let cpl = core.pointee.state.cpl
        guard isCode(descriptor) else { throw raised(.generalProtection, .gateCodeType, selector, descriptor) }
        let isJump = kind.pushes == 0
        let isSameRing = isConforming(descriptor) || isJump
        guard isConforming(descriptor) || !isJump ? descriptor.dpl <= cpl : descriptor.dpl == cpl else {
            throw raised(.generalProtection, .gateCodeLevel, selector, descriptor)
        }
        guard descriptor.isPresent else {
            throw raised(.segmentNotPresent, .gateCodeAbsent, selector, descriptor)
        }
        let width: Width = gate.type & 8 != 0 ? .dword : .word
        if isSameRing || descriptor.dpl == cpl {
            try enterSameRing(isJump ? .jump : .call(width), selector, descriptor, gate.gateOffset, next)
        } else {
            try callInner(gate, descriptor, width, next)
        }
    }

    /// A call to an inner ring: the parameters are copied to its stack.
    private func callInner(
        _ gate: Descriptor, _ descriptor: Descriptor, _ width: Width, _ next: UInt32
    ) throws(Interruption) {
        let old = core.pointee.state.segments
        let oldPointer = registers[.esp]
        let count = gate.gateParameters
        var inner = try innerStack(descriptor.dpl, ext: 0)
        try probe(inner, count &+ 4, width, ext: 0)
        guard gate.gateOffset <= descriptor.limit else { throw outsideCode(gate.gateOffset) }
        // Here for their faults; what is pushed is read behind what has been: the two stacks may overlap.
        for number in (0..<count).reversed() { _ = try stackValue(number, width) }
        let code = try accessed(gate.gateSelector & ~3 | UInt16(descriptor.dpl), descriptor)
        try push(UInt32(old.ss.selector), width, to: &inner)
        try push(oldPointer, width, to: &inner)
        for number in (0..<count).reversed() { try push(try stackValue(number, width), width, to: &inner) }
        try push(UInt32(old.cs.selector), width, to: &inner)
        try push(next, width, to: &inner)
        setCPL(descriptor.dpl)
        setSegment(.cs, code)
        enter(inner)
        core.pointee.state.eip = gate.gateOffset
    }

    // MARK: RET

    /// RET far: to the same ring, or to an outer one with its stack; releases `released` bytes on both stacks.
    func returnFar(_ width: Width, releasing released: UInt32) throws(Interruption) {
        guard core.pointee.isProtected else {
            return try restoringStack { () throws(Interruption) in
                let (offset, selector) = try popReturn(width)
                try transferReal(to: selector, offset)
                setStackPointer(stackPointer &+ released)
            }
        }
        let esp = registers[.esp]
        try restoringStack { () throws(Interruption) in
            let (offset, selector) = try popReturn(width)
            let descriptor = try returnTarget(selector)
            let level = UInt8(selector & 3)
            guard level == core.pointee.state.cpl else {
                setStackPointer(stackPointer &+ released)
                let outer = try popOuterStack(width, level)
                guard offset <= descriptor.limit else { throw outsideCode(offset) }
                try leave(to: selector, descriptor, offset, outer, from: esp, releasing: released)
                return
            }
            guard offset <= descriptor.limit else { throw outsideCode(offset) }
            setSegment(.cs, try accessed(selector, descriptor))
            core.pointee.state.eip = offset
            setStackPointer(stackPointer &+ released)
        }
    }

    /// Pops where to return to; of a fault in both, silicon reports that of the selector.
    func popReturn(_ width: Width) throws(Interruption) -> (offset: UInt32, selector: UInt16) {
        let selector = UInt16(truncatingIfNeeded: try stackValue(1, width))
        let offset = try stackValue(0, width)
        setStackPointer(stackPointer &+ 2 &* UInt32(width.bytes))
        return (offset, selector)
    }

    /// A value on the stack, counted from its top, that stays there.
    func stackValue(_ index: UInt32, _ width: Width) throws(Interruption) -> UInt32 {
        let stack = SegmentRegister.ss.rawValue
        let offset = (stackPointer &+ index &* UInt32(width.bytes)) & core.pointee.stackMask
        if width == .dword { return try load(stack, offset, UInt32.self) }
        return UInt32(try load(stack, offset, UInt16.self))
    }

    /// The code segment that RET or IRET goes to.
    func returnTarget(_ selector: UInt16) throws(Interruption) -> Descriptor {
        guard selector & ~3 != 0 else { throw raised(.generalProtection, .returnNull, 0) }
        let descriptor = try readDescriptor(selector)
        let level = UInt8(selector & 3)
        func refused(_ rule: Rule, _ vector: ExceptionVector = .generalProtection) -> Interruption {
            raised(vector, rule, selector, descriptor)
        }
        guard isCode(descriptor) else { throw refused(.returnType) }
        guard level >= core.pointee.state.cpl else { throw refused(.returnSelectorLevel) }
        if isConforming(descriptor) {
            guard descriptor.dpl <= level else { throw refused(.returnConformingLevel) }
        } else if descriptor.dpl != level {
            throw refused(.returnLevel)
        }
        guard descriptor.isPresent else { throw refused(.returnAbsent, .segmentNotPresent) }
        return descriptor
    }

    /// Pops the stack pointer of an outer ring.
    func popOuterStack(_ width: Width, _ level: UInt8) throws(Interruption) -> (pointer: UInt32, segment: Segment) {
        let pointer = try pop(width)
        let selector = UInt16(truncatingIfNeeded: try pop(width))
        guard selector & ~3 != 0 else { throw raised(.generalProtection, .returnStackNull, 0, register: .ss) }
        return (pointer, try stackSegment(selector, .outer, level: level))
    }

    /// Goes to an outer ring: segments that it must not reach become null.
    ///
    /// - Parameter esp: ESP before the return; a stack of 16 bits keeps its upper half.
    func leave(
        to selector: UInt16, _ descriptor: Descriptor, _ offset: UInt32, _ stack: (pointer: UInt32, segment: Segment),
        from esp: UInt32, releasing released: UInt32 = 0
    ) throws(Interruption) {
        let code = try accessed(selector, descriptor)
        setCPL(UInt8(selector & 3))
        setSegment(.cs, code)
        setSegment(.ss, stack.segment)
        registers[.esp] = esp
        setStackPointer(stack.pointer &+ released)
        core.pointee.state.eip = offset
        for register in [SegmentRegister.es, .ds, .fs, .gs] { closeIfInner(register) }
        attendAfterFlags()
    }

    /// Makes a data segment register null if the present ring could not load it.
    @inline(__always)
    private func closeIfInner(_ register: SegmentRegister) {
        let segment = core.pointee.state.segments[register]
        let access = segment.access
        let isConforming = access.isSuperset(of: [.code, .expandDownOrConforming])
        // A null selector loses its RPL too. A task switch that failed leaves selectors without their descriptors.
        let isNull = segment.selector & ~3 == 0
        guard
            isNull
                ? segment.selector != 0 || access.contains(.present)
                : access.dpl < core.pointee.state.cpl && !isConforming
        else { return }
        setSegment(register, Segment.null)
    }
}

extension CPU.FarTransfer {
    /// How many values are pushed.
    var pushes: UInt32 {
        switch self {
        case .jump: 0
        case .call: 2
        }
    }

    /// Their width.
    var width: Width {
        switch self {
        case .jump: .word
        case .call(let width): width
        }
    }
}
