extension Encoding {
    /// IN, OUT, INS, OUTS.
    // The rows are aligned.
    // swift-format-ignore
    static let portIO: [Encoding] = [
        .init(0xE4, .in, .al, .ib,   traits: [.io]),
        .init(0xE5, .in, .ax, .ib,   traits: [.io]),
        .init(0xE6, .out, .ib, .al,  traits: [.io]),
        .init(0xE7, .out, .ib, .ax,  traits: [.io]),
        .init(0xEC, .in, .al, .dx,   traits: [.io]),
        .init(0xED, .in, .ax, .dx,   traits: [.io]),
        .init(0xEE, .out, .dx, .al,  traits: [.io]),
        .init(0xEF, .out, .dx, .ax,  traits: [.io]),
        .init(0x6C, .ins, .yb, .dx,  traits: [.repeatable, .io, .endsBlock], flags: .readsDirection, since: .i80186),
        .init(0x6D, .ins, .yv, .dx,  traits: [.repeatable, .io, .endsBlock], flags: .readsDirection, since: .i80186),
        .init(0x6E, .outs, .dx, .xb, traits: [.repeatable, .io, .endsBlock], flags: .readsDirection, since: .i80186),
        .init(0x6F, .outs, .dx, .xv, traits: [.repeatable, .io, .endsBlock], flags: .readsDirection, since: .i80186),
    ]
}

extension CPU {
    private var dx: UInt16 { register(.dx) }

    /// The port of IN and OUT: DX or an immediate byte.
    @inline(__always)
    private func port(_ op: OpPointer) -> UInt16 {
        op.pointee.payload.isPortInDX ? dx : UInt16(truncatingIfNeeded: op.pointee.immediate)
    }

    @inline(__always)
    func inPort(_ op: OpPointer) throws(Interruption) {
        let port = port(op)
        try checkPortPermission(port, op.pointee.width)
        setRegister(.eax, op.pointee.width, try readPort(port, op.pointee.width))
    }

    @inline(__always)
    func outPort(_ op: OpPointer) throws(Interruption) {
        let port = port(op)
        try checkPortPermission(port, op.pointee.width)
        try writePort(port, op.pointee.width, register(.eax, op.pointee.width))
    }

    /// Which element of a repeated transfer comes next.
    private func element(_ op: OpPointer) -> PortElement {
        guard op.pointee.isRepeated else { return PortElement() }
        return PortElement(
            number: core.pointee.state.portProgress.element, remaining: masked(.ecx, op.pointee.addressMask))
    }

    /// INS: the destination is checked for writing before the port is read, so that a fault loses no data.
    func inString(_ op: OpPointer) throws(Interruption) {
        let width = op.pointee.width
        let segment = SegmentRegister.es.rawValue
        try checkPortPermission(dx, width)
        let leavesCount =
            model.errata.contains(.countBehindRepeatedInput) && op.pointee.isRepeated
            && masked(.ecx, op.pointee.addressMask) != 0
        try repeating(
            op, bulk: { readMany(op, $0) },
            each: { () throws(Interruption) in
                let offset = masked(.edi, op.pointee.addressMask)
                do throws(Interruption) {
                    try probe(segment, offset, width.bytes, .write)
                } catch {
                    // A 286 in real mode has read the port by then: that element is lost.
                    if model.generation == .i80286, !core.pointee.isProtected {
                        _ = try readPort(dx, width, element(op))
                    }
                    throw error
                }
                let value = try readPort(dx, width, element(op))
                switch width {
                case .byte: try store(segment, offset, UInt8(truncatingIfNeeded: value))
                case .word: try store(segment, offset, UInt16(truncatingIfNeeded: value))
                case .dword: try store(segment, offset, value)
                }
                advance(.edi, op)
                return true
            })
        if leavesCount { spoilCount(behind: op) }
    }

    func outString(_ op: OpPointer) throws(Interruption) {
        let width = op.pointee.width
        try checkPortPermission(dx, width)
        try repeating(
            op, bulk: { writeMany(op, $0) },
            each: { () throws(Interruption) in
                let value = try sourceElement(op)
                do throws(Interruption) {
                    try writePort(dx, width, value, element(op))
                } catch {
                    let isWaiting =
                        core.pointee.state.pendingRequest != nil || core.pointee.state.portProgress.isWithinAccess
                    if isWaiting, !core.pointee.isJournaling {
                        core.pointee.state.portProgress.source = value
                    }
                    throw error
                }
                advance(.esi, op)
                return true
            })
    }

    /// What OUTS writes: read once, however often the instruction comes back for the answers to its cycles.
    private func sourceElement(_ op: OpPointer) throws(Interruption) -> UInt32 {
        if let known = core.pointee.state.portProgress.source, !core.pointee.isJournaling { return known }
        let offset = masked(.esi, op.pointee.addressMask)
        switch op.pointee.width {
        case .byte: return UInt32(try load(op.pointee.segment, offset, UInt8.self))
        case .word: return UInt32(try load(op.pointee.segment, offset, UInt16.self))
        case .dword: return try load(op.pointee.segment, offset, UInt32.self)
        }
    }

    /// Block transfer into memory, where nothing but speed tells it from single ones.
    private func readMany(_ op: OpPointer, _ limit: UInt32) -> UInt32 {
        guard let route = blockRoute(dx, op.pointee.width, .in), let to = destinationRun(op, limit) else { return 0 }
        let count = UInt32(readBlock(dx, op.pointee.width, route, into: to.host, Int(to.count)))
        skip(.edi, count, op)
        return count
    }

    /// Block transfer out of memory.
    private func writeMany(_ op: OpPointer, _ limit: UInt32) -> UInt32 {
        guard let route = blockRoute(dx, op.pointee.width, .out), let from = sourceRun(op, limit) else { return 0 }
        let count = UInt32(writeBlock(dx, op.pointee.width, route, from: from.host, Int(from.count)))
        skip(.esi, count, op)
        return count
    }
}
