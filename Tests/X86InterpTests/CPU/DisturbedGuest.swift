import TestSupport

@testable import X86Interp

/// A random guest on one engine, and all that may disturb it at random instants: lines, code and data written by others,
/// ports that ask for more of it, a device that moves it elsewhere.
///
/// What happens depends on the seed, the guest time and what the guest has done. So two engines have the same to live
/// through, and one instant, port access or value that differs makes all that follows differ.
final class DisturbedGuest {
    let cpu: CPU
    private let contact = Contact()
    /// Stands for all port accesses and calls so far, with their guest times and the processor's place.
    private(set) var seen: UInt64
    private var random: SeededGenerator
    private let start: CPUState
    private let image: [UInt8]
    private var nextVector: UInt8 = 0

    /// Ports that are served one access at a time, and by blocks.
    private static let ports: ClosedRange<UInt16> = 0...0x5FF
    private static let blockPorts: ClosedRange<UInt16> = 0x600...0x6FF

    /// The guest of `make`, as it is before its first instruction.
    init(seed: UInt64, _ make: () throws -> CPU) throws {
        cpu = try make()
        random = SeededGenerator(seed: seed)
        seen = seed
        start = cpu.state
        image = cpu.memory.peek(0, count: cpu.memory.ramSize)
        cpu.bus.acknowledge = { [unowned self] in acknowledge() }
        contact.guest = self
        try cpu.ports.claim(Self.ports, for: contact, widths: .all)
        let block = BlockSource()
        try cpu.ports.claim(Self.blockPorts, for: block, widths: seed % 2 == 0 ? .all : .byte)
        if seed % 5 == 0 { cpu.ports.setTier(.user) }
        cpu.clock.schedule(contact, at: 1 + random.next() % 64)
    }

    /// What the engine itself does not change: that it is over is told apart from all ends.
    func goOn(until time: UInt64) throws -> Exit {
        var exit = try cpu.run(.resume, until: time)
        while case .port(let request) = exit { exit = try cpu.run(.complete(cpu.ports.serve(request)), until: time) }
        return exit
    }

    /// Begins anew, somewhere behind where it did, with all memory as it was.
    func revive(offset: UInt32) {
        let now = cpu.state.instructions
        cpu.memory.load(image, at: 0)
        var state = start
        state.instructions = now
        state.eip &+= offset
        cpu.state = state
        cpu.bus.setA20(true)
    }

    // MARK: What happens

    private func note(_ words: UInt64...) {
        for word in words {
            seen = (seen ^ word) &* 0xFF51_AFD7_ED55_8CCD
            seen ^= seen >> 32
        }
    }

    private func noteMoment(_ now: UInt64) {
        let state = cpu.state
        note(now, state.instructions, UInt64(state.eip), UInt64(state.eflags.rawValue), UInt64(state.gpr.eax))
        note(UInt64(state.gpr.ecx), UInt64(state.gpr.esi), UInt64(state.gpr.edi), UInt64(state.gpr.esp))
    }

    private func act(at now: UInt64) {
        noteMoment(now)
        disturb()
        let distance: UInt64 = [1, 2, 7, 33, 70, 190, 190, 700].randomElement(using: &random) ?? 1
        cpu.clock.schedule(contact, at: now + 1 + random.next() % distance)
    }

    private func disturb() {
        switch Int.random(in: 0..<24, using: &random) {
        case 0...9: raise()
        case 10, 11: cpu.bus.setINTR(false)
        case 12: cpu.bus.raiseNMI()
        case 13: cpu.bus.setA20(!cpu.bus.a20)
        case 14...18: writeMemory()
        case 19: cpu.bus.stop(.requested)
        case 20: cpu.state.gpr.ecx = UInt32(truncatingIfNeeded: random.next() & 0xFF)
        case 21: cpu.state.eflags.formSymmetricDifference([.direction, .interrupt, .carry, .zero, .sign])
        // Elsewhere: what is under way is abandoned.
        case 22: cpu.state.eip = start.eip &+ UInt32(truncatingIfNeeded: random.next() & 0x3F)
        default: cpu.flushTranslations()
        }
    }

