import Devices
import Foundation
import TestSupport
import Testing
import X86Interp

/// A machine's hash is the same in each process, though each has sets and dictionaries in an order of its own.
@Suite struct StateHashTests {
    /// A device with each kind of collection whose order is the process's.
    private final class Collector: PortOnlyDevice {
        struct State: Codable, Equatable, Sendable {
            var words: Set<String> = ["north", "east", "south", "west", "up", "down"]
            var bytes: [UInt64: [UInt8]] = [1: [1, 2], 2: [3], 4: [], 8: [4, 5, 6], 16: [7]]
            var nested: [String: [UInt16: Set<Int>]] = ["a": [1: [1, 2, 3], 2: [4, 5, 6]], "b": [3: [7, 8, 9]]]
            var list: [[UInt8: Bool]] = [[1: true, 2: false, 3: true], [4: true, 5: false]]
            var maybe: Set<UInt8>? = [1, 2, 3, 4, 5]
        }

        let name = "collector"
        var state = State()
        func reset() { state = State() }
        func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { 0 }
        func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { 0 }
        func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {}
    }

    /// The hashes of a machine with that device, and of one whose boot sector has written eight sectors by INT 13h.
    static func hashes() throws -> [UInt64] {
        let machine = try Machine(ramSize: 4096)
        try machine.add(Collector())
        // mov ax,0308h; mov cx,1; xor dx,dx; mov bx,7C00h; int 13h; cli; hlt
        let program: [UInt8] = [
            0xB8, 0x08, 0x03, 0xB9, 0x01, 0x00, 0x31, 0xD2, 0xBB, 0x00, 0x7C, 0xCD, 0x13, 0xFA, 0xF4,
        ]
        let disk = MemoryDisk([UInt8](repeating: 0, count: 1_474_560))
        let guest = try BIOSGuest(program, drives: [0: Drive(floppy: disk)])
        try guest.run()
        #expect(guest.board.drives[0]?.state.written.count == 8)
        return [machine.hash(), guest.machine.hash()]
    }

    @Test func allProcessesHashAlike() async throws {
        let own = try Self.hashes().map { String($0) }
        var orders: Set<String> = []
        for _ in 0..<min(LongTests.count(short: 20), 1000) {
            let result = try await #require(processExitsWith: .success, observing: [\.standardOutputContent]) {
                let words = try StateHashTests.hashes().map { String($0) } + [Set("abcdefgh").map(String.init).joined()]
                print("hashes", words.joined(separator: " "))
            }
            let text = String(decoding: result.standardOutputContent, as: UTF8.self)
            let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("hashes ") })
            let words = line.split(separator: " ").dropFirst().map(String.init)
            #expect(words.dropLast() == own[...])
            orders.insert(try #require(words.last))
        }
        #expect(orders.count > 1, "the processes had one seed: this shows nothing")
    }

    @Test func whatIsInSetsAndDictionariesCounts() throws {
        let machine = try Machine(ramSize: 4096)
        let collector = Collector()
        try machine.add(collector)
        var seen: Set<UInt64> = [machine.hash()]
        collector.state.words.remove("up")
        #expect(seen.insert(machine.hash()).inserted)
        collector.state.bytes[2] = [4]
        #expect(seen.insert(machine.hash()).inserted)
        // The same values behind other keys.
        (collector.state.bytes[1], collector.state.bytes[8]) = (collector.state.bytes[8], collector.state.bytes[1])
        #expect(seen.insert(machine.hash()).inserted)
        collector.state.nested["a"]?[1]?.insert(10)
        #expect(seen.insert(machine.hash()).inserted)
        collector.state.nested["a"]?[1]?.remove(10)
        #expect(!seen.insert(machine.hash()).inserted)
    }
}
