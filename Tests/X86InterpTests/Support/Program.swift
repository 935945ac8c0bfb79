@testable import X86Interp

extension Bench {
    /// A processor about to run `code`, and the words of a case for the rest; exceptions are delivered.
    convenience init(
        code: String, _ given: String = "", in mode: Case.Mode = .real, on model: CPUModel = .p6,
        engine: CPU.Engine = .threaded
    ) throws {
        var scene = Scene(mode, model)
        try scene.apply(given)
        scene.put(code: Bench.bytes(code))
        try self.init(scene, model: model, engine: engine, faultPolicy: .deliver)
    }

    /// The bytes of hexadecimal text.
    static func bytes(_ text: String) -> [UInt8] { text.split(separator: " ").map { UInt8($0, radix: 16) ?? 0 } }

    /// The state of the processor.
    var state: CPUState { cpu.state }

    /// Takes steps; returns what differs from the words of a case, as to state, memory and exit.
    func step(_ count: Int = 1, expecting words: String, exit wanted: Exit = .budget) throws -> [String] {
        var scene = Scene(.real, cpu.model)
        scene.state = cpu.state
        try scene.apply(words)
        var expected = bytes
        for (address, bytes) in scene.memory {
            for (index, byte) in bytes.enumerated() { expected[Int(address) + index] = byte }
        }
        var exit = Exit.budget
        for _ in 0..<count { exit = try cpu.step() }
        let problems = exit == wanted ? [] : ["exit \(exit), expected \(wanted)"]
        return problems + Bench.differences(cpu.state, scene.state) + memoryDifferences(expected)
    }

    /// A little-endian word of memory by linear address.
    func word(_ address: UInt32) -> UInt16 {
        let bytes = memory.peek(address, count: 2)
        return UInt16(bytes[0]) | UInt16(bytes[1]) << 8
    }

    /// A little-endian doubleword of memory by linear address.
    func dword(_ address: UInt32) -> UInt32 { UInt32(word(address)) | UInt32(word(address + 2)) << 16 }

    /// Runs `count` ticks more.
    @discardableResult
    func run(_ count: UInt64) throws -> Exit { try cpu.run(.resume, until: cpu.state.instructions + count) }
}
