import TestSupport
import Testing
import X86Interp

@testable import Devices

/// Services that let guest time pass.
@Suite("BIOS waits") struct BIOSWaitTests {
    /// mov ax, 8600; mov cx, 0; mov dx, 1000; int 15; cli; hlt: 4096 microseconds, with the timer and other interrupts off
    /// if `quiet`.
    private static func waiting(quiet: Bool) -> [UInt8] {
        (quiet ? [0xB0, 0xFF, 0xE6, 0x21] : [0xB0, 0xFE, 0xE6, 0x21])
            + [0xB8, 0x00, 0x86, 0x31, 0xC9, 0xBA, 0x00, 0x10, 0xCD, 0x15, 0xFA, 0xF4]
    }

    @Test(arguments: [Tier.kernel, .user], [true, false])
    func noRunIsLongerThanItsLimit(tier: Tier, quiet: Bool) throws {
        let whole = try BIOSGuest(Self.waiting(quiet: quiet), tier: tier)
        #expect(try whole.run(fuel: .max) == .halted)
        let end = whole.machine.state.instructions
        #expect((409_600..<409_700).contains(end))
        for fuel: UInt64 in [1, 5, 9, 10, 11, 12, 500, 200_000, end - 4, end - 3, end - 2, end - 1] {
            let guest = try BIOSGuest(Self.waiting(quiet: quiet), tier: tier)
            #expect(try guest.run(fuel: fuel) == .budget)
            #expect(guest.machine.state.instructions == fuel)
            // And it is the same guest that goes on.
            #expect(try guest.run(fuel: .max) == .halted)
            #expect(guest.machine.state == whole.machine.state, "\(fuel)")
        }
    }

    @Test(arguments: [Tier.kernel, .user]) func aRunInSlicesIsTheSame(tier: Tier) throws {
        let whole = try BIOSGuest(Self.waiting(quiet: false), tier: tier)
        _ = try whole.run(fuel: .max)
        let sliced = try BIOSGuest(Self.waiting(quiet: false), tier: tier)
        var limit: UInt64 = 0
        repeat { limit += 997 } while try sliced.run(fuel: limit) == .budget
        #expect(sliced.machine.state == whole.machine.state)
    }

    @Test func interruptsOfTheWaitAreDeliveredAndItGoesOn() throws {
        let guest = try BIOSGuest([])
        // 110 ms have two ticks of the timer in them.
        let state = try BIOSGuest.call(0x15, ax: 0x8600, cx: 1, dx: 0xADB0, on: guest)
        #expect(!state.carry && guest.word(0x46C) == 2)
        #expect((11_000_000..<11_000_100).contains(state.instructions))
    }

    @Test func aWaitThatItsProgramHasLeftIsForgotten() throws {
        // mov word [70], 7c20 (INT 1Ch); int 15; at 7c20: mov ss:sp; cx:dx = 10 us; ax = 8600; int 15; cli; hlt
        let program: [UInt8] = [
            0xC7, 0x06, 0x70, 0x00, 0x20, 0x7C, 0xC7, 0x06, 0x72, 0x00, 0x00, 0x00, 0xB8, 0x00, 0x86, 0xB9, 0xFF, 0x00,
            0xCD, 0x15,
        ]
        let left: [UInt8] = [
            0xBC, 0x00, 0x7C, 0xB8, 0x00, 0x86, 0x31, 0xC9, 0xBA, 0x0A, 0x00, 0xCD, 0x15, 0xFA, 0xF4,
        ]
        let guest = try BIOSGuest(program + [UInt8](repeating: 0x90, count: 0x20 - program.count) + left)
        #expect(try guest.run(fuel: 50_000_000) == .halted)
        #expect(guest.machine.state.instructions < 5_600_000)
    }

