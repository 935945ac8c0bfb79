import Devices
import TestSupport
import Testing

@testable import X86Interp

/// Going back and forward through random guests against stepping them from the start.
@Suite(.serialized) struct HistoryTests {
    private static let count = LongTests.areWanted ? 1000 : 14
    private static let steps = 1500

    private static func debugger(_ machine: Machine) -> Debugger {
        var options = HistoryOptions()
        options.interval = 200
        return Debugger(machine, history: options)
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

    @Test func goingBackAndForwardIsExact() async throws {
        await LongTests.forEach(in: 0...Self.count - 1, name: "guest") { number in
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
            let debugger = Self.debugger(try guest.makeMachine())
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
