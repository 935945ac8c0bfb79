import TestSupport
import Testing

@testable import X86Interp

/// The figures that the debugger promises; in a release build, on request.
@Suite(.serialized, .enabled(if: LongTests.areWanted)) struct DebuggerSpeedTests {
    private let clock = ContinuousClock()

    /// A loop in flat 32-bit code that computes, writes through 1 MiB word by word, and counts in ECX.
    private static func machine() throws -> Machine {
        // mov edi,100000; add eax,ebx; xor ebx,ecx; mov [edi],eax; add edi,4; and edi,1fffff; or edi,100000; inc ecx; jmp
        var code: [UInt8] = [0xBF, 0, 0, 0x10, 0, 0x01, 0xD8, 0x31, 0xCB, 0x89, 0x07, 0x83, 0xC7, 0x04]
        code += [0x81, 0xE7, 0xFF, 0xFF, 0x1F, 0, 0x81, 0xCF, 0, 0, 0x10, 0, 0x41, 0xEB, 0xE8]
        return try DebugMachine.flat(code)
    }

    private func seconds(_ body: () throws -> Void) rethrows -> Double {
        let time = try clock.measure { try body() }
        return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    }

    @Test func continueIsAsFastAsRun() throws {
        var best = (run: Double.infinity, watched: Double.infinity)
        for _ in 0..<5 {
            let plain = try Self.machine()
            let limit: UInt64 = 200_000_000
            best.run = min(
                best.run,
                try seconds {
                    var until: UInt64 = 0
                    while until < limit {
                        until += 1 << 20
                        _ = try plain.run(.resume, until: min(until, limit))
                    }
                })
            let debugger = try Debugger(try Self.machine())
            debugger.add(.code(.linear(0x9000)))
            debugger.add(.watch(.linear(0x30_0000), length: 4, .write, onlyChanges: false))
            best.watched = min(best.watched, seconds { debugger.resume(until: limit) })
            #expect(debugger.machine.hash() == plain.hash())
        }
        print("run \(best.run) s, continue \(best.watched) s, ratio \(best.run / best.watched)")
        #expect(best.run / best.watched >= 0.95)
    }

    @Test func goingBackIsFast() throws {
        let debugger = try Debugger(try Self.machine())
        debugger.resume(until: 100_000_000)
        let history = try #require(debugger.history)
        print("\(history.checkpointCount) checkpoints, \(history.memoryUse >> 20) MiB")
        #expect(history.memoryUse <= history.options.memoryLimit && history.start == 0)
        var random = SeededGenerator(seed: 1)
        var worst = 0.0
        for _ in 0..<60 {
            debugger.go(to: UInt64.random(in: 1..<100_000_000, using: &random))
            let position = debugger.position
            worst = max(worst, seconds { debugger.reverseStep() })
            #expect(debugger.position == position - 1)
        }
        print("worst rstep \(worst) s")
        #expect(worst < 0.3)
        // 1 MiB is walked in 2 million instructions: the write 10 million back is told by its time.
        debugger.go(to: 90_000_000)
        let address = debugger.machine.state.gpr.edi
        debugger.go(to: 100_000_000)
        let early = Expression.binary(.less, .register(.instructions), .number(90_000_100))
        let watch = debugger.add(.watch(.linear(address), length: 4, .write, onlyChanges: false), if: early)
        var event: StopEvent?
        let watched = seconds { event = debugger.reverseResume() }
        print("rcontinue to a watchpoint \(watched) s, \(String(describing: event))")
        #expect(event?.hits == [watch] && debugger.position < 90_000_100 && watched < 3)
        debugger.remove(watch)
        debugger.go(to: 100_000_000)
        let code = debugger.add(
            .code(.linear(0x7C05)), if: .binary(.equal, .register(.dword(.ecx)), .number(11_200_000)))
        let conditional = seconds { event = debugger.reverseResume() }
        print("rcontinue to a condition on a hot instruction \(conditional) s, \(String(describing: event))")
        #expect(event?.hits == [code] && debugger.machine.state.gpr.ecx == 11_200_000)
        debugger.remove(code)
        debugger.go(to: 100_000_000)
        var cause: Provenance?
        let changed = seconds { cause = debugger.lastChange(of: .dword(.edi)) }
        print("last change of edi \(changed) s, \(String(describing: cause))")
        #expect(debugger.position == 100_000_000 && cause != nil)
    }
}
