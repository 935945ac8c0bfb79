import Devices
import TestSupport
import Testing

@testable import X86Interp

/// Breakpoints, watchpoints and conditions in random guests, against stepping one and testing the condition.
@Suite(.serialized) struct ExactnessTests {
    private static let count = LongTests.areWanted ? 1000 : 14
    private static let steps = 1200
    /// How many stops the way back is followed.
    private static let stopsBack = LongTests.areWanted ? 200 : 20

    /// What the reference knows of one instruction: where it was, and the bytes that it changed of those watched.
    private struct Step {
        var position: UInt64
        var linear: UInt32
        var state: CPUState
        /// No iteration of a repeated instruction that goes on.
        var isArrival: Bool
    }

    /// A stop: which instruction, and which breakpoint.
    private struct Stop: Equatable {
        var step: Int
        var number: Int
    }

    private static func linear(_ state: CPUState, _ model: CPUModel) -> UInt32 {
        state.segments.cs.base &+ (model.hasSegmentLimits ? state.eip : state.eip & 0xFFFF)
    }

    /// All steps of a guest.
    private static func trace(_ guest: DebugGuest) throws -> (steps: [Step], naive: NaiveRun) {
        let naive = NaiveRun(try guest.makeMachine())
        var steps: [Step] = []
        while !naive.isOver, steps.count < Self.steps {
            let state = naive.machine.state
            try naive.step()
            steps.append(
                Step(
                    position: state.instructions, linear: linear(state, guest.guest.model), state: state,
                    isArrival: !state.portProgress.isRepeating))
            if naive.machine.state.instructions == state.instructions { break }
        }
        return (steps, naive)
    }

    @Test func codeBreakpointsAreExact() async {
        await LongTests.forEach(in: 0...Self.count - 1, name: "guest") { number in
            let guest = DebugGuest(number)
            var random = SeededGenerator(seed: UInt64(number) &* 31 &+ 7)
            let (steps, naive) = try Self.trace(guest)
            guard let last = naive.positions.last, steps.count > 10 else { return }
            let end = naive.isOver ? last + 1 : last
            let debugger = Debugger(try guest.makeMachine(), history: Self.options)
            // Three of the instructions that run, each with another condition, and their copies kept by the test.
            var models: [(number: Int, linear: UInt32, condition: Expression?, ignored: UInt64)] = []
            for place in 0..<3 {
                let step = steps[Int.random(in: steps.indices, using: &random)]
                let condition = Self.condition(place, step, &random)
                let ignored = UInt64(place == 2 ? 2 : 0)
                let added = debugger.add(.code(.linear(step.linear)), if: condition)
                debugger.change(added) { $0.ignoreCount = ignored }
                models.append((added, step.linear, condition, ignored))
            }
            func holds(_ model: (number: Int, linear: UInt32, condition: Expression?, ignored: UInt64), _ step: Step)
                -> Bool
            {
                guard step.isArrival, step.linear == model.linear else { return false }
                guard let condition = model.condition else { return true }
                return Self.value(of: condition, step.state) != 0
            }
            var expected: [Stop] = []
            for (index, step) in steps.enumerated() where index > 0 {
                // The instruction at hand is passed when a run begins there: never two stops at one place.
                var stop: Stop?
                for place in models.indices where holds(models[place], step) {
                    if models[place].ignored > 0 {
                        models[place].ignored -= 1
                    } else if stop == nil {
                        stop = Stop(step: index, number: models[place].number)
                    }
                }
                if let stop { expected.append(stop) }
            }
            let found = Self.forward(debugger, steps, until: end)
            #expect(found == expected, "guest \(number) forward")
            #expect(debugger.position == last, "guest \(number)")
            #expect(debugger.machine.hash() == naive.machine.hash(), "guest \(number) at its end")
            // Going back, ignore counts do not matter.
            let all = steps.enumerated().compactMap { index, step -> Stop? in
                models.first { holds($0, step) }.map { Stop(step: index, number: $0.number) }
            }
            let back = Self.backward(debugger, steps)
            #expect(back == Array(all.reversed().prefix(Self.stopsBack)), "guest \(number) backward")
            #expect(back.count == Self.stopsBack || debugger.position == steps[0].position)
        }
    }