    @Test(arguments: [Tier.kernel, .user]) func theEventWaitSetsItsByteOnce(tier: Tier) throws {
        let guest = try BIOSGuest([], tier: tier)
        guest.machine.memory.load([0x12], at: 0x600)
        // 1000 microseconds
        var state = try BIOSGuest.call(0x15, ax: 0x8300, bx: 0x600, dx: 1000, on: guest)
        let start = state.instructions
        #expect(!state.carry && guest.machine.memory.peek(0x600) == 0x12 && guest.machine.memory.peek(0x4A0) == 1)
        // A second one has to wait, and so has function 86.
        for function: UInt16 in [0x8300, 0x8600] {
            state = try BIOSGuest.call(0x15, ax: function, bx: 0x601, dx: 1, on: guest)
            #expect(state.carry && state.ax >> 8 == 0x83)
        }
        // jmp $
        guest.machine.memory.load([0xEB, 0xFE], at: 0x7C00)
        guest.machine.state.eip = 0x7C00
        guest.machine.state.halted = false
        _ = try guest.run(fuel: start + 99_900)
        #expect(guest.machine.memory.peek(0x600) == 0x12)
        let saved = guest.machine.snapshot()
        _ = try guest.run(fuel: start + 100_100)
        #expect(guest.machine.memory.peek(0x600) == 0x92 && guest.machine.memory.peek(0x4A0) == 0)
        // A restored machine still has it before it.
        try guest.machine.restore(saved)
        #expect(guest.machine.memory.peek(0x600) == 0x12)
        _ = try guest.run(fuel: start + 100_100)
        #expect(guest.machine.memory.peek(0x600) == 0x92)
    }

    @Test func theEventWaitIsCancelled() throws {
        let guest = try BIOSGuest([])
        _ = try BIOSGuest.call(0x15, ax: 0x8300, bx: 0x600, dx: 1000, on: guest)
        #expect(try !BIOSGuest.call(0x15, ax: 0x8301, on: guest).carry)
        #expect(guest.machine.memory.peek(0x4A0) == 0)
        // 2 ms
        #expect(try !BIOSGuest.call(0x15, ax: 0x8600, dx: 2000, on: guest).carry)
        #expect(guest.machine.memory.peek(0x600) == 0)
        #expect(try BIOSGuest.call(0x15, ax: 0x8302, on: guest).carry)
    }

    // MARK: Registers

    /// Services that load ES, with AX, BX, CX and DX.
    private static let loads: [(vector: UInt8, ax: UInt16, bx: UInt16, dx: UInt16)] = [
        (0x13, 0x0800, 0, 0), (0x13, 0x1800, 0, 0), (0x10, 0x1130, 0x0600, 0), (0x15, 0xC000, 0, 0),
        (0x15, 0xC100, 0, 0),
    ]

    @Test(arguments: [Tier.kernel, .user], loads.indices)
    func segmentRegistersKeepTheirLimits(tier: Tier, index: Int) throws {
        let (vector, ax, bx, dx) = Self.loads[index]
        let image = MemoryDisk([UInt8](repeating: 0, count: 1_474_560))
        let guest = try BIOSGuest([], drives: [0: Drive(floppy: image)], tier: tier)
        guest.machine.state.segments.es.limit = .max
        let state = try BIOSGuest.call(vector, ax: ax, bx: bx, cx: 0x4F12, dx: dx, on: guest)
        let es = state.segments.es
        #expect(!state.carry && es.selector != 0 && es.base == UInt32(es.selector) << 4 && es.limit == .max)
    }

    @Test func theUpperHalvesOfRegistersStay() throws {
        let guest = try BIOSGuest([])
        guest.machine.memory.load([0xCD, 0x10, 0xFA, 0xF4], at: 0x7C00)
        guest.machine.state.gpr.eax = 0x1234_0F00
        guest.machine.state.gpr.ebx = 0x5678_0000
        _ = try guest.run(fuel: 1000)
        #expect(guest.machine.state.gpr.eax == 0x1234_5003 && guest.machine.state.gpr.ebx == 0x5678_0000)
    }
}
