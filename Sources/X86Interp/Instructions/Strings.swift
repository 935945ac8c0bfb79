extension Encoding {
    /// MOVS, CMPS, STOS, LODS, SCAS.
    // The rows are aligned.
    // swift-format-ignore
    static let strings: [Encoding] = [
        .init(0xA4, .movs, .yb, .xb, traits: [.repeatable], flags: .readsDirection),
        .init(0xA5, .movs, .yv, .xv, traits: [.repeatable], flags: .readsDirection),
        .init(0xA6, .cmps, .xb, .yb, traits: [.repeatable], flags: .compareString),
        .init(0xA7, .cmps, .xv, .yv, traits: [.repeatable], flags: .compareString),
        .init(0xAA, .stos, .yb, .al, traits: [.repeatable], flags: .readsDirection),
        .init(0xAB, .stos, .yv, .ax, traits: [.repeatable], flags: .readsDirection),
        .init(0xAC, .lods, .al, .xb, traits: [.repeatable], flags: .readsDirection),
        .init(0xAD, .lods, .ax, .xv, traits: [.repeatable], flags: .readsDirection),
        .init(0xAE, .scas, .al, .yb, traits: [.repeatable], flags: .compareString),
        .init(0xAF, .scas, .ax, .yv, traits: [.repeatable], flags: .compareString),
    ]
}

extension CPU {
    private var extra: UInt8 { SegmentRegister.es.rawValue }

    /// Whether F2 or F3 repeats the instruction.
    func isRepeated(_ op: OpPointer) -> Bool { !op.pointee.flags.isDisjoint(with: .repeated) }

    /// What an index register moves by: the width, down if DF is set.
    func indexStep(_ op: OpPointer) -> UInt32 {
        let size = UInt32(op.pointee.width.bytes)
        return core.pointee.state.eflags.contains(.direction) ? 0 &- size : size
    }

    func advance(_ register: GeneralRegister, _ op: OpPointer) {
        let mask = op.pointee.addressMask
        setMasked(register, mask, masked(register, mask) &+ indexStep(op))
    }

    /// Runs a string instruction: once, or while (E)CX is not 0 and the body returns true.
    ///
    /// Each iteration retires on its own: between two of them the CPU may leave for whatever is due, with EIP
    /// at the instruction. `bulk` may do many iterations at once, up to the given number; it returns how many, and leaves
    /// all but (E)CX as they would: flags too, which the next element's fault pushes.
    @inline(__always)
    func repeating(
        _ op: OpPointer, bulk: (UInt32) -> UInt32, each body: () throws(Interruption) -> Bool
    ) throws(Interruption) {
        guard isRepeated(op) else {
            _ = try body()
            return
        }
        let mask = op.pointee.addressMask
        while true {
            let count = masked(.ecx, mask)
            guard count != 0 else { break }
            let left = core.pointee.deadline > now && !isUncached ? core.pointee.deadline &- now : 1
            // The last iteration is always the body's: it ends the instruction.
            let limit = UInt32(truncatingIfNeeded: min(UInt64(count - 1), left &- 1))
            let done = limit > 0 ? bulk(limit) : 0
            if done > 0 {
                core.pointee.state.instructions &+= UInt64(done)
                setMasked(.ecx, mask, count &- done)
                core.pointee.state.portProgress.isRepeating = true
                core.pointee.state.portProgress.element &+= done
                // A device that serves blocks has no business here, but may have gone elsewhere.
                if core.pointee.move != nil { throw .moved }
                continue
            }
            let goesOn = try body()
            setMasked(.ecx, mask, count &- 1)
            if count == 1 || !goesOn { break }
            try retireIteration()
        }
        core.pointee.state.portProgress.isRepeating = false
        core.pointee.state.portProgress.element = 0
    }

