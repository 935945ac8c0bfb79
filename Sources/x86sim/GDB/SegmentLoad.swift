import X86Interp

/// A selector that the user puts into a segment register: the hidden part comes along, as by MOV or a far jump.
struct SegmentLoad {
    private let register: SegmentRegister
    private let selector: UInt16

    /// A load of `register`.
    init(_ register: SegmentRegister, _ selector: UInt16) {
        self.register = register
        self.selector = selector
    }

    /// Loads it: in real and virtual-8086 mode base and selector, else what the descriptor says.
    ///
    /// - Throws: `RegisterRefusal` where the descriptor does not suit the register.
    func apply(to state: inout CPUState, _ context: RegisterContext) throws(RegisterRefusal) {
        guard state.cr0 & 1 == 1, !state.eflags.contains(.virtual8086) else {
            state.segments[register].selector = selector
            state.segments[register].base = UInt32(selector) << 4
            return
        }
        if selector & ~3 == 0, register != .cs, register != .ss {
            state.segments[register] = .null
            state.segments[register].selector = selector
            return
        }
        let descriptor = try descriptor(state, context)
        guard suits(descriptor.access) else {
            throw refusal("is no segment for \(register.name)")
        }
        state.segments[register] = descriptor.segment(selector: selector)
    }

    private func descriptor(
        _ state: CPUState, _ context: RegisterContext
    ) throws(RegisterRefusal) -> Descriptor {
        let isLocal = selector & 4 != 0
        let base = isLocal ? state.ldtr.base : state.gdtr.base
        let limit = isLocal ? state.ldtr.limit : state.gdtr.limit
        let offset = UInt32(selector & ~7)
        guard selector & ~3 != 0, offset + 7 <= limit else {
            throw refusal("lies outside of the \(isLocal ? "LDT" : "GDT")")
        }
        let bytes = context.peek(base &+ offset, 8)
        guard bytes.count == 8 else { throw refusal("has a descriptor that is not in memory") }
        let halves = [0, 4].map { start in
            (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }
        }
        return Descriptor(low: halves[0], high: halves[1])
    }

    private func suits(_ access: SegmentAccess) -> Bool {
        guard access.contains([.present, .codeOrData]) else { return false }
        switch register {
        case .cs: return access.contains(.code)
        case .ss: return !access.contains(.code) && access.contains(.writableOrReadable)
        case .ds, .es, .fs, .gs: return !access.contains(.code) || access.contains(.writableOrReadable)
        }
    }

    private func refusal(_ reason: String) -> RegisterRefusal {
        RegisterRefusal(message: "selector \(selector.hex) \(reason)")
    }
}
