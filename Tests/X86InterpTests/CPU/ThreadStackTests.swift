import Foundation
import TestSupport
import Testing

@testable import X86Interp

/// A guest runs on a thread with the smallest stack that is supported, whatever it does: chains as long as they get,
/// faults within faults, task switches, string instructions, accesses that are run again for the host.
///
/// In a debug build each handler is a call, so that the bound of a chain is what is tested; the smallest stack is that of
/// a thread which nobody has asked a size for on any of the supported systems.
@Suite struct ThreadStackTests {
    /// The guest did not go on as it should.
    private struct Unexpected: Error {}

    /// What `CPU.run` is promised to get by with.
    private static let smallest = 512 << 10

    @Test func guestsRunOnTheSmallestStack() async {
        await #expect(processExitsWith: .success) {
            let work: [@Sendable () throws -> Void] = [Self.longChains, Self.randomGuests, Self.askingGuests]
            for body in work {
                let used = try ThreadStack.use(of: Self.smallest, body)
                // A quarter is for what calls `run`.
                #expect(used > 0 && used < Self.smallest / 4 * 3, "\(used) bytes")
                if LongTests.areWanted { print("stack: \(used) bytes") }
            }
        }
    }

    /// Straight code and loops whose chains are as long as they may be, by each handler that is made for flat memory.
    private static func longChains() throws {
        for number in 0..<6 {
            let cpu = try FlatBlockTests.cpu(number, engine: .threaded)
            // Long blocks of what moves and computes in memory, and a jump back: nothing leaves the chain.
            let ops: [[UInt8]] = [
                [0x01, 0x0D, 0x00, 0x20, 0x02, 0x00], [0x8B, 0x15, 0x04, 0x20, 0x02, 0x00], [0x50, 0x58],
                [0xF7, 0xD8, 0x40], [0x0F, 0xAF, 0xC2], [0x66, 0x03, 0x0D, 0x00, 0x20, 0x02, 0x00],
            ]
            var code: [UInt8] = []
            while code.count < 1000 { code += ops[number] }
            cpu.memory.load(
                code + [0xE9] + RandomGuest.little(UInt32(truncatingIfNeeded: -code.count - 5), 4), at: 0x8000)
            cpu.state.eip = 0x8000
            guard try cpu.run(.resume, until: 100_000) == .budget else { throw Unexpected() }
        }
    }

    /// All kinds of guests, disturbed.
    private static func randomGuests() throws {
        for number in 0..<48 {
            for engine in CPU.Engine.allCases {
                let guest = try DisturbedGuest(seed: UInt64(number)) { try EngineGuest.make(number, engine) }
                for _ in 0..<4 {
                    switch try guest.goOn(until: guest.cpu.position + 400) {
                    case .halted, .shutdown: guest.revive(offset: 1)
                    default: break
                    }
                }
            }
        }
    }

    /// Memory and ports of the user tier: instructions are run again, under the journal.
    private static func askingGuests() throws {
        for number in 0..<12 {
            let run = try RandomDeviceRun(number, .delayed)
            for time in stride(from: UInt64(100), to: 900, by: 100) { try run.goOn(until: time) }
        }
    }
}

/// Threads with a stack of a certain size, and how much of it something takes.
enum ThreadStack {
    /// Runs something on a thread of its own; returns the bytes of its stack that were written to.
    ///
    /// The stack is memory of ours that is painted before, in front of a page that must not be touched.
    static func use(of size: Int, _ body: @escaping @Sendable () throws -> Void) throws -> Int {
        let page = 4096
        let memory = try #require(mmap(nil, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
        try #require(mprotect(memory, page, PROT_NONE) == 0)
        let stack = UnsafeMutableRawBufferPointer(start: memory + page, count: size)
        memset(memory + page, 0xA5, size)
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        try #require(pthread_attr_setstack(&attributes, memory + page, size) == 0)
        let work = Work(body)
        var thread = pthread_t()
        let status = pthread_create(
            &thread, &attributes,
            { context in
                if let context { Unmanaged<Work>.fromOpaque(context).takeUnretainedValue().run() }
                return nil
            }, Unmanaged.passUnretained(work).toOpaque())
        try #require(status == 0)
        pthread_join(thread, nil)
        if let error = work.error { throw error }
        let used = size - (stack.firstIndex { $0 != 0xA5 } ?? size)
        munmap(memory, size + page)
        return used
    }

    private final class Work {
        let body: @Sendable () throws -> Void
        var error: (any Error)?

        init(_ body: @escaping @Sendable () throws -> Void) { self.body = body }

        func run() {
            do { try body() } catch { self.error = error }
        }
    }
}
