import Devices
import TestSupport
import Testing

@testable import X86Interp

/// What several observers hear, in which order, and what becomes of the guest that they stop or send elsewhere.
@Suite struct ObserverTests {
    /// What all listeners of a test have heard, in order.
    final class Log {
        var lines: [String] = []
    }

    /// Writes down what it hears, and answers as it is told to.
    final class Listener: Observer {
        let name: String
        let log: Log
        var answer: (String) -> ObserverVerdict

        init(_ name: String, _ log: Log, _ answer: @escaping (String) -> ObserverVerdict = { _ in .goOn }) {
            self.name = name
            self.log = log
            self.answer = answer
        }

        private func hear(_ event: String) -> ObserverVerdict {
            log.lines.append("\(name) \(event)")
            return answer(event)
        }

        private func hex(_ value: UInt32) -> String { HexText.digits(value, 1) }

        func willExecute(linear: UInt32, physical: UInt32) -> ObserverVerdict { hear("runs \(hex(linear))") }
        func willEnterBlock(linear: UInt32, physical: UInt32) -> ObserverVerdict { hear("enters \(hex(linear))") }
        func willDeliver(_ delivery: ObservedDelivery) -> ObserverVerdict {
            hear("\(delivery.source) \(hex(UInt32(delivery.vector)))")
        }
        func didAccess(
            linear: UInt32, physical: UInt32, size: Int, isWrite: Bool, value: UInt32
        ) -> ObserverVerdict {
            hear("\(isWrite ? "writes" : "reads") \(hex(linear))/\(size)")
        }
        func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
            hear("\(transaction.direction) \(hex(UInt32(transaction.port)))/\(transaction.width.bytes)")
        }
        func didTransfer(_ transaction: MemoryTransaction) -> ObserverVerdict {
            hear("\(transaction.cycle.direction) at \(hex(UInt32(truncatingIfNeeded: transaction.cycle.address)))")
        }
        func didChangeMode() -> ObserverVerdict { hear("mode") }
    }

    private func at(_ place: UInt32) -> Interest { .instructions(.linear(place...place)) }

    /// Runs to HLT; how often it was stopped on the way.
    @discardableResult
    private func finish(_ machine: Machine) throws -> Int {
        var stops = 0
        while true {
            switch try machine.run(.resume, until: 10_000) {
            case .stopped(.observer): stops += 1
            case .halted: return stops
            case let other: throw Unexpected(exit: other)
            }
            if stops > 1000 { throw Unexpected(exit: .budget) }
        }
    }

    private struct Unexpected: Error { let exit: Exit }

    // MARK: Several

    @Test func eachHearsItsOwnRangesAndTheFirstHearsFirst() throws {
        // mov [600],al; mov [601],ax; mov al,[603]; mov [604],al
        let machine = try DebugMachine.real(
            [0xA2, 0x00, 0x06, 0xA3, 0x01, 0x06, 0xA0, 0x03, 0x06, 0xA2, 0x04, 0x06, 0xF4])
        let log = Log()
        machine.cpu.observe(with: Listener("a", log), [.data(.linear(0x600...0x602), .write)])
        machine.cpu.observe(with: Listener("b", log), [.data(.physical(0x602...0x603), .access)])
        machine.cpu.observe(with: Listener("c", log), [.data(.linear(0x603...0x603), .write), at(0x7C06)])
        try finish(machine)
        #expect(
            log.lines == ["a writes 600/1", "a writes 601/2", "b writes 601/2", "c runs 7C06", "b reads 603/1"])
    }

    @Test func aPhysicalRangeIsMetByEveryLinearAddressThatLeadsThere() throws {
        // mov eax,[410010]: a page that leads to 2000
        let machine = try DebugMachine.flat([0xA1, 0x10, 0x00, 0x41, 0x00, 0xF4])
        machine.memory.load([0x03, 0x20, 0x01, 0], at: 0x1_0000)
        machine.memory.load([0x03, 0x30, 0x01, 0], at: 0x1_0004)
        machine.memory.load((0..<1024).flatMap { Scene.bytes(UInt64($0) << 12 | 3, 4) }, at: 0x1_2000)
        machine.memory.load([0x03, 0x20, 0, 0], at: 0x1_3000 + 0x10 * 4)
        machine.state.cr3 = 0x1_0000
        machine.state.cr0 |= 1 << 31
        let log = Log()
        machine.cpu.observe(with: Listener("a", log), [.data(.physical(0x2010...0x2010), .read)])
        machine.cpu.observe(with: Listener("b", log), [.data(.linear(0x2010...0x2010), .read)])
        machine.cpu.observe(with: Listener("c", log), [.data(.physical(0x2014...0x2FFF), .read)])
        try finish(machine)
        #expect(log.lines == ["a reads 410010/4"])
    }

    /// What there is to hear, code that makes it heard, and what is heard of ranges that it meets.
    struct Kind: Sendable, CustomTestStringConvertible {
        let name: String
        let code: [UInt8]
        let interest: Interest
        let heard: [String]
        /// A range beside it.
        let beside: Interest
        /// Where the guest stops if the first thing heard stops it.
        let stop: UInt32
        var testDescription: String { name }
    }

    static let kinds: [Kind] = [
        Kind(
            name: "instructions", code: [0x90, 0x41, 0x90, 0xF4], interest: .instructions(.linear(0x7C01...0x7C02)),
            heard: ["runs 7C01", "runs 7C02"], beside: .instructions(.linear(0x7C04...0x7FFF)), stop: 0x7C01),
        Kind(
            name: "instructions, physical", code: [0x90, 0x41, 0xF4],
            interest: .instructions(.physical(0x7C01...0x7C01)), heard: ["runs 7C01"],
            beside: .instructions(.physical(0...0x7BFF)), stop: 0x7C01),
        // jmp +1; hlt; nop; hlt
        Kind(
            name: "blocks", code: [0xEB, 0x01, 0xF4, 0x90, 0x41, 0xF4], interest: .blocks(.linear(0x7C03...0x7C05)),
            heard: ["enters 7C03"], beside: .blocks(.linear(0x7C01...0x7C02)), stop: 0x7C03),
        Kind(
            name: "reads", code: [0xA0, 0x00, 0x06, 0xA2, 0x00, 0x06, 0xF4],
            interest: .data(.linear(0x600...0x600), .read), heard: ["reads 600/1"],
            beside: .data(.linear(0x601...0x7BFF), .access), stop: 0x7C03),
        Kind(
            name: "writes", code: [0xA0, 0x00, 0x06, 0xA2, 0x00, 0x06, 0xF4],
            interest: .data(.physical(0x600...0x600), .write), heard: ["writes 600/1"],
            beside: .data(.physical(0x500...0x5FF), .access), stop: 0x7C06),
        // in al,60h; out 60h,al; out 62h,ax
        Kind(
            name: "port reads", code: [0xE4, 0x60, 0xE6, 0x60, 0xE7, 0x62, 0xF4], interest: .ports(0x60...0x61, .in),
            heard: ["in 60/1"], beside: .ports(0...0x5F), stop: 0x7C02),
        Kind(
            name: "port writes", code: [0xE4, 0x60, 0xE6, 0x60, 0xE7, 0x62, 0xF4], interest: .ports(0x63...0x63, .out),
            heard: ["out 62/2"], beside: .ports(0x64...0xFFFF), stop: 0x7C06),
        // mov al,[9000]
        Kind(
            name: "memory cycles", code: [0xA0, 0x00, 0x90, 0x90, 0xF4], interest: .memoryCycles(0x9000...0x9000),
            heard: ["read at 9000"], beside: .memoryCycles(0x9001...0x9FFF), stop: 0x7C03),
        Kind(
            name: "software interrupts", code: [0xCD, 0x21, 0xF4], interest: .interrupts(0x21...0x21),
            heard: ["software 21"], beside: .interrupts(0...0x20), stop: 0x7C00),
        // into with OF clear does nothing; div by 0
        Kind(
            name: "exceptions", code: [0xCE, 0xF6, 0xF3, 0xF4], interest: .interrupts(0...4),
            heard: ["exception 0"], beside: .interrupts(1...255), stop: 0x7C01),
        // mov eax,cr0; or al,1; mov cr0,eax; and al,FE; mov cr0,eax
        Kind(
            name: "modes",
            code: [0x0F, 0x20, 0xC0, 0x0C, 0x01, 0x0F, 0x22, 0xC0, 0x24, 0xFE, 0x0F, 0x22, 0xC0, 0xF4],
            interest: .modes, heard: ["mode", "mode"], beside: .interrupts(255...255), stop: 0x7C08),
    ]

    private func machine(_ kind: Kind) throws -> Machine {
        let machine = try DebugMachine.real(kind.code)
        // The handler of a division error goes on behind it: pop ax; add ax,2; push ax; iret
        machine.memory.load([0x58, 0x05, 0x02, 0x00, 0x50, 0xCF], at: 0x520)
        machine.memory.load([0x20, 0x05], at: 0)
        let probe = ProbeMemory("probe", MemoryRegion(start: 0x9000, size: 0x1000, widths: .all, narrow: .lane))
        try machine.add(probe)
        let port = ProbePort()
        try machine.ports.claim(0x60...0x6F, for: port, widths: .all)
        return machine
    }

    @Test(arguments: kinds) func eachKindIsHeardWithinItsRange(kind: Kind) throws {
        let machine = try machine(kind)
        let log = Log()
        machine.cpu.observe(with: Listener("a", log), [kind.interest])
        machine.cpu.observe(with: Listener("b", log), [kind.beside])
        machine.cpu.observe(with: Listener("c", log), [])
        machine.cpu.observe(with: Listener("d", log), [kind.beside, kind.interest, kind.interest])
        #expect(try finish(machine) == 0)
        #expect(log.lines.filter { !$0.hasPrefix("b") } == kind.heard.flatMap { ["a \($0)", "d \($0)"] })
        let heardBeside = Set(log.lines.filter { $0.hasPrefix("b") }.map { $0.dropFirst(2) })
        #expect(heardBeside.isDisjoint(with: kind.heard.map { $0[...] }))
    }

    @Test(arguments: kinds) func aStopIsWhereTheContractSays(kind: Kind) throws {
        let (machine, plain) = (try machine(kind), try machine(kind))
        let log = Log()
        let a = machine.cpu.observe(with: Listener("a", log) { _ in .stop }, [kind.interest])
        let b = machine.cpu.observe(with: Listener("b", log), [kind.interest])
        #expect(try machine.run(.resume, until: 100) == .stopped(.observer))
        #expect(machine.state.eip == kind.stop && machine.cpu.stoppedBy == [a])
        #expect(machine.cpu.interests(of: b) == [kind.interest])
        // Going on, each hears of each moment once.
        #expect(try finish(machine) == kind.heard.count - 1)
        #expect(log.lines == kind.heard.flatMap { ["a \($0)", "b \($0)"] })
        try finish(plain)
        #expect(machine.hash() == plain.hash())
    }

    @Test(arguments: kinds) func allMayStop(kind: Kind) throws {
        let machine = try machine(kind)
        let log = Log()
        for name in ["a", "b", "c"] {
            machine.cpu.observe(with: Listener(name, log) { _ in .stop }, [kind.interest])
        }
        let stops = try finish(machine)
        let isBefore = log.lines.first.map {
            ["runs", "enters", "software", "exception"].contains($0.split(separator: " ")[1])
        }
        #expect(stops == kind.heard.count * (isBefore == true ? 3 : 1))
        #expect(log.lines == kind.heard.flatMap { ["a \($0)", "b \($0)", "c \($0)"] })
    }

    @Test(arguments: kinds) func aMoveIsObeyed(kind: Kind) throws {
        let machine = try machine(kind)
        machine.memory.load([0xB3, 0x77, 0xF4], at: 0x1000)
        let log = Log()
        machine.cpu.observe(
            with: Listener("a", log) { [unowned machine] _ in
                machine.state.eip = 0x1000
                return .goOn
            }, [kind.interest])
        machine.cpu.observe(with: Listener("b", log), [kind.interest])
        try finish(machine)
        #expect(machine.state.gpr.ebx == 0x77 && machine.state.eip == 0x1003)
        // What does not happen is not told; what has happened is.
        let isAfter = kind.stop != 0x7C00 && !["runs", "enters", "exception"].contains { kind.heard[0].hasPrefix($0) }
        #expect(log.lines == (isAfter ? ["a \(kind.heard[0])", "b \(kind.heard[0])"] : ["a \(kind.heard[0])"]))
    }

    // MARK: Coming and going

    @Test func oneThatIsRemovedIsNotCalledAnyMore() throws {
        // inc cx three times, each watched
        let machine = try DebugMachine.real([0x41, 0x41, 0x41, 0xF4])
        let log = Log()
        var tokens: [ObserverToken] = []
        let interest = [Interest.instructions(.linear(0x7C00...0x7C02))]
        tokens.append(
            machine.cpu.observe(
                with: Listener("a", log) { [unowned machine] event in
                    if event == "runs 7C01" { for token in tokens { machine.cpu.ignore(token) } }
                    return .goOn
                }, interest))
        for name in ["b", "c"] { tokens.append(machine.cpu.observe(with: Listener(name, log), interest)) }
        try finish(machine)
        #expect(log.lines == ["a runs 7C00", "b runs 7C00", "c runs 7C00", "a runs 7C01"])
        #expect(!machine.cpu.ignore(tokens[0]) && !machine.cpu.setInterests([.modes], of: tokens[1]))
        #expect(machine.cpu.interests(of: tokens[2]) == nil && machine.cpu.watch.interests == Interests())
    }

    @Test func oneThatIsAddedHearsFromTheNextMomentOn() throws {
        let machine = try DebugMachine.real([0xA2, 0x00, 0x06, 0xA2, 0x01, 0x06, 0xF4])
        let log = Log()
        let interest = [Interest.data(.linear(0x600...0x601), .write)]
        machine.cpu.observe(
            with: Listener("a", log) { [unowned machine] event in
                if event == "writes 600/1" { machine.cpu.observe(with: Listener("b", log), interest) }
                return .goOn
            }, interest)
        try finish(machine)
        #expect(log.lines == ["a writes 600/1", "a writes 601/1", "b writes 601/1"])
    }

    @Test func interestsThatChangeInTheMiddleHoldAtOnce() throws {
        // nop; nop; mov [600],al; out 80h,al; int 21h, all in one block but the last
        let machine = try DebugMachine.real([0x90, 0x90, 0xA2, 0x00, 0x06, 0xE6, 0x80, 0xCD, 0x21, 0xF4])
        let log = Log()
        var token: ObserverToken?
        let listener = Listener("a", log) { [unowned machine] event in
            guard event == "runs 7C00", let token else { return .goOn }
            machine.cpu.setInterests(
                [
                    .instructions(.linear(0x7C01...0x7C01)), .data(.linear(0x600...0x600), .write), .ports(0x80...0x80),
                    .interrupts(0x21...0x21),
                ], of: token)
            return .goOn
        }
        // Once without, so that all blocks and translations are there.
        try finish(machine)
        machine.state.halted = false
        machine.state.eip = 0x7C00
        token = machine.cpu.observe(with: listener, [at(0x7C00)])
        try finish(machine)
        #expect(log.lines == ["a runs 7C00", "a runs 7C01", "a writes 600/1", "a out 80/1", "a software 21"])
    }

    @Test func resetsAndSnapshotsKeepObservers() throws {
        let machine = try DebugMachine.real([0x41, 0xF4])
        let log = Log()
        machine.cpu.observe(with: Listener("a", log) { _ in .stop }, [at(0x7C00), at(0xFFFF_FFF0)])
        let snapshot = machine.snapshot()
        let other = try Machine(ramSize: 0x2_0000)
        try other.restore(snapshot)
        #expect(try finish(machine) == 1 && finish(other) == 0 && machine.hash() == other.hash())
        // The same moment comes anew.
        try machine.restore(snapshot)
        #expect(try finish(machine) == 1)
        machine.cpu.reset()
        #expect(try machine.run(.resume, until: 10_000) == .stopped(.observer))
        #expect(log.lines == ["a runs 7C00", "a runs 7C00", "a runs FFFFFFF0"])
    }

    @Test func repeatedInstructionsAreAnnouncedOnceAndTheirElementsAreTold() throws {
        // mov cx,3; rep stosb
        let machine = try DebugMachine.real([0xB9, 0x03, 0x00, 0xF3, 0xAA, 0xF4]) { $0.gpr.edi = 0x600 }
        let log = Log()
        machine.cpu.observe(
            with: Listener("a", log) { _ in .stop },
            [at(0x7C03), .blocks(.linear(0x7C00...0x7CFF)), .data(.linear(0x601...0x601), .access)])
        #expect(try finish(machine) == 4)
        #expect(log.lines == ["a enters 7C00", "a runs 7C03", "a writes 601/1", "a enters 7C05"])
    }

    @Test func aBreakpointOfTheGuestComesBeforeObservers() throws {
        // The handler: mov dr7,ebx; iret
        let machine = try DebugMachine.real([0x90, 0xF4]) { state in
            state.dr0 = 0x7C00
            state.dr7 = 2
        }
        machine.memory.load([0x0F, 0x23, 0xFB, 0xCF], at: 0x500)
        let log = Log()
        machine.cpu.observe(with: Listener("a", log), [at(0x7C00), .interrupts(1...1)])
        try finish(machine)
        #expect(log.lines == ["a exception 1", "a runs 7C00"])
    }
}
