import Foundation
import Testing
import X86Interp

@testable import x86sim

/// A mistake of one tier that the checker must find.
enum PlantedFault: CaseIterable {
    /// The device's answer goes through EAX.
    case valueThroughRegister
    /// The device sees a cycle twice.
    case cycleTwice
    /// A write does not reach the device.
    case writeLost
    /// Two writes come in the other order.
    case orderSwapped
    /// An instruction makes one cycle more.
    case cycleAdded
    /// A read returns another value.
    case otherValue
}

/// A register file at ports from 300 and in memory from D0000 that can be made to misbehave.
private final class PlantedCard: Device, PortDevice, MemoryDevice {
    struct State: Codable, Equatable, Sendable {
        var bytes = [UInt8](repeating: 0, count: 16)
        var cycles: UInt32 = 0
    }

    let name = "card"
    var state = State()
    let memoryRegions = [MemoryRegion(start: 0xD_0000, size: 0x1000)]
    var fault: PlantedFault?
    weak var machine: Machine?

    func reset() { state = State() }

    private func read(_ offset: Int, _ width: Width) -> UInt32 {
        state.cycles &+= fault == .cycleTwice && state.cycles == 3 ? 2 : 1
        var value = (0..<width.bytes).reduce(UInt32(0)) {
            $0 | UInt32(state.bytes[(offset + $1) & 15]) << UInt32(8 * $1)
        }
        if fault == .valueThroughRegister { machine?.state.gpr.eax = 0x7777_0000 | value & 0xFFFF }
        if fault == .otherValue, state.cycles > 3 { value ^= 1 }
        return value
    }

    private func write(_ offset: Int, _ width: Width, _ value: UInt32) {
        state.cycles &+= 1
        if fault == .writeLost, state.cycles == 2 { return }
        for place in 0..<width.bytes {
            state.bytes[(offset + place) & 15] = UInt8(truncatingIfNeeded: value >> UInt32(8 * place))
        }
    }

    func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { read(Int(offset), width) }
    func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) { write(Int(offset), width, value) }
    func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { nil }
    func readMemory(bank: UInt8, offset: UInt32, width: Width) -> UInt32 { read(Int(offset), width) }
    func writeMemory(bank: UInt8, offset: UInt32, width: Width, value: UInt32) { write(Int(offset), width, value) }
    func peekMemory(bank: UInt8, offset: UInt32) -> UInt8? { nil }
}

/// What makes a face of the device be accessed: two writes, two reads, and a halt.
enum Face: String, CaseIterable {
    case port, memory

    /// With DS at the device: mov ax,1234; store at 0; store at 2; load bx-wise from 0 and 2 into DI and SI; hlt.
    func code(_ fault: PlantedFault?) -> [UInt8] {
        let first: UInt8 = fault == .orderSwapped ? 2 : 0
        let start: [UInt8] = [0xB8, 0x00, 0xD0, 0x8E, 0xD8, 0xB8, 0x34, 0x12]
        switch self {
        case .memory:
            let added: UInt8 = fault == .cycleAdded ? 0x87 : 0x8B
            // mov [first],ax; mov [2-first],ax; mov cx,[0]; mov si,[2], or xchg si,[2]; cli; hlt
            return start + [
                0x89, 0x06, first, 0, 0x89, 0x06, 2 - first, 0, 0x8B, 0x0E, 0, 0, added, 0x36, 2, 0, 0xFA, 0xF4,
            ]
        case .port:
            // mov dx,300+first; out dx,ax; mov dx,302-first; out dx,ax; mov dx,300; in ax,dx; mov cx,ax; mov dx,302;
            // in ax,dx, or in al,dx; mov si,ax; cli; hlt
            let added: UInt8 = fault == .cycleAdded ? 0xEC : 0xED
            return start + [
                0xBA, first, 3, 0xEF, 0xBA, 2 - first, 3, 0xEF, 0xBA, 0, 3, 0xED, 0x89, 0xC1, 0xBA, 2, 3, added, 0x89,
                0xC6,
                0xFA, 0xF4,
            ]
        }
    }
}

private func checker(
    _ face: Face, _ fault: PlantedFault?, in setting: TierSetting = .user
) -> TierChecker {
    TierChecker(
        make: { made throws(CommandError) in
            let planted = made == setting ? fault : nil
            let device = PlantedCard()
            let machine: Machine
            do {
                machine = try Machine(model: .p6, ramSize: 1 << 20)
                try machine.add(device)
                try machine.ports.claim(0x300...0x30F, for: device, widths: .all)
            } catch {
                throw .load("\(error)")
            }
            device.fault = planted
            device.machine = machine
            // In ROM, which is not compared: what differs is what the code does.
            do {
                try machine.memory.mapROM(face.code(planted), at: 0xE_0000, name: "code")
            } catch {
                throw .load("\(error)")
            }
            var state = machine.cpu.state
            Loader.bare(at: FarAddress(segment: 0xE000, offset: 0), pieces: []).apply(to: &state)
            machine.cpu.state = state
            return machine
        }, fuel: 1000)
}

