import Devices
import Foundation
import TestSupport
import Testing

@testable import X86Interp

/// Snapshots as bytes: they come back as they were, on any machine that fits, and damaged ones are refused.
@Suite struct SnapshotFileTests {
    /// How a guest's devices are served until the snapshot is taken.
    enum Setting: CaseIterable {
        case kernel, user, delayed

        var tier: Tier { self == .kernel ? .kernel : .user }
    }

    /// A random guest on a board with every device, which has run for a while; it may wait for an answer.
    fileprivate static func started(_ number: Int, _ setting: Setting) throws -> Machine {
        let machine = try fresh(number, setting)
        let until = UInt64(100 + number * 37 % 900)
        var left = number % 5
        var exit = try machine.run(.resume, until: until)
        while case .port(let request) = exit, left > 0 {
            if setting == .delayed { #expect(try machine.run(.resume, until: until) == exit) }
            left -= 1
            exit = try machine.run(.complete(machine.serve(request)), until: until)
        }
        return machine
    }

    fileprivate static func fresh(_ number: Int, _ setting: Setting) throws -> Machine {
        try DebugGuest(number).makeMachine(tier: setting.tier, hasInput: false)
    }

    @Test(arguments: Setting.allCases)
    func aRandomMachineGoesOnElsewhere(setting: Setting) throws {
        var waiting = 0
        for number in 0..<LongTests.count(short: 8) {
            let machine = try Self.started(number, setting)
            let bytes = try machine.snapshot().encoded()
            let other = try Self.fresh(number, setting)
            let snapshot = try Snapshot(decoding: bytes, for: other)
            try other.restore(snapshot)
            #expect(other.hash() == machine.hash(), "guest \(number)")
            let isAlike = try snapshot.encoded() == bytes && other.snapshot().encoded() == bytes
            #expect(isAlike, "guest \(number)")
            if machine.state.pendingRequest != nil { waiting += 1 }
            #expect(try machine.goOn(3000) == other.goOn(3000))
            #expect(other.hash() == machine.hash(), "guest \(number) goes on")
        }
        #expect((waiting > 0) == (setting != .kernel), "\(waiting) waited for an answer")
    }

    // MARK: Equal bytes

    /// A device whose state has each kind of collection whose order is the process's; private, so that its name has
    /// something of the process.
    private final class Collector: PortOnlyDevice {
        struct State: Codable, Equatable, Sendable {
            var words: Set<String> = ["north", "east", "south", "west", "up", "down"]
            var bytes: [UInt64: [UInt8]] = [1: [1, 2], 2: [3], 4: [], 8: [4, 5, 6], 16: [7]]
            var nested: [String: [UInt16: Set<Int>]] = ["a": [1: [1, 2, 3], 2: [4, 5, 6]], "b": [3: [7, 8, 9]]]
            var places: [Int: Bool] = [1: true, 22: false, 3: true]
        }

        let name: String
        var state = State()

        init(_ name: String) { self.name = name }

        func reset() { state = State() }
        func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { 0 }
        func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { 0 }
        func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {}
    }

    private static func collectors() throws -> Machine {
        let machine = try Machine(ramSize: 8192)
        for name in ["one", "two", "three"] { try machine.add(Collector(name)) }
        machine.memory.load([1, 2, 3], at: 4095)
        return machine
    }

    static func hexBytes() throws -> String {
        try collectors().snapshot().encoded().map { String($0, radix: 16) }.joined(separator: ".")
    }

    @Test func eachProcessWritesTheSameBytes() async throws {
        let own = try Self.hexBytes()
        for _ in 0..<min(LongTests.count(short: 4), 100) {
            let result = try await #require(processExitsWith: .success, observing: [\.standardOutputContent]) {
                print("bytes", try SnapshotFileTests.hexBytes())
            }
            let text = String(decoding: result.standardOutputContent, as: UTF8.self)
            #expect(text.contains("bytes \(own)\n"))
        }
        let machine = try Self.collectors()
        try machine.restore(try Snapshot(decoding: try Self.collectors().snapshot().encoded(), for: machine))
    }

    // MARK: What does not fit

