import TestSupport
import Testing
import X86Interp

@testable import Devices

/// What the BIOS does behind RESET.
@Suite("BIOS behind RESET") struct BIOSStartTests {
    /// Ways to RESET: by the keyboard controller, by port 92, by the reset control register, by a triple fault.
    private static let resets: [[UInt8]] = [
        [0xB0, 0xFE, 0xE6, 0x64], [0xB0, 0x01, 0xE6, 0x92], [0xBA, 0xF9, 0x0C, 0xB0, 0x06, 0xEE],
        // lidt [7df0], whose limit is 0; int3
        [0x0F, 0x01, 0x1E, 0xF0, 0x7D, 0xCC],
    ]

    /// A boot sector that prints A, has a timer interrupt and resets, with the shutdown byte and 40:67 set; at 7c40 it
    /// prints B, waits for another one and ends.
    private func sector(shutdown: UInt8, reset: [UInt8]) -> [UInt8] {
        // mov al, 0f; out 70, al; mov al, shutdown; out 71, al; mov word [467], 7c40; mov word [469], 0
        let first: [UInt8] =
            [0xB0, 0x0F, 0xE6, 0x70, 0xB0, shutdown, 0xE6, 0x71]
            + [0xC7, 0x06, 0x67, 0x04, 0x40, 0x7C, 0xC7, 0x06, 0x69, 0x04, 0, 0]
            // mov ax, 0e41; int 10; sti; hlt; cli; reset; cli; hlt
            + [0xB8, 0x41, 0x0E, 0xCD, 0x10, 0xFB, 0xF4, 0xFA] + reset + [0xFA, 0xF4]
        // xor ax, ax; mov ss, ax; mov sp, 7c00; mov ax, 0e42; int 10; sti; hlt; mov al, 0f; out 70, al; in al, 71; cli; hlt
        let second: [UInt8] = [
            0x31, 0xC0, 0x8E, 0xD0, 0xBC, 0x00, 0x7C, 0xB8, 0x42, 0x0E, 0xCD, 0x10, 0xFB, 0xF4, 0xB0, 0x0F, 0xE6, 0x70,
            0xE4, 0x71, 0xFA, 0xF4,
        ]
        var sector = first + [UInt8](repeating: 0x90, count: 0x40 - first.count) + second
        sector += [UInt8](repeating: 0, count: 510 - sector.count) + [0x55, 0xAA]
        return sector
    }

    @Test("a program that left protected mode by RESET goes on", arguments: [0x05, 0x0A] as [UInt8], resets)
    func goesOn(shutdown: UInt8, reset: [UInt8]) throws {
        for tier in Tier.allCases {
            let guest = try BIOSGuest(sector(shutdown: shutdown, reset: reset), tier: tier)
            guest.machine.cpu.shutdownPolicy = .reset
            #expect(try guest.run(fuel: 20_000_000) == .halted)
            #expect(guest.console.text == "AB" && guest.word(0x46C) == 2)
            #expect(guest.machine.memory.peek(0xB8000, count: 3) == [0x41, 0x07, 0x42])
            #expect(guest.machine.state.ax & 0xFF == 0, "the shutdown byte is taken")
        }
    }

    /// RESET in INT 1Ch, with the timer's request in service.
    @Test("05 ends an interrupt, 0A does not") func endsAnInterrupt() throws {
        for shutdown: UInt8 in [0x05, 0x0A] {
            // inc byte [7de0]; cmp byte [7de0], 1; jne done; reset; cli; hlt; done: iret
            let count: [UInt8] = [0xFE, 0x06, 0xE0, 0x7D, 0x80, 0x3E, 0xE0, 0x7D, 0x01, 0x75, 0x06]
            let reset = count + Self.resets[0] + [0xFA, 0xF4, 0xCF]
            var sector = sector(shutdown: shutdown, reset: [])
            sector.replaceSubrange(0x80..<0x80 + reset.count, with: reset)
            // mov word [70], 7c80; mov word [72], 0; jmp 7c00
            let hook: [UInt8] = [0xC7, 0x06, 0x70, 0, 0x80, 0x7C, 0xC7, 0x06, 0x72, 0, 0, 0, 0xE9, 0x51, 0xFF]
            sector.replaceSubrange(0xA0..<0xA0 + hook.count, with: hook)
            let guest = try BIOSGuest(sector)
            guest.machine.state.eip = 0x7CA0
            _ = try guest.run(fuel: 20_000_000)
            #expect(guest.console.text == "AB" && guest.word(0x46C) == (shutdown == 0x05 ? 2 : 1))
        }
    }

    @Test("other codes boot", arguments: [0x00, 0x04, 0xFF] as [UInt8])
    func boots(shutdown: UInt8) throws {
        let sector = sector(shutdown: shutdown, reset: Self.resets[0])
        let drive = Drive(floppy: MemoryDisk(sector + [UInt8](repeating: 0, count: 2879 * 512)))
        let guest = try BIOSGuest(sector, drives: [0: drive])
        _ = try guest.run(fuel: 50_000_000)
        #expect(guest.console.text.filter { $0 == "A" }.count > 2)
    }
}
