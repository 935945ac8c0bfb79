import Testing

@testable import X86Interp

/// One example of one instruction: its bytes, what is there before, and what has changed behind it.
///
///     Case("01 D8", "add ax,bx", "ax=7FFF bx=1", "ax=8000 OF SF AF PF")
///
/// All that `expect` does not list must be as before, in every register, hidden part and byte of memory; EIP must
/// be that of the next instruction. Numbers are hexadecimal. The words of both texts:
///
/// | word | meaning |
/// |---|---|
/// | `ax=7FFF` `ds=0010` `eip=200` `cr0=11` | a register; a selector brings the hidden part of its descriptor (`Scene`) |
/// | `ds.limit=FFF` `ss.base=9` | a hidden part alone |
/// | `ds:0100=1234` `@70008=12.34` | memory, little-endian: 2, 4, 8 or 16 digits, or bytes between dots |
/// | `CF` `of` | a flag, set in upper case, clear in lower case; `IOPL3` |
/// | `in:0060=12` `out:0060=1234` | a port cycle, in order, its width that of the digits |
/// | `#GP(10)` `#UD` | the exception that ends the instruction; EIP stays, but behind traps |
/// | `halted` `kept` | HLT was executed; a count of 0 leaves the flags of the row as they were |
/// | `idtr=70000/7FF` | base and limit |
/// | `st1=3FFF:8` `st0=empty` | a register of the x87: sign and exponent, significand from its top digit on |
/// | `fcw=37F` `fsw=3800` `top=7` `ftw=1` | words of the x87; FSW with TOP, the tag word as FXSAVE has it |
/// | `IE` `ze` `C1` `ES` `STF` | a bit of FSW, ES with B |
/// | `pop` | the top of the x87's stack is empty, TOP is the next one |
/// | `fip=100` `fcs=1000` `fop=1F0` `fdp=10` `fds=2000` | the x87's pointers |
///
/// Instructions of the x87 that do not control it are expected to leave their pointers, where the operand in memory is by
/// the disassembler's account.
///
/// Flags: those that the row writes are clear unless listed, those that it leaves undefined are compared only if
/// listed, all others must be as before.
struct Case: Sendable, CustomTestStringConvertible {
    /// Processor mode and code size.
    enum Mode: Sendable {
        /// 16-bit real mode.
        case real
        /// 32-bit protected mode at CPL 0.
        case kernel
        /// 32-bit protected mode at CPL 3 with IOPL 0.
        case user
        /// 16-bit protected mode at CPL 0.
        case kernel16
    }

    let bytes: [UInt8]
    let text: String
    let given: String
    let expect: String
    let mode: Mode
    let generation: Generation
    /// The x87 beside a processor without its own.
    let fpu: X87Model?

    /// An example, for documentation with its assembler text.
    init(
        _ bytes: String, _ text: String, _ given: String = "", _ expect: String = "", in mode: Mode = .real,
        on generation: Generation = .p6, fpu: X87Model? = nil
    ) {
        self.bytes = bytes.split(separator: " ").map { UInt8($0, radix: 16) ?? 0 }
        self.text = text
        self.given = given
        self.expect = expect
        self.mode = mode
        self.generation = generation
        self.fpu = fpu
    }

    var testDescription: String { "\(text) on \(generation) in \(mode): \(given) -> \(expect)" }

    /// The model that the example runs on.
    var model: CPUModel {
        let model = CPUModel.all.last { $0.generation == generation } ?? .newest
        return fpu.map { model.with($0) } ?? model
    }

    /// Whether the code segment is a 32-bit one.
    var isCode32: Bool { mode == .kernel || mode == .user }

    /// The parts of the instruction, or nil if it is none.
    var parsed: ParsedInstruction? {
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return nil }
            return try? InstructionParser(model).parse(start, count: buffer.count, code32: isCode32)
        }
    }

    /// The row of the opcode table that the example is about, or nil for an invalid opcode.
    var row: Encoding? { parsed?.row.map { Encoding.all[$0] } }

    /// Runs the example twice: as given by its handler, and with all flags that it must not read inverted by the
    /// complete switch.
    func check(sourceLocation: SourceLocation = #_sourceLocation) {
        for isSecond in [false, true] {
            do {
                let problems = try outcome(invertingFlags: isSecond, engine: isSecond ? .reference : .stepping)
                #expect(
                    problems.isEmpty, "\(isSecond ? "inverted flags, complete switch" : "handler")",
                    sourceLocation: sourceLocation)
            } catch {
                Issue.record("\(testDescription): \(error)", sourceLocation: sourceLocation)
            }
        }
    }

    /// The machine before the instruction; optionally all arithmetic flags inverted that the row does not read.
    func scene(invertingFlags: Bool = false) throws -> Scene {
        var scene = Scene(mode, model)
        try scene.apply(given)
        if invertingFlags {
            let free = EFLAGS.arithmetic.subtracting(row?.flags.reads ?? []).subtracting(scene.listedFlags)
            scene.state.eflags.formSymmetricDifference(free)
        }
        scene.put(code: bytes)
        return scene
    }

    /// Runs the example once; returns what differs from what was expected.
    func outcome(invertingFlags: Bool, engine: CPU.Engine) throws -> [String] {
        let row = row
        let effects = row?.flags ?? .none
        let before = try scene(invertingFlags: invertingFlags)
        var after = try before.expectation(expect)
        if after.fault == nil, !after.keepsFlags {
            after.state.eflags.subtract(effects.writes.subtracting(after.listedFlags))
        }
        if after.fault == nil { after.expectX87Pointers(of: self, before) }
        let bench = try Bench(before, model: model, engine: engine)
        if !after.listsEIP, after.fault.map({ Scene.isTrap($0, row) }) ?? true {
            after.state.eip &+= UInt32(parsed?.length ?? bytes.count)
        }
        let ignored = effects.undefined.subtracting(after.listedFlags)
        return try bench.step(expecting: after, ignoring: ignored)
    }
}