@Suite("Tier checker: memory devices")
struct MemoryTierTests {
    @Test(arguments: Face.allCases) func equalMachinesHaveNoDifference(face: Face) throws {
        let outcome = try checker(face, nil).check()
        #expect(outcome == .same(transactions: 4, instructions: face == .memory ? 9 : 15, end: .halted))
    }

    @Test("D7 each planted difference is found", arguments: Face.allCases, [TierSetting.user, .delayed])
    func eachFaultIsFound(face: Face, setting: TierSetting) throws {
        for fault in PlantedFault.allCases {
            let outcome = try checker(face, fault, in: setting).check()
            guard case .different(let found) = outcome else {
                Issue.record("\(fault) is not found: \(outcome)")
                continue
            }
            #expect(found.setting == setting, "\(fault)")
            #expect(found.text.contains("after \(face.rawValue) transaction "), "\(fault): \(found.text)")
            let what =
                switch fault {
                case .valueThroughRegister: face == .port ? "eax " : "eax "
                case .cycleTwice: "the state of device card"
                case .writeLost: "the state of device card"
                case .orderSwapped: "transaction "
                case .cycleAdded: "transaction "
                case .otherValue: "transaction "
                }
            #expect(found.what.hasPrefix(what), "\(fault): \(found.what)")
        }
    }

    /// A guest of the catalogue's card: mov ax,D000; mov ds,ax; mov byte [0],5; inc word [0]; rep movsd within the card,
    /// over its end, by the stack in it; cli; hlt.
    private static let guest: [UInt8] = [
        0xB8, 0x00, 0xD0, 0x8E, 0xD8, 0x8E, 0xC0, 0xC6, 0x06, 0x00, 0x00, 0x05, 0xFF, 0x06, 0x00, 0x00, 0xBE, 0x00,
        0x00,
        0xBF, 0xF1, 0x0F, 0xB9, 0x06, 0x00, 0x66, 0xF3, 0xA5, 0x8E, 0xD0, 0xBC, 0x80, 0x00, 0x60, 0x61, 0xBA, 0x00,
        0x03,
        0xB8, 0x10, 0x00, 0xEF, 0xBA, 0x04, 0x03, 0xED, 0xFA, 0xF4,
    ]

    @Test func theCommandComparesMemory() throws {
        let file = try TemporaryFile(Self.guest)
        let host = TestHost()
        #expect(host.run(["tiers", file.path, "--device", "scratch"]) == 0)
        let text = host.output.text
        #expect(
            text.hasPrefix("no difference in ") && text.contains(" transactions at ports and in memory ("), "\(text)")
        let without = TestHost()
        #expect(without.run(["tiers", file.path, "--machine", "bare"]) == 0)
        #expect(without.output.text.hasPrefix("no difference in 2 port transactions ("), "\(without.output.text)")
    }

    @Test func aTierAtTheStartIsThatOfMemoryToo() throws {
        let file = try TemporaryFile(Self.guest)
        for (options, tier) in [
            ([], "kernel"), (["--tier", "scratch=user"], "user"), (["--tier", "all=user"], "user"),
            (["--tier", "all=user", "--tier", "scratch=kernel"], "kernel"),
        ] {
            let host = TestHost()
            let log = file.sibling(".csv")
            let arguments = ["run", file.path, "--quiet", "--device", "scratch", "--io-log", log] + options
            #expect(host.run(arguments) == 0, "\(host.errors.text)")
            let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").dropFirst()
            #expect(lines.contains { $0.contains(",read,000D") } && lines.contains { $0.contains(",in,0304,") })
            #expect(lines.allSatisfy { $0.hasSuffix(",scratch") && $0.contains(",\(tier),") }, "\(options) \(lines)")
        }
        let device = TestHost()
        let log = file.sibling(".csv")
        let option = "scratch,memory=d0000,base=300,tier=user"
        #expect(device.run(["run", file.path, "--quiet", "--io-log", log, "--device", option]) == 0)
        #expect(try String(contentsOfFile: log, encoding: .utf8).contains(",user,2,write,000D0000,0006,scratch"))
        for option in ["scratch,memory=d0001", "scratch,memory=x", "uart,memory=d0000"] {
            let host = TestHost()
            #expect(host.run(["run", file.path, "--device", option]) == 1)
            #expect(host.errors.text.contains("memory"), "\(host.errors.text)")
        }
    }

    @Test func lookingAtItInTheDebuggerCountsNothing() throws {
        let file = try TemporaryFile(Self.guest)
        for tier in ["kernel", "user"] {
            let text = try SessionRunner.transcript(
                [file.path, "--device", "scratch", "--tier", "scratch=\(tier)"],
                ["s 5", "x/4xb d0000", "d d0000 10", "u d0000 2", "xp/1xw d00fc", "c", "xp/1xw d00fc"])
            // A byte was written, a word read and written.
            #expect(text.contains("000D0000  06  00  00  00"), "\(text)")
            #expect(text.contains("000D00FC  00000003"), "\(text)")
        }
    }
}
