import Devices
import Testing
import X86Interp

@testable import x86sim

/// A byte counter at one port that can be made to misbehave in one machine.
private final class Planted: Device, PortDevice {
    struct State: Codable, Equatable, Sendable {
        var reads: UInt32 = 0
    }

    let name: String
    var state = State()
    /// Called with the number of the read, from 1, and what it should return; returns what it does return.
    var twist: (UInt32, UInt32) -> UInt32 = { $1 }

    init(_ name: String = "planted") { self.name = name }

    func reset() { state = State() }

    func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        state.reads &+= 1
        return twist(state.reads, 0x40 + state.reads & 0xFF)
    }

    func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {}

    func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { nil }
}

/// Reads 66 bytes and halts.
///
/// `mov eax, 12345678; mov di, 9000; mov cx, 40; mov dx, 300; rep insb; in al, dx; in ax, dx; cli; hlt`
private let reader: [UInt8] = [
    0x66, 0xB8, 0x78, 0x56, 0x34, 0x12, 0xBF, 0x00, 0x90, 0xB9, 0x40, 0x00, 0xBA, 0x00, 0x03, 0xF3, 0x6C, 0xEC, 0xED,
    0xFA, 0xF4,
]

private func checker(
    _ code: [UInt8] = reader, fuel: UInt64 = 10_000,
    plant: @escaping (TierSetting, Machine, Planted) -> Void = { _, _, _ in }
) -> TierChecker {
    TierChecker(
        make: { setting throws(CommandError) in
            let machine: Machine
            let device = Planted()
            do {
                machine = try Machine(model: .p6, ramSize: 1 << 20)
                try machine.ports.claim(0x300...0x300, for: device)
            } catch {
                throw .load("\(error)")
            }
            machine.memory.load(code, at: 0x7C00)
            var state = machine.cpu.state
            Loader.bare(at: FarAddress(segment: 0, offset: 0x7C00), pieces: []).apply(to: &state)
            machine.cpu.state = state
            plant(setting, machine, device)
            return machine
        }, fuel: fuel)
}

private func difference(_ outcome: TierChecker.Outcome) -> TierDifference? {
    guard case .different(let difference) = outcome else { return nil }
    return difference
}

@Suite("Tier checker")
struct TierTests {
    @Test func equalMachinesHaveNoDifference() throws {
        // 64 by REP INSB, one by IN AL, and a word that is split into the device and the open bus beside it.
        let outcome = try checker().check()
        #expect(outcome == .same(transactions: 67, instructions: 72, end: .halted))
    }

    @Test func aRunWithoutPortsIsCompared() throws {
        #expect(try checker([0xFA, 0xF4]).check() == .same(transactions: 0, instructions: 2, end: .halted))
        #expect(try checker([0xEB, 0xFE]).check() == .same(transactions: 0, instructions: 10_000, end: nil))
    }

    @Test(arguments: [TierSetting.user, .delayed], [1, 5, 64, 65] as [UInt32])
    func aDeviceThatAnswersDifferentlyIsFound(setting: TierSetting, number: UInt32) throws {
        let found = try difference(
            checker { made, _, device in
                guard made == setting else { return }
                device.twist = { $0 == number ? $1 ^ 1 : $1 }
            }.check())
        #expect(found?.transaction == UInt64(number) && found?.setting == setting)
        #expect(found?.eip == (number <= 64 ? 0x7C0F : 0x7C11))
        #expect(found?.what.contains("port 300") == true)
    }

    @Test(arguments: [TierSetting.user, .delayed])
    func aValueRoutedThroughEAXIsFound(setting: TierSetting) throws {
        // As in the hypervisor of illumos bug 13286: the answer passes through the guest's accumulator.
        let found = try difference(
            checker { made, machine, device in
                guard made == setting else { return }
                device.twist = { [unowned machine] number, value in
                    machine.cpu.state.gpr.eax = value
                    return value
                }
            }.check())
        #expect(found?.transaction == 1 && found?.setting == setting)
        #expect(found?.what == "eax 12345678 against 00000041")
        #expect(found?.text.hasPrefix("first difference after port transaction 1 (4 instructions, 0000:7C0F)") == true)
    }

