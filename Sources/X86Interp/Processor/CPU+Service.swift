// What firmware whose services the host performs reads and writes of the processor: from within the access that asks for
// a service, and between runs. Only what is written changes, as instructions would change it: nothing is flushed.
extension CPU {
    /// A general register.
    public subscript(register: GeneralRegister) -> UInt32 {
        get { registers[Int(register.rawValue)] }
        nonmutating set { registers[Int(register.rawValue)] = newValue }
    }

    /// What a service wants to know at once: each question costs a call.
    package var serviceView: ServiceView {
        ServiceView(
            registers: registers, address: core.pointee.windows.cs.base &+ instructionOffset,
            stackBase: core.pointee.windows.ss.base)
    }

    /// A segment register with its hidden part.
    public subscript(register: SegmentRegister) -> Segment { core.pointee.state.segments[register] }

    /// Offset in CS of the instruction that runs, or that comes next.
    private var instructionOffset: UInt32 { core.pointee.isRunning ? instructionEIP : core.pointee.state.eip }

    /// Sets arithmetic flags and clears others.
    public func setFlags(_ set: EFLAGS, clearing: EFLAGS) {
        let flags = eflags.subtracting(clearing.intersection(.arithmetic)).union(set.intersection(.arithmetic))
        core.pointee.state.eflags = flags
        core.pointee.flags = LazyFlags(flags)
    }

    /// Loads a data or stack segment register as MOV would; false, and nothing changed, if that would fault.
    ///
    /// In real mode limit and rights stay as they are, so that big real mode stays what it is.
    @discardableResult
    public func load(_ register: SegmentRegister, _ selector: UInt16) -> Bool {
        guard register != .cs else { return false }
        let report = core.pointee.report
        do throws(Interruption) {
            try loadSegment(register, selector)
            return true
        } catch {
            core.pointee.report = report
            return false
        }
    }
}

/// The processor as a service finds it.
package struct ServiceView {
    /// The eight general registers by number, where they are as long as the CPU is.
    package let registers: UnsafeMutablePointer<UInt32>
    /// Linear address of the instruction that runs, or that comes next.
    package let address: UInt32
    /// Base of SS.
    package let stackBase: UInt32
}
