/// GDTR or IDTR.
public struct TableRegister: Sendable, Codable, Equatable {
    /// Linear address of the table.
    public var base: UInt32 = 0
    /// Offset of the table's last byte.
    public var limit: UInt32 = 0xFFFF

    /// A table register; the defaults are those after RESET.
    public init(base: UInt32 = 0, limit: UInt32 = 0xFFFF) {
        self.base = base
        self.limit = limit
    }
}

/// Segment registers with their hidden parts, in ModRM order.
public struct SegmentRegisters: Sendable, Codable, Equatable {
    /// The extra segment.
    public var es = Segment(realMode: 0)
    /// The code segment.
    public var cs = Segment(realMode: 0)
    /// The stack segment.
    public var ss = Segment(realMode: 0)
    /// The data segment.
    public var ds = Segment(realMode: 0)
    /// A further data segment, from the 386 on.
    public var fs = Segment(realMode: 0)
    /// A further data segment, from the 386 on.
    public var gs = Segment(realMode: 0)

    /// All selectors zero, real mode.
    public init() {}

    /// A segment register by its number.
    public subscript(_ register: SegmentRegister) -> Segment {
        get {
            switch register {
            case .es: es
            case .cs: cs
            case .ss: ss
            case .ds: ds
            case .fs: fs
            case .gs: gs
            }
        }
        set {
            switch register {
            case .es: es = newValue
            case .cs: cs = newValue
            case .ss: ss = newValue
            case .ds: ds = newValue
            case .fs: fs = newValue
            case .gs: gs = newValue
            }
        }
    }
}

/// The page-directory-pointer-table entries of PAE paging, which the processor reads when CR3 is loaded.
public struct PagePointers: Sendable, Codable, Equatable {
    /// The entries for the four GiB of linear addresses, lowest first.
    public var entries: [UInt64] = [0, 0, 0, 0]

    /// Four absent entries.
    public init() {}

    /// The entry for a linear address; absent if a restored state lacks it.
    subscript(linear: UInt32) -> UInt64 {
        let number = Int(linear >> 30)
        return number < entries.count ? entries[number] : 0
    }
}

/// Where SYSENTER goes.
public struct FastCall: Sendable, Codable, Equatable {
    /// IA32_SYSENTER_CS: selector of the ring 0 code segment.
    public var cs: UInt32 = 0
    /// IA32_SYSENTER_ESP: the stack pointer.
    public var esp: UInt32 = 0
    /// IA32_SYSENTER_EIP: the entry.
    public var eip: UInt32 = 0

    /// All zero, as after RESET.
    public init() {}
}

/// Values of model-specific registers by number; those that hold their value after RESET are not in it.
public struct ModelRegisterValues: Sendable, Codable, Equatable {
    /// A register that was written.
    public struct Value: Sendable, Codable, Equatable {
        /// The number that RDMSR and WRMSR take in ECX.
        public var number: UInt32
        /// What was written.
        public var value: UInt64
    }

    /// The registers that were written, by ascending number.
    public private(set) var written: [Value] = []

    /// All as after RESET.
    public init() {}

    /// The value of a register, or nil if it is that after RESET.
    public subscript(number: UInt32) -> UInt64? {
        get { written.first { $0.number == number }?.value }
        set {
            written.removeAll { $0.number == number }
            guard let newValue else { return }
            let place = written.firstIndex { $0.number > number } ?? written.count
            written.insert(Value(number: number, value: newValue), at: place)
        }
    }
}

/// Where in an instruction that pauses the CPU is: in a split port access, or between iterations.
public struct PortProgress: Sendable, Codable, Equatable {
    /// Bytes of the access whose cycles are over.
    public var bytesDone: UInt8 = 0
    /// What those cycles read.
    public var value: UInt32 = 0
    /// Elements of a repeated instruction that are over since it was last started.
    public var element: UInt32 = 0
    /// The CPU stands between two iterations of a repeated instruction.
    public var isRepeating = false
    /// The cycle that waits for its answer, as it was asked for.
    public var waiting: WaitingCycle?
    /// What OUTS has read of its element, while the access is not over: memory is not read again.
    public var source: UInt32?
    /// The instruction that is under way whenever `run` has returned; where CS:EIP is elsewhere it is abandoned.
    public var place: CodePlace?

    /// Nothing transferred.
    public init() {}

    /// The CPU is within an access: nothing slips in before its last cycle.
    var isWithinAccess: Bool { bytesDone > 0 }
}

