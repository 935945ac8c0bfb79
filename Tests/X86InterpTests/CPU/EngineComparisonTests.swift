import Foundation
import TestSupport
import Testing

@testable import X86Interp

/// The threaded engine and the complete switch agree on random guests of all models and modes, that are disturbed at random
/// instants: states with all flags, memory, port accesses and their times, exits, instructions.
///
/// By default 100,000 instructions, a million with `X86SIM_LONG_TESTS`; `X86SIM_INSTRUCTIONS=100000000` asks for that many.
/// `X86SIM_BLOBS=17-17` runs that guest alone.
@Suite struct EngineComparisonTests {
    /// What one guest may retire.
    private static let fuel: UInt64 = LongTests.areWanted || LongTests.instructions != nil ? 20_000 : 2500
    private static let wave = 64
    private static let mostFailures = 10

    /// How a guest has fared.
    private struct Outcome {
        var instructions: UInt64 = 0
        var difference: String?
        var modes: Set<String> = []
    }

    @Test func enginesAgree() async {
        let wanted = LongTests.instructions ?? (LongTests.areWanted ? 1_000_000 : 100_000)
        let begin = Date()
        var total = Outcome()
        var failures = 0
        var number = LongTests.blobs?.lowerBound ?? 0
        while total.instructions < wanted, failures < Self.mostFailures {
            let last = LongTests.blobs?.upperBound ?? number + Self.wave - 1
            for outcome in await Self.run(number...last) {
                total.instructions += outcome.instructions
                total.modes.formUnion(outcome.modes)
                guard let difference = outcome.difference else { continue }
                failures += 1
                Issue.record("\(difference)")
            }
            if LongTests.blobs != nil { return }
            number += Self.wave
        }
        if LongTests.areWanted || LongTests.instructions != nil {
            let seconds = Int(Date().timeIntervalSince(begin))
            print("engines: \(total.instructions) instructions of \(number) guests, \(seconds) s, \(failures) differ")
        }
        // They do get everywhere.
        for mode in ["real", "protected", "protected paging", "V86 paging", "flat", "flat paging", "ring 3"] {
            #expect(total.modes.contains(mode), "no guest was seen in \(mode) mode")
        }
    }

    private static func run(_ numbers: ClosedRange<Int>) async -> [Outcome] {
        await withTaskGroup(of: Outcome.self) { group in
            for number in numbers {
                group.addTask {
                    do { return try compare(number) } catch { return Outcome(difference: "guest \(number): \(error)") }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Runs one guest on both engines, in slices of random length, and compares behind each; a guest that has come to its end
    /// begins again, some times.
    private static func compare(_ number: Int) throws -> Outcome {
        let seed = UInt64(number) &* 15_485_863 &+ 11
        let engine: CPU.Engine = number % 7 == 6 ? .stepping : .threaded
        let one = try DisturbedGuest(seed: seed) { try EngineGuest.make(number, engine) }
        let other = try DisturbedGuest(seed: seed) { try EngineGuest.make(number, .reference) }
        var random = SeededGenerator(seed: seed ^ 77)
        var outcome = Outcome()
        var lives = 12
        while one.cpu.position < fuel, lives > 0 {
            let begin = one.cpu.position
            let longest: UInt64 = [1, 2, 40, 600, 3000].randomElement(using: &random) ?? 1
            let slice = 1 + random.next() % longest
            let exit = try one.goOn(until: begin + slice)
            let otherExit = try other.goOn(until: begin + slice)
            note(one.cpu.state, in: &outcome)
            if exit != otherExit || one.seen != other.seen || one.cpu.state != other.cpu.state
                || one.cpu.bus.lines != other.cpu.bus.lines
            {
                let found = Bench.differences(one.cpu.state, other.cpu.state)
                outcome.difference =
                    "guest \(number) on \(one.cpu.model.name), \(engine), from \(begin): \(exit), \(otherExit), "
                    + "seen \(one.seen == other.seen), time \(one.cpu.position), \(other.cpu.position); \(found)"
                break
            }
            switch exit {
            case .budget, .port, .memory, .stopped: break
            case .halted, .shutdown:
                lives -= 1
                let offset = UInt32(truncatingIfNeeded: random.next() & 0xFF)
                one.revive(offset: offset)
                other.revive(offset: offset)
            }
        }
        if outcome.difference == nil, let place = firstDifference(one.cpu.memory.ramBytes, other.cpu.memory.ramBytes) {
            outcome.difference = "guest \(number), \(engine): memory differs at \(String(place, radix: 16))"
        }
        // Time that has passed halted is no instruction.
        outcome.instructions = one.cpu.position &- one.cpu.idleTime
        return outcome
    }

    private static func note(_ state: CPUState, in outcome: inout Outcome) {
        let isProtected = state.cr0 & 1 != 0
        let isFlat = [state.segments.cs, state.segments.ds, state.segments.ss].allSatisfy {
            $0.base == 0 && $0.limit == .max
        }
        let isVirtual = state.eflags.contains(.virtual8086)
        let mode = !isProtected ? "real" : isVirtual ? "V86" : isFlat ? "flat" : "protected"
        outcome.modes.insert(mode + (state.cr0 >> 31 == 1 ? " paging" : ""))
        if isProtected, !isVirtual { outcome.modes.insert("ring \(state.cpl)") }
    }
}
