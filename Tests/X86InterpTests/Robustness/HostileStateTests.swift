import Devices
import TestSupport
import Testing
import X86Interp

/// A snapshot may hold anything: whatever state is put in, a run from it ends with a defined exit and no Swift trap.
@Suite(.serialized) struct HostileStateTests {
    private static let isLong = LongTests.areWanted || LongTests.blobs != nil
    private static let fuel: UInt64 = isLong ? 20_000 : 1000
    /// Raw values of the enumerations in states.
    private static let texts =
        [PortDirection.in, .out].map(\.rawValue) + [MemoryDirection.read, .write].map(\.rawValue)
        + [BoundaryEvent.debugTrap, .nonMaskable, .interrupt, .virtualInterrupt].map(\.rawValue)
        + Tier.allCases.map(\.rawValue)
        + ATAUnit.Activity.allCases.map(\.rawValue) + FDCCommand.allCases.map(\.rawValue)
        + FDC82077AA.State.Phase.allCases.map(\.rawValue) + FloppyTransfer.Stage.allCases.map(\.rawValue)
        + [PIC8259.Phase.uninitialised, .vectorBase, .cascade, .mode, .ready].map(\.rawValue)

    @Test(.timeLimit(.minutes(30)), arguments: LongTests.parts(short: 80))
    func anyStateOfProcessorAndDevicesRuns(part: ClosedRange<Int>) async {
        guard LongTests.blobs == nil else { return await Self.run(part) }
        await #expect(processExitsWith: .success) { [part] in
            ThrowHook.remove()
            await Self.run(part)
        }
    }

    private static func run(_ part: ClosedRange<Int>) async {
        await LongTests.forEach(in: part, name: "state") { try run($0) }
    }

    /// Even numbers: the processor's state is hostile; odd ones: the devices' states are, too.
    private static func run(_ number: Int) throws {
        let decoder = RandomDecoder(seed: UInt64(number), texts: Self.texts)
        let tier: Tier = number % 4 < 2 ? .kernel : .user
        let guest = RandomGuest(number: number, size: 4096)
        var random = try RandomRun(guest, tier: tier, fuel: 0)
        var snapshot = random.machine.snapshot()
        snapshot.cpu = try decoder.value(CPUState.self)
        // Three in four run; a processor that has shut down stays so.
        if number % 8 < 6 { snapshot.cpu.shutdown = [] }
        if number % 2 == 1 {
            snapshot.now = number % 3 == 0 ? .max - UInt64(number) : snapshot.cpu.instructions
            for device in random.board.parts {
                snapshot.devices[device.name] = try hostile(device, decoder)
            }
        }
        try random.machine.restore(snapshot)
        try random.goOn(fuel)
        // Looking at them is safe, too.
        for device in random.board.parts { _ = device.fields.map { "\($0)" } }
        _ = random.board.screen
        let known = random.machine.state.instructions
        #expect(known >= snapshot.cpu.instructions || known < fuel * 2, "state \(number): time goes on")
    }

    private static func hostile<D: Device>(_ device: D, _ decoder: RandomDecoder) throws -> any Sendable {
        try decoder.value(D.State.self)
    }
}
