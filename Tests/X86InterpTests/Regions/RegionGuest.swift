@testable import X86Interp

/// A port whose writes act.
final class SwitchPort: Device, PortDevice {
    struct State: Codable, Equatable, Sendable {
        var value: UInt32 = 0
    }

    let name: String
    var state = State()
    let fields: [DeviceField] = []
    private let act: (UInt32) -> Void

    init(_ name: String = "switch", _ act: @escaping (UInt32) -> Void) {
        self.name = name
        self.act = act
    }

    func reset() { state = State() }
    func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { state.value }
    func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { state.value }
    func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        state.value = value
        act(value)
    }
}

/// Flat 32-bit machines with more in memory than RAM from 0 on.
enum RegionGuest {
    /// Code at 7C00; RAM elsewhere as `setUp` says.
    static func machine(
        _ code: [UInt8], _ setUp: (PhysicalMemory) throws -> Void = { _ in }
    ) throws -> Machine {
        let machine = try DebugMachine.flat(code, ramSize: 0x12_0000)
        machine.state.gpr.esp = 0x7000
        machine.cpu.faultPolicy = .stop
        try setUp(machine.memory)
        return machine
    }

    /// Runs in one go, and again step by step on another machine, which must end alike.
    static func run(
        _ code: [UInt8], ticks: UInt64 = 10_000, _ setUp: (Machine) throws -> Void
    ) throws -> (machine: Machine, exit: Exit, isAlike: Bool) {
        let whole = try machine(code)
        try setUp(whole)
        let exit = try whole.run(.resume, until: ticks)
        let parts = try machine(code)
        try setUp(parts)
        var last = Exit.budget
        while last == .budget, parts.state.instructions < ticks {
            last = try parts.run(.resume, until: parts.state.instructions + 1)
        }
        return (whole, exit, last == exit && parts.hash() == whole.hash())
    }

    static func little(_ word: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }

    // mov al, value; out 40h, al
    static func out(_ value: UInt8) -> [UInt8] { [0xB0, value, 0xE6, 0x40] }

    // call ecx
    static let call: [UInt8] = [0xFF, 0xD1]

    // mov ecx, address
    static func target(_ address: UInt32) -> [UInt8] { [0xB9] + little(address) }

    // mov byte [address], value
    static func store(_ value: UInt8, at address: UInt32) -> [UInt8] { [0xC6, 0x05] + little(address) + [value] }

    // mov al, [address]
    static func load(_ address: UInt32) -> [UInt8] { [0xA0] + little(address) }
}
