import X86Interp

/// An access that was made, to be compared.
struct Access: Equatable, CustomStringConvertible {
    var place: String
    var isRead: Bool
    var value: UInt32

    var description: String { "\(isRead ? "read" : "write") \(place) = \(String(value, radix: 16, uppercase: true))" }
}

/// A device that is accessed at random, by itself: no processor runs.
final class Bench {
    let specimen: Specimen
    /// Decides what comes next; a copy repeats it.
    var random: SeededGenerator
    /// Its registers at ports.
    let portPlaces: [Place]
    /// Its registers in memory.
    let memoryPlaces: [Place]
    /// All that the device claims.
    var places: [Place] { portPlaces + memoryPlaces }

    init(_ specimen: Specimen, seed: UInt64) throws {
        self.specimen = specimen
        random = SeededGenerator(seed: seed)
        let name = specimen.device.name
        portPlaces = specimen.machine.ports.claims.filter { $0.device.name == name }.flatMap(\.places)
        memoryPlaces = specimen.machine.memory.claims.filter { $0.device.name == name }.flatMap(\.places)
        try demand(
            !portPlaces.isEmpty || !memoryPlaces.isEmpty,
            "it claims neither ports nor memory: claim its ports in the machine that is made, name its memoryRegions")
    }

    /// The device.
    var device: any Device { specimen.device }

    /// One of the registers, as often at ports as in memory.
    func place() -> Place {
        let isMemory = !memoryPlaces.isEmpty && (portPlaces.isEmpty || Bool.random(using: &random))
        let places = isMemory ? memoryPlaces : portPlaces
        return places[Int.random(in: places.indices, using: &random)]
    }

    /// Some accesses; returns them.
    @discardableResult
    func accesses(_ count: Int) -> [Access] { (0..<count).map { _ in access() } }

    /// A read or a write, often after some time.
    private func access() -> Access {
        let place = place()
        let clock = specimen.machine.clock
        if UInt8.random(in: 0...3, using: &random) == 0 {
            clock.advance(to: clock.now + UInt64.random(in: 0...20_000, using: &random))
        }
        if Bool.random(using: &random) {
            return Access(place: place.description, isRead: true, value: place.read())
        }
        let value = value()
        place.write(value)
        return Access(place: place.description, isRead: false, value: value & place.width.mask)
    }

    /// Any value, or one of few bits, as commands often are.
    private func value() -> UInt32 {
        let value = UInt32.random(in: 0 ... .max, using: &random)
        return Bool.random(using: &random) ? value & 0x0707_0707 : value
    }

    /// What can be seen of the device and around it, but for its state: lines, time, calls, the world outside.
    var surroundings: String {
        let machine = specimen.machine
        let deadline = machine.clock.nextDeadline.map(String.init) ?? "none"
        return
            "lines \(machine.bus.lines), time \(machine.clock.now), next call \(deadline), outside \(specimen.outside())"
    }
}

/// A device's state, kept to be compared or put back.
struct KeptState {
    /// Whether a device is in that state.
    let matches: (any Device) -> Bool

    init(_ device: any Device) { matches = Self.matcher(device) }

    private static func matcher<D: Device>(_ device: D) -> (any Device) -> Bool {
        let state = device.state
        return { ($0 as? D)?.state == state }
    }
}
