import DeviceContract
import Devices
import TestSupport
import Testing
import X86Interp

/// What every device of the catalogue must do, whatever it is: the contract that the package offers to others, and what
/// we ask of our own beyond it.
@Suite struct DeviceContractTests {
    static let kinds = DeviceCatalog.rows.map(\.name)

    @Test(arguments: kinds, Contract.Rule.allCases) func theContractIsKept(kind: String, rule: Contract.Rule) {
        #expect(Contract(kind) { try Rig(kind).specimen($0) }.violation(of: rule) == nil)
    }

    @Test func aFieldIsWrittenInItsFormat() {
        #expect(DeviceField("", 0x1F as UInt8, .hexadecimal(4)).text == "001F")
        #expect(DeviceField("", 5, .bits(4)).text == "0101" && DeviceField("", 12, .decimal).text == "12")
        #expect(DeviceField("", true).text == "yes" && DeviceField("", nil as Int?, .decimal).text == "none")
        #expect(DeviceField("", 1, .choice(["low", "high"])).text == "high")
        #expect(DeviceField("", 9, .choice(["low"])).text == "9")
    }

    /// More than the contract wants, which lets the machine put the clock's calls back.
    @Test(arguments: kinds) func aDeviceGoesOnFromItsStateAlone(kind: String) throws {
        let first = try Rig(kind)
        func check<D: Device>(_ device: D) throws {
            for seed in 0..<8 {
                var random = SeededGenerator(seed: UInt64(seed))
                for _ in 0..<200 { first.randomAccess(&random) }
                let saved = device.state
                let second = try Rig(kind, at: first.clock.now, input: first.stream.input)
                let twin = try #require(second.device as? D)
                // A20 is the bus's, as time is the clock's: a machine restores both beside its devices.
                second.bus.setA20(first.bus.a20)
                twin.state = saved
                for (number, drive) in first.drives { second.drives[number]?.state = drive.state }
                #expect(twin.state == saved)
                #expect(second.lines.changes == 0, "restoring is no edge")
                var again = random
                for step in 0..<200 {
                    let here = first.randomAccess(&random)
                    let there = second.randomAccess(&again)
                    #expect(here == there, "\(kind) differs after restore at step \(step)")
                    if here != there { return }
                }
                #expect(device.state == twin.state)
            }
        }
        try check(first.device)
    }

    @Test(arguments: kinds) func inARestoredMachineTheDeviceIsCalledAtTheSameTimes(kind: String) throws {
        let first = try Rig(kind)
        let machine = try Machine(ramSize: 4096, clock: first.clock, bus: first.bus)
        try machine.add(first.device)
        for drive in first.drives.values { try machine.add(drive) }
        var random = SeededGenerator(seed: 9)
        for _ in 0..<20 {
            for _ in 0..<50 { first.randomAccess(&random) }
            let second = try Rig(kind, input: first.stream.input)
            let other = try Machine(ramSize: 4096, clock: second.clock, bus: second.bus)
            try other.add(second.device)
            for drive in second.drives.values { try other.add(drive) }
            try other.restore(machine.snapshot())
            var again = random
            for step in 0..<100 {
                let isAlike =
                    first.clock.now == second.clock.now && first.clock.nextDeadline == second.clock.nextDeadline
                    && first.randomAccess(&random) == second.randomAccess(&again)
                #expect(isAlike, "\(kind) differs after restore at step \(step)")
                if !isAlike { return }
            }
            #expect(machine.hash() == other.hash())
        }
    }

    @Test func namesInTheCatalogueAreUnique() {
        #expect(Set(Self.kinds).count == Self.kinds.count)
    }

    @Test(arguments: kinds) func theDeviceHasTheNameThatItIsGiven(kind: String) throws {
        #expect(try Rig(kind).device.name == kind + "7")
    }
}

/// A device of the catalogue on its own, with a recording interrupt controller and streams in memory.
final class Rig {
    /// An access: which register, how wide.
    struct Place: Equatable {
        var bank: UInt8
        var offset: UInt16
        var width: Width
    }

