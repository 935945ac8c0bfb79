/// Turns bytes into assembly text, by the opcode rows of one CPU model.
///
/// Intel and AT&T text is what GNU objdump prints; the article <doc:Disassembly> lists the spelling rules.
public struct Disassembler: Sendable {
    /// How instructions are spelled.
    public enum Syntax: String, Sendable, CaseIterable {
        /// `mov WORD PTR [bx+si],0x1`, as objdump -M intel prints it.
        case intel
        /// `movw $0x1,(%bx,%si)`, as objdump -M att prints it.
        case att
        /// `mov word [bx+si],0x1`, which NASM assembles.
        case nasm
    }

    /// The chip whose encodings exist; all other bytes are no instruction.
    public let model: CPUModel
    /// How instructions are spelled.
    public let syntax: Syntax
    /// The D bit of the code segment; ignored by models without 32-bit operands.
    public let code32: Bool
    /// Names a branch target, or returns nil; a name follows the number: `call 0x7c30 <print>`.
    public var symbolizer: (@Sendable (UInt32) -> String?)?

    private let parser: InstructionParser

    /// A disassembler for 16-bit or 32-bit code.
    public init(
        model: CPUModel = .newest, syntax: Syntax = .intel, code32: Bool,
        symbolizer: (@Sendable (UInt32) -> String?)? = nil
    ) {
        self.model = model
        self.syntax = syntax
        self.code32 = code32 && model.is32Bit
        self.symbolizer = symbolizer
        parser = InstructionParser(model)
    }

    /// Disassembles the first instruction of `bytes`, which must not be empty.
    ///
    /// Give it the 15 bytes at hand, more are not looked at. Bytes that are no instruction of the model come back as
    /// `(bad)`, an instruction that ends behind the last byte as its first byte: `.byte 0xe8`.
    ///
    /// - Parameter address: where the first byte is: an offset in the code segment, or a linear address if the
    ///   segment's base is a multiple of 64 KiB; branch targets are in the same terms.
    public func disassemble(_ bytes: some Collection<UInt8>, at address: UInt32) -> DisassembledInstruction {
        guard !bytes.isEmpty else { fatalError("there is no instruction in no bytes: give it at least one") }
        let window = Array(bytes.prefix(max(15, parser.maximumLength)))
        do throws(ParseError) {
            let parsed = try parser.parse(window, code32: code32)
            guard let contents = InstructionContents(parsed, parser.encodings, window, at: address, code32: code32)
            else { return invalid(parsed, window, at: address) }
            return DisassembledInstruction(contents, spelling(contents))
        } catch {
            return data(window[0], mnemonic: error == .truncated ? ".byte" : "(bad)", at: address)
        }
    }

    /// The first instruction of `bytes` as a line that NASM assembles to exactly these bytes, given BITS and ORG.
    ///
    /// NASM has one encoding of each instruction, chips have several: sizes are written where it would choose others
    /// (`strict word`), and `db` where nothing makes it take these bytes. `syntax` and `symbolizer` do not matter.
    public func nasmSource(_ bytes: some Collection<UInt8>, at address: UInt32) -> DisassembledInstruction {
        var plain = Disassembler(model: model, syntax: .nasm, code32: code32)
        plain.symbolizer = nil
        let window = Array(bytes.prefix(max(15, parser.maximumLength)))
        let instruction = plain.disassemble(window, at: address)
        guard instruction.encoding != nil, let parsed = try? parser.parse(window, code32: code32),
            let contents = InstructionContents(parsed, parser.encodings, window, at: address, code32: code32)
        else { return instruction }
        guard NASMChoice(contents: contents).keepsBytes else {
            let data = Spelling(
                prefixes: [], mnemonic: "db", operands: contents.bytes.map { hexadecimal(UInt32($0)) })
            return DisassembledInstruction(contents, data)
        }
        let syntax = NASMSyntax(contents: contents, targetName: { hexadecimal($0) }, keepsSizes: true)
        return DisassembledInstruction(contents, syntax.spelling)
    }

    private func spelling(_ contents: InstructionContents) -> Spelling {
        let name = { (target: UInt32) in
            let number = hexadecimal(target)
            return symbolizer?(target).map { "\(number) <\($0)>" } ?? number
        }
        return switch syntax {
        case .intel: IntelSyntax(contents: contents, targetName: name).spelling
        case .att: ATTSyntax(contents: contents, targetName: name).spelling
        case .nasm: NASMSyntax(contents: contents, targetName: name).spelling
        }
    }

