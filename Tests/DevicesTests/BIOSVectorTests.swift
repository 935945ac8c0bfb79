import TestSupport
import Testing
import X86Interp

@testable import Devices

/// What the vectors hold before anybody has installed a handler, and what becomes of an interrupt then.
@Suite("BIOS vectors") struct BIOSVectorTests {
    /// Segment times 65536 plus offset of a vector.
    private func entry(_ vector: Int, _ guest: BIOSGuest) -> UInt32 {
        UInt32(guest.word(UInt32(vector * 4 + 2))) << 16 | UInt32(guest.word(UInt32(vector * 4)))
    }

    private func address(_ entry: UInt32) -> UInt32 { (entry >> 16) << 4 + entry & 0xFFFF }

    @Test func vectorsThatNobodyHasInstalledLeadToAnIRET() throws {
        let guest = try BIOSGuest([])
        for vector in 0x20...0xFF where ![0x40, 0x41, 0x43, 0x46].contains(vector) && !(0x70...0x77 ~= vector) {
            let entry = entry(vector, guest)
            if 0x60...0x67 ~= vector {
                #expect(entry == 0, "\(vector)")
            } else {
                #expect(guest.machine.memory.peek(address(entry)) == 0xCF, "\(vector)")
            }
        }
    }

    @Test func vectors41And46AreTheDisksParameters() throws {
        let disk = MemoryDisk([UInt8](repeating: 0, count: 20 << 20))
        let guest = try BIOSGuest([], drives: [0x80: Drive(hardDisk: disk)])
        let table = address(entry(0x41, guest))
        let last = try BIOSGuest.call(0x13, ax: 0x0800, dx: 0x80, on: guest)
        let cylinder = Int(last.gpr.ecx >> 8 & 0xFF) | Int(last.gpr.ecx & 0xC0) << 2
        #expect(guest.word(table) == cylinder + 1)
        #expect(guest.machine.memory.peek(table + 2) == UInt8(last.gpr.edx >> 8 & 0xFF) + 1)
        #expect(guest.machine.memory.peek(table + 14) == UInt8(last.gpr.ecx & 0x3F))
        // There is no second one.
        #expect(guest.machine.memory.peek(address(entry(0x46, guest)), count: 16) == [UInt8](repeating: 0, count: 16))
    }

    /// Code that ends in nobody's hands, with the vector and where.
    private static let lost: [(code: [UInt8], vector: UInt8, source: UnhandledInterrupt.Source, eip: UInt32)] = [
        ([0x0F, 0x0B], 0x06, .exception, 0x7C00),
        ([0x90, 0xCD, 0x80], 0x80, .instruction, 0x7C01),
        ([0xCD, 0x21], 0x21, .instruction, 0x7C00),
        ([0xCD, 0x60], 0x60, .instruction, 0x7C00),
        ([0xCC], 0x03, .instruction, 0x7C00),
        // mov al, 7f; add al, 1; into
        ([0xB0, 0x7F, 0x04, 0x01, 0xCE], 0x04, .instruction, 0x7C04),
        // mov di, ffff; mov ax, [di]
        ([0xBF, 0xFF, 0xFF, 0x8B, 0x05], 0x0D, .exception, 0x7C03),
        ([0xCD, 0x0D], 0x0D, .instruction, 0x7C00),
        // xor cx, cx; div cx
        ([0x31, 0xC9, 0xF7, 0xF1], 0x00, .exception, 0x7C02),
    ]

    @Test(arguments: [Tier.kernel, .user], lost.indices)
    func anInterruptThatNobodyHandlesStopsTheRun(tier: Tier, index: Int) throws {
        let (code, vector, source, eip) = Self.lost[index]
        let guest = try BIOSGuest(code + [0xFA, 0xF4], tier: tier)
        guest.machine.cpu.unhandledPolicy = .stop
        let found = UnhandledInterrupt(vector: vector, source: source, cs: 0, eip: eip)
        #expect(try guest.run(fuel: 1000) == .stopped(.unhandled(found)))
        // Before the delivery: nothing is on the stack, and the same comes again.
        #expect(guest.machine.state.eip == eip && guest.machine.state.gpr.esp == 0x7C00)
        #expect(try guest.run(fuel: 1000) == .stopped(.unhandled(found)))
    }

    @Test func theDefaultHandlerReturnsIfTheGuestIsToGoOn() throws {
        // int 80; int 33; cli; hlt
        let guest = try BIOSGuest([0xCD, 0x80, 0xCD, 0x33, 0xFA, 0xF4])
        #expect(try guest.run(fuel: 1000) == .halted)
        #expect(guest.machine.cpu.firstUnhandled?.vector == 0x80 && guest.machine.state.gpr.esp == 0x7C00)
    }

    @Test func anInstalledHandlerIsNoReasonToStop() throws {
        // int 21; cli; hlt, and iret at 500
        let guest = try BIOSGuest([0xCD, 0x21, 0xFA, 0xF4])
        guest.machine.memory.load([0x00, 0x05, 0x00, 0x00], at: 0x84)
        guest.machine.memory.load([0xCF], at: 0x500)
        guest.machine.cpu.unhandledPolicy = .stop
        #expect(try guest.run(fuel: 1000) == .halted)
        #expect(guest.machine.cpu.firstUnhandled == nil)
    }

    @Test func interruptsOfChipsAreAcknowledgedAndTicksGoOn() throws {
        // sti; hlt; hlt; cli; hlt
        let guest = try BIOSGuest([0xFB, 0xF4, 0xF4, 0xFA, 0xF4])
        guest.machine.cpu.unhandledPolicy = .stop
        #expect(try guest.run(fuel: 100_000_000) == .halted)
        #expect(guest.word(0x46C) == 2)
    }

    @Test func hooksOfTheBIOSItselfAreNotMissed() throws {
        // int 1b; int 1c; int 4a; int 5; cli; hlt
        let guest = try BIOSGuest([0xCD, 0x1B, 0xCD, 0x1C, 0xCD, 0x4A, 0xCD, 0x05, 0xFA, 0xF4])
        guest.machine.cpu.unhandledPolicy = .stop
        #expect(try guest.run(fuel: 1000) == .halted)
        #expect(guest.machine.memory.peek(0x500) == 0xFF)
        // mov ax, 5; bound ax, [7c10]
        let bound = try BIOSGuest([0xB8, 0x05, 0x00, 0x62, 0x06, 0x10, 0x7C])
        bound.machine.cpu.unhandledPolicy = .stop
        guard case .stopped(.unhandled(let found)) = try bound.run(fuel: 1000) else {
            Issue.record("BOUND did not stop")
            return
        }
        #expect(found.vector == 5 && found.eip == 0x7C03)
    }
}