    /// Counts the edges on interrupt lines.
    final class Lines: InterruptSink {
        var changes = 0
        func lineChanged(_ number: Int, level: Bool) { changes += 1 }
    }

    let device: any Device & PortDevice
    let clock = VirtualClock()
    let bus = ControlBus()
    let lines = Lines()
    let stream: BufferStream
    /// What the device has of them, it reads and writes.
    let drives: [UInt8: DiskDrive]
    /// Which a display holds unowned, since it is claimed there.
    private let space: PhysicalMemory
    private let claims: [ClaimRow]
    private let places: [Place]

    /// What is on the drives, made once: a debug build takes long for it.
    private static let contents = (0..<64 << 10).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 9) }

    /// A device at a guest time, with bytes for it to receive.
    init(_ kind: String, at now: UInt64 = 0, input: [UInt8] = Array("what the guest may read".utf8)) throws {
        let row = try #require(DeviceCatalog.row(named: kind))
        stream = BufferStream(input: input, limit: 1 << 16)
        var site = DeviceSite(name: kind + "7", bus: bus, clock: clock, console: stream, serial: stream)
        site.interrupts = lines
        let contents = Self.contents
        drives = [
            0x00: DiskDrive(Drive(floppy: MemoryDisk(contents)), name: "fda"),
            0x80: DiskDrive(Drive(hardDisk: MemoryDisk(contents)), name: "hda"),
            0x81: DiskDrive(Drive(cd: MemoryDisk(contents)), name: "hdb"),
            0x82: DiskDrive(Drive(hardDisk: MemoryDisk(contents)), name: "hdc"),
        ]
        site.drives = drives
        site.keys = KeyList(KeyStroke.parse("Typed {up}").strokes ?? [])
        site.irq = row.irq ?? 5
        space = try PhysicalMemory(ramSize: 4096)
        site.space = space
        clock.advance(to: now)
        device = try row.make(&site)
        claims = try #require(row.claims(at: nil))
        places = claims.flatMap { claim in
            claim.ports.flatMap { port in
                Width.allCases.filter { claim.widths.contains($0) }.map {
                    Place(bank: claim.bank, offset: port - claim.ports.lowerBound, width: $0)
                }
            }
        }
    }

    /// One of the device's registers.
    func randomPlace(_ random: inout SeededGenerator) -> Place {
        places[Int.random(in: places.indices, using: &random)]
    }

    /// A read, a write, or some time that passes and a read; returns where and what was read (0 for writes).
    @discardableResult
    func randomAccess(_ random: inout SeededGenerator) -> (place: Place, value: UInt32) {
        let place = randomPlace(&random)
        if UInt8.random(in: 0...3, using: &random) == 0 {
            clock.advance(to: clock.now + UInt64.random(in: 0...20_000, using: &random))
        }
        if Bool.random(using: &random) {
            return (place, device.read(bank: place.bank, offset: place.offset, width: place.width))
        }
        var value = UInt32.random(in: 0 ... .max, using: &random)
        if Bool.random(using: &random) { value &= 0x0707_0707 }
        device.write(bank: place.bank, offset: place.offset, width: place.width, value: value & place.width.mask)
        return (place, 0)
    }

    /// The device in a machine, for the contract.
    func specimen(_ tier: Tier) throws -> Specimen {
        let machine = try Machine(ramSize: 1 << 16, clock: clock, bus: bus)
        try machine.add(device)
        for drive in drives.values { try machine.add(drive) }
        for claim in claims {
            try machine.ports.claim(claim.ports, for: device, bank: claim.bank, widths: claim.widths, tier: tier)
        }
        return Specimen(machine, device, hasBattery: device is MC146818A) { [stream, lines] in
            "\(stream.input.count) to come, \(stream.output.count) sent: \(stream.output.suffix(400)), \(lines.changes) edges"
        }
    }
}