    private func raise() {
        nextVector = Bool.random(using: &random) ? 0x20 : UInt8(truncatingIfNeeded: random.next())
        cpu.bus.setINTR(true)
    }

    private func acknowledge() -> UInt8 {
        note(cpu.clock.now, UInt64(nextVector))
        if random.next() & 3 != 0 { cpu.bus.setINTR(false) }
        return nextVector
    }

    /// Another master writes: mostly code near the instruction at hand, taken from elsewhere in the guest, so that it stays
    /// code; else anything anywhere.
    private func writeMemory() {
        let state = cpu.state
        let place = state.segments.cs.base &+ state.eip
        let mask = UInt32(cpu.memory.ramSize - 1)
        let count = Int.random(in: 1...6, using: &random)
        let near = place &+ UInt32(truncatingIfNeeded: Int.random(in: -32...48, using: &random))
        let far = place &+ UInt32(truncatingIfNeeded: Int.random(in: -900...900, using: &random))
        guard random.next() & 7 != 0 else {
            cpu.memory.load(
                [UInt8(truncatingIfNeeded: random.next())], at: UInt32(truncatingIfNeeded: random.next()) & mask)
            return
        }
        cpu.memory.load(cpu.memory.peek(far & mask, count: count), at: near & mask)
    }

    // MARK: Ports

    private func read(offset: UInt16, width: Width) -> UInt32 {
        noteMoment(cpu.clock.now)
        note(1, UInt64(offset), UInt64(width.bytes))
        disturbFromPort()
        return UInt32(truncatingIfNeeded: seen) & width.mask
    }

    private func write(offset: UInt16, width: Width, value: UInt32) {
        noteMoment(cpu.clock.now)
        note(2, UInt64(offset), UInt64(width.bytes), UInt64(value))
        disturbFromPort()
    }

    /// What the processor's clock and ports hold, so that they do not hold the guest, which holds the processor.
    private final class Contact: ClockEvent, PortDevice {
        weak var guest: DisturbedGuest?
        let name = "disturber"

        func clockFired(now: UInt64) { guest?.act(at: now) }

        func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
            guest?.read(offset: offset, width: width) ?? width.mask
        }

        func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
            guest?.write(offset: offset, width: width, value: value)
        }

        func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { nil }
    }

    private func disturbFromPort() {
        switch random.next() & 15 {
        case 0: raise()
        case 1: writeMemory()
        case 2: cpu.bus.stop(.guestExit(code: 1))
        case 3: cpu.clock.schedule(contact, at: cpu.clock.now + 1 + random.next() % 3)
        case 4: disturb()
        default: break
        }
    }
}

/// Ports that serve repeated accesses by blocks: a row of numbers, and a sum of what was written.
private final class BlockSource: BlockPortDevice {
    let name = "block"
    private var count: UInt32 = 0

    func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        count = count &* 0x19660D &+ 0x3C6EF35F
        return count >> 3 & width.mask
    }

    func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) { count = count &* 31 &+ value }

    func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { nil }

    func readBlock(bank: UInt8, offset: UInt16, width: Width, into buffer: UnsafeMutableRawBufferPointer) {
        for start in stride(from: 0, to: buffer.count, by: width.bytes) {
            let value = read(bank: bank, offset: offset, width: width)
            for place in 0..<width.bytes {
                buffer[start + place] = UInt8(truncatingIfNeeded: value >> UInt32(8 * place))
            }
        }
    }

    func writeBlock(bank: UInt8, offset: UInt16, width: Width, from buffer: UnsafeRawBufferPointer) {
        for start in stride(from: 0, to: buffer.count, by: width.bytes) {
            var value: UInt32 = 0
            for place in 0..<width.bytes { value |= UInt32(buffer[start + place]) << UInt32(8 * place) }
            write(bank: bank, offset: offset, width: width, value: value)
        }
    }
}
