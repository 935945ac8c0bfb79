import Testing
import X86Interp

@testable import x86sim

private func blob(_ size: Int, _ path: String = "x.bin", _ patches: [Int: UInt8] = [:]) -> Blob {
    var bytes = [UInt8](repeating: 0, count: size)
    for (offset, byte) in patches { bytes[offset] = byte }
    return Blob(path: path, bytes: bytes)
}

private func plan(_ blob: Blob, _ format: String = "auto", cpu: CPUModel = .p6) throws -> BootPlan {
    try Loader.plan(blob, format: format, LoadingContext(model: cpu, ramSize: 16 << 20, entry: nil))
}

@Suite("Loaders")
struct LoaderTests {
    private static let signature: [Int: UInt8] = [510: 0x55, 511: 0xAA]

    private static let guesses: [(Blob, String)] = [
        (blob(1), "bare code at 0000:7C00"),
        (blob(512), "bare code at 0000:7C00"),
        (blob(513), "bare code at 1000:0000"),
        (blob(512, "x.bin", signature), "boot sector at 0000:7C00"),
        (blob(1_474_560, "floppy.img", signature), "boot sector at 0000:7C00"),
        (blob(5000, "x.exe"), "COM program at 1000:0100"),
        (Blob(path: "x.com", bytes: Array("X5O!P%@AP[4\\PZX54(P^)7CC)7}$H+H*\n".utf8)), "COM program at 1000:0100"),
        (blob(700, "X.COM"), "COM program at 1000:0100"),
        (blob(65278, "x.com"), "COM program at 1000:0100"),
        (blob(65279, "x.com"), "bare code at 1000:0000"),
        (blob(65536, "x", [65520: 0xEA]), "ROM of 64 KiB at the reset vector"),
        (blob(65536, "x", [65520: 0xE9, 510: 0x55, 511: 0xAA]), "ROM of 64 KiB at the reset vector"),
        (blob(4096, "x", [4080: 0xEB]), "ROM of 4 KiB at the reset vector"),
        (blob(4097, "x", [4081: 0xEB]), "bare code at 1000:0000"),
        (blob(8192, "bios.rom"), "ROM of 8 KiB at the reset vector"),
        (blob(65536), "bare code at 1000:0000"),
        (blob(512, "dir.com/x"), "bare code at 0000:7C00"),
        (blob(512, ".com"), "bare code at 0000:7C00"),
    ]

    @Test(arguments: guesses)
    func autoDoesTheObvious(blob: Blob, description: String) throws {
        #expect(try plan(blob).description == description)
    }

    @Test func aBootSectorStartsAsFirmwareLeavesIt() throws {
        let made = try plan(blob(1024, "x", Self.signature))
        #expect(made.pieces.map(\.address) == [0x7C00] && made.pieces[0].bytes.count == 1024)
        var state = CPUState()
        made.apply(to: &state)
        #expect(state.segments.cs.selector == 0 && state.segments.cs.base == 0 && state.eip == 0x7C00)
        #expect(state.segments.ss.selector == 0 && state.gpr.esp == 0x7C00 && state.gpr.edx == 0)
    }

    @Test func aDiskImageBootsFromDrive80AndIsLoadedByItsSector() throws {
        let made = try plan(blob(4 << 20, "x", Self.signature))
        #expect(made.pieces[0].bytes.count == 512)
        #expect(made.start?.registers.edx == 0x80)
    }

    @Test(arguments: [
        ("8086", 65536, [0xF0000]), ("80286", 65536, [0xFF_0000, 0xF0000]), ("p6", 65536, [0xFFFF_0000, 0xF0000]),
        ("p6", 1 << 20, [0xFFF0_0000, 0xE0000]), ("p6", 16 << 20, [0xFF00_0000, 0xE0000]),
        ("8086", 1 << 20, [0xC0000]),
    ])
    func aROMEndsBelowTheTopAndAtOneMebibyte(cpu: String, size: Int, places: [UInt32]) throws {
        let model = try #require(CPUModel.named(cpu))
        let made = try plan(blob(size), "rom", cpu: model)
        #expect(made.roms.map(\.address) == places)
        #expect(made.start == nil && made.pieces.isEmpty)
        for rom in made.roms { #expect(UInt64(rom.address) + UInt64(rom.bytes.count) >= 0x10_0000) }
    }

    @Test func aROMOfOddSizeIsPaddedAtTheFront() throws {
        let rom = try #require(try plan(blob(5000), "rom").roms.first)
        #expect(rom.bytes.count == 8192)
        #expect(rom.bytes[0] == 0xFF && rom.bytes[3191] == 0xFF && rom.bytes[3192] == 0)
    }

    @Test func aROMCanBeTooLarge() {
        #expect(throws: CommandError.self) { try plan(blob(16 << 20 + 1), "rom") }
        #expect(throws: CommandError.self) { try plan(blob(65279), "com") }
    }

    @Test func aCOMProgramWithoutABIOSCanEndByRET() throws {
        var context = LoadingContext(model: .p6, ramSize: 1 << 20, entry: nil)
        context.hasBIOS = false
        let made = try Loader.plan(blob(3, "x.com"), format: "auto", context)
        let memory = try PhysicalMemory(ramSize: 1 << 20)
        try made.load(into: memory)
        #expect(memory.peek(0x10000, count: 4) == [0xCD, 0x20, 0x00, 0xA0])
        #expect(memory.peek(0x80, count: 4) == [0x00, 0x05, 0x00, 0x00])
        #expect(memory.peek(0x500, count: 2) == [0xFA, 0xF4])
        #expect(memory.peek(0x1FFFE, count: 2) == [0, 0])
        #expect(made.start?.stack == FarAddress(segment: 0x1000, offset: 0xFFFE) && made.start?.data == 0x1000)
    }

    @Test func aFlatBlobIsLoadedAtItsEntry() throws {
        let context = LoadingContext(model: .p6, ramSize: 1 << 20, entry: FarAddress(segment: 0x2000, offset: 0x10))
        let made = try Loader.plan(blob(3), format: "auto", context)
        #expect(made.pieces[0].address == 0x20010 && made.start?.data == 0x2000)
    }

    @Test func aROMIsMappedTwice() throws {
        let made = try plan(blob(65536, "x", [65520: 0xEA]))
        let memory = try PhysicalMemory(ramSize: 16 << 20)
        try made.load(into: memory)
        #expect(memory.peek(0xFFFF0) == 0xEA && memory.peek(0xFFFF_FFF0) == 0xEA)
    }
}
