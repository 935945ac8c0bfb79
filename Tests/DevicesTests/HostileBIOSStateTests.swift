import Devices
import TestSupport
import Testing
import X86Interp

/// A snapshot's file may hold anything for the BIOS, too: whatever it remembers then, its services trap nowhere.
@Suite struct HostileBIOSStateTests {
    @Test func anyStateServes() async {
        await #expect(processExitsWith: .success) {
            ThrowHook.remove()
            for number in 0..<min(LongTests.count(short: 60), 2000) { try HostileBIOSStateTests.run(number) }
        }
    }

    static func run(_ number: Int) throws {
        let decoder = RandomDecoder(seed: UInt64(number), texts: [])
        let disk = MemoryDisk([UInt8](repeating: 0, count: 1_474_560))
        let machine = number % 3 == 1 ? MachineCatalog.xt : MachineCatalog.isapc
        let guest = try BIOSGuest(
            [], drives: [0: Drive(floppy: disk)], tier: number % 2 == 0 ? .kernel : .user, on: machine)
        // For each vector: sti; mov ax, ...; mov cx, 1; mov dx, 0; mov bx, 500h; int ...
        var program: [UInt8] = [0xFB]
        let calls: [(UInt8, UInt16)] = [
            (0x13, 0x0201), (0x13, 0x0302), (0x13, 0x0800), (0x10, 0x0E41), (0x10, 0x0003), (0x16, 0x0100),
            (0x16, 0x0000), (0x15, 0x8600), (0x15, 0x8300), (0x1A, 0x0000), (0x1A, 0x0200), (0x1A, 0x0300), (0x11, 0),
            (0x12, 0), (0x14, 0x0300), (0x15, 0xE820), (0x10, 0x1301),
        ]
        for (vector, ax) in calls {
            program += [0xB8, UInt8(ax & 0xFF), UInt8(ax >> 8), 0xB9, 1, 0, 0xBA, 0, 0, 0xBB, 0, 5, 0xCD, vector]
        }
        guest.machine.memory.load(program + [0xFA, 0xF4], at: 0x7C00)
        var snapshot = guest.machine.snapshot()
        snapshot.now = number % 3 == 0 ? .max - UInt64(number) : 0
        snapshot.devices[guest.bios.name] = try decoder.value(BIOS.State.self)
        snapshot.devices["fda"] = try decoder.value(DiskDrive.State.self)
        try guest.machine.restore(snapshot)
        for field in guest.bios.fields { _ = "\(field)" }
        _ = guest.bios.untoldRows(of: guest.machine)
        try guest.run(fuel: 20_000)
    }
}
