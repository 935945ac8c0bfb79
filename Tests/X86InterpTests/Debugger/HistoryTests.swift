import Devices
import TestSupport
import Testing

@testable import X86Interp

/// Going back and forward through random guests against stepping them from the start.
@Suite(.serialized) struct HistoryTests {
    private static let numbers = LongTests.blobs ?? (LongTests.areWanted ? 0...999 : 0...19)
    private static let steps = LongTests.areWanted ? 1500 : 600

    private static let parts: [ClosedRange<Int>] = stride(
        from: numbers.lowerBound, through: numbers.upperBound, by: 125
    )
    .map { $0...min($0 + 124, numbers.upperBound) }

    private static func debugger(_ machine: Machine) throws -> Debugger {
        var options = HistoryOptions()
        options.interval = 200
        return try Debugger(machine, history: options)
    }

    /// Runs to the reference's end, past whatever stops.
    private static func finish(_ debugger: Debugger, at end: UInt64) {
        for _ in 0..<10_000 {
            let event = debugger.resume(until: end)
            switch event.reason {
            case .limit, .halted, .shutdown: return
            default: continue
            }
        }
    }

    @Test(.timeLimit(.minutes(30)), arguments: parts) func goingBackAndForwardIsExact(part: ClosedRange<Int>) async {
        guard LongTests.blobs == nil else { return await Self.run(part) }
        await #expect(processExitsWith: .success) { [part] in
            ThrowHook.remove()
            await Self.run(part)
        }
    }

    private static func run(_ part: ClosedRange<Int>) async {
        await LongTests.forEach(in: part, name: "guest") { number in
            let guest = DebugGuest(number)
            var random = SeededGenerator(seed: UInt64(number))
            let naive = NaiveRun(try guest.makeMachine())
            var hashes: [UInt64: UInt64] = [0: naive.machine.hash()]
            while !naive.isOver, naive.positions.count < Self.steps {
                try naive.step()
                if Int.random(in: 0..<200, using: &random) == 0 {
                    hashes[naive.machine.state.instructions] = naive.machine.hash()
                }
            }
            let end = try #require(naive.positions.last)
            hashes[end] = naive.machine.hash()
            // A shutdown takes no time: the same moment has the state before it too.
            let isShutDown = !naive.machine.state.shutdown.isEmpty
            let debugger = try Self.debugger(try guest.makeMachine())
            Self.finish(debugger, at: naive.isOver ? end + 1 : end)
            #expect(debugger.position == end, "guest \(number)")
            #expect(debugger.machine.hash() == hashes[end], "guest \(number) at its end")
            if isShutDown { hashes[end] = nil }
            for position in hashes.keys.sorted().shuffled(using: &random) {
                debugger.go(to: position)
                #expect(debugger.position == position, "guest \(number)")
                #expect(debugger.machine.hash() == hashes[position], "guest \(number) at \(position)")
                let place = try #require(naive.positions.firstIndex(of: position))
                let distance = Int.random(in: 0...min(place, 5), using: &random)
                let back = debugger.reverseStep(UInt64(distance))
                #expect(debugger.position == naive.positions[place - distance], "guest \(number), \(distance) back")
                #expect(back.reason == .done)
                let known = hashes[debugger.position]
                #expect(known == nil || known == debugger.machine.hash(), "guest \(number)")
                for _ in 0..<distance where debugger.position < position { debugger.step() }
                #expect(debugger.position == position)
                #expect(debugger.machine.hash() == hashes[position], "guest \(number) at \(position) again")
            }
        }
    }
}
