/// A register of a test, in the order of the `RG32` chunk.
enum VectorRegister: UInt8, CaseIterable {
    case cr0, cr3, eax, ebx, ecx, edx, esi, edi, ebp, esp, cs, ds, es, fs, gs, ss, eip, eflags, dr6, dr7

    /// The order of the 16-bit `REGS` chunk.
    static let order16: [VectorRegister] = [
        .eax, .ebx, .ecx, .edx, .cs, .ss, .ds, .es, .esp, .ebp, .esi, .edi, .eip, .eflags,
    ]
    /// The order of the `RG32` chunk.
    static let order32 = allCases
    /// What a test compares one by one.
    static let general: [VectorRegister] = [.eax, .ebx, .ecx, .edx, .esi, .edi, .ebp, .esp, .eip]
    /// The segment registers.
    static let segments: [VectorRegister] = [.cs, .ds, .es, .fs, .gs, .ss]

    /// Whether this is a segment register.
    var isSegment: Bool { rawValue >= Self.cs.rawValue && rawValue <= Self.ss.rawValue }
}

/// Values or masks of some registers.
struct RegisterValues: Equatable {
    private var values = [UInt32](repeating: 0, count: VectorRegister.allCases.count)
    private var present: UInt32 = 0

    /// No register.
    init() {}

    /// The value of a register, or nil.
    subscript(register: VectorRegister) -> UInt32? {
        get { present >> UInt32(register.rawValue) & 1 == 1 ? values[Int(register.rawValue)] : nil }
        set {
            values[Int(register.rawValue)] = newValue ?? 0
            let bit = UInt32(1) << UInt32(register.rawValue)
            present = newValue == nil ? present & ~bit : present | bit
        }
    }
}

/// A byte of memory, or a mask for it.
struct MemoryByte: Equatable {
    /// The linear address, which is the physical one: no test pages.
    let address: UInt32
    /// The byte or its mask of defined bits.
    let value: UInt8
}

/// The state before or behind an instruction; behind it only what changed.
struct VectorState: Equatable {
    /// `REGS` or `RG32`.
    var registers = RegisterValues()
    /// `RMSK` or `RM32`: the defined bits where not all are.
    var masks = RegisterValues()
    /// `RAM `.
    var memory: [MemoryByte] = []
    /// `RAMM`: the defined bits of memory where not all are.
    var memoryMasks: [MemoryByte] = []
    /// `FXSA`: FPU and SSE state as FXSAVE writes it.
    var fpu: [UInt8]?
    /// `FSWM`: the defined bits of the FPU status word.
    var statusWordMask: UInt16 = 0xFFFF
}

/// The exception that ends a test's instruction.
struct VectorException: Equatable {
    /// The vector number; INT n counts as one in the real-mode suites.
    let number: UInt8
    /// Where the real-mode suites find the pushed FLAGS.
    let flagAddress: UInt32
    /// The error code, which only the silicon set has.
    let errorCode: UInt32?
}

/// One test: an instruction, the state before it, and what changed behind it.
struct MOOTest: Equatable {
    /// The test's number in the original file.
    var index: UInt32 = 0
    /// The instruction in words.
    var name = ""
    /// The instruction's bytes; in the real-mode suites with the HLT behind it.
    var bytes: [UInt8] = []
    /// The state before.
    var initial = VectorState()
    /// What changed.
    var final = VectorState()
    /// `EXCP`.
    var exception: VectorException?
    /// `HASH` in lower-case digits; empty if there is none.
    var hash = ""
}

/// A segment of the silicon set.
struct OracleSegment: Equatable {
    /// 1 code, 2 D/B, 4 writable or readable, 8 expand-down, 16 granular.
    let kind: UInt16
    /// Linear address of offset 0.
    let base: UInt32
    /// The limit in bytes.
    let limit: UInt32
}

/// What the silicon set says of a whole file: chunk `ORCL`.
struct OracleInfo: Equatable {
    /// 1 terminator behind the instruction, 2 has FPU state, 4 results need a tolerance.
    var flags: UInt32 = 0
    /// 16 or 32: the default size of the code segment.
    var codeBits: UInt32 = 0
    /// Hidden state by selector.
    var segments: [UInt16: OracleSegment] = [:]
    /// The processor that recorded it, as it names itself: `AMD EPYC (family 25 model 17 stepping 1)`.
    var processor = ""
}

/// A file of tests of one form.
struct MOOFile: Equatable {
    /// Path, or the name that a packed file gives it, such as `seg16/01.MOO`.
    var name = ""
    /// The processor that recorded it: `386+` in the silicon set, else `8086`, `C286`, `386E` ...
    ///
    /// Empty in JSON files, which do not say.
    var cpu = ""
    /// The mnemonic from `META`.
    var mnemonic = ""
    /// `ORCL`, which only the silicon set has.
    var oracle: OracleInfo?
    /// `RMSK` or `RM32` for all tests of the file.
    var masks = RegisterValues()
    /// Whether registers are 32 bits wide.
    var isWide = false
    /// The tests in file order.
    var tests: [MOOTest] = []

    /// The form from the name: `80.4`, `660FAF`.
    var form: String {
        let last = (name.split(separator: "/").last.map(String.init) ?? name).uppercased()
        return VectorFiles.suffixes.first { last.hasSuffix($0) }.map { String(last.dropLast($0.count)) } ?? last
    }

    /// What has recorded a file that does not say: the suites from the 80286 on have a HLT behind each instruction.
    var likelyCPU: String {
        if isWide { return "386E" }
        return tests.allSatisfy { $0.bytes.last == 0xF4 } ? "C286" : "8088"
    }
}