    /// Moves what an 80286 in real mode has moved when an element's access faults: it does not restart there.
    ///
    /// The index moves before its access (CMPS reads ES:DI first), CX counts one iteration, two before a store, and none
    /// if CMPS cannot read at ES:DI.
    func moveBeforeFault(_ op: OpPointer) {
        func crosses(_ register: GeneralRegister) -> Bool { masked(register, 0xFFFF) == 0xFFFF }
        let moved: [GeneralRegister]
        var count: UInt32 = 1
        switch op.pointee.operation {
        case .lods, .outs: moved = [.esi]
        case .scas: moved = [.edi]
        case .cmps where crosses(.edi):
            moved = [.edi]
            count = 0
        case .cmps: moved = [.edi, .esi]
        case .movs where crosses(.esi): moved = [.esi]
        case .movs:
            moved = [.esi, .edi]
            count = 2
        case .stos, .ins:
            moved = [.edi]
            count = 2
        default: return
        }
        for register in moved { advance(register, op) }
        if isRepeated(op) { setMasked(.ecx, 0xFFFF, masked(.ecx, 0xFFFF) &- count) }
    }

    /// Retires one iteration of a repeated instruction that goes on; leaves if something is due.
    @inline(__always)
    func retireIteration() throws(Interruption) {
        core.pointee.state.instructions &+= 1
        core.pointee.state.portProgress.isRepeating = true
        core.pointee.state.portProgress.element &+= 1
        if now >= core.pointee.deadline || core.pointee.end == core.pointee.current + 1, mustPause { throw .pause }
    }

    /// Forgets that iterations are to come if `i`, where the CPU goes on, is no repeated instruction any more.
    @inline(never)
    func keepRepeating(_ op: OpPointer) {
        let row = Int(op.pointee.row)
        guard isRepeated(op), row < Encoding.all.count, Encoding.all[row].traits.contains(.repeatable) else {
            core.pointee.state.portProgress.isRepeating = false
            core.pointee.state.portProgress.element = 0
            return
        }
    }

    /// The deadline has come, or this very code was overwritten.
    private var mustPause: Bool {
        now >= core.pointee.deadline || isOverwritten
    }

    /// The running block has been dropped, or nobody watches its bytes: they must be decoded again.
    private var isOverwritten: Bool { isUncached || isBlockDead }

    /// The instruction is decoded for this one time.
    private var isUncached: Bool { core.pointee.start == scratch.pointee.ops }

    private var isBlockDead: Bool {
        let linear = core.pointee.windows.cs.base &+ core.pointee.blockEIP
        let key = core.pointee.codeKey | UInt64(linear & 4095)
        return blocks.pointee.find(key)?.pointee.ops != core.pointee.start
    }

    // MARK: Many iterations at once, upwards within one page

    /// Elements from an offset up to the end of its page, of its segment and of its index register.
    private func elementsAhead(
        _ offset: UInt32, _ segment: UInt8, _ op: OpPointer, writing: Bool
    ) -> UInt32 {
        let window = window(segment)
        let size = UInt32(op.pointee.width.bytes)
        let limit = writing ? window.writeLimit : window.readLimit
        guard Int64(offset) <= limit else { return 0 }
        let inPage = 4096 - (window.base &+ offset) & 4095
        let inSegment = UInt32(truncatingIfNeeded: min(limit - Int64(offset) + 1, 4096))
        let inIndex = UInt32(truncatingIfNeeded: min(UInt64(op.pointee.addressMask - offset) + 1, 4096))
        return min(inPage, inSegment, inIndex) / size
    }

    /// Host address and number of elements that can be read upwards from an offset, or nil.
    private func run(
        _ offset: UInt32, _ segment: UInt8, _ op: OpPointer, writing: Bool, _ limit: UInt32
    ) -> (host: UnsafeMutableRawPointer, count: UInt32)? {
        guard !core.pointee.state.eflags.contains(.direction) else { return nil }
        let count = min(limit, elementsAhead(offset, segment, op, writing: writing))
        let host = writing ? fastWrite(segment, offset) : fastRead(segment, offset)
        guard count > 0, let host else { return nil }
        return (host, count)
    }