/// Where an instruction is.
public struct CodePlace: Sendable, Codable, Equatable {
    /// The selector in CS.
    public var cs: UInt16
    /// The base of CS.
    public var base: UInt32
    /// The offset of the instruction.
    public var eip: UInt32
}

/// What the CPU remembers of a cycle that the user tier answers: map and memory may change until then.
public struct WaitingCycle: Sendable, Codable, Equatable {
    /// The byte of a wider register that the access is worth, or nil for a cycle of its own width.
    public var lane: UInt8?
    /// The number of the claim that was asked.
    public var claim: UInt64
    /// The bytes of the instruction, in order from bit 0: it ends as it began.
    public var code: [UInt8]

    /// A cycle that is asked for.
    public init(lane: UInt8?, claim: UInt64, code: [UInt8]) {
        self.lane = lane
        self.claim = claim
        self.code = code
    }
}

/// What an instruction that waits for memory of the user tier has had already: it is run again from its start, and
/// finds the accesses that are over in here instead of making them again.
///
/// What is over are whole accesses, in order, whatever they met: RAM, devices, tables that the processor reads by
/// itself, and ports. Of the access that comes next it has the cycles that are over.
public struct MemoryProgress: Sendable, Codable, Equatable {
    /// The instruction, or the delivery, is to be run in this way.
    public var isActive = false
    /// The accesses that are over.
    public var accesses: [MemoryAccess] = []
    /// The cycles of the next access that are over.
    public var cycles: [MemoryCycle] = []
    /// The cycle that waits for its answer.
    public var waiting: WaitingMemory?
    /// The bytes of the instruction; none while they are fetched.
    public var code: [UInt8] = []
    /// It is no instruction but the delivery of an event between two.
    public var boundary: BoundaryEvent?

    /// Nothing under way.
    public init() {}
}

/// A whole access that is over.
public struct MemoryAccess: Sendable, Codable, Equatable {
    /// What it read; 0 for what read nothing.
    public var value: UInt64
    /// The cycles of an access that faulted, by which it faults again; nil for one that did not.
    public var faulted: [MemoryCycle]?
}

/// A memory cycle that is over.
public struct MemoryCycle: Sendable, Codable, Equatable {
    /// What it read of the access.
    public var value: UInt32
    /// How many bytes of the access it covered.
    public var bytes: UInt8
}

/// What the CPU remembers of a memory cycle that the user tier answers: the map may change until then.
public struct WaitingMemory: Sendable, Codable, Equatable {
    /// The byte of a wider register that the access is worth, or nil for a cycle of its own width.
    public var lane: UInt8?
    /// The number of the region that was asked; nil where nothing is.
    public var region: UInt64?
    /// The device's name.
    public var device: String?
}

/// What is delivered between two instructions, in the order in which it is (SDM volume 3, table 6-2).
public enum BoundaryEvent: String, Sendable, Codable {
    case debugTrap, nonMaskable, interrupt, virtualInterrupt
}

