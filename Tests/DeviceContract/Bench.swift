import X86Interp

/// One of the device's registers at a width that is claimed.
struct Place: CustomStringConvertible {
    let port: UInt16
    let width: Width
    let claim: PortClaim

    private var offset: UInt16 { port - claim.ports.lowerBound }

    var description: String { "\(width) at offset \(offset) of bank \(claim.bank)" }

    func read() -> UInt32 { claim.device.read(bank: claim.bank, offset: offset, width: width) }

    func peek() -> UInt32? { claim.device.peek(bank: claim.bank, offset: offset, width: width) }

    func write(_ value: UInt32) {
        claim.device.write(bank: claim.bank, offset: offset, width: width, value: value & width.mask)
    }

    /// Reads as many bytes at once as a buffer has.
    func readBlock(_ device: any BlockPortDevice, into bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes {
            device.readBlock(bank: claim.bank, offset: offset, width: width, into: $0)
        }
    }

    /// Writes bytes at once.
    func writeBlock(_ device: any BlockPortDevice, _ bytes: [UInt8]) {
        bytes.withUnsafeBytes { device.writeBlock(bank: claim.bank, offset: offset, width: width, from: $0) }
    }
}

/// An access that was made, to be compared.
struct Access: Equatable, CustomStringConvertible {
    var place: String
    var direction: PortDirection
    var value: UInt32

    var description: String { "\(direction) \(place) = \(String(value, radix: 16, uppercase: true))" }
}

/// A device that is accessed at random, by itself: no processor runs.
final class Bench {
    let specimen: Specimen
    /// Decides what comes next; a copy repeats it.
    var random: SeededGenerator
    /// All that the device claims.
    let places: [Place]

    init(_ specimen: Specimen, seed: UInt64) throws {
        self.specimen = specimen
        random = SeededGenerator(seed: seed)
        places = specimen.machine.ports.claims.filter { $0.device.name == specimen.device.name }.flatMap { claim in
            claim.ports.flatMap { port in
                Width.allCases.filter { claim.widths.contains($0) && port & UInt16($0.bytes - 1) == 0 }
                    .map { Place(port: port, width: $0, claim: claim) }
            }
        }
        try demand(!places.isEmpty, "it claims no port: claim its ports in the machine that is made")
    }

    /// The device.
    var device: any Device { specimen.device }

    /// One of the registers.
    func place() -> Place { places[Int.random(in: places.indices, using: &random)] }

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
            return Access(place: place.description, direction: .in, value: place.read())
        }
        let value = value()
        place.write(value)
        return Access(place: place.description, direction: .out, value: value & place.width.mask)
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
