import X86Interp

@testable import x86sim

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Builds MOO files chunk by chunk.
enum MOOBuilder {
    static func chunk(_ id: String, _ contents: [UInt8]) -> [UInt8] {
        Array(id.utf8) + dword(UInt32(contents.count)) + contents
    }

    static func word(_ value: UInt16) -> [UInt8] { [UInt8(truncatingIfNeeded: value), UInt8(value >> 8)] }

    static func dword(_ value: UInt32) -> [UInt8] {
        word(UInt16(truncatingIfNeeded: value)) + word(UInt16(truncatingIfNeeded: value >> 16))
    }

    static func text(_ id: String, _ text: String) -> [UInt8] {
        chunk(id, dword(UInt32(text.utf8.count)) + Array(text.utf8))
    }

    /// The chunk `RG32`, `RM32`, `REGS` or `RMSK`.
    static func registers(_ id: String, _ values: [VectorRegister: UInt32]) -> [UInt8] {
        let wide = id == "RG32" || id == "RM32"
        var present: UInt32 = 0
        var contents: [UInt8] = []
        for (bit, register) in (wide ? VectorRegister.order32 : VectorRegister.order16).enumerated() {
            guard let value = values[register] else { continue }
            present |= 1 << UInt32(bit)
            contents += wide ? dword(value) : word(UInt16(truncatingIfNeeded: value))
        }
        return chunk(id, (wide ? dword(present) : word(UInt16(present))) + contents)
    }

    /// The chunk `RAM ` or `RAMM`.
    static func memory(_ id: String, _ bytes: [MemoryByte]) -> [UInt8] {
        chunk(id, dword(UInt32(bytes.count)) + bytes.flatMap { dword($0.address) + [$0.value] })
    }

    /// A whole file; its `ORCL` has the flat segments 0007 (code) and 0017 (data) of 16 MiB.
    static func file(_ file: MOOFile) -> [UInt8] {
        var bytes = chunk("MOO ", [1, 1, 0, 0] + dword(UInt32(file.tests.count)) + padded(file.cpu, 4))
        bytes += chunk("META", [1, 0, 7, 0, 0, 0, 0] + padded(file.mnemonic, 8) + [UInt8](repeating: 0, count: 16))
        if let oracle = file.oracle {
            let segments = oracle.segments.sorted { $0.key < $1.key }.flatMap {
                word($0.key) + word($0.value.kind) + dword($0.value.base) + dword($0.value.limit)
            }
            bytes += chunk(
                "ORCL",
                [1, oracle.flags, oracle.codeBits, UInt32(oracle.segments.count)].flatMap(dword) + segments
                    + dword(UInt32(oracle.processor.utf8.count)) + Array(oracle.processor.utf8))
        }
        return bytes + file.tests.flatMap { test($0, wide: file.isWide) }
    }

    private static func padded(_ text: String, _ count: Int) -> [UInt8] {
        Array((text + String(repeating: " ", count: count)).utf8.prefix(count))
    }

    private static func test(_ test: MOOTest, wide: Bool) -> [UInt8] {
        var contents = dword(test.index) + text("NAME", test.name)
        contents += chunk("BYTS", dword(UInt32(test.bytes.count)) + test.bytes)
        contents += chunk("GMET", [1, 2, 3])
        contents += chunk("INIT", state(test.initial, wide: wide))
        contents += chunk("FINA", state(test.final, wide: wide))
        if let exception = test.exception {
            let code = exception.errorCode.map(dword) ?? []
            contents += chunk("EXCP", [exception.number] + dword(exception.flagAddress) + code)
        }
        if !test.hash.isEmpty {
            let digits = stride(from: 0, to: test.hash.count, by: 2).map { test.hash.dropFirst($0).prefix(2) }
            contents += chunk("HASH", digits.map { UInt8($0, radix: 16) ?? 0 })
        }
        return chunk("TEST", contents)
    }

    private static func state(_ state: VectorState, wide: Bool) -> [UInt8] {
        var contents = registers(wide ? "RG32" : "REGS", state.registers.dictionary)
        if !state.masks.dictionary.isEmpty { contents += registers(wide ? "RM32" : "RMSK", state.masks.dictionary) }
        contents += memory("RAM ", state.memory)
        if !state.memoryMasks.isEmpty { contents += memory("RAMM", state.memoryMasks) }
        if let fpu = state.fpu { contents += chunk("FXSA", fpu) }
        if state.statusWordMask != 0xFFFF { contents += chunk("FSWM", word(state.statusWordMask)) }
        return contents
    }
}

extension RegisterValues: ExpressibleByDictionaryLiteral {
    /// The registers that have values.
    var dictionary: [VectorRegister: UInt32] {
        var result: [VectorRegister: UInt32] = [:]
        for register in VectorRegister.allCases { result[register] = self[register] }
        return result
    }

    /// Registers and their values.
    public init(dictionaryLiteral elements: (VectorRegister, UInt32)...) {
        self.init()
        for (register, value) in elements { self[register] = value }
    }

    /// These registers with others over them.
    func merging(_ other: RegisterValues) -> RegisterValues {
        var result = self
        for (register, value) in other.dictionary { result[register] = value }
        return result
    }
}

