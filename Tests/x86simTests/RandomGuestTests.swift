import Devices
import TestSupport
import Testing
import X86Interp

@testable import x86sim

/// A program of random port accesses where a PC has something, in a row, with random data; it halts.
private func randomAccesses(_ count: Int, on model: CPUModel, seed: UInt64) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    // IN and OUT; INS and OUTS, repeated with a small CX; the same with an operand size
    var accesses: [[UInt8]] = [[0xEC], [0xED], [0xEE], [0xEF], [0xF3, 0xEC]]
    if model.generation >= .i80186 {
        accesses += [[0x6C], [0x6D], [0x6E], [0x6F], [0xF3, 0x6C], [0xF3, 0x6D], [0xF2, 0x6E], [0xF3, 0x6F]]
    }
    if model.is32Bit { accesses += [[0x66, 0xED], [0x66, 0xEF], [0x66, 0xF3, 0x6D], [0xF2, 0x66, 0x6F]] }
    let ports: [UInt16] = [0x20, 0x21, 0x40, 0x43, 0x61, 0x80, 0xE9, 0x3F8, 0x3F9, 0x3FD, 0x402, 0x510, 0x511, 0xFFFF]
    // mov ax, 2000; mov es, ax
    var code: [UInt8] = [0xB8, 0x00, 0x20, 0x8E, 0xC0]
    for _ in 0..<count {
        let port = ports.randomElement(using: &random) ?? 0
        code += [0xBA, UInt8(truncatingIfNeeded: port), UInt8(truncatingIfNeeded: port >> 8)]
        code += [0xB9, UInt8.random(in: 0...5, using: &random), 0x00]
        code += [0xB0, UInt8.random(in: 0...255, using: &random)]
        code += accesses.randomElement(using: &random) ?? []
        code.append(Bool.random(using: &random) ? 0xFC : 0xFD)
    }
    return code + [0xFA, 0xF4]
}

@Suite("Random guests")
struct RandomGuestTests {
    @Test(arguments: CPUModel.all.map(\.name), [Tier.kernel, .user])
    func anyBytesEndWithADefinedStatus(model: String, tier: Tier) throws {
        for seed: UInt64 in 0..<2 {
            var random = SeededGenerator(seed: seed)
            let bytes = (0..<8192).map { _ in UInt8.random(in: 0...255, using: &random) }
            let file = try TemporaryFile(bytes)
            let host = TestHost()
            let status = host.run(
                [
                    "run", file.path, "--cpu", model, "--tier", "all=\(tier.rawValue)", "--fuel", "5000", "-m", "1M",
                    "--boot", seed == 0 ? "flat" : "rom", "--max-output", "1000",
                ])
            #expect([0, 10, 11, 12, 13].contains(status) || status >= 64, "seed \(seed): \(host.errors.text)")
            // Why it ended, before that maybe an interrupt without a handler, then the FPU and four polled ports.
            let lines = host.errors.text.split(separator: "\n")
            #expect((1...7).contains(lines.count) && lines.allSatisfy { $0.hasPrefix("x86sim: ") })
        }
    }

    @Test(arguments: CPUModel.all.map(\.name), [Width.word, .dword])
    func theTiersAgreeOnAnyGuest(model: String, bus: Width) throws {
        let model = try #require(CPUModel.named(model))
        var transactions: UInt64 = 0
        for seed: UInt64 in 0..<2 {
            let code = randomAccesses(60, on: model, seed: seed &+ UInt64(bus.rawValue))
            let checker = TierChecker(
                make: { _ throws(CommandError) in try machine(code, model, bus) }, fuel: 3000)
            let outcome = try checker.check()
            guard case .same(let count, _, _) = outcome else {
                Issue.record("seed \(seed): \(outcome)")
                continue
            }
            transactions += count
        }
        #expect(transactions > 20)
    }

    private func machine(_ code: [UInt8], _ model: CPUModel, _ bus: Width) throws(CommandError) -> Machine {
        do {
            let machine = try Machine(model: model, ramSize: 1 << 20)
            _ = try Board(machine: machine)
            machine.ports.busWidth = bus
            machine.memory.load(code, at: 0x10000)
            var state = machine.cpu.state
            Loader.bare(at: FarAddress(segment: 0x1000, offset: 0), pieces: []).apply(to: &state)
            machine.cpu.state = state
            return machine
        } catch {
            throw .load("\(error)")
        }
    }
}
