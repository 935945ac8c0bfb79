import X86Interp

/// `x86sim dis`: a file as assembly text.
enum DisCommand {
    /// The second half of the help.
    static let notes = """
        A line is an address, the bytes, the instruction: 7C23  F3 6C  rep ins BYTE PTR es:[di],dx
        Everything is disassembled, from the first byte on; bytes that are no instruction of the
        processor are (bad), an instruction that the file's end cuts off is .byte. Intel and AT&T
        spelling is GNU objdump's. With --symbols a label has a line of its own, a branch names its target.
        --syntax nasm prints what NASM assembles to the same bytes again (nasm -f bin): addresses, bytes
        and labels are comments, sizes are named where NASM would choose others, and what it has no way
        to write, such as the second encoding of MOV AX,BX, is db.

        """

    /// Disassembles the blob; the exit status is 0 whatever the bytes are.
    static func run(_ settings: Settings, _ host: Host) throws(CommandError) -> Int32 {
        guard let path = settings.operands.first else { throw .usage("no blob is named; write x86sim dis BLOB") }
        guard let syntax = Disassembler.Syntax(rawValue: settings.syntax) else {
            let names = Disassembler.Syntax.allCases.map(\.rawValue)
            throw Values.unknown(settings.syntax, "--syntax", names)
        }
        guard settings.mode == 16 || settings.model.is32Bit else {
            throw .usage("--mode: the \(settings.model.name) has no 32-bit code; use --mode 16 or another --cpu")
        }
        let bytes = try HostFile.read(path)
        let symbols = try SymbolFile.table(settings.symbols)
        var disassembler = Disassembler(model: settings.model, syntax: syntax, code32: settings.mode == 32)
        if !symbols.isEmpty { disassembler.symbolizer = { address in symbols.text(for: address) } }
        write(bytes, disassembler, symbols, settings, host.output)
        return ExitStatus.success
    }

    private static func write(
        _ bytes: [UInt8], _ disassembler: Disassembler, _ symbols: SymbolTable, _ settings: Settings,
        _ output: any ByteSink
    ) {
        let end = UInt64(settings.origin) + UInt64(bytes.count)
        let isSource = disassembler.syntax == .nasm && !settings.json
        let comment = isSource ? "; " : ""
        if isSource { output.write("bits \(settings.mode)\norg 0x\(String(settings.origin, radix: 16))\n\n") }
        let digits = end <= 0x1_0000 ? 4 : 8
        var position = 0
        while position < bytes.count, output.failure == nil {
            let address = settings.origin &+ UInt32(truncatingIfNeeded: position)
            let instruction = disassembler.disassemble(bytes[position...], at: address)
            if settings.json {
                output.write((position == 0 ? "[" : ",\n") + json(instruction).text)
            } else {
                if let label = symbols.nearest(at: address), label.offset == 0 {
                    output.write(comment + label.symbol.name + ":\n")
                }
                if isSource {
                    let source = disassembler.nasmSource(bytes[position...], at: address)
                    output.write(Self.source(source, instruction, digits: digits) + "\n")
                } else {
                    output.write(line(instruction, digits: digits) + "\n")
                }
            }
            position += instruction.length
        }
        if settings.json { output.write("]\n") }
    }

    /// `7C23  F3 6C          rep ins BYTE PTR es:[di],dx`; more than seven bytes push the text to the right.
    static func line(_ instruction: DisassembledInstruction, digits: Int) -> String {
        let bytes = instruction.bytes.map(\.hex).joined(separator: " ")
        return instruction.address.hex(digits: digits) + "  " + bytes.padded(to: 20) + "  " + instruction.text
    }

    /// `db 0x89,0xd8  ; 7C23  8B C3  mov ax,bx`: the text behind the bytes is what the line itself does not say.
    private static func source(
        _ source: DisassembledInstruction, _ plain: DisassembledInstruction, digits: Int
    ) -> String {
        let isData = source.mnemonic == "db" && plain.encoding != nil
        let note = isData || plain.operands.contains("<") ? plain.text : ""
        let bytes = plain.bytes.map(\.hex).joined(separator: " ")
        let comment =
            plain.address.hex(digits: digits) + "  " + (note.isEmpty ? bytes : bytes.padded(to: 20) + "  " + note)
        return source.text.padded(to: 39) + " ; " + comment
    }

    private static func json(_ instruction: DisassembledInstruction) -> JSON {
        .object([
            "address": .number(UInt64(instruction.address)),
            "bytes": .string(instruction.bytes.map(\.hex).joined()),
            "mnemonic": .string((instruction.prefixes + [instruction.mnemonic]).joined(separator: " ")),
            "operands": .string(instruction.operands),
            "target": instruction.target.map { .number(UInt64($0)) } ?? .null,
        ])
    }
}
