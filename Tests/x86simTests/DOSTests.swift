import Devices
import TestSupport
import Testing
import X86Interp

@testable import x86sim

/// DOS programs as the program runs them: what they find, what they print, how they end.
@Suite("DOS programs", .timeLimit(.minutes(30))) struct DOSTests {
    /// What a run of this code as a COM program came to.
    private func run(
        _ code: [UInt8], _ arguments: String..., extension suffix: String = "com"
    ) throws -> (status: Int32, text: String, errors: String) {
        let file = try TemporaryFile(code, extension: suffix)
        let host = TestHost()
        let status = host.run(["run", file.path, "--fuel", "5M", "--screen", "text"] + arguments)
        return (status, host.output.text, host.errors.text)
    }

    /// The guest before its first instruction.
    private func guest(_ code: [UInt8], _ arguments: [String] = [], extension suffix: String = "com") throws -> Guest {
        let file = try TemporaryFile(code, extension: suffix)
        let settings = try OptionParser(subcommand: try X86Sim.named("run")).parse([file.path] + arguments)
        return try GuestImage(settings).makeGuest(console: MemorySink(), serial: MemorySink())
    }

    // MARK: The start

    @Test(arguments: CPUModel.all.map(\.name)) func registersAreAsDOSLeavesThem(cpu: String) throws {
        let guest = try guest([0xC3], ["--cpu", cpu])
        let state = guest.machine.state
        let gpr = state.gpr
        #expect([gpr.eax, gpr.ebx, gpr.ecx, gpr.edx] == [0, 0, 0xFF, 0x1000])
        #expect([gpr.esi, gpr.edi, gpr.ebp, gpr.esp] == [0x100, 0xFFFE, 0x91C, 0xFFFE])
        #expect(state.eflags.contains(.interrupt))
        for segment in [SegmentRegister.cs, .ds, .es, .ss] { #expect(state.segments[segment].selector == 0x1000) }
    }

    @Test func thePrefixHasWhatProgramsRead() throws {
        let guest = try guest([0xC3], ["--args", "a:one.txt Z*"])
        let memory = guest.machine.memory
        let prefix = memory.peek(0x10000, count: 256)
        func word(_ address: UInt32) -> UInt32 {
            let bytes = memory.peek(address, count: 2)
            return UInt32(bytes[0]) | UInt32(bytes[1]) << 8
        }
        #expect(prefix[0..<2] == [0xCD, 0x20] && prefix[0x50..<0x53] == [0xCD, 0x21, 0xCB])
        #expect(word(0x10002) == 0x9FC0)
        // The end, Ctrl-C, critical errors: the vectors of now.
        for (number, vector) in [0x22, 0x23, 0x24].enumerated() {
            let saved = memory.peek(UInt32(0x1000A + number * 4), count: 4)
            #expect(saved == memory.peek(UInt32(vector * 4), count: 4) && saved != [0, 0, 0, 0])
        }
        // The shell is its own parent.
        let parent = word(0x10016)
        #expect(parent != 0x1000 && word(parent << 4 + 0x16) == parent && memory.peek(parent << 4) == 0xCD)
        #expect(Array(prefix[0x18..<0x1D]) == [1, 1, 1, 0, 2])
        #expect(word(0x10032) == 20 && word(0x10034) == 0x18 && word(0x10036) == 0x1000)
        #expect(prefix[0x5C] == 1 && Array(prefix[0x5D..<0x68]) == Array("ONE     TXT".utf8))
        #expect(prefix[0x6C] == 0 && Array(prefix[0x6D..<0x78]) == Array("Z???????   ".utf8))
        #expect(prefix[0x80] == 13 && Array(prefix[0x81..<0x8F]) == Array(" a:one.txt Z*\r".utf8))
        // Drive A is not there.
        #expect(guest.machine.state.gpr.eax == 0xFF)
        let environment = String(decoding: memory.peek(word(0x1002C) << 4, count: 0x1E0), as: UTF8.self)
        #expect(environment.hasPrefix("COMSPEC=C:\\COMMAND.COM\0") && environment.contains("\0\0\u{1}\0C:\\"))
        #expect(environment.contains(".COM\0"))
        // Without arguments.
        let plain = try self.guest([0xC3]).machine.memory.peek(0x10080, count: 2)
        #expect(plain == [0, 0x0D])
    }

    @Test func theBlocksOfMemoryMakeAChain() throws {
        let memory = try guest([0xC3]).machine.memory
        var segment = UInt32(memory.peek(0x724) ?? 0) | UInt32(memory.peek(0x725) ?? 0) << 8
        var owners: [Int] = []
        while owners.count < 10 {
            let bytes = memory.peek(segment << 4, count: 5).map { Int($0) }
            owners.append(bytes[1] | bytes[2] << 8)
            segment += UInt32(bytes[3] | bytes[4] << 8) + 1
            if bytes[0] == 0x5A { break }
            #expect(bytes[0] == 0x4D)
        }
        #expect(owners.count == 4 && owners[0] == 8 && owners.suffix(2) == [0x1000, 0x1000])
        #expect(segment == 0x9FC0)
    }

    @Test func argumentsHaveLimits() throws {
        let long = String(repeating: "x", count: 126)
        #expect(try run([0xC3], "--args", long).errors.contains("DOS has room for 125 characters, not 126"))
        #expect(try run([0xC3], "--args", String(long.dropLast())).status == 0)
        #expect(try run([0xC3], "--args", "\u{4E2D}").errors.contains("no character of code page 437"))
        let flat = try run([0xFA, 0xF4], "--args", "x", extension: "bin")
        #expect(flat.status == 1 && flat.errors.contains("only DOS programs have a command line"))
    }

    @Test func littleMemoryMovesTheStack() throws {
        let guest = try guest([0xC3], ["-m", "96K"])
        #expect(guest.machine.state.gpr.esp == 0x7FFE)
        #expect(try run([0xC3], "-m", "96K").status == 0)
        let none = try run([0xC3], "-m", "64K")
        #expect(none.status == 2 && none.errors.contains("give it with -m"))
    }

    // MARK: The end

    @Test(
        arguments: [
            ([0xC3], 0), ([0xCD, 0x20], 0), ([0xB4, 0x00, 0xCD, 0x21], 0), ([0xB8, 0x00, 0x4C, 0xCD, 0x21], 0),
            ([0xB8, 0x05, 0x4C, 0xCD, 0x21], 69), ([0xB8, 0x07, 0x31, 0xCD, 0x21], 71), ([0xCD, 0x27], 0),
            // jmp 0:0 of the prefix; int 21 by the prefix's own; a call of CP/M
            ([0xE9, 0xFD, 0xFE], 0), ([0xB1, 0x00, 0xE8, 0x00, 0xFF], 0),
        ] as [([UInt8], Int32)])
    func aProgramEndsWithItsStatus(code: [UInt8], status: Int32) throws {
        let end = try run(code)
        #expect(end.status == status && end.errors.contains("the guest ended with code"), "\(end.errors)")
        #expect(end.errors.contains(" at 1000:") && end.errors.contains("(COM program at 1000:0100)"))
    }

    @Test func withoutABIOSOnlyTheEndIsThere() throws {
        for code in [[0xC3], [0xCD, 0x20]] as [[UInt8]] {
            let end = try run(code, "-bios", "none")
            #expect(end.status == 0 && end.errors.contains("halted for good (HLT with IF=0)"))
        }
        let guest = try guest([0xC3], ["-bios", "none"])
        #expect(guest.board.bios == nil && !guest.machine.state.eflags.contains(.interrupt))
    }

    @Test func theBIOSIsThereToo() throws {
        // mov ax, 0e41; int 10; hlt; hlt; mov ax, 0; int 1a; mov al, dl; mov ah, 4c; int 21
        let code: [UInt8] = [
            0xB8, 0x41, 0x0E, 0xCD, 0x10, 0xB4, 0x00, 0xCD, 0x1A, 0x89, 0xD3, 0xF4, 0xF4, 0xB4, 0x00, 0xCD, 0x1A,
            0x29, 0xDA, 0x88, 0xD0, 0xB4, 0x4C, 0xCD, 0x21,
        ]
        let end = try run(code, "--fuel", "100M")
        #expect(end.text == "A" && end.status == 64 + 2)
    }

    // MARK: The console

    /// `mov ah, function; mov dx, text; int 21; ret; text`.
    private func printing(_ function: UInt8, _ text: String) -> [UInt8] {
        [0xB4, function, 0xBA, 0x08, 0x01, 0xCD, 0x21, 0xC3] + Array(text.utf8)
    }

    @Test func textIsPrinted() throws {
        #expect(try run(printing(0x09, "Hello, DOS\r\n$")).text == "Hello, DOS\n")
        #expect(try run(printing(0x09, "a\tb$")).text == "a       b")
        // mov dl, '0'; mov ah, 2; int 21; mov ah, 4c; int 21: AL is what was written
        let character = try run([0xB2, 0x30, 0xB4, 0x02, 0xCD, 0x21, 0xB4, 0x4C, 0xCD, 0x21])
        #expect(character.text == "0" && character.status == 64 + 0x30)
        // mov bx, 1; mov cx, 2; mov dx, 100; mov ah, 40; int 21; ret
        let handle: [UInt8] = [
            0xBB, 1, 0, 0xB9, 2, 0, 0xBA, 0x11, 1, 0xB4, 0x40, 0xCD, 0x21, 0xC3, 0, 0, 0, 0x48, 0x69,
        ]
        #expect(try run(handle).text == "Hi")
    }

    /// Functions that read a key: what they print, and AL as the status.
    @Test(
        arguments: [
            (0x01, "q", "q", 0x71), (0x07, "q", "", 0x71), (0x08, "q", "", 0x71), (0x07, "{ctrl-c}", "", 3),
            (0x01, "{f1}", " ", 0), (0x01, "{ctrl-c}", "^C\n", 0), (0x08, "{ctrl-c}", "^C\n", 0),
            (0x0B, "q", "", 0xFF), (0x0B, "", "", 0), (0x0B, "{ctrl-c}", "^C\n", 0),
        ] as [(UInt8, String, String, UInt32)])
    func aKeyIsRead(function: UInt8, keys: String, text: String, code: UInt32) throws {
        let end = try run([0xB4, function, 0xCD, 0x21, 0xB4, 0x4C, 0xCD, 0x21], "--keys", keys)
        #expect(end.text == text && end.errors.contains("the guest ended with code \(code) "), "\(end)")
    }

    @Test func keysWithoutACharacterAreTwo() throws {
        // mov ah, 7; int 21; int 21 (AH is 7 still); mov ah, 4c; int 21
        let end = try run([0xB4, 7, 0xCD, 0x21, 0xCD, 0x21, 0xB4, 0x4C, 0xCD, 0x21], "--keys", "{f1}")
        #expect(end.errors.contains("the guest ended with code 59 "))
    }

    @Test func aPollTellsByTheZeroFlag() throws {
        // again: mov dl, ff; mov ah, 6; int 21; jz again; mov ah, 4c; int 21
        let code: [UInt8] = [0xB2, 0xFF, 0xB4, 6, 0xCD, 0x21, 0x74, 0xF8, 0xB4, 0x4C, 0xCD, 0x21]
        #expect(try run(code, "--keys", "q").errors.contains("the guest ended with code 113 "))
        #expect(try run(code, "--keys", "", "--fuel", "3000").status == 12)
    }

    @Test func aWaitWithoutKeysEnds() throws {
        let end = try run([0xB4, 0x01, 0xCD, 0x21], "--keys", "")
        #expect(end.status == 13 && end.errors.contains("waits for a key"))
    }

    /// Lines as INT 21h AH=0Ah has them: what is typed, the buffer's size, what is printed, what is in the buffer.
    @Test(
        arguments: [
            ("abc\\n", 8, "abc", [3, 0x61, 0x62, 0x63, 0x0D]), ("\\n", 8, "", [0, 0x0D]),
            ("ab\\bc\\n", 8, "ab\u{8} \u{8}c", [2, 0x61, 0x63, 0x0D]), ("abc\\n", 3, "ab\u{7}", [2, 0x61, 0x62, 0x0D]),
            ("a{esc}b\\n", 8, "a\\\nb", [1, 0x62, 0x0D]), ("{ctrl-a}\\b\\n", 8, "^A\u{8} \u{8}\u{8} \u{8}", [0, 0x0D]),
            ("a{f1}b\\n", 8, "ab", [2, 0x61, 0x62, 0x0D]),
        ] as [(String, UInt8, String, [UInt8])])
    func aLineIsEdited(keys: String, size: UInt8, text: String, buffer: [UInt8]) throws {
        // mov dx, 108; mov ah, a; int 21; ret; size
        let code: [UInt8] = [0xBA, 0x08, 0x01, 0xB4, 0x0A, 0xCD, 0x21, 0xC3, size]
        let file = try TemporaryFile(code, extension: "com")
        let settings = try OptionParser(subcommand: try X86Sim.named("run")).parse([file.path, "--keys", keys])
        let console = MemorySink()
        let guest = try GuestImage(settings).makeGuest(console: console, serial: MemorySink())
        #expect(try HostLoop(machine: guest.machine).run(until: 5_000_000) == .stopped(.guestExit(code: 0)))
        #expect(console.text.filter { $0 != "\r" } == text)
        #expect(guest.machine.memory.peek(0x10109, count: buffer.count) == buffer)
    }

    @Test func aHandleReadsALine() throws {
        // sub bx, bx; mov cx, 3; mov dx, 200; mov ah, 3f; int 21; push ax; mov ah, 3f; int 21; pop bx; ...
        let code: [UInt8] = [
            0x29, 0xDB, 0xB9, 3, 0, 0xBA, 0, 2, 0xB4, 0x3F, 0xCD, 0x21, 0x50, 0xB4, 0x3F, 0xBA, 3, 2, 0xCD, 0x21,
            0x5B, 0x01, 0xD8, 0xB4, 0x4C, 0xCD, 0x21,
        ]
        let file = try TemporaryFile(code, extension: "com")
        let settings = try OptionParser(subcommand: try X86Sim.named("run")).parse([file.path, "--keys", "abc\\n"])
        let guest = try GuestImage(settings).makeGuest(console: MemorySink(), serial: MemorySink())
        #expect(try HostLoop(machine: guest.machine).run(until: 5_000_000) == .stopped(.guestExit(code: 5)))
        #expect(guest.machine.memory.peek(0x10200, count: 5) == Array("abc\r\n".utf8))
    }

    @Test func aHandlerOfCtrlCDecides() throws {
        // mov dx, h; mov ax, 2523; int 21; mov ah, 8; int 21; mov ah, 4c; int 21; h: ...
        let start: [UInt8] = [
            0xBA, 0x12, 0x01, 0xB8, 0x23, 0x25, 0xCD, 0x21, 0xB4, 8, 0xCD, 0x21, 0xB4, 0x4C, 0xCD, 0x21, 0x90, 0x90,
        ]
        // iret: the function is called again
        #expect(try run(start + [0xCF], "--keys", "{ctrl-c}q").errors.contains("the guest ended with code 113 "))
        // clc; retf: again too; stc; retf: the end
        let goes = try run(start + [0xF8, 0xCB], "--keys", "{ctrl-c}q")
        #expect(goes.errors.contains("the guest ended with code 113 ") && goes.text == "^C\n")
        #expect(try run(start + [0xF9, 0xCB], "--keys", "{ctrl-c}q").errors.contains("the guest ended with code 0 "))
    }

    @Test func ctrlCEndsAProgramThatPrints() throws {
        // again: mov dl, '.'; mov ah, 2; int 21; jmp again
        let end = try run([0xB2, 0x2E, 0xB4, 2, 0xCD, 0x21, 0xEB, 0xF8], "--keys", "ab{ctrl-c}", "--fuel", "3000")
        // The keys before it are nobody's: it is not the next one.
        #expect(end.status == 12)
        let first = try run([0xB2, 0x2E, 0xB4, 2, 0xCD, 0x21, 0xEB, 0xF8], "--keys", "{ctrl-c}")
        #expect(first.status == 0 && first.text == "^C\n")
    }

    // MARK: What is not there

    @Test func functionsThatAreMissingAreNamedOnce() throws {
        // mov ah, 3d; int 21; jnc bad; mov ah, 3d; int 21; mov ah, ff; int 21; mov ah, 4c; int 21: AX was 1
        let code: [UInt8] = [
            0xB4, 0x3D, 0xCD, 0x21, 0x73, 0x0C, 0xB4, 0x3D, 0xCD, 0x21, 0xB4, 0xFF, 0xCD, 0x21, 0xB4, 0x4C, 0xCD, 0x21,
        ]
        let end = try run(code)
        #expect(end.status == 65)
        #expect(end.errors.components(of: "INT 21h AH=3D is not provided") == 1)
        #expect(end.errors.components(of: "INT 21h AH=FF is not provided") == 1)
        #expect(try run(code, "--json", "--quiet").text.contains(#""missing":["INT 21h AH=3D","INT 21h AH=FF"]"#))
        #expect(try !run([0xC3]).errors.contains("not provided"))
        // mov bx, 5; mov ah, 40; int 21: no such handle; mov ah, 4c; int 21
        #expect(try run([0xBB, 5, 0, 0xB4, 0x40, 0xCD, 0x21, 0xB4, 0x4C, 0xCD, 0x21]).status == 64 + 6)
    }

    @Test func interruptsOfDOSThatDoNothingReturn() throws {
        for vector in [0x28, 0x2A, 0x2F, 0x33] as [UInt8] {
            // mov ax, 1605; int vector; mov ah, 4c; int 21
            let end = try run([0xB8, 0x05, 0x16, 0xCD, vector, 0xB4, 0x4C, 0xCD, 0x21])
            #expect(end.status == 69, "\(vector)")
        }
        // int 25 leaves the flags on the stack: popf; mov al, 1 if CF; mov ah, 4c; int 21
        let disk = try run([0x31, 0xC0, 0xCD, 0x25, 0x9D, 0xB4, 0x4C, 0xCD, 0x21])
        #expect(disk.status == 66)
    }

    // MARK: Memory, vectors, date

    /// AX, BX, CX, DX and CF behind `int 21`.
    private func call(
        ax: UInt16, bx: UInt16 = 0, cx: UInt16 = 0, dx: UInt16 = 0, es: UInt16 = 0x1000, on guest: Guest
    ) throws -> (ax: UInt32, bx: UInt32, cx: UInt32, dx: UInt32, es: UInt16, fails: Bool) {
        let machine = guest.machine
        machine.memory.load([0xCD, 0x21, 0xFA, 0xF4], at: 0x10100)
        var state = machine.state
        state.halted = false
        state.eip = 0x100
        (state.gpr.eax, state.gpr.ebx, state.gpr.ecx, state.gpr.edx) = (UInt32(ax), UInt32(bx), UInt32(cx), UInt32(dx))
        state.segments.es = Segment(realMode: es)
        state.eflags.insert(.carry)
        machine.state = state
        _ = try HostLoop(machine: machine).run(until: machine.state.instructions + 1_000_000)
        let after = machine.state
        let gpr = after.gpr
        return (
            gpr.eax & 0xFFFF, gpr.ebx & 0xFFFF, gpr.ecx & 0xFFFF, gpr.edx & 0xFFFF, after.segments.es.selector,
            after.eflags.contains(.carry)
        )
    }

    @Test func memoryIsHandedOut() throws {
        let guest = try guest([0xC3])
        // All memory is the program's at first.
        var answer = try call(ax: 0x4800, bx: 1, on: guest)
        #expect(answer.fails && answer.ax == 8 && answer.bx == 0)
        #expect(try !call(ax: 0x4A00, bx: 0x1000, on: guest).fails)
        answer = try call(ax: 0x4800, bx: 0xFFFF, on: guest)
        #expect(answer.fails && answer.ax == 8 && answer.bx == 0x9FC0 - 0x2000 - 1)
        let first = try call(ax: 0x4800, bx: 0x10, on: guest)
        let second = try call(ax: 0x4800, bx: 0x20, on: guest)
        #expect(!first.fails && first.ax == 0x2001 && !second.fails && second.ax == 0x2012)
        // The block behind is in the way; freed, it is not, as far as it goes.
        answer = try call(ax: 0x4A00, bx: 0x11, es: 0x2001, on: guest)
        #expect(answer.fails && answer.ax == 8 && answer.bx == 0x10)
        #expect(try !call(ax: 0x4900, es: 0x2012, on: guest).fails)
        #expect(try !call(ax: 0x4A00, bx: 0x31, es: 0x2001, on: guest).fails)
        #expect(try call(ax: 0x4800, bx: 0x10, on: guest).ax == 0x2033)
        // No block is there; the last fit is at the top.
        answer = try call(ax: 0x4900, es: 0x2222, on: guest)
        #expect(answer.fails && answer.ax == 9)
        #expect(try !call(ax: 0x5801, bx: 2, on: guest).fails)
        #expect(try call(ax: 0x4800, bx: 0x10, on: guest).ax == 0x9FB0)
        // A program that overwrites the chain hears of it.
        guest.machine.memory.load([0], at: 0x20000)
        answer = try call(ax: 0x4800, bx: 1, on: guest)
        #expect(answer.fails && answer.ax == 7)
    }

    @Test func hostileChainsEnd() throws {
        let guest = try guest([0xC3])
        var random = SeededGenerator(seed: 1)
        for _ in 0..<200 {
            let bytes = (0..<5).map { _ in UInt8.random(in: 0...255, using: &random) }
            let kind = Bool.random(using: &random) ? 0x4D : 0x5A as UInt8
            guest.machine.memory.load(
                [kind] + bytes.dropFirst(), at: [0xFFF0, 0xFE00, 0xA00].randomElement(using: &random) ?? 0)
            let function = [0x48, 0x49, 0x4A].randomElement(using: &random) ?? 0x48
            let bx = UInt16.random(in: 0 ... .max, using: &random)
            _ = try call(ax: UInt16(function << 8), bx: bx, on: guest)
        }
    }

    @Test func dateAndTimeAreTheClocks() throws {
        let guest = try guest([0xC3], ["--rtc", "2026-11-29T10:20:30"])
        let date = try call(ax: 0x2A00, on: guest)
        #expect(date.cx == 2026 && date.dx == 0x0B1D && date.ax & 0xFF == 0)
        let time = try call(ax: 0x2C00, on: guest)
        #expect(time.cx == 0x0A14 && time.dx >> 8 == 30 && time.dx & 0xFF < 100)
        #expect(try call(ax: 0x2B00, cx: 2024, dx: 0x021E, on: guest).ax & 0xFF == 0xFF)
        #expect(try call(ax: 0x2B00, cx: 2024, dx: 0x021D, on: guest).ax & 0xFF == 0)
        #expect(try call(ax: 0x2D00, cx: 0x1800, on: guest).ax & 0xFF == 0xFF)
        #expect(try call(ax: 0x2D00, cx: 0x0102, dx: 0x0300, on: guest).ax & 0xFF == 0)
        #expect(try call(ax: 0x2A00, on: guest).dx == 0x021D && call(ax: 0x2C00, on: guest).cx == 0x0102)
    }

    @Test func smallFunctionsAnswer() throws {
        let guest = try guest([0xC3])
        #expect(try call(ax: 0x3000, on: guest).ax == 0x0005)
        #expect(try call(ax: 0x1900, on: guest).ax & 0xFF == 2)
        #expect(try call(ax: 0x6200, on: guest).bx == 0x1000 && call(ax: 0x5100, on: guest).bx == 0x1000)
        let area = try call(ax: 0x2F00, on: guest)
        #expect(area.es == 0x1000 && area.bx == 0x80)
        _ = try call(ax: 0x2560, dx: 0x1234, on: guest)
        let vector = try call(ax: 0x3560, on: guest)
        #expect(vector.es == 0x1000 && vector.bx == 0x1234)
        _ = try call(ax: 0x3301, dx: 1, on: guest)
        #expect(try call(ax: 0x3300, on: guest).dx == 1)
        let lists = try call(ax: 0x5200, on: guest)
        #expect(guest.machine.memory.peek(UInt32(lists.es) << 4 + lists.bx - 2, count: 2) == [0xA0, 0])
    }

    // MARK: EXE

    /// A header and code: relocations of words in it, CS:IP and SS:SP, memory behind it in paragraphs.
    private func exe(
        _ code: [UInt8], relocating words: [UInt16] = [], least: UInt16 = 0x10, most: UInt16 = 0xFFFF,
        ip: UInt16 = 0, sp: UInt16 = 0x100
    ) -> [UInt8] {
        let size = 0x40 + code.count
        let header: [UInt16] = [
            0x5A4D, UInt16(size % 512), UInt16((size + 511) / 512), UInt16(words.count), 4, least, most, 0, sp, 0, ip,
            0,
            0x1C, 0,
        ]
        var bytes = header.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        for word in words { bytes += [UInt8(truncatingIfNeeded: word), UInt8(truncatingIfNeeded: word >> 8), 0, 0] }
        return bytes + [UInt8](repeating: 0, count: 0x40 - bytes.count) + code
    }

    @Test func anEXEIsRelocated() throws {
        // mov ax, seg 0; mov ds, ax; mov dx, text; mov ah, 9; int 21; mov ax, 4c03; int 21; text
        let code: [UInt8] = [
            0xB8, 0, 0, 0x8E, 0xD8, 0xBA, 0x11, 0, 0xB4, 9, 0xCD, 0x21, 0xB8, 3, 0x4C, 0xCD, 0x21, 0x45, 0x58, 0x45,
            0x24,
        ]
        let end = try run(exe(code, relocating: [1]), extension: "exe")
        #expect(end.text == "EXE" && end.status == 67 && end.errors.contains("(EXE program at 1010:0000)"))
        // The header tells, not the name.
        #expect(try run(exe(code, relocating: [1])).text == "EXE")
        let guest = try guest(exe(code), extension: "exe")
        let state = guest.machine.state
        #expect(state.segments.ds.selector == 0x1000 && state.segments.es.selector == 0x1000)
        #expect(state.segments.ss.selector == 0x1010 && state.gpr.esp == 0x100 && state.gpr.edx == 0x1000)
        #expect(guest.machine.memory.peek(0x10002, count: 2) == [0xC0, 0x9F])
    }

    @Test func anEXEHasTheMemoryThatItAsksFor() throws {
        let some = try guest(exe([0xC3], least: 0x10, most: 0x20), extension: "exe").machine.memory
        // The prefix, one paragraph of program, 20 more.
        #expect(some.peek(0x10002, count: 2) == [0x31, 0x10] && some.peek(0x10310) == 0x5A)
        let high = try guest(exe([0xC3], least: 0, most: 0), extension: "exe")
        #expect(high.machine.state.segments.cs.selector == 0x9FBF)
        let large = try run(exe([0xC3], least: 0xA000), extension: "exe")
        #expect(large.status == 2 && large.errors.contains("does not fit into the 640 KiB"))
        let damaged = try run(exe([0xC3], relocating: [0x100]), extension: "exe")
        #expect(damaged.status == 2 && damaged.errors.contains("is damaged"))
        let none = try run([0xC3], "--boot", "exe")
        #expect(none.status == 2 && none.errors.contains("use --boot com"))
    }
}

extension String {
    fileprivate func components(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count - 1
    }
}
