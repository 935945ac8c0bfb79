/// One DMA controller as a value: its registers and which channel is next, without ports, memory or pages.
///
/// Programmable DMA controller 8237A: four channels. Source: Intel 8237A datasheet (231466-005).
///
/// Registers (number, direction; byte registers of 16 bits go by the first/last flip-flop, low byte first):
///
///     0, 2, 4, 6  R/W    address of channel 0-3: writes set base and current, reads give the current one
///     1, 3, 5, 7  R/W    count of channel 0-3, transfers less one, likewise
///     8           read   status: 3-0 channel has reached TC since the last read, 7-4 channel has a request
///     8           write  command: 0 memory to memory, 1 channel 0 holds its address, 2 controller off, 3 compressed
///                        timing, 4 rotating priority, 5 extended write, 6 DREQ active low, 7 DACK active high
///     9           write  request: 1-0 channel, 2 set or clear
///     A           write  one mask bit: 1-0 channel, 2 set or clear
///     B           write  mode: 1-0 channel; 3-2 transfer: 0 verify, 1 write to memory, 2 read of memory; 4 auto-init;
///                        5 address goes down; 7-6 demand, single, block, cascade
///     C           write  clears the flip-flop
///     D           write  master clear            D  read  temporary register: the last byte from memory to memory
///     E           write  clears all mask bits
///     F           write  all mask bits
package struct DMA8237: Codable, Equatable, Sendable {
    /// One channel's registers.
    package struct Channel: Codable, Equatable, Sendable {
        /// What auto-initialisation loads.
        package var baseAddress: UInt16 = 0
        /// What auto-initialisation loads: transfers less one.
        package var baseCount: UInt16 = 0
        /// Of the next transfer.
        package var address: UInt16 = 0
        /// Transfers that are left, less one.
        package var count: UInt16 = 0
        /// Mode bits 7-2.
        package var mode: UInt8 = 0

        /// Bits 3-2 of the mode.
        package enum Transfer: UInt8 {
            /// Addresses and counts only.
            case verify = 0
            /// From the device to memory.
            case write = 1
            /// From memory to the device.
            case read = 2
            /// Nothing that the datasheet defines; as verify.
            case illegal = 3
        }

        /// What a cycle does.
        package var transfer: Transfer { Transfer(rawValue: mode >> 2 & 3) ?? .verify }
        /// Another master has the bus while it is acknowledged; the channel transfers nothing.
        package var isCascade: Bool { mode >> 6 == 3 }

        /// After a cycle: the next address and count; true if it was the last one.
        mutating func step(holdsAddress: Bool = false) -> Bool {
            if !holdsAddress { address = mode & 0x20 != 0 ? address &- 1 : address &+ 1 }
            count &-= 1
            guard count == .max else { return false }
            if mode & 0x10 != 0 { (address, count) = (baseAddress, baseCount) }
            return true
        }
    }

    private var channel0 = Channel()
    private var channel1 = Channel()
    private var channel2 = Channel()
    private var channel3 = Channel()
    /// Command register.
    package var command: UInt8 = 0
    /// Mask bits of the channels.
    package var mask: UInt8 = 0x0F
    /// Requests by software.
    package var requests: UInt8 = 0
    /// Levels of the DREQ inputs.
    package var inputs: UInt8 = 0
    /// Channels that have reached TC since the status was read.
    package var terminalCounts: UInt8 = 0
    /// The next byte of a register of 16 bits is the high one.
    package var isHighNext = false
    /// The last byte that went from memory to memory.
    package var temporary: UInt8 = 0
    /// The channel with the lowest priority; the next one upwards has the highest.
    package var lowestPriority: UInt8 = 3

    /// Power-on: all channels masked.
    package init() {}

    /// A channel, by the low two bits of its number.
    package subscript(number: UInt8) -> Channel {
        get {
            switch number & 3 {
            case 0: channel0
            case 1: channel1
            case 2: channel2
            default: channel3
            }
        }
        set {
            switch number & 3 {
            case 0: channel0 = newValue
            case 1: channel1 = newValue
            case 2: channel2 = newValue
            default: channel3 = newValue
            }
        }
    }

    // MARK: Requests

    /// Drives a DREQ input.
    package mutating func setInput(_ number: UInt8, _ level: Bool) {
        let bit = UInt8(1) << (number & 3)
        inputs = level ? inputs | bit : inputs & ~bit
    }

    /// Whether a channel acknowledges another controller, so that that one gets the bus.
    package func passesOn(_ number: UInt8) -> Bool {
        command & 4 == 0 && mask & (1 << (number & 3)) == 0 && self[number].isCascade
    }

    /// Requests that count: software's cannot be masked; channels in cascade mode transfer nothing.
    private var active: UInt8 {
        guard command & 4 == 0 else { return 0 }
        let requesting = (inputs & ~mask | requests) & 0x0F
        return (UInt8(0)..<4).reduce(requesting) { self[$1].isCascade ? $0 & ~(1 << $1) : $0 }
    }

    /// The channel that transfers next, or nil.
    package var next: UInt8? {
        let active = active
        guard active != 0 else { return nil }
        return (UInt8(1)...4).lazy.map { (lowestPriority &+ $0) & 3 }.first { active & (1 << $0) != 0 }
    }

    /// Whether a request of channel 0 moves memory to memory.
    package var movesMemory: Bool { command & 1 != 0 }

    /// Whether the cycle that a channel makes next is its last.
    package func isLast(_ number: UInt8) -> Bool { self[number].count == 0 }

    /// A cycle is over: address, count, priority, and at TC the status, the request and, without auto-init, the mask.
    package mutating func finishCycle(_ number: UInt8) {
        if command & 0x10 != 0 { lowestPriority = number & 3 }
        if self[number].step() { end(number) }
    }

    /// A byte from channel 0's address to channel 1's is over; channel 1 counts.
    package mutating func finishMove(_ byte: UInt8) {
        temporary = byte
        if self[0].step(holdsAddress: command & 2 != 0) { end(0) }
        if self[1].step() {
            end(1)
            requests &= ~1
        }
    }

    private mutating func end(_ number: UInt8) {
        let bit = UInt8(1) << (number & 3)
        terminalCounts |= bit
        // Channel 0 of a move from memory to memory ends with channel 1.
        if number != 0 || !movesMemory { requests &= ~bit }
        if self[number].mode & 0x10 == 0 { mask |= bit }
    }

    // MARK: Registers

    /// Reads register `number`, 0 to F; nil where nobody drives the bus.
    package mutating func read(_ number: UInt8) -> UInt8? {
        switch number & 0x0F {
        case let place where place < 8:
            let channel = self[place >> 1]
            return half(of: place & 1 == 0 ? channel.address : channel.count)
        case 8:
            defer { terminalCounts = 0 }
            return terminalCounts & 0x0F | (inputs | requests) << 4
        case 0x0D: return temporary
        default: return nil
        }
    }

    private mutating func half(of value: UInt16) -> UInt8 {
        defer { isHighNext.toggle() }
        return UInt8(truncatingIfNeeded: isHighNext ? value >> 8 : value)
    }

    /// Writes register `number`, 0 to F.
    package mutating func write(_ number: UInt8, _ value: UInt8) {
        let bit = UInt8(1) << (value & 3)
        let isSet = value & 4 != 0
        switch number & 0x0F {
        case let place where place < 8: writeHalf(place, value)
        case 8:
            command = value
            if value & 0x10 == 0 { lowestPriority = 3 }
        case 9: requests = isSet ? requests | bit : requests & ~bit
        case 0x0A: mask = isSet ? mask | bit : mask & ~bit
        case 0x0B: self[value].mode = value & 0xFC
        case 0x0C: isHighNext = false
        case 0x0D: clear()
        case 0x0E: mask = 0
        default: mask = value & 0x0F
        }
    }

    private mutating func writeHalf(_ place: UInt8, _ value: UInt8) {
        func changed(_ old: UInt16) -> UInt16 {
            isHighNext ? old & 0x00FF | UInt16(value) << 8 : old & 0xFF00 | UInt16(value)
        }
        var channel = self[place >> 1]
        if place & 1 == 0 {
            channel.baseAddress = changed(channel.baseAddress)
            channel.address = changed(channel.address)
        } else {
            channel.baseCount = changed(channel.baseCount)
            channel.count = changed(channel.count)
        }
        self[place >> 1] = channel
        isHighNext.toggle()
    }

    /// Master clear: as RESET; addresses, counts and modes stay.
    private mutating func clear() {
        command = 0
        requests = 0
        terminalCounts = 0
        temporary = 0
        isHighNext = false
        lowestPriority = 3
        mask = 0x0F
    }
}
