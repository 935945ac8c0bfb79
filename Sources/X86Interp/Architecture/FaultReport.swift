/// Why memory is accessed.
public enum AccessKind: String, Sendable, Codable {
    case read, write, execute
}

/// Why an exception was raised: the rule that was broken, and what it was broken with.
public struct FaultReport: Sendable, Equatable {
    /// The exception.
    public var fault: Fault
    /// The check that failed.
    public var rule: Rule
    /// The selector that was looked at.
    public var selector: UInt16?
    /// The descriptor or gate that the selector or vector names, as it stands in memory.
    public var descriptor: Descriptor?
    /// The segment register that was loaded or addressed with.
    public var register: SegmentRegister?
    /// The linear address of the operand, or for segment violations its offset.
    public var address: UInt32?
    /// What was attempted there.
    public var access: AccessKind?
    /// The x87's exceptions, for #MF.
    public var x87: X87Report?
    /// CS of the instruction.
    public var cs: UInt16
    /// Offset of the instruction in CS.
    public var eip: UInt32
    /// Guest time.
    public var instructions: UInt64

    /// A report; see the properties.
    public init(
        fault: Fault, rule: Rule, selector: UInt16? = nil, descriptor: Descriptor? = nil,
        register: SegmentRegister? = nil, address: UInt32? = nil, access: AccessKind? = nil, cs: UInt16, eip: UInt32,
        instructions: UInt64
    ) {
        self.fault = fault
        self.rule = rule
        self.selector = selector
        self.descriptor = descriptor
        self.register = register
        self.address = address
        self.access = access
        self.cs = cs
        self.eip = eip
        self.instructions = instructions
    }

    /// The vector whose entry of the IDT was refused, or nil: bit 1 of an error code says that it is about the IDT.
    public var vector: UInt8? {
        switch fault.vector {
        case .invalidTSS, .segmentNotPresent, .stackFault, .generalProtection:
            fault.errorCode & 2 != 0 ? UInt8(truncatingIfNeeded: fault.errorCode >> 3) : nil
        default: nil
        }
    }

    /// `#GP(10): the segment must be present (2B MOV); selector 0010, descriptor ...`-like text in one line.
    public var text: String {
        var words = "\(fault.text): \(rule.summary) (\(rule.chapter))"
        if let register { words += "; \(register.name)" }
        if let access { words += "; \(access.rawValue)" }
        if let address { words += "; address \(HexText.digits(address, 8))" }
        if let vector {
            words += "; vector \(HexText.digits(UInt32(vector), 2))"
        } else if let selector {
            words += "; selector \(HexText.digits(UInt32(selector), 4))"
        }
        if let descriptor { words += "; \(descriptor.text)" }
        if let x87 { words += "; \(x87.text)" }
        return words
    }
}

/// What the x87 says of an exception that it has raised: which it was, and where.
public struct X87Report: Sendable, Equatable {
    /// FSW.
    public var status: UInt16
    /// FCW, whose low six bits mask exceptions.
    public var control: UInt16
    /// FOP of the instruction that raised it, or of the last one.
    public var opcode: UInt16
    /// FCS and FIP: where that instruction is.
    public var selector: UInt16
    /// See `selector`.
    public var offset: UInt32

    /// What a state says.
    public init(_ state: X87State) {
        status = state.statusWord
        control = state.control
        opcode = state.opcode
        selector = state.instructionSelector
        offset = state.instructionOffset
    }

    /// `ZE unmasked by FCW 037B, of D8 F1 at 0008:00001234`-like text.
    public var text: String {
        let names = ["IE", "DE", "ZE", "OE", "UE", "PE"]
        let pending = names.indices.filter { status & ~control & 1 << UInt16($0) != 0 }.map { names[$0] }
        let isStack = status & 0x41 == 0x41 && pending.contains("IE")
        let stack = isStack ? " (stack \(status & 0x200 != 0 ? "over" : "under")flow)" : ""
        let cause = pending.joined(separator: " ") + stack
        let code = HexText.digits(0xD8 | UInt32(opcode >> 8 & 7), 2) + " " + HexText.digits(UInt32(opcode & 0xFF), 2)
        let place = HexText.digits(UInt32(selector), 4) + ":" + HexText.digits(offset, 8)
        return "\(cause) unmasked by FCW \(HexText.digits(UInt32(control), 4)), of \(code) at \(place)"
    }
}