    /// Moves an index register up by some elements.
    func skip(_ register: GeneralRegister, _ count: UInt32, _ op: OpPointer) {
        let mask = op.pointee.addressMask
        setMasked(register, mask, masked(register, mask) &+ count &* UInt32(op.pointee.width.bytes))
    }

    /// A run at ES:(E)DI for INS.
    func destinationRun(
        _ op: OpPointer, _ limit: UInt32
    ) -> (host: UnsafeMutableRawPointer, count: UInt32)? {
        run(masked(.edi, op.pointee.addressMask), extra, op, writing: true, limit)
    }

    /// A run at DS:(E)SI for OUTS.
    func sourceRun(_ op: OpPointer, _ limit: UInt32) -> (host: UnsafeMutableRawPointer, count: UInt32)? {
        run(masked(.esi, op.pointee.addressMask), op.pointee.segment, op, writing: false, limit)
    }

    // MARK: MOVS

    func moveString(_ op: OpPointer) throws(Interruption) {
        let mask = op.pointee.addressMask
        try repeating(
            op, bulk: { moveMany(op, $0) },
            each: { () throws(Interruption) in
                let from = masked(.esi, mask)
                let to = masked(.edi, mask)
                switch op.pointee.width {
                case .byte: try store(extra, to, try load(op.pointee.segment, from, UInt8.self))
                case .word: try store(extra, to, try load(op.pointee.segment, from, UInt16.self))
                case .dword: try store(extra, to, try load(op.pointee.segment, from, UInt32.self))
                }
                advance(.esi, op)
                advance(.edi, op)
                return true
            })
    }

    private func moveMany(_ op: OpPointer, _ limit: UInt32) -> UInt32 {
        guard let from = sourceRun(op, limit), let to = destinationRun(op, from.count) else { return 0 }
        let size = op.pointee.width.bytes
        let bytes = Int(to.count) * size
        let distance = to.host - from.host
        if distance > 0 && distance < bytes {
            // Overlapping upwards: each element may read what an earlier one wrote.
            for offset in stride(from: 0, to: bytes, by: size) {
                to.host.advanced(by: offset).copyMemory(from: from.host + offset, byteCount: size)
            }
        } else {
            to.host.copyMemory(from: from.host, byteCount: bytes)
        }
        skip(.esi, to.count, op)
        skip(.edi, to.count, op)
        return to.count
    }

    // MARK: STOS and LODS

    func storeString(_ op: OpPointer) throws(Interruption) {
        let mask = op.pointee.addressMask
        try repeating(
            op, bulk: { storeMany(op, $0) },
            each: { () throws(Interruption) in
                let to = masked(.edi, mask)
                switch op.pointee.width {
                case .byte: try store(extra, to, register(0, UInt8.self))
                case .word: try store(extra, to, register(0, UInt16.self))
                case .dword: try store(extra, to, registers[0])
                }
                advance(.edi, op)
                return true
            })
    }

    private func storeMany(_ op: OpPointer, _ limit: UInt32) -> UInt32 {
        guard let to = destinationRun(op, limit) else { return 0 }
        switch op.pointee.width {
        case .byte: to.host.initializeMemory(as: UInt8.self, repeating: register(0, UInt8.self), count: Int(to.count))
        case .word: fill(to.host, register(0, UInt16.self), Int(to.count))
        case .dword: fill(to.host, registers[0], Int(to.count))
        }
        skip(.edi, to.count, op)
        return to.count
    }

    private func fill<W: Operand>(_ host: UnsafeMutableRawPointer, _ value: W, _ count: Int) {
        for n in 0..<count { host.storeBytes(of: value, toByteOffset: n * MemoryLayout<W>.size, as: W.self) }
    }