    @Test(arguments: [1, 2, 7, 63] as [UInt32], [1, 16, 4096] as [UInt64])
    func aDifferenceInMemoryIsTracedToItsTransaction(number: UInt32, interval: UInt64) throws {
        var check = checker { made, machine, device in
            guard made == .delayed else { return }
            device.twist = { [unowned machine] read, value in
                if read == number { machine.memory.load([0x99], at: 0xA0000 - 1) }
                return value
            }
        }
        check.wholeInterval = interval
        let found = try difference(check.check())
        #expect(found?.transaction == UInt64(number) && found?.setting == .delayed)
        #expect(found?.what == "memory at 0009FFFF: 00 against 99")
    }

    @Test func aDeviceStateThatDiffersIsFound() throws {
        let found = try difference(
            checker { made, _, device in
                guard made == .user else { return }
                device.twist = { [unowned device] number, value in
                    if number == 3 { device.state.reads &+= 0x100 }
                    return value
                }
            }.check())
        #expect(found?.transaction == 3 && found?.what == "the state of device planted")
    }

    @Test(arguments: [1, 7, 63] as [UInt32])
    func aDeviceThatTakesNoPartIsTracedToTheTransaction(number: UInt32) throws {
        let found = try difference(
            checker { made, machine, device in
                let other = Planted("other")
                // Without the claim nobody looks at it, and no difference is found.
                _ = try? machine.ports.claim(0x400...0x400, for: other)
                guard made == .user else { return }
                device.twist = { read, value in
                    if read == number { other.state.reads = 5 }
                    return value
                }
            }.check())
        #expect(found?.transaction == UInt64(number) && found?.what == "the state of device other")
    }

    @Test func theCommandReportsEquality() throws {
        // mov dx, 510; xor ax, ax; out dx, ax; mov di, 600; mov cx, 4; inc dx; rep insb; cli; hlt
        let code: [UInt8] = [
            0xBA, 0x10, 0x05, 0x31, 0xC0, 0xEF, 0xBF, 0x00, 0x06, 0xB9, 0x04, 0x00, 0x42, 0xF3, 0x6C, 0xFA, 0xF4,
        ]
        let file = try TemporaryFile(code)
        let host = TestHost()
        #expect(host.run(["tiers", file.path, "--machine", "bare"]) == 0)
        #expect(host.output.text == "no difference in 5 port transactions (12 instructions, guest ended)\n")
        let json = TestHost()
        #expect(json.run(["tiers", file.path, "--json"]) == 0)
        #expect(json.output.text == "{\"difference\":null,\"transactions\":5,\"instructions\":12}\n")
    }

    @Test func theCommandHonoursItsLimits() throws {
        let file = try TemporaryFile([0xE4, 0x80, 0xEB, 0xFC])
        let timeout = TestHost()
        #expect(timeout.run(["tiers", file.path, "--timeout", "2"]) == 13)
        #expect(timeout.errors.text.contains("no difference in the first"))
        let stopped = TestHost()
        stopped.wantsToStop = true
        #expect(stopped.run(["tiers", file.path]) == 130)
        #expect(TestHost().run(["tiers", file.path, "--fuel", "100"]) == 0)
    }
}

@Suite("Host loop")
struct HostLoopTests {
    @Test func eachRequestIsPutOffAndServedOnce() throws {
        let machine = try Machine(model: .p6, ramSize: 1 << 20)
        let device = Planted()
        try machine.ports.claim(0x300...0x300, for: device, tier: .user)
        machine.memory.load(reader, at: 0x7C00)
        var state = machine.cpu.state
        Loader.bare(at: FarAddress(segment: 0, offset: 0x7C00), pieces: []).apply(to: &state)
        machine.cpu.state = state
        let loop = HostLoop(machine: machine) { _ in 3 }
        #expect(try loop.run(until: 1000) == .halted)
        #expect(device.state.reads == 66)
        #expect(machine.memory.peek(0x9000, count: 3) == [0x41, 0x42, 0x43])
        #expect(machine.cpu.state.gpr.eax == 0x1234_FF82)
    }
}
