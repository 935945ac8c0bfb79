import Devices
import X86Interp

extension Loader {
    /// A DOS program of one segment.
    static let com = Loader(
        name: "com",
        summary: "DOS program at 1000:0100, registers and prefix as DOS leaves them, BIOS and the\n"
            + "console functions of INT 21h behind it. With -bios none only INT 20h and RET are\n"
            + "there, and halt",
        why: "its name says so",
        guess: { ["com", "exe"].contains($0.fileExtension) && $0.size <= largestCOM },
        plan: { blob, context throws(CommandError) in
            guard blob.size <= largestCOM else {
                throw .load("\(blob.path.quoted) has more than the 65278 bytes of a COM program; use --boot flat")
            }
            let process = context.process(blob.path)
            let size = min(process.room * 16, 0x10000)
            guard blob.size + 0x102 <= size else { throw context.noRoom(blob.path, paragraphs: 0x1000) }
            let segment = DOSProcess.segment
            let stack = FarAddress(segment: segment, offset: UInt16(size - 2))
            let code = FarAddress(segment: segment, offset: 0x100)
            var plan = context.plan(process, "COM program at \(code.text)", code: code, stack: stack)
            plan.pieces.append(.init(address: code.linear, bytes: blob.bytes, name: blob.path))
            // The word that RET takes, to offset 0 of the prefix.
            plan.pieces.append(.init(address: stack.linear, bytes: [0, 0], name: "stack"))
            plan.place = .init(start: code, size: blob.size, isWhole: true)
            return plan
        })

    /// What fits between the prefix and the zero word on the stack.
    private static let largestCOM = 0xFFFE - 0x100
}

extension LoadingContext {
    /// A DOS program that has all conventional memory.
    func process(_ path: String) -> DOSProcess {
        let end = hasBIOS ? BIOS.conventionalMemory(ramSize) * 64 : min(ramSize, 0xA0000) / 16
        var process = DOSProcess(path: path, arguments: arguments, memoryEnd: UInt16(end), drives: drives.union([2]))
        process.hasHighMemory = ramSize > 0x10_1000
        return process
    }

    /// What DOS leaves before a program's first instruction.
    func plan(_ process: DOSProcess, _ description: String, code: FarAddress, stack: FarAddress) -> BootPlan {
        var registers = GeneralRegisters()
        registers.eax = UInt32(process.driveStatus)
        registers.ecx = 0xFF
        registers.edx = UInt32(DOSProcess.segment)
        registers.esi = UInt32(code.offset)
        registers.edi = UInt32(stack.offset)
        registers.ebp = 0x91C
        var pieces = (hasBIOS ? process.pieces : process.own).map {
            BootPlan.Piece(address: $0.address, bytes: $0.bytes, name: "DOS")
        }
        if !hasBIOS { pieces += Self.terminator }
        return BootPlan(
            description: description, pieces: pieces, surroundings: .dos, enablesInterrupts: hasBIOS,
            start: .init(code: code, data: DOSProcess.segment, stack: stack, registers: registers))
    }

    /// The error for a program that memory has no room for.
    func noRoom(_ path: String, paragraphs: Int) -> CommandError {
        let needed = (Int(DOSProcess.segment) + paragraphs + 63) / 64
        guard needed < 640 else { return .load("\(path.quoted) does not fit into the 640 KiB that DOS programs have") }
        return .load("\(path.quoted) needs \(needed) KiB of memory; give it with -m \(needed)K")
    }

    /// INT 20h without DOS: `cli; hlt`, and again if something wakes it.
    private static let terminator = [
        BootPlan.Piece(address: 0x20 * 4, bytes: [0x00, 0x05, 0x00, 0x00], name: "vector 20"),
        BootPlan.Piece(address: 0x500, bytes: [0xFA, 0xF4, 0xEB, 0xFC], name: "INT 20h"),
    ]
}