    func loadString(_ op: OpPointer) throws(Interruption) {
        let mask = op.pointee.addressMask
        try repeating(
            op, bulk: { _ in 0 },
            each: { () throws(Interruption) in
                let from = masked(.esi, mask)
                switch op.pointee.width {
                case .byte: setRegister(0, try load(op.pointee.segment, from, UInt8.self))
                case .word: setRegister(0, try load(op.pointee.segment, from, UInt16.self))
                case .dword: setRegister(0, try load(op.pointee.segment, from, UInt32.self))
                }
                advance(.esi, op)
                return true
            })
    }

    // MARK: SCAS and CMPS

    func scanString(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.width {
        case .byte: try scan(op, UInt8.self)
        case .word: try scan(op, UInt16.self)
        case .dword: try scan(op, UInt32.self)
        }
    }

    private func scan<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        let wanted = register(0, W.self)
        let whileEqual = op.pointee.flags.contains(.repeatEqual)
        try repeating(
            op, bulk: { scanMany(op, $0, wanted, whileEqual: whileEqual) },
            each: { () throws(Interruption) in
                let value = try load(extra, masked(.edi, op.pointee.addressMask), W.self)
                _ = ALU.subtract(wanted, value, borrow: 0, &core.pointee.flags)
                advance(.edi, op)
                return core.pointee.flags.zero == whileEqual
            })
    }

    /// Passes elements up to the one that ends the scan, which the body compares; the flags are those of the last one passed.
    private func scanMany<W: Operand>(
        _ op: OpPointer, _ limit: UInt32, _ wanted: W, whileEqual: Bool
    ) -> UInt32 {
        guard let run = run(masked(.edi, op.pointee.addressMask), extra, op, writing: false, limit) else { return 0 }
        var count = 0
        var last: W = 0
        while count < Int(run.count) {
            let value = run.host.loadUnaligned(fromByteOffset: count &* MemoryLayout<W>.size, as: W.self)
            if (value == wanted) != whileEqual { break }
            last = value
            count &+= 1
        }
        guard count > 0 else { return 0 }
        _ = ALU.subtract(wanted, last, borrow: 0, &core.pointee.flags)
        skip(.edi, UInt32(count), op)
        return UInt32(count)
    }

    func compareString(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.width {
        case .byte: try compare(op, UInt8.self)
        case .word: try compare(op, UInt16.self)
        case .dword: try compare(op, UInt32.self)
        }
    }

    private func compare<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        let whileEqual = op.pointee.flags.contains(.repeatEqual)
        try repeating(
            op, bulk: { compareMany(op, W.self, $0, whileEqual: whileEqual) },
            each: { () throws(Interruption) in
                // The element at ES:(E)DI comes first: both the 80286 and present chips report its fault if both have one.
                let b = try load(extra, masked(.edi, op.pointee.addressMask), W.self)
                let a = try load(op.pointee.segment, masked(.esi, op.pointee.addressMask), W.self)
                _ = ALU.subtract(a, b, borrow: 0, &core.pointee.flags)
                advance(.esi, op)
                advance(.edi, op)
                return core.pointee.flags.zero == whileEqual
            })
    }

    private func compareMany<W: Operand>(
        _ op: OpPointer, _ type: W.Type, _ limit: UInt32, whileEqual: Bool
    ) -> UInt32 {
        let to = masked(.edi, op.pointee.addressMask)
        guard let a = sourceRun(op, limit), let b = run(to, extra, op, writing: false, a.count) else { return 0 }
        var count = 0
        var last: (a: W, b: W) = (0, 0)
        while count < Int(b.count) {
            let offset = count &* MemoryLayout<W>.size
            let pair = (
                a: a.host.loadUnaligned(fromByteOffset: offset, as: W.self),
                b: b.host.loadUnaligned(fromByteOffset: offset, as: W.self)
            )
            if (pair.a == pair.b) != whileEqual { break }
            last = pair
            count &+= 1
        }
        guard count > 0 else { return 0 }
        _ = ALU.subtract(last.a, last.b, borrow: 0, &core.pointee.flags)
        skip(.esi, UInt32(count), op)
        skip(.edi, UInt32(count), op)
        return UInt32(count)
    }
}
