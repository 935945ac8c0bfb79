import Devices
import TestSupport
import Testing

@testable import X86Interp

/// What observers cost a guest: nothing that it could see, and nothing beside what they have named.
@Suite(.timeLimit(.minutes(30))) struct ObserverCostTests {
    private final class Quiet: Observer {}

    /// Keeps where blocks begin.
    private final class Blocks: Observer {
        var list: [[UInt64]] = []
        unowned let machine: Machine
        init(_ machine: Machine) { self.machine = machine }
        func willEnterBlock(linear: UInt32, physical: UInt32) -> ObserverVerdict {
            list.append([machine.cpu.position, UInt64(linear)])
            return .goOn
        }
    }

    /// Runs a guest to a guest time, in slices.
    private func run(_ machine: Machine, until end: UInt64, slice: UInt64 = .max) throws {
        var entry = Entry.resume
        while machine.cpu.position < end {
            let now = machine.cpu.position
            let exit = try machine.cpu.run(entry, until: min(end, slice == .max ? end : now + slice))
            entry = .resume
            switch exit {
            case .port(let request): entry = .complete(machine.ports.serve(request))
            case .memory(let request): entry = .completeMemory(machine.serve(request))
            case .budget, .stopped: continue
            case .halted, .shutdown: return
            }
        }
    }

    // MARK: Nothing that the guest could see

    @Test(arguments: 0..<LongTests.count(short: 6)) func guestsEndInTheSameStateWhoeverObserves(number: Int) throws {
        let guest = DebugGuest(number)
        let plain = try guest.makeMachine()
        try run(plain, until: 4000)
        var random = SeededGenerator(seed: UInt64(number))
        for _ in 0..<4 {
            let machine = try guest.makeMachine()
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                machine.cpu.observe(with: Quiet(), Self.interests(&random))
            }
            try run(machine, until: 4000, slice: [1, 7, 100, .max].randomElement(using: &random) ?? 1)
            #expect(machine.hash() == plain.hash(), "\(guest)")
        }
    }

    private static func interests(_ random: inout SeededGenerator) -> [Interest] {
        func range(_ random: inout SeededGenerator) -> AddressRange {
            let first = UInt32.random(in: 0..<UInt32(DebugGuest.ramSize), using: &random)
            let sizes: [UInt32] = [0, 1, 100, 5000, UInt32(DebugGuest.ramSize)]
            let size: UInt32 = sizes.randomElement(using: &random) ?? 0
            return Bool.random(using: &random) ? .linear(first...first + size) : .physical(first...first + size)
        }
        let all: [Interest] = [
            .instructions(range(&random)), .blocks(range(&random)),
            .data(range(&random), WatchAccess.allCases.randomElement(using: &random) ?? .access), .blocks(.all),
            .ports(0x60...UInt16.random(in: 0x60...0xFFFF, using: &random)), .allMemoryCycles, .allInterrupts, .modes,
            .interrupts(8...15), .instructions(.all),
        ]
        return (0..<Int.random(in: 1...4, using: &random)).compactMap { _ in all.randomElement(using: &random) }
    }

    /// Blocks are the guest's own: however it is run, and however it is cut for others, the same ones are entered.
    @Test(arguments: 0..<LongTests.count(short: 6)) func blocksAreTheSameHoweverTheGuestIsRun(number: Int) throws {
        let guest = DebugGuest(number)
        var lists: [[[UInt64]]] = []
        var hasRun = false
        for slice in [UInt64.max, 1, 2, 5, 33] {
            let machine = try guest.makeMachine()
            let blocks = Blocks(machine)
            machine.cpu.observe(with: blocks, [.blocks(.all)])
            if slice == 5 { machine.cpu.observe(with: Quiet(), [.instructions(.all)]) }
            if slice == 33 { machine.cpu.observe(with: Quiet(), [.data(.all, .access), .allPorts]) }
            try run(machine, until: 3000, slice: slice)
            lists.append(blocks.list)
            hasRun = machine.cpu.state.instructions > 0
        }
        // Some guests cannot fetch their first instruction.
        #expect(!lists[0].isEmpty || !hasRun, "\(guest)")
        for list in lists.dropFirst() {
            let place = zip(list, lists[0]).enumerated().first { $0.element.0 != $0.element.1 }
            #expect(list.count == lists[0].count && place == nil, "\(guest): \(String(describing: place))")
        }
    }

    /// A loop is entered at each of its rounds, straight code once however long it is.
    @Test func blocksBeginWhereControlArrives() throws {
        // mov cx,3; again: inc ax; loop again; 70 times nop; hlt
        let machine = try DebugMachine.real(
            [0xB9, 0x03, 0x00, 0x40, 0xE2, 0xFD] + [UInt8](repeating: 0x90, count: 70) + [0xF4])
        let blocks = Blocks(machine)
        machine.cpu.observe(with: blocks, [.blocks(.linear(0x7C00...0x7CFF))])
        try run(machine, until: 1000)
        #expect(blocks.list == [[0, 0x7C00], [3, 0x7C03], [5, 0x7C03], [7, 0x7C06]])
    }

    // MARK: Nothing beside

    /// Whether a byte is reached without the slow path.
    private func isFast(_ machine: Machine, _ linear: UInt32, isWrite: Bool) -> Bool {
        let core = machine.cpu.core
        let cache = isWrite ? core.pointee.system.write : core.pointee.system.read
        return cache[TranslationCache.slot(linear)].tag == linear & ~4095
    }

    @Test func pagesBesideAWatchedOneStayOnTheFastPath() throws {
        // mov [1000],al; mov [2000],al; mov [3000],al; inc byte [2001]; and reads of all three
        let code: [UInt8] =
            [0xA2, 0x00, 0x10, 0xA2, 0x00, 0x20, 0xA2, 0x00, 0x30, 0xFE, 0x06, 0x01, 0x20]
            + [0xA0, 0x00, 0x10, 0xA0, 0x00, 0x20, 0xA0, 0x00, 0x30, 0xF4]
        for access in WatchAccess.allCases {
            let machine = try DebugMachine.real(code)
            machine.cpu.observe(with: Quiet(), [.data(.linear(0x2FFF...0x2FFF), access)])
            try run(machine, until: 100)
            for page in [0x1000, 0x3000] as [UInt32] {
                #expect(isFast(machine, page, isWrite: true) && isFast(machine, page, isWrite: false))
            }
            #expect(!isFast(machine, 0x2000, isWrite: true))
            // Where writes alone are watched reads stay fast.
            #expect(isFast(machine, 0x2000, isWrite: false) == (access == .write), "\(access)")
            #expect(machine.memory.peek(0x2001, count: 1) == [1])
        }
    }

    @Test func portsBesideAWatchedOneStayOnTheFastPath() throws {
        let machine = try DebugMachine.real([0xF4])
        let probe = ProbePort()
        try machine.ports.claim(0x60...0x6F, for: probe, widths: .all)
        func isDirect(_ port: UInt16, _ width: Width) -> Bool {
            machine.cpu.core.pointee.directWidth >= width.rawValue
                && machine.ports.direct(at: port, width).pointee.isThere
        }
        let token = machine.cpu.observe(with: Quiet(), [.ports(0x64...0x64)])
        try run(machine, until: 100)
        #expect(isDirect(0x63, .byte) && !isDirect(0x64, .byte) && isDirect(0x65, .byte))
        #expect(isDirect(0x62, .word) && !isDirect(0x64, .word) && isDirect(0x66, .word))
        #expect(isDirect(0x60, .dword) && !isDirect(0x64, .dword) && isDirect(0x68, .dword))
        #expect(machine.cpu.blockRoute(0x64, .byte, .in) == nil && machine.ports.isWatched(0x61, .dword))
        // Claims that come later keep to it.
        machine.ports.withdraw(probe)
        try machine.ports.claim(0x64...0x65, for: probe, widths: .all)
        #expect(!isDirect(0x64, .byte) && isDirect(0x65, .byte))
        machine.cpu.setInterests([.allPorts], of: token)
        #expect(!isDirect(0x65, .byte))
        machine.cpu.ignore(token)
        #expect(isDirect(0x64, .byte) && isDirect(0x65, .byte))
    }

    /// Code in pages beside is in the blocks that it is in without observers, and those are linked.
    @Test func codeBesideAWatchedPageIsNotCut() throws {
        for interest in [Interest.instructions(.linear(0x8000...0x8FFF)), .blocks(.physical(0x8000...0x8FFF))] {
            let machine = try DebugMachine.real([0x90, 0x90, 0x40, 0xEB, 0xFB])
            machine.cpu.observe(with: Quiet(), [interest])
            try run(machine, until: 1000)
            let core = machine.cpu.core
            #expect(core.pointee.codeTag == 0x7000 && !core.pointee.codeKey.isMarked)
            let block = machine.cpu.blocks.pointee.find(core.pointee.codeKey.at(0x7C00))
            #expect(block?.pointee.count == 4)
            // Observed, it is looked up each time, and decoded once all the same.
            machine.cpu.observe(with: Quiet(), [.blocks(.linear(0x7C00...0x7C00))])
            let detours = machine.cpu.options.detours
            try run(machine, until: 2000)
            #expect(core.pointee.codeTag == 1 && machine.cpu.options.detours == detours + 1)
        }
    }

    @Test func vectorsBesideAWatchedOneTakeTheShortWay() throws {
        let machine = try DebugMachine.real([0xCD, 0x21, 0xF4])
        machine.cpu.observe(with: Quiet(), [.interrupts(0x22...0x22)])
        #expect(!machine.cpu.isWatched(vector: 0x21) && machine.cpu.isWatched(vector: 0x22))
    }

    @Test func nothingObservedIsNothingWatched() throws {
        let machine = try DebugMachine.real([0xF4])
        let all: [Interest] = [
            .instructions(.all), .blocks(.all), .data(.all, .access), .allPorts, .allMemoryCycles, .allInterrupts,
            .modes,
        ]
        machine.cpu.ignore(machine.cpu.observe(with: Quiet(), all))
        let core = machine.cpu.core
        #expect(!core.pointee.isWatching && !core.pointee.hasCodeMarks && core.pointee.codeMarkPlaces == 0)
        #expect(!core.pointee.watchesBlocks && !core.pointee.watchesDeliveries && !core.pointee.watchesModes)
        #expect(core.pointee.directWidth == machine.ports.busWidth.rawValue && !machine.cpu.watch.watchesAllPorts)
    }

    // MARK: Beside a debugger

    /// Stops before each passage of a place, or sends the guest on from there.
    private final class Gate: Observer {
        var count = 0
        func willExecute(linear: UInt32, physical: UInt32) -> ObserverVerdict {
            count += 1
            return .stop
        }
    }

    @Test func anotherObserversStopStopsTheDebuggersRun() throws {
        // again: inc ax; nop; jmp again
        let machine = try DebugMachine.real([0x40, 0x90, 0xEB, 0xFC])
        let debugger = try Debugger(machine)
        let gate = Gate()
        let token = machine.cpu.observe(with: gate, [.instructions(.linear(0x7C01...0x7C01))])
        let number = debugger.add(.code(.linear(0x7C02)))
        #expect(debugger.resume(until: 100).reason == .requested && debugger.position == 1)
        #expect(debugger.resume(until: 100).reason == .breakpoint(number) && debugger.position == 2)
        #expect(debugger.resume(until: 100).reason == .requested && debugger.position == 4)
        // In the past it stops nothing.
        #expect(debugger.go(to: 0).reason == .done && debugger.position == 0)
        #expect(debugger.resume(until: 4).reason == .breakpoint(number) && debugger.position == 2)
        #expect(debugger.reverseStep(2).reason == .done && debugger.position == 0)
        machine.cpu.ignore(token)
        debugger.remove(number)
        #expect(debugger.resume(until: 100).reason == .limit && gate.count > 1)
    }

    // MARK: Ranges

    @Test func rangesAreFoundAmongMany() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<50 {
            let parts = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                let (a, b) = (UInt8.random(in: 0...255, using: &random), UInt8.random(in: 0...255, using: &random))
                return min(a, b)...min(max(a, b), min(a, b) &+ 20 < min(a, b) ? 255 : min(a, b) + 20)
            }
            let list = RangeList(parts)
            for place in UInt8(0)...255 {
                #expect(list.contains(place) == parts.contains { $0.contains(place) })
                let other = place...(place > 250 ? 255 : place + 5)
                #expect(list.overlaps(other) == parts.contains { $0.overlaps(other) })
            }
        }
        #expect(RangeList<UInt16>([5...9, 0...4, 10...65535]).isFull)
    }
}
