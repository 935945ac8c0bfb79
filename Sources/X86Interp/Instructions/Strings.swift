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
    /// What an index register moves by: the width, down if DF is set.
    func indexStep(_ op: OpPointer) -> UInt32 {
        let size = UInt32(op.pointee.width.bytes)
        return core.pointee.state.eflags.contains(.direction) ? 0 &- size : size
    }

    func advance(_ register: GeneralRegister, _ op: OpPointer) {
        let mask = op.pointee.addressMask
        setMasked(register, mask, masked(register, mask) &+ indexStep(op))
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
        if op.pointee.isRepeated { setMasked(.ecx, 0xFFFF, masked(.ecx, 0xFFFF) &- count) }
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
        run(masked(.edi, op.pointee.addressMask), SegmentRegister.es.rawValue, op, writing: true, limit)
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
                case .byte: try store(SegmentRegister.es.rawValue, to, try load(op.pointee.segment, from, UInt8.self))
                case .word: try store(SegmentRegister.es.rawValue, to, try load(op.pointee.segment, from, UInt16.self))
                case .dword: try store(SegmentRegister.es.rawValue, to, try load(op.pointee.segment, from, UInt32.self))
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
                case .byte: try store(SegmentRegister.es.rawValue, to, register(.al))
                case .word: try store(SegmentRegister.es.rawValue, to, register(.ax))
                case .dword: try store(SegmentRegister.es.rawValue, to, registers[.eax])
                }
                advance(.edi, op)
                return true
            })
    }

    private func storeMany(_ op: OpPointer, _ limit: UInt32) -> UInt32 {
        guard let to = destinationRun(op, limit) else { return 0 }
        switch op.pointee.width {
        case .byte: to.host.initializeMemory(as: UInt8.self, repeating: register(.al), count: Int(to.count))
        case .word: fill(to.host, register(.ax), Int(to.count))
        case .dword: fill(to.host, registers[.eax], Int(to.count))
        }
        skip(.edi, to.count, op)
        return to.count
    }

    /// Fills memory with copies of a value, by copying what is filled already: a loop took 1.4 times as long where the linker
    /// had put it across a page's end.
    private func fill<W: Operand>(_ host: UnsafeMutableRawPointer, _ value: W, _ count: Int) {
        let size = MemoryLayout<W>.size
        for n in 0..<min(count, 32) { host.storeBytes(of: value, toByteOffset: n * size, as: W.self) }
        var done = 32
        while done < count {
            let next = min(done, count - done, 256)
            (host + done * size).copyMemory(from: host, byteCount: next * size)
            done += next
        }
    }

    func loadString(_ op: OpPointer) throws(Interruption) {
        let mask = op.pointee.addressMask
        try repeating(
            op, bulk: { _ in 0 },
            each: { () throws(Interruption) in
                let from = masked(.esi, mask)
                switch op.pointee.width {
                case .byte: setRegister(.eax, try load(op.pointee.segment, from, UInt8.self))
                case .word: setRegister(.eax, try load(op.pointee.segment, from, UInt16.self))
                case .dword: setRegister(.eax, try load(op.pointee.segment, from, UInt32.self))
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
        let wanted = register(.eax, W.self)
        let whileEqual = op.pointee.flags.contains(.repeatEqual)
        try repeating(
            op, bulk: { scanMany(op, $0, wanted, whileEqual: whileEqual) },
            each: { () throws(Interruption) in
                let value = try load(SegmentRegister.es.rawValue, masked(.edi, op.pointee.addressMask), W.self)
                _ = ALU.subtract(wanted, value, borrow: 0, &core.pointee.flags)
                advance(.edi, op)
                return core.pointee.flags.zero == whileEqual
            })
    }

    /// Passes elements up to the one that ends the scan, which the body compares; the flags are those of the last one passed.
    private func scanMany<W: Operand>(
        _ op: OpPointer, _ limit: UInt32, _ wanted: W, whileEqual: Bool
    ) -> UInt32 {
        guard
            let run = run(masked(.edi, op.pointee.addressMask), SegmentRegister.es.rawValue, op, writing: false, limit)
        else { return 0 }
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
                let b = try load(SegmentRegister.es.rawValue, masked(.edi, op.pointee.addressMask), W.self)
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
        guard let a = sourceRun(op, limit), let b = run(to, SegmentRegister.es.rawValue, op, writing: false, a.count)
        else { return 0 }
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