    /// One byte that is not, or not whole, an instruction.
    private func data(_ byte: UInt8, mnemonic: String, at address: UInt32) -> DisassembledInstruction {
        let number = hexadecimal(UInt32(byte))
        let spelling =
            switch (syntax, mnemonic) {
            case (.nasm, _): Spelling(prefixes: [], mnemonic: "db", operands: [number])
            case (_, ".byte"): Spelling(prefixes: [], mnemonic: mnemonic, operands: [number])
            default: Spelling(prefixes: [], mnemonic: mnemonic, operands: [])
            }
        return DisassembledInstruction(address: address, bytes: [byte], spelling)
    }

    /// Prefixes and opcode without a row; what follows the opcode may be an instruction again.
    private func invalid(
        _ parsed: ParsedInstruction, _ window: [UInt8], at address: UInt32
    ) -> DisassembledInstruction {
        let length = parsed.prefixLength + (parsed.opcode >= 0x0F00 ? 2 : 1)
        let bytes = Array(window.prefix(length))
        let spelling: Spelling
        if syntax == .nasm {
            spelling = Spelling(prefixes: [], mnemonic: "db", operands: bytes.map { hexadecimal(UInt32($0)) })
        } else {
            let names = bytes.prefix(parsed.prefixLength).map { prefixName($0, code32: code32) }
            spelling = Spelling(prefixes: names, mnemonic: "(bad)", operands: [])
        }
        return DisassembledInstruction(address: address, bytes: bytes, spelling)
    }
}

/// One line of a disassembly.
public struct DisassembledInstruction: Sendable {
    /// Where the first byte is.
    public let address: UInt32
    /// All of its bytes.
    public let bytes: [UInt8]
    /// The opcode's row; nil for bytes that are no instruction.
    public let encoding: Encoding?
    /// Prefixes that no operand shows, in the order of the bytes.
    public let prefixes: [String]
    /// The mnemonic without prefixes, such as `mov`; `(bad)`, `.byte` or `db` for bytes that are no instruction.
    public let mnemonic: String
    /// The operands in the syntax's order, separated by commas.
    public let operands: String
    /// Where a relative or far direct branch goes: an offset in the (new) code segment.
    public let target: UInt32?
    /// Its memory operands, the destination first; none of stack operations.
    public let memory: [MemoryReference]

    /// Bytes of the instruction; at least 1.
    public var length: Int { bytes.count }

    /// The whole line: prefixes and mnemonic, padded as objdump does, then the operands.
    public var text: String {
        let head = (prefixes + [mnemonic]).joined(separator: " ")
        if operands.isEmpty { return head }
        return head + String(repeating: " ", count: max(0, 6 - head.utf8.count)) + " " + operands
    }

    /// A whole instruction.
    init(_ contents: InstructionContents, _ spelling: Spelling) {
        address = contents.address
        bytes = contents.bytes
        encoding = contents.encoding
        prefixes = spelling.prefixes
        mnemonic = spelling.mnemonic
        operands = spelling.operands.joined(separator: ",")
        target = contents.target
        memory = contents.memories.map { MemoryReference($0, contents) }
    }

    /// Bytes that are no instruction.
    init(address: UInt32, bytes: [UInt8], _ spelling: Spelling) {
        self.address = address
        self.bytes = bytes
        encoding = nil
        prefixes = spelling.prefixes
        mnemonic = spelling.mnemonic
        operands = spelling.operands.joined(separator: ",")
        target = nil
        memory = []
    }
}

/// The words of one instruction in one syntax.
struct Spelling {
    /// Those that the operands do not show, in the order of the bytes.
    var prefixes: [String]
    /// The mnemonic with its size letters.
    var mnemonic: String
    /// In the syntax's order.
    var operands: [String]
}

/// A number as every syntax here writes it.
func hexadecimal(_ value: UInt32) -> String { "0x" + String(value, radix: 16) }

/// A displacement with its sign: `-0x80`.
func signedHexadecimal(_ value: UInt32) -> String {
    let signed = Int32(bitPattern: value)
    return signed < 0 ? "-" + hexadecimal(signed.magnitude) : hexadecimal(value)
}