/// Everything of the CPU that an instruction can see or change: a plain value, equal exactly when CPUs are equal.
public struct CPUState: Sendable, Codable, Equatable {
    /// The general registers.
    public var gpr = GeneralRegisters()
    /// Offset of the next instruction in CS.
    public var eip: UInt32 = 0
    /// The flags.
    public var eflags: EFLAGS = .alwaysOne
    /// Segment registers with their hidden parts.
    public var segments = SegmentRegisters()
    /// Where the LDT is.
    public var ldtr = Segment(selector: 0, base: 0, limit: 0xFFFF, access: [])
    /// Where the TSS is.
    public var tr = Segment(selector: 0, base: 0, limit: 0xFFFF, access: [])
    /// Where the GDT is.
    public var gdtr = TableRegister()
    /// Where the IDT or IVT is.
    public var idtr = TableRegister()
    /// Control register 0: mode bits.
    public var cr0: UInt32 = 0
    /// Control register 2: the address of the last page fault.
    public var cr2: UInt32 = 0
    /// Control register 3: the page directory.
    public var cr3: UInt32 = 0
    /// Control register 4: extensions.
    public var cr4: UInt32 = 0
    /// What PAE paging has read of the table at CR3.
    public var pagePointers = PagePointers()
    /// Where SYSENTER goes.
    public var fastCall = FastCall()
    /// Model-specific registers that are nothing but storage.
    public var modelRegisters = ModelRegisterValues()
    /// Address of breakpoint 0.
    public var dr0: UInt32 = 0
    /// Address of breakpoint 1.
    public var dr1: UInt32 = 0
    /// Address of breakpoint 2.
    public var dr2: UInt32 = 0
    /// Address of breakpoint 3.
    public var dr3: UInt32 = 0
    /// Debug status.
    public var dr6: UInt32 = 0xFFFF_0FF0
    /// Debug control.
    public var dr7: UInt32 = 0x400
    /// The x87, whose registers are those of MMX too.
    public var x87 = X87State()
    /// The registers of SSE.
    public var sse = SSEState()
    /// Current privilege level.
    public var cpl: UInt8 = 0
    /// Debug traps that are due behind the present instruction, as bits of DR6.
    public var pendingDebug: UInt32 = 0
    /// Halted by HLT until an interrupt.
    public var halted = false
    /// An x87 exception that nobody has taken care of holds the processor at an instruction that waits for the x87.
    public var awaitsCoprocessor = false
    /// No instruction runs before this guest time unless an interrupt is delivered; 0 if nothing is waited for.
    ///
    /// See `CPU.letTimePass`.
    public var sleepsUntil: UInt64 = 0
    /// An external interrupt that was acknowledged but not delivered yet.
    public var pendingVector: UInt8?
    /// Set by the NMI's delivery, cleared by IRET.
    public var nmiBlocked = false
    /// Interrupts (after MOV SS debug traps too) are held back while `instructions` is below this.
    public var shadowUntil: UInt64 = 0
    /// The shadow is that of MOV SS or POP SS, which holds back debug traps as well.
    public var shadowHoldsTraps = false
    /// A single-step trap is due behind the instruction that is about to run.
    public var trapArmed = false
    /// RF is to be cleared behind the instruction that is about to run.
    public var resumeArmed = false
    /// Shut down until RESET by a triple fault or by exceptions without end: the faults that led to it, in order; else
    /// empty.
    public var shutdown: [Fault] = []
    /// Guest time: instructions retired, iterations of repeated ones counted each, and ticks spent halted.
    public var instructions: UInt64 = 0
    /// RDTSC reads `instructions` plus this.
    public var tscOffset: UInt64 = 0
    /// The user-tier request that waits for its answer.
    public var pendingRequest: PortRequest?
    /// The answer, until the instruction has consumed it.
    public var latchedResponse: PortResponse?
    /// Where in a split or repeated port access the CPU is.
    public var portProgress = PortProgress()
    /// The memory request of the user tier that waits for its answer.
    public var pendingMemoryRequest: MemoryRequest?
    /// The answer, until the instruction has consumed it.
    public var latchedMemoryResponse: MemoryResponse?
    /// What the instruction that waits for memory has had already.
    public var memoryProgress = MemoryProgress()

    /// Where the next instruction is.
    var place: CodePlace { CodePlace(cs: segments.cs.selector, base: segments.cs.base, eip: eip) }

    /// An instruction has begun that is not over.
    var isUnderWay: Bool {
        pendingRequest != nil || latchedResponse != nil || portProgress.isRepeating || portProgress.isWithinAccess
            || memoryProgress.isActive
    }

    /// CS:EIP has been moved away from the instruction that is under way.
    var hasLeft: Bool { isUnderWay && portProgress.place.map { $0 != place } ?? false }

    /// Forgets what the instruction under way has done and asked for.
    mutating func abandon() {
        pendingRequest = nil
        latchedResponse = nil
        portProgress = PortProgress()
        abandonMemory()
    }

    /// Forgets the memory request, and what its instruction has had before.
    mutating func abandonMemory() {
        pendingMemoryRequest = nil
        latchedMemoryResponse = nil
        memoryProgress = MemoryProgress()
    }

    /// Clears bits of x87 and SSE that a processor has not: a snapshot or a host may have set them.
    mutating func clearUndefinedBits(on model: CPUModel) {
        x87.control &= 0x1FFF
        // TOP is kept apart.
        x87.status &= 0xC7FF
        x87.top &= 7
        x87.opcode &= 0x7FF
        // Where there is no SSE nothing sees MXCSR.
        sse.mxcsr &= model.has(.sse) ? model.controlBitsOfSSE : SSEState.definedBits
    }

    /// All zero but for what is fixed at power-on; `CPU.reset` makes the state of a model after RESET.
    public init() {}
}
