import Foundation
import TestSupport
import X86Interp

/// GNU objdump as an oracle for the disassembler.
enum Objdump {
    /// Where objdump is, or nil.
    static let path = HostTool.path("objdump")

    /// Bytes from the start of one instruction to the start of the next.
    static let slotSize = 48

    /// One line of objdump: how many bytes, and the text without trailing spaces.
    struct Line {
        let length: Int
        let text: String
    }

    /// Where in its slot an instruction is.
    static let offset = 8

    /// Disassembles instructions, each of at most 15 bytes, at multiples of `slotSize` plus `offset`.
    ///
    /// Behind each are zeros, most of which objdump skips; the NOPs in front of the next one end what the last
    /// zeros began.
    static func lines(_ instructions: [[UInt8]], code32: Bool, syntax: Disassembler.Syntax) throws -> [Int: Line] {
        guard let path else { return [:] }
        var image: [UInt8] = []
        for instruction in instructions {
            image += [UInt8](repeating: 0x90, count: offset) + instruction
            image += [UInt8](repeating: 0, count: slotSize - offset - instruction.count)
        }
        return try HostTool.inTemporaryDirectory { directory in
            let input = directory.appendingPathComponent("code.bin")
            try Data(image).write(to: input)
            let options = [
                "-D", "-b", "binary", "-m", "i386", "-M", (code32 ? "i386," : "i8086,") + syntax.rawValue, "-w",
                "--insn-width=16", input.path,
            ]
            return parse(try HostTool.run(path, options, in: directory).output)
        }
    }

    /// Reads `  1a2b:\t66 90 \txchg eax,eax` lines; the key is the address.
    private static func parse(_ output: [UInt8]) -> [Int: Line] {
        var lines: [Int: Line] = [:]
        for line in output.split(separator: UInt8(ascii: "\n")) {
            let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            guard columns.count >= 3, columns[0].last == UInt8(ascii: ":") else { continue }
            let digits = columns[0].dropLast().drop { $0 == UInt8(ascii: " ") }
            guard let address = Int(String(decoding: digits, as: UTF8.self), radix: 16), address % slotSize == offset
            else { continue }
            let length = columns[1].split(separator: UInt8(ascii: " ")).count
            var text = columns[2]
            while text.last == UInt8(ascii: " ") { text.removeLast() }
            lines[address] = Line(length: length, text: String(decoding: text, as: UTF8.self))
        }
        return lines
    }
}