/// A 32-bit program in the style of the silicon set.
enum SiliconExample {
    static let oracle = OracleInfo(
        flags: 0, codeBits: 32,
        segments: [
            0x07: OracleSegment(kind: 0x17, base: 0, limit: 0xFF_FFFF),
            0x17: OracleSegment(kind: 0x16, base: 0, limit: 0xFF_FFFF),
        ], processor: "AMD EPYC")
    static let registers: RegisterValues = [
        .cr0: 0x33, .cr3: 0, .eax: 5, .ebx: 0x20_0000, .ecx: 3, .edx: 0, .esi: 0, .edi: 0, .ebp: 0, .esp: 0x8000,
        .cs: 0x07, .ds: 0x17, .es: 0x17, .fs: 0, .gs: 0, .ss: 0x17, .eip: 0x1000, .eflags: 0x202, .dr6: 0, .dr7: 0,
    ]

    /// A file with one test: `bytes` at 1000, more memory, what changes.
    static func file(
        _ bytes: [UInt8], _ registers: RegisterValues = [:], memory: [MemoryByte] = [], changes: RegisterValues = [:],
        masks: RegisterValues = [:], writes: [MemoryByte] = [], exception: VectorException? = nil
    ) -> MOOFile {
        var test = MOOTest()
        test.name = "example"
        test.bytes = bytes
        test.initial.registers = Self.registers.merging(registers)
        test.initial.memory =
            bytes.enumerated().map { MemoryByte(address: 0x1000 + UInt32($0.offset), value: $0.element) } + memory
        test.final.registers = changes
        test.final.masks = masks
        test.final.memory = writes
        test.exception = exception
        var file = MOOFile()
        file.name = "seg32/TEST.MOO"
        file.cpu = "386+"
        file.mnemonic = "test"
        file.oracle = oracle
        file.isWide = true
        file.tests = [test]
        return file
    }

    /// `add [ebx], al` with memory 0x10 at EBX: 15, SF ZF CF OF AF clear, PF clear.
    static func addition(
        eip: UInt32 = 0x1002, eflags: UInt32 = 0x202, sum: UInt8 = 0x15, masks: RegisterValues = [:]
    ) -> MOOFile {
        file(
            [0x00, 0x03], memory: [MemoryByte(address: 0x20_0000, value: 0x10)],
            changes: [.eip: eip, .eflags: eflags], masks: masks, writes: [MemoryByte(address: 0x20_0000, value: sum)])
    }
}

/// A real-mode program in the style of the 80286 suite.
enum RealModeExample {
    /// A file with one test: `bytes` at 1000:0000, a HLT behind them, the IVT's entry 6 and 0 at 2000:0000 with a HLT.
    static func file(
        _ bytes: [UInt8], form: String, _ registers: RegisterValues = [:], memory: [MemoryByte] = [],
        changes: RegisterValues = [:], writes: [MemoryByte] = [], exception: VectorException? = nil,
        cpu: String = "C286"
    ) -> MOOFile {
        let start: RegisterValues = [
            .eax: 0, .ebx: 0, .ecx: 0, .edx: 0, .cs: 0x1000, .ss: 0x3000, .ds: 0x4000, .es: 0x5000, .esp: 0x100,
            .ebp: 0,
            .esi: 0, .edi: 0, .eip: 0, .eflags: 0xF002,
        ]
        let code = (bytes + [0xF4]).enumerated().map { item in
            MemoryByte(address: 0x10000 + UInt32(item.offset), value: item.element)
        }
        let vectors: [MemoryByte] = [0, 6, 12, 13].map { MemoryByte(address: $0 * 4 + 3, value: 0x20) }
        var test = MOOTest()
        test.name = "example"
        test.bytes = bytes + [0xF4]
        test.initial.registers = start.merging(registers)
        test.initial.memory = code + vectors + [MemoryByte(address: 0x20000, value: 0xF4)] + memory
        test.final.registers = changes
        test.final.memory = writes
        test.exception = exception
        var file = MOOFile()
        file.name = "\(form).MOO"
        file.cpu = cpu
        file.mnemonic = "test"
        file.tests = [test]
        return file
    }
}

/// A directory that is removed with its files when the test is over.
final class ScratchDirectory {
    let path: String

    init() {
        var template = Array("/tmp/x86sim-conform-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/tmp"
        }
    }

    deinit { remove(path, depth: 0) }

    /// Makes a directory in it; returns its path.
    func makeDirectory(_ name: String) -> String {
        mkdir(path + "/" + name, 0o700)
        return path + "/" + name
    }

    /// Writes a file; returns its path.
    func write(_ bytes: [UInt8], _ name: String) throws -> String {
        let sink = try FileSink(path: path + "/" + name)
        sink.write(bytes)
        sink.flush()
        return path + "/" + name
    }

    private func remove(_ path: String, depth: Int) {
        guard path.hasPrefix("/tmp/x86sim-conform-"), depth < 4 else { return }
        if HostDirectory.isDirectory(path) {
            for name in (try? HostDirectory.names(in: path)) ?? [] { remove(path + "/" + name, depth: depth + 1) }
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}

/// Runs files on a model; the results of all of them.
func conform(_ files: [MOOFile], on model: CPUModel = .p6, kind: VectorKind? = nil) throws -> [FileResult] {
    var conformance = try Conformance(model, kind: kind)
    var results: [FileResult] = []
    for file in files { results += try conformance.take(file, from: "nowhere/" + file.name) }
    return results + conformance.flush()
}
