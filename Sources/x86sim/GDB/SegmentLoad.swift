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
        if selector & ~3 == 0 {
            guard register != .cs, register != .ss else {
                throw RegisterRefusal(message: "\(register.name) takes no null selector")
            }
            state.segments[register] = .null
            state.segments[register].selector = selector
            return
        }
        guard let segment = context.segment(selector) else {
            throw RegisterRefusal(message: "selector \(selector.hex) has no descriptor of a segment")
        }
        guard suits(segment.access) else {
            throw RegisterRefusal(message: "the segment of selector \(selector.hex) does not suit \(register.name)")
        }
        state.segments[register] = segment
    }

    private func suits(_ access: SegmentAccess) -> Bool {
        guard access.contains([.present, .codeOrData]) else { return false }
        switch register {
        case .cs: return access.contains(.code)
        case .ss: return !access.contains(.code) && access.contains(.writableOrReadable)
        case .ds, .es, .fs, .gs: return !access.contains(.code) || access.contains(.writableOrReadable)
        }
    }
}
