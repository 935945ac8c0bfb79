import Devices
import Foundation
import TestSupport
import Testing
import X86Interp

/// What every device of the catalogue must do, whatever it is.
@Suite struct DeviceContractTests {
    static let kinds = DeviceCatalog.rows.map(\.name)

    @Test(arguments: kinds)
    func aDeviceSaysThatItServesBlocksIfItDoes(kind: String) throws {
        let device = try Rig(kind).device
        #expect((device.asBlockDevice != nil) == (device is any BlockPortDevice))
        #expect((device.asDeferringDevice != nil) == (device is any DeferringPortDevice))
    }

    @Test(arguments: kinds) func aNewDeviceAndOneAfterResetAreInTheSameState(kind: String) throws {
        try resetAssignsTheDefault(Rig(kind), fresh: Rig(kind))
    }

    private func resetAssignsTheDefault(_ used: Rig, fresh: Rig) throws {
        func check<D: Device>(_ device: D) throws {
            let other = try #require(fresh.device as? D)
            let untouched = device.state
            #expect(untouched == other.state)
            var random = SeededGenerator(seed: 1)
            for _ in 0..<1000 { used.randomAccess(&random) }
            device.reset()
            #expect(device.state == other.state)
        }
        try check(used.device)
    }

    @Test(arguments: kinds) func aDeviceShowsItsStateByName(kind: String) throws {
        func check<D: Device>(_ device: D, _ rig: Rig) {
            var random = SeededGenerator(seed: 2)
            for _ in 0..<200 { rig.randomAccess(&random) }
            let state = device.state
            let fields = device.fields
            #expect(!fields.isEmpty && Set(fields.map(\.name)).count == fields.count)
            #expect(fields.allSatisfy { !$0.text.isEmpty })
            #expect(device.state == state, "looking changes nothing")
        }
        let rig = try Rig(kind)
        check(rig.device, rig)
    }

    @Test func aFieldIsWrittenInItsFormat() {
        #expect(DeviceField("", 0x1F as UInt8, .hexadecimal(4)).text == "001F")
        #expect(DeviceField("", 5, .bits(4)).text == "0101" && DeviceField("", 12, .decimal).text == "12")
        #expect(DeviceField("", true).text == "yes" && DeviceField("", nil as Int?, .decimal).text == "none")
        #expect(DeviceField("", 1, .choice(["low", "high"])).text == "high")
        #expect(DeviceField("", 9, .choice(["low"])).text == "9")
    }

    @Test(arguments: kinds) func restoredDeviceIsEqualAndGoesOnInTheSameWay(kind: String) throws {
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
        var random = SeededGenerator(seed: 9)
        for _ in 0..<20 {
            for _ in 0..<50 { first.randomAccess(&random) }
            let second = try Rig(kind, input: first.stream.input)
            let other = try Machine(ramSize: 4096, clock: second.clock, bus: second.bus)
            try other.add(second.device)
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

    @Test(arguments: kinds) func statesSurviveBeingWrittenDown(kind: String) throws {
        let rig = try Rig(kind)
        func check<D: Device>(_ device: D) throws {
            var random = SeededGenerator(seed: 6)
            for _ in 0..<20 {
                for _ in 0..<50 { rig.randomAccess(&random) }
                let text = try JSONEncoder().encode(device.state)
                #expect(try JSONDecoder().decode(D.State.self, from: text) == device.state)
            }
        }
        try check(rig.device)
    }

    @Test(arguments: kinds) func peekSaysWhatReadReturnsAndChangesNothing(kind: String) throws {
        let rig = try Rig(kind)
        func check<D: Device>(_ device: D) {
            var random = SeededGenerator(seed: 2)
            for _ in 0..<1000 {
                rig.randomAccess(&random)
                let place = rig.randomPlace(&random)
                let before = device.state
                let waiting = rig.stream.input.count
                let changes = rig.lines.changes
                let seen = device.peek(bank: place.bank, offset: place.offset, width: place.width)
                #expect(device.state == before && rig.stream.input.count == waiting && rig.lines.changes == changes)
                let value = device.read(bank: place.bank, offset: place.offset, width: place.width)
                if let seen { #expect(seen == value, "\(kind) at \(place)") }
            }
        }
        check(rig.device)
    }

    @Test(arguments: kinds) func randomAccessesKeepToTheWidth(kind: String) throws {
        let rig = try Rig(kind)
        var random = SeededGenerator(seed: 3)
        for _ in 0..<10_000 {
            let (place, value) = rig.randomAccess(&random)
            if value & ~place.width.mask != 0 { Issue.record("\(kind) read \(value) at \(place)") }
        }
    }

    @Test(arguments: kinds) func blocksActAsSingleAccesses(kind: String) throws {
        let single = try Rig(kind)
        let block = try Rig(kind)
        guard let device = block.device as? any BlockPortDevice else { return }
        var random = SeededGenerator(seed: 4)
        for _ in 0..<300 {
            let place = single.randomPlace(&random)
            let count = Int.random(in: 0...80, using: &random)
            var bytes = (0..<count * place.width.bytes).map { _ in UInt8.random(in: 0...255, using: &random) }
            if Bool.random(using: &random) {
                single.write(bytes, at: place)
                bytes.withUnsafeBytes {
                    device.writeBlock(bank: place.bank, offset: place.offset, width: place.width, from: $0)
                }
            } else {
                bytes.withUnsafeMutableBytes {
                    device.readBlock(bank: place.bank, offset: place.offset, width: place.width, into: $0)
                }
                #expect(bytes == single.read(count, at: place))
            }
        }
        func check<D: Device>(_ device: D) throws { #expect(device.state == (try #require(block.device as? D)).state) }
        try check(single.device)
        #expect(single.stream.output == block.stream.output)
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

    let device: any Device
    let clock = VirtualClock()
    let bus = ControlBus()
    let lines = Lines()
    let stream: BufferStream
    private let places: [Place]

    /// A device at a guest time, with bytes for it to receive.
    init(_ kind: String, at now: UInt64 = 0, input: [UInt8] = Array("what the guest may read".utf8)) throws {
        let row = try #require(DeviceCatalog.row(named: kind))
        stream = BufferStream(input: input, limit: 1 << 16)
        var site = DeviceSite(name: kind + "7", bus: bus, clock: clock, console: stream, serial: stream)
        site.interrupts = lines
        site.keys = KeyList(KeyStroke.parse("Typed {up}").strokes ?? [])
        site.irq = row.irq ?? 5
        clock.advance(to: now)
        device = try row.make(&site)
        places = try #require(row.claims(at: nil)).flatMap { claim in
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

    /// Writes elements one by one.
    func write(_ bytes: [UInt8], at place: Place) {
        for start in stride(from: 0, to: bytes.count, by: place.width.bytes) {
            let value = bytes[start..<start + place.width.bytes].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            device.write(bank: place.bank, offset: place.offset, width: place.width, value: value)
        }
    }

    /// Reads elements one by one.
    func read(_ count: Int, at place: Place) -> [UInt8] {
        (0..<count).flatMap { _ in
            let value = device.read(bank: place.bank, offset: place.offset, width: place.width)
            return (0..<place.width.bytes).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
        }
    }
}
