import Foundation
import TestSupport
import Testing

@testable import X86Interp

/// Random guests of random devices at ports and in memory, which move and go away, with snapshots, restores and moves in
/// between: in each tier, with answers put off, and with tiers of their own, they end alike.
///
/// By default a few short ones; with `X86SIM_LONG_TESTS=1`, in a release build, 10,000.
@Suite(.serialized) struct RandomDevicesTests {
    private static let rounds = LongTests.areWanted || LongTests.blobs != nil ? 40 : 16

    @Test(.timeLimit(.minutes(30)), arguments: LongTests.parts(short: 24))
    func randomDevicesAreAlikeInAllTiers(part: ClosedRange<Int>) async {
        guard LongTests.blobs == nil else { return await Self.run(part) }
        await #expect(processExitsWith: .success) { [part] in
            ThrowHook.remove()
            await Self.run(part)
        }
    }

    /// Runs that failed once: an instruction from a device waited at a port, and was met again by what the device shows.
    @Test(arguments: [6197, 6476, 9916]) func oldMistakesStayMended(number: Int) async {
        await Self.run(number...number)
    }

    private static func run(_ part: ClosedRange<Int>) async {
        await LongTests.forEach(in: part, name: "devices") { number in
            let found = try differences(number, rounds: rounds).found
            #expect(found == [], "devices \(number)")
        }
    }

    /// The runs get somewhere: each device is met by memory and by ports, in each setting.
    @Test func theGuestsGetSomewhere() throws {
        var (memory, ports, requests, instructions) = (0, 0, 0, UInt64(0))
        for number in 0..<12 {
            let runs = try Self.differences(number, rounds: 16).runs
            memory += runs[0].cycles.memory
            ports += runs[0].cycles.ports
            requests += runs[2].requests
            instructions += runs[0].machine.state.instructions
        }
        #expect(memory > 200 && ports > 30 && requests > 200 && instructions > 1000)
    }

    /// Runs a guest in all settings, with the same things done to each; what differs first.
    private static func differences(_ number: Int, rounds: Int) throws -> (found: [String], runs: [RandomDeviceRun]) {
        let runs = try RandomDeviceRun.Setting.allCases.map { try RandomDeviceRun(number, $0) }
        var random = SeededGenerator(seed: UInt64(number) &* 977 &+ 5)
        var kept: [[Snapshot]] = []
        for round in 0..<rounds {
            let until = runs[0].machine.state.instructions &+ UInt64.random(in: 1...90, using: &random)
            for run in runs { try run.goOn(until: until) }
            for other in runs.dropFirst() {
                let found = other.differences(from: runs[0])
                guard found.isEmpty else { return (["round \(round), \(other.setting): \(found)"], runs) }
            }
            switch UInt8.random(in: 0...9, using: &random) {
            case 0, 1: kept.append(runs.map { $0.machine.snapshot() })
            case 2:
                guard let old = kept.randomElement(using: &random) else { continue }
                for (run, snapshot) in zip(runs, old) { try run.machine.restore(snapshot) }
            case 3:
                // What was saved in one setting goes on in the others, by way of a file.
                guard let bytes = try runs.randomElement(using: &random)?.machine.snapshot().encoded() else { continue }
                for run in runs { try run.machine.restore(try Snapshot(decoding: bytes, for: run.machine)) }
            case 4, 5:
                let device = Int.random(in: runs[0].devices.indices, using: &random)
                let place = [nil, 0, 1, 2, 3].randomElement(using: &random) ?? nil
                for run in runs { run.devices[device].go(to: place) }
            default: break
            }
        }
        return ([], runs)
    }
}
