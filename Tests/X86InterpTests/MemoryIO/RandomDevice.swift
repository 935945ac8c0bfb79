import TestSupport

@testable import X86Interp

/// A device with ports and memory that answers anything, moves itself and goes away in the middle of cycles, and raises
/// interrupts: all by what it has seen so far, so that one cycle more, less or elsewhere changes everything behind it.
final class RandomDevice: Device, MemoryDevice, PortDevice {
    struct State: Codable, Equatable, Sendable {
        /// Stands for all cycles so far, in order.
        var seen: UInt64
        var bytes: [UInt8]
        /// Where its memory is, as a number of one of its places; nil is nowhere.
        var place: Int?
    }

    let name: String
    /// Where it may be; no other device's places are among them.
    let places: [UInt64]
    private let widths: WidthSet
    private let narrow: NarrowAccess
    private unowned let machine: Machine
    private var kept: State
    private var region: RegionID?
    let fields: [DeviceField] = []

    init(_ name: String, _ machine: Machine, places: [UInt64], _ random: inout SeededGenerator) {
        self.name = name
        self.machine = machine
        self.places = places
        let sets: [WidthSet] = [.all, .all, .dword, .byte, .word, [.byte, .dword]]
        widths = sets.randomElement(using: &random) ?? .all
        narrow = Bool.random(using: &random) ? .lane : .floating
        kept = State(
            seen: UInt64.random(in: 0 ... .max, using: &random),
            bytes: RandomGuest.noise(32, &random), place: nil)
    }

    /// Setting it moves the memory too: the map is no part of snapshots.
    var state: State {
        get { kept }
        set {
            let present = kept.place
            kept = newValue
            kept.place = present
            go(to: newValue.place)
        }
    }

    /// Moves the memory to one of its places, or away.
    func go(to place: Int?) {
        guard place != kept.place else { return }
        kept.place = place
        guard let place, places.indices.contains(place) else {
            if let region { machine.memory.withdraw(region) }
            region = nil
            return
        }
        if let region {
            try? machine.memory.move(region, to: places[place])
        } else {
            region = try? machine.memory.claim(
                MemoryRegion(start: places[place], size: 4096, widths: widths, narrow: narrow, tier: tier), for: self)
        }
    }

    /// The tier of what it claims anew.
    var tier = Tier.kernel

    func reset() {}

    // MARK: Cycles

    /// Notes a cycle; returns a number that depends on all so far.
    private func note(_ words: UInt64...) -> UInt64 {
        for word in words {
            kept.seen = (kept.seen ^ word) &* 0xFF51_AFD7_ED55_8CCD
            kept.seen ^= kept.seen >> 32
        }
        return kept.seen
    }

    /// What the device does of itself behind a cycle.
    private func act(_ number: UInt64) {
        switch number >> 8 & 127 {
        case 0, 1: go(to: Int(number >> 16) % places.count)
        case 2: go(to: nil)
        case 3: machine.bus.raiseNMI()
        case 4, 5: machine.bus.setINTR(true)
        case 6: if number >> 40 & 3 == 0 { machine.bus.pulseReset() }
        default: break
        }
    }

    private func value(_ offset: Int, _ number: UInt64) -> UInt32 {
        guard number & 7 != 0 else { return UInt32(truncatingIfNeeded: number >> 24) }
        return (0..<4).reduce(0) { $0 | UInt32(kept.bytes[(offset + $1) & 31]) << UInt32(8 * $1) }
    }

    private func set(_ offset: Int, _ width: Width, _ value: UInt32) {
        for place in 0..<width.bytes {
            kept.bytes[(offset + place) & 31] = UInt8(truncatingIfNeeded: value >> UInt32(8 * place))
        }
    }

    func readMemory(bank: UInt8, offset: UInt32, width: Width) -> UInt32 {
        let number = note(1, UInt64(offset), UInt64(width.bytes), machine.clock.now)
        defer { act(number) }
        return value(Int(offset), number)
    }

    func writeMemory(bank: UInt8, offset: UInt32, width: Width, value: UInt32) {
        let number = note(2, UInt64(offset), UInt64(width.bytes), UInt64(value), machine.clock.now)
        set(Int(offset), width, value)
        act(number)
    }

    func peekMemory(bank: UInt8, offset: UInt32) -> UInt8? { nil }

    func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        let number = note(3, UInt64(offset), UInt64(width.bytes), machine.clock.now)
        defer { act(number) }
        // Whoever reads the last port has the memory back.
        if offset == 15, kept.place == nil { go(to: 0) }
        return value(Int(offset), number)
    }

    func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let number = note(4, UInt64(offset), UInt64(width.bytes), UInt64(value), machine.clock.now)
        set(Int(offset), width, value)
        act(number)
    }

    func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { nil }
}
