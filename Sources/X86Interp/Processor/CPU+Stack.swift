// The stack as instructions use it.
extension CPU {
    /// Pushes a value; ESP moves only if the store succeeded.
    @inline(__always)
    func push<W: Operand>(_ value: W) throws(Interruption) {
        let offset = core.top(W.self)
        try store(SegmentRegister.ss.rawValue, offset, value)
        setStackPointer(offset)
    }

    /// Pops a value and moves ESP.
    @inline(__always)
    func pop<W: Operand>(_ type: W.Type) throws(Interruption) -> W {
        let offset = stackPointer
        let value = try load(SegmentRegister.ss.rawValue, offset, W.self)
        setStackPointer(offset &+ UInt32(MemoryLayout<W>.size))
        return value
    }

    /// Pushes at a width known only at run time.
    func push(_ value: UInt32, _ width: Width) throws(Interruption) {
        if width == .dword { try push(value) } else { try push(UInt16(truncatingIfNeeded: value)) }
    }

    /// Checks that `count` values can be pushed, without pushing them.
    @inline(__always)
    func probePushes(_ count: UInt32, _ width: Width) throws(Interruption) {
        let top = stackPointer
        // No wrap, and all of it inside: the rule.
        let isInside =
            top >= count &* UInt32(width.bytes)
            && Int64(top) &- 1 <= window(SegmentRegister.ss.rawValue).writeLimit
        if !isInside { try probePushesOneByOne(count, width) }
    }

    @inline(never)
    func probePushesOneByOne(_ count: UInt32, _ width: Width) throws(Interruption) {
        let size = UInt32(width.bytes)
        for number in 0..<count {
            let offset = (registers[.esp] &- size &* (number &+ 1)) & core.pointee.stackMask
            try probe(SegmentRegister.ss.rawValue, offset, width.bytes, .write)
        }
    }

    /// Pops at a width known only at run time, zero-extended.
    func pop(_ width: Width) throws(Interruption) -> UInt32 {
        width == .dword ? try pop(UInt32.self) : UInt32(try pop(UInt16.self))
    }

    /// Runs a body that moves ESP step by step; if it faults, ESP is as before.
    @inline(__always)
    func restoringStack(_ body: () throws(Interruption) -> Void) throws(Interruption) {
        let esp = registers[.esp]
        do throws(Interruption) {
            try body()
        } catch {
            putBackStack(esp, error)
            throw error
        }
    }

    /// Puts ESP back behind a failure, unless somebody has gone elsewhere, who decides about ESP as well.
    func putBackStack(_ esp: UInt32, _ interruption: Interruption) {
        if case .moved = interruption { return }
        registers[.esp] = esp
    }
}
