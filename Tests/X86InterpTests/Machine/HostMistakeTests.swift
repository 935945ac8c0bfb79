import Devices
import Testing

@testable import X86Interp

/// What a host does wrong is an error that names it, and changes nothing: nothing is lost without a word.
@Suite struct HostMistakeTests {
    /// A device with nothing but a name and a number.
    private final class Dummy: Device, PortDevice {
        struct State: Codable, Equatable, Sendable {
            var number = 0
        }

        let name: String
        var state = State()

        init(_ name: String) { self.name = name }

        func reset() { state = State() }
        func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { 0x5A }
        func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { 0x5A }
        func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) { state.number += 1 }
    }

    /// Another kind of device.
    private final class Other: Device, PortDevice {
        struct State: Codable, Equatable, Sendable {
            var text = ""
        }

        let name: String
        var state = State()

        init(_ name: String) { self.name = name }

        func reset() { state = State() }
        func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { 0 }
        func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { 0 }
        func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {}
    }

    private static func machine(_ names: String...) throws -> Machine {
        let machine = try Machine(ramSize: 0x1_0000)
        for name in names { try machine.add(Dummy(name)) }
        return machine
    }

    // MARK: Devices

    @Test func aSecondDeviceOfANameIsRefused() throws {
        let machine = try Self.machine()
        let first = Dummy("x")
        try machine.add(first)
        let hash = machine.hash()
        #expect(throws: Machine.AddError.nameTaken("x")) { try machine.add(Other("x")) }
        #expect(throws: Machine.AddError.nameTaken("x")) { try machine.add(first) }
        #expect(machine.devices["x"] === first && machine.hash() == hash)
        #expect(machine.remove(first) && !machine.remove(first) && machine.devices.isEmpty)
        try machine.add(Other("x"))
        machine.reset()
    }

    // MARK: RAM

    @Test(arguments: [0, -1, .min, (1 << 32) - 4095, 1 << 32, .max]) func impossibleRAMIsNamedAsThat(size: Int) throws {
        #expect(throws: PhysicalMemory.MapError.ramSize(bytes: size)) { try Machine(ramSize: size) }
        #expect("\(PhysicalMemory.MapError.ramSize(bytes: size))".contains("\(size) bytes"))
    }

    @Test func theLeastRAMIsAPage() throws { #expect(try Machine(ramSize: 1).memory.ramSize == 4096) }

    @Test func ramOfAnotherSizeIsNotRestored() throws {
        let memory = try PhysicalMemory(ramSize: 4096)
        memory.store(7, at: 5)
        for count in [0, 4095, 4097] {
            #expect(throws: RestoreError.ramSize(snapshot: count, machine: 4096)) {
                try memory.restoreRAM([UInt8](repeating: 1, count: count))
            }
        }
        #expect(memory.peek(5) == 7)
    }

    @Test func theHistoryMissesNoPageThatSomebodyElseTakes() throws {
        // again: inc byte [500h]; jmp again
        let machine = try DebugMachine.real([0xFE, 0x06, 0x00, 0x06, 0xEB, 0xFA])
        var options = HistoryOptions()
        options.interval = 100
        let debugger = try Debugger(machine, history: options)
        debugger.resume(until: 50)
        let hash = machine.hash()
        for time in 1...9 as ClosedRange<UInt64> {
            #expect(machine.memory.takeWrittenPages().contains(0))
            debugger.resume(until: time * 100)
        }
        debugger.go(to: 50)
        #expect(machine.hash() == hash)
    }

    // MARK: Snapshots

    /// Nothing has changed after an attempt to restore that throws.
    private static func refuse(
        _ snapshot: Snapshot, on machine: Machine, _ error: RestoreError, _ words: String...,
        at place: SourceLocation = #_sourceLocation
    ) {
        machine.clock.schedule(Appointment(), at: 77)
        let before = machine.hash()
        #expect(throws: error, sourceLocation: place) { try machine.restore(snapshot) }
        #expect(machine.hash() == before && machine.clock.nextDeadline == 77, sourceLocation: place)
        for word in words { #expect("\(error)".contains(word), sourceLocation: place) }
    }

    private final class Appointment: ClockEvent {
        func clockFired(now: UInt64) {}
    }

    /// A snapshot of a machine that is not as new machines are.
    private static func used(_ machine: Machine) throws -> Snapshot {
        machine.memory.load([0x90, 0x90], at: 0)
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.eip = 0
        _ = try machine.run(.resume, until: 2)
        return machine.snapshot()
    }

    @Test func aSnapshotOfAnotherMachineIsRefused() throws {
        let machine = try Self.machine("a", "b")
        let big = try Self.used(Machine(ramSize: 0x2_0000))
        Self.refuse(
            big, on: try Self.machine(), .ramSize(snapshot: 0x2_0000, machine: 0x1_0000), "131072", "65536")
        let old = try Self.used(Machine(model: try #require(CPUModel.named("8086")), ramSize: 0x1_0000))
        Self.refuse(old, on: try Self.machine(), .processor(snapshot: "8086", machine: CPUModel.newest.name), "8086")
        let slow = try Machine(ramSize: 0x1_0000, clock: VirtualClock(ticksPerSecond: 5))
        Self.refuse(
            try Self.used(slow), on: try Self.machine(), .clockRate(snapshot: 5, machine: 100_000_000), "5 ticks")
        Self.refuse(
            try Self.used(Self.machine("a", "c", "d")), on: machine,
            .devices(snapshotOnly: ["c", "d"], machineOnly: ["b"]), "snapshot has c, d", "machine has b")
        Self.refuse(
            try Self.used(Self.machine("a")), on: machine, .devices(snapshotOnly: [], machineOnly: ["b"]), "has b")
        let kinds = try Self.machine("a")
        try kinds.add(Other("b"))
        Self.refuse(
            try Self.used(kinds), on: machine,
            .kind(
                device: "b", snapshot: String(reflecting: Other.State.self),
                machine: String(reflecting: Dummy.State.self)), "device b", "Other", "Dummy")
        var cut = try Self.used(Self.machine("a", "b"))
        cut.ram = RAMImage(zeros: 0xF000)
        Self.refuse(cut, on: machine, .ramSize(snapshot: 0xF000, machine: 0x1_0000))
        try machine.restore(try Self.used(Self.machine("a", "b")))
        #expect(machine.state.instructions == 2 && machine.clock.now == 2)
    }

    @Test func aRunningMachineIsNotRestored() throws {
        let machine = try Self.machine()
        let snapshot = machine.snapshot()
        final class Restorer: ClockEvent {
            var body: () -> Void = {}
            func clockFired(now: UInt64) { body() }
        }
        let restorer = Restorer()
        restorer.body = {
            #expect(throws: RestoreError.running) { try machine.restore(snapshot) }
        }
        machine.memory.load([0x90, 0x90, 0x90, 0x90], at: 0)
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.eip = 0
        machine.clock.schedule(restorer, at: 2)
        #expect(try machine.run(.resume, until: 4) == .budget)
        #expect(machine.state.instructions == 4)
    }

    // MARK: Debuggers

    @Test func aMachineHasOneDebugger() throws {
        let machine = try DebugMachine.real([0x90, 0x90, 0xF4])
        do {
            let first = try Debugger(machine)
            #expect(throws: Debugger.MachineTaken()) { try Debugger(machine) }
            first.add(.code(.linear(0x7C01)))
            #expect(first.resume(until: 100).reason == .breakpoint(1))
        }
        let second = try Debugger(machine)
        #expect(second.resume(until: 100).reason == .halted)
    }

    @Test func anObserverThatComesUnderADebuggerIsHeard() throws {
        final class List: Observer {
            var ports: [UInt16] = []
            func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
                ports.append(transaction.port)
                return .goOn
            }
        }
        // out 80h,al; out 81h,al
        let machine = try DebugMachine.real([0xE6, 0x80, 0xE6, 0x81, 0xF4])
        let list = List()
        let debugger = try Debugger(machine)
        debugger.step()
        machine.cpu.observe(with: list, [.allPorts])
        debugger.resume(until: 100)
        #expect(list.ports == [0x81] && debugger.ledger.transactions.map(\.port) == [0x80, 0x81])
    }

    // MARK: Claims and wires

    @Test func claimsThatNoAccessReachesAreRefused() throws {
        let ports = PortMap()
        let device = Dummy("x")
        #expect(throws: PortMap.ClaimError.noWidth(new: "x")) {
            try ports.claim(0x300...0x307, for: device, widths: [])
        }
        #expect(throws: PortMap.ClaimError.noWidth(new: "x")) {
            try ports.claim(0x300...0x307, for: device, widths: WidthSet(rawValue: 0x80))
        }
        #expect(throws: PortMap.ClaimError.misaligned(new: "x", .word)) {
            try ports.claim(0x301...0x301, for: device, widths: [.word, .dword])
        }
        #expect(throws: PortMap.ClaimError.misaligned(new: "x", .dword)) {
            try ports.claim(0xFFFD...0xFFFF, for: device, widths: .dword)
        }
        #expect(ports.claims.isEmpty && ports.generation == 0)
        try ports.claim(0x301...0x302, for: device, widths: [.byte, .word])
        #expect(ports.peek(0x301, .byte) == 0x5A && ports.peek(0x302, .word) == 0x5A)
    }

    /// Withdraws itself when it is written to, and then looks at its own memory.
    private final class Leaver: PortDevice {
        struct State: Codable, Equatable, Sendable { var written = 0 }
        let name = "leaver"
        var state = State()
        let ports: PortMap
        let seen: (Int) -> Void

        init(_ ports: PortMap, seen: @escaping (Int) -> Void) { (self.ports, self.seen) = (ports, seen) }

        func reset() { state = State() }
        func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { width.mask }
        func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { width.mask }
        func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
            ports.withdraw(self)
            state.written = Int(value)
            seen(state.written)
        }
    }

    @Test func aDeviceThatOnlyThePortMapHoldsMayWithdrawItself() throws {
        // out 40h, al; in al, 40h; hlt
        let machine = try DebugMachine.real([0xE6, 0x40, 0xE4, 0x40, 0xF4])
        machine.state.gpr.eax = 0x12
        var seen: [Int] = []
        try machine.ports.claim(0x40...0x40, for: Leaver(machine.ports) { seen.append($0) })
        #expect(try machine.cpu.run(.resume, until: 10) == .halted)
        #expect(seen == [0x12] && machine.state.gpr.eax & 0xFF == 0xFF && machine.ports.claims.isEmpty)
    }

    @Test func onlyLiveClaimsCount() throws {
        let ports = PortMap()
        for number in 0..<3000 {
            let device = Dummy("x\(number)")
            try ports.claim(0x300...0x301, for: device)
            #expect(ports.claim(at: 0x301, .byte)?.device === device)
            ports.withdraw(device)
            #expect(ports.claim(at: 0x301, .byte) == nil)
        }
        let devices = (0..<PortMap.mostClaims).map { Dummy("y\($0)") }
        for (number, device) in devices.enumerated() {
            let port = UInt16(0x1000 + number)
            try ports.claim(port...port, for: device)
        }
        #expect(throws: PortMap.ClaimError.full(new: "z")) { try ports.claim(0x300...0x300, for: Dummy("z")) }
        ports.withdraw(devices[5])
        ports.withdraw(devices[3])
        try ports.claim(0x300...0x300, for: Dummy("z"))
        #expect(ports.claims.count == PortMap.mostClaims - 1)
        let names = devices.map(\.name).filter { $0 != "y3" && $0 != "y5" }
        #expect(ports.claims.map(\.device.name) == names + ["z"])
        #expect(ports.claim(at: 0x1006, .byte)?.device === devices[6])
    }

    @Test func aWireGoesToAnInputThatThereIs() throws {
        final class Controller: InterruptSink {
            var raised: [Int] = []
            func lineChanged(_ number: Int, level: Bool) { if level { raised.append(number) } }
        }
        let controller = Controller()
        for number in [16, 99, -1, .max, .min] {
            #expect(throws: IRQLine.NoInput(number: number)) { try IRQLine(to: controller, number: number) }
        }
        for number in 0...15 { try IRQLine(to: controller, number: number).set(true) }
        #expect(controller.raised == Array(0...15))
        let pair = PIC8259Pair(bus: ControlBus())
        #expect(throws: IRQLine.NoInput(number: 2)) { try IRQLine(to: pair, number: 2) }
        var options = BoardOptions()
        options.devices = [DeviceOption("uart", irq: 99)]
        let machine = try Machine(ramSize: 0x10_0000)
        #expect(throws: BoardError.noInput(device: "uart", irq: 99)) { try Board(machine: machine, options: options) }
    }

    @Test func aBoardOnAMachineWithItsNamesIsRefused() throws {
        let machine = try Self.machine("pit")
        #expect(throws: BoardError.nameTaken("pit")) { try Board(machine: machine) }
    }

    @Test func aMachineOfUnknownDevicesIsRefused() throws {
        var options = BoardOptions()
        options.machine = MachineRow("mine", "a machine", ["pic", "pti"])
        let machine = try Self.machine()
        #expect(throws: BoardError.unknownDevice("pti")) { try Board(machine: machine, options: options) }
    }
}