    @Test func watchpointsAreExact() async {
        await LongTests.forEach(in: 0...Self.count - 1, name: "guest") { number in
            let guest = DebugGuest(number)
            var random = SeededGenerator(seed: UInt64(number) &* 37 &+ 5)
            let (steps, naive) = try Self.trace(guest)
            guard let last = naive.positions.last, steps.count > 10 else { return }
            let end = naive.isOver ? last + 1 : last
            // Addresses that change, found by running again.
            var changes: [(step: Int, address: Int)] = []
            let second = NaiveRun(try guest.makeMachine())
            var ram = [UInt8](second.machine.memory.ramBytes)
            for index in steps.indices where Int.random(in: 0..<40, using: &random) == 0 || index < 3 {
                while second.positions.count <= index { try second.step() }
                ram.withUnsafeMutableBytes { $0.copyMemory(from: second.machine.memory.ramBytes) }
                try second.step()
                if let address = Self.firstDifference(ram, second.machine.memory.ramBytes) {
                    changes.append((index, address))
                }
            }
            guard !changes.isEmpty else { return }
            let address = UInt32(changes[Int.random(in: changes.indices, using: &random)].address)
            let length = UInt32.random(in: 1...4, using: &random)
            let range = Int(address)..<min(Int(address + length), RandomGuest.ramSize)
            let third = NaiveRun(try guest.makeMachine())
            var expected: [Stop] = []
            var before = Array(third.machine.memory.ramBytes[range])
            for index in steps.indices {
                try third.step()
                let after = Array(third.machine.memory.ramBytes[range])
                if before != after { expected.append(Stop(step: index, number: 1)) }
                before = after
            }
            let debugger = Debugger(try guest.makeMachine(), history: Self.options)
            debugger.add(.watch(.physical(address), length: UInt32(range.count), .write, onlyChanges: true))
            let found = Self.forward(debugger, steps, until: end)
            #expect(found == expected, "guest \(number) forward, \(String(address, radix: 16)), \(length)")
            #expect(debugger.machine.hash() == naive.machine.hash(), "guest \(number) at its end")
            let back = Self.backward(debugger, steps)
            #expect(back == Array(expected.reversed().prefix(Self.stopsBack)), "guest \(number) backward")
        }
    }

    // MARK: Parts

    private static func firstDifference(_ old: [UInt8], _ new: UnsafeRawBufferPointer) -> Int? {
        old.withUnsafeBytes { old in
            guard let a = old.baseAddress, let b = new.baseAddress else { return nil }
            for page in stride(from: 0, to: old.count, by: 4096) where !HostMemory.areEqual(a + page, b + page, 4096) {
                return (page..<page + 4096).first { old[$0] != new[$0] }
            }
            return nil
        }
    }

    private static var options: HistoryOptions {
        var options = HistoryOptions()
        options.interval = 300
        return options
    }

    private static func condition(_ place: Int, _ step: Step, _ random: inout SeededGenerator) -> Expression? {
        guard place > 0 else { return nil }
        let register = GeneralRegister.allCases[Int.random(in: 0..<8, using: &random)]
        let value = Expression.number(step.state.value(of: .dword(register)))
        return .binary(place == 1 ? .equal : .lessOrEqual, .register(.dword(register)), value)
    }

    /// The reference's own idea of the two conditions above.
    private static func value(of condition: Expression, _ state: CPUState) -> UInt64 {
        guard case .binary(let operation, .register(.dword(let register)), .number(let number)) = condition else {
            Issue.record("another condition than the test makes")
            return 0
        }
        let value = UInt64(state.gpr[register])
        return (operation == .equal ? value == number : value <= number) ? 1 : 0
    }

    /// The step that a stop belongs to.
    private static func stop(_ event: StopEvent, _ steps: [Step]) -> Stop? {
        func index(_ position: UInt64) -> Int { (steps.lastIndex { $0.position <= position }) ?? -1 }
        switch event.reason {
        case .breakpoint(let number): return Stop(step: index(event.instructions), number: number)
        case .watchpoint(let number, let access): return Stop(step: index(access.instructions), number: number)
        default: return nil
        }
    }

    private static func forward(_ debugger: Debugger, _ steps: [Step], until end: UInt64) -> [Stop] {
        var found: [Stop] = []
        for _ in 0..<20_000 {
            let event = debugger.resume(until: end)
            if let stop = stop(event, steps) {
                if found.last != stop { found.append(stop) }
                continue
            }
            switch event.reason {
            case .limit, .halted, .shutdown: return found
            default: continue
            }
        }
        Issue.record("no end")
        return found
    }

    private static func backward(_ debugger: Debugger, _ steps: [Step]) -> [Stop] {
        var found: [Stop] = []
        while found.count < stopsBack {
            let before = debugger.position
            let event = debugger.reverseResume()
            guard let stop = stop(event, steps) else {
                #expect(event.reason == .startOfHistory)
                return found
            }
            #expect(debugger.position < before)
            if found.last != stop { found.append(stop) }
        }
        return found
    }
}