    private static func error(_ bytes: [UInt8], _ machine: Machine) -> SnapshotError? {
        let before = machine.hash()
        defer { #expect(machine.hash() == before) }
        do throws(SnapshotError) {
            _ = try Snapshot(decoding: bytes, for: machine)
            return nil
        } catch {
            #expect(error.description.count > 20 && !error.description.contains("\n"), "\(error)")
            return error
        }
    }

    private static func bytes(_ machine: Machine) throws -> [UInt8] { try machine.snapshot().encoded() }

    @Test func whatIsOfAnotherMachineIsRefused() throws {
        let machine = try Self.collectors()
        let plain = try Machine(ramSize: 8192)
        let old = try Machine(model: try #require(CPUModel.named("80386")), ramSize: 8192)
        let defective = try Machine(model: try #require(old.cpu.model.withErrata()), ramSize: 8192)
        #expect(
            Self.error(try Self.bytes(plain), old) == .misfit(.processor(snapshot: "pentium4", machine: "80386")))
        #expect(
            Self.error(try Self.bytes(defective), old)
                == .misfit(.processor(snapshot: "80386 with errata", machine: "80386")))
        #expect(
            Self.error(try Self.bytes(try Machine(ramSize: 4096)), plain)
                == .misfit(.ramSize(snapshot: 4096, machine: 8192)))
        let slow = try Machine(ramSize: 8192, clock: VirtualClock(ticksPerSecond: 5))
        #expect(
            Self.error(try Self.bytes(slow), plain) == .misfit(.clockRate(snapshot: 5, machine: 100_000_000)))
        #expect(
            Self.error(try Self.bytes(plain), machine)
                == .misfit(.devices(snapshotOnly: [], machineOnly: ["one", "two", "three"])))
        #expect(
            Self.error(try Self.bytes(machine), plain)
                == .misfit(.devices(snapshotOnly: ["one", "three", "two"], machineOnly: [])))
        let other = try Machine(ramSize: 8192)
        try other.add(PostCode(name: "one"))
        for name in ["two", "three"] { try other.add(Collector(name)) }
        let found = Self.error(try Self.bytes(machine), other)
        guard case .misfit(.kind("one", let snapshot, let mine)) = found else {
            Issue.record("\(String(describing: found))")
            return
        }
        #expect(snapshot.hasSuffix(".Collector.State") && mine == "Devices.PostCode.State")
    }

    @Test func whatIsNoSnapshotOfThisVersionIsRefused() throws {
        let machine = try Self.collectors()
        var bytes = try Self.bytes(machine)
        #expect(Self.error([], machine) == .notASnapshot)
        #expect(Self.error(Array("X86SNAP".utf8), machine) == .notASnapshot)
        #expect(Self.error([UInt8](repeating: 0x7F, count: 5000), machine) == .notASnapshot)
        #expect(Self.error(Array(bytes.prefix(8)), machine) == .damaged("it ends too early"))
        bytes[8] = 1
        #expect(Self.error(bytes, machine) == .version(1))
    }

    @Test func aCallThatNoDeviceAskedForCannotBeWritten() throws {
        final class Host: ClockEvent {
            func clockFired(now: UInt64) {}
        }
        let machine = try Self.collectors()
        machine.clock.schedule(Host(), at: 50)
        #expect(throws: SnapshotError.unwritable("\(RestoreError.clockRequest(time: 50))")) {
            try machine.snapshot().encoded()
        }
    }

    // MARK: Damage

    @Test(.timeLimit(.minutes(30)), arguments: LongTests.parts(short: 90))
    func aDamagedFileIsRefusedOrIsAState(part: ClosedRange<Int>) async {
        await #expect(processExitsWith: .success) { [part] in
            ThrowHook.remove()
            var taken = 0
            for number in part {
                if try SnapshotDamage(number).isTaken() { taken += 1 }
            }
            // The rest were refused.
            #expect(part.count < 90 || taken > part.count / 50 && taken < part.count / 2, "\(taken) were taken")
        }
    }
}

/// One way of damaging the snapshot of a random machine.
struct SnapshotDamage {
    private let number: Int
    private let machine: Machine
    private var random: SeededGenerator
    private var bytes: [UInt8]

    init(_ number: Int) throws {
        self.number = number
        random = SeededGenerator(seed: UInt64(number) &* 31 &+ 7)
        machine = try SnapshotFileTests.started(number % 40, number % 2 == 0 ? .kernel : .user)
        bytes = try machine.snapshot().encoded()
    }

    /// Damages it; whether it is still one, of a machine that runs on.
    func isTaken() throws -> Bool {
        var copy = self
        return try copy.damageAndTry()
    }

    private mutating func damageAndTry() throws -> Bool {
        let isMended = number % 3 != 0
        switch number / 3 % 5 {
        case 0, 1:
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                bytes[place(in: 8..<bytes.count - 8)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
        case 2: bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
        case 3:
            let place = place(in: 20..<bytes.count)
            bytes.insert(contentsOf: RandomGuest.noise(Int.random(in: 1..<40, using: &random), &random), at: place)
        default: swapSections()
        }
        if isMended { mend() }
        let snapshot: Snapshot
        do {
            snapshot = try Snapshot(decoding: bytes, for: machine)
        } catch {
            let text = error.description
            #expect(text.count > 20 && !text.contains("\n"), "\(number): \(text)")
            return false
        }
        #expect(isMended, "\(number): damage was not seen")
        let isCanonical = try snapshot.encoded() == bytes
        #expect(isCanonical || number / 3 % 5 < 2, "\(number): it is written otherwise")
        try machine.restore(snapshot)
        _ = try machine.goOn(500)
        return true
    }

    /// A place where damage is, half of the time among the states, which are at the front.
    private mutating func place(in range: Range<Int>) -> Int {
        let isEarly = Bool.random(using: &random) && range.count > 4000
        return Int.random(in: isEarly ? range.lowerBound..<range.lowerBound + 4000 : range, using: &random)
    }

    /// Two sections that follow each other change places.
    private mutating func swapSections() {
        var starts: [Int] = []
        var place = 20
        while place + 12 <= bytes.count - 8 {
            starts.append(place)
            place += 12 + Self.word(bytes[place + 4..<place + 12])
        }
        let first = Int.random(in: 0..<starts.count - 1, using: &random)
        let end = first + 2 < starts.count ? starts[first + 2] : bytes.count - 8
        let (a, b) = (bytes[starts[first]..<starts[first + 1]], bytes[starts[first + 1]..<end])
        bytes.replaceSubrange(starts[first]..<end, with: b + a)
    }

    /// Makes length and checksum what they would be.
    private mutating func mend() {
        while bytes.count < 28 { bytes.append(0) }
        let length = RandomGuest.little(UInt32(bytes.count), 4) + [0, 0, 0, 0]
        bytes.replaceSubrange(12..<20, with: length)
        var hash = ValueHash()
        bytes.dropLast(8).withUnsafeBytes { hash.combine($0) }
        for offset in 0..<8 {
            bytes[bytes.count - 8 + offset] = UInt8(truncatingIfNeeded: hash.value >> UInt64(8 * offset))
        }
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reversed().reduce(0) { $0 << 8 | Int($1) } }
}
