import X86Interp

/// The registers in gdb's numbering: the 32 that its `org.gnu.gdb.i386.core` requires, those of its
/// `org.gnu.gdb.i386.sse` if the processor has them, then our own.
struct Registers: Sendable {
    /// What gdb wants first and in this order, the x87 registers included, else it refuses the description.
    let core: [RegisterRow]
    /// XMM0 to XMM7 and MXCSR, or nothing.
    let sse: [RegisterRow]
    /// All rows; a register's number is its place.
    ///
    /// gdb 13 knows no groups of registers in an i386 but its own, so that `info registers system` wants a register of
    /// that name: the system registers together.
    let all: [RegisterRow]

    private init(hasX87: Bool, hasSSE: Bool) {
        core =
            Self.general + [Self.programCounter, Self.flags] + Self.segments
            + (hasX87 ? FloatingPointRows.x87 : FloatingPointRows.absent)
        sse = hasSSE ? FloatingPointRows.sse : []
        all = core + sse + Self.system + [.group("system", Self.system)]
    }

    /// The registers of a processor.
    static func of(_ model: CPUModel) -> Registers { model.has(.sse) ? full : model.has(.x87) ? withX87 : integer }

    private static let integer = Registers(hasX87: false, hasSSE: false)
    private static let withX87 = Registers(hasX87: true, hasSSE: false)
    /// All that any processor has.
    static let full = Registers(hasX87: true, hasSSE: true)

    /// The numbers of EBP, ESP and EIP, which each stop reply carries.
    static let expedited = [5, 4, 8]

    private static let general: [RegisterRow] = GeneralRegister.allCases.map { register in
        let isPointer = register == .esp || register == .ebp
        return RegisterRow(register.name(.dword), type: isPointer ? "data_ptr" : "int32") {
            UInt64($0.gpr[register])
        } _: { state, value, context in
            let mask: UInt32 = context.model.is32Bit ? .max : 0xFFFF
            state.gpr[register] = UInt32(truncatingIfNeeded: value) & mask
        }
    }

    /// EIP plus the base of CS: a linear address, as all that gdb reads and breaks at.
    private static let programCounter = RegisterRow("eip", type: "code_ptr") { state in
        UInt64(state.programCounter)
    } _: { state, value, _ throws(RegisterRefusal) in
        let target = UInt32(truncatingIfNeeded: value)
        guard target != state.programCounter else { return }
        let offset = target &- state.segments.cs.base
        guard offset <= state.segments.cs.limit else {
            throw RegisterRefusal(message: "\(target.hex) is not in the code segment; set $cs first")
        }
        state.jump(to: offset)
    }

    private static let flags = RegisterRow("eflags", type: "i386_eflags") {
        UInt64($0.eflags.rawValue)
    } _: { state, value, context in
        RegisterName.flags(.dword).set(UInt32(truncatingIfNeeded: value), in: &state, of: context.model)
    }

    private static let segments: [RegisterRow] = [SegmentRegister.cs, .ss, .ds, .es, .fs, .gs].map { register in
        RegisterRow(register.name) {
            UInt64($0.segments[register].selector)
        } _: { state, value, context throws(RegisterRefusal) in
            guard let selector = UInt16(exactly: value) else {
                throw RegisterRefusal(message: "a selector has 16 bits")
            }
            guard selector != state.segments[register].selector else { return }
            try SegmentLoad(register, selector).apply(to: &state, context)
        }
    }

    /// What gdb has no names for.
    static let system: [RegisterRow] =
        [
            .shown("ip") { UInt64($0.eip) },
            .shown("stack", type: "data_ptr") { UInt64($0.stackTop) },
            .shown("cpl") { UInt64($0.cpl) },
            .shown("icount", bits: 64, type: "uint64") { $0.instructions },
        ] + hidden + [
            .field("cr0", \.cr0), .field("cr2", \.cr2, type: "data_ptr"), .field("cr3", \.cr3), .field("cr4", \.cr4),
            .field("dr0", \.dr0, type: "data_ptr"), .field("dr1", \.dr1, type: "data_ptr"),
            .field("dr2", \.dr2, type: "data_ptr"), .field("dr3", \.dr3, type: "data_ptr"),
            .field("dr6", \.dr6), .field("dr7", \.dr7),
            .field("gdtr_base", \.gdtr.base, type: "data_ptr"), .field("gdtr_limit", \.gdtr.limit),
            .field("idtr_base", \.idtr.base, type: "data_ptr"), .field("idtr_limit", \.idtr.limit),
            .field("ldtr", \.ldtr.selector), .field("ldtr_base", \.ldtr.base, type: "data_ptr"),
            .field("ldtr_limit", \.ldtr.limit),
            .field("tr", \.tr.selector), .field("tr_base", \.tr.base, type: "data_ptr"),
            .field("tr_limit", \.tr.limit),
        ]

    /// The hidden parts of the segment registers.
    private static let hidden: [RegisterRow] =
        hidden("cs", \.segments.cs) + hidden("ss", \.segments.ss) + hidden("ds", \.segments.ds)
        + hidden("es", \.segments.es) + hidden("fs", \.segments.fs) + hidden("gs", \.segments.gs)

    private static func hidden(
        _ name: String, _ path: WritableKeyPath<CPUState, Segment> & Sendable
    ) -> [RegisterRow] {
        [
            RegisterRow("\(name)_base", type: "data_ptr") {
                UInt64($0[keyPath: path].base)
            } _: { state, value, _ in
                state[keyPath: path].base = UInt32(truncatingIfNeeded: value)
            },
            RegisterRow("\(name)_limit", type: "uint32") {
                UInt64($0[keyPath: path].limit)
            } _: { state, value, _ in
                state[keyPath: path].limit = UInt32(truncatingIfNeeded: value)
            },
            RegisterRow("\(name)_access", type: "uint32") {
                UInt64($0[keyPath: path].access.rawValue)
            } _: { state, value, _ in
                state[keyPath: path].access = SegmentAccess(rawValue: UInt16(truncatingIfNeeded: value))
            },
        ]
    }
}

extension CPUState {
    /// The linear address of the next instruction: what gdb's `$pc` is.
    var programCounter: UInt32 { segments.cs.base &+ eip }

    /// The linear address of the top of the stack: what our `$stack` is, while `$sp` is ESP as the guest has it.
    var stackTop: UInt32 { segments.ss.base &+ gpr.esp & (segments.ss.access.contains(.big) ? .max : 0xFFFF) }

    /// Whether code runs with 32-bit operands and addresses.
    var runs32BitCode: Bool { segments.cs.access.contains(.big) }

    /// Goes elsewhere in the code segment: out of a halt too.
    mutating func jump(to offset: UInt32) {
        eip = offset
        halted = false
    }
}
