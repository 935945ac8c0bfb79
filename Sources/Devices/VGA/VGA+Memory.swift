import X86Interp

/// How the processor reaches the memory, as the registers have it: made anew when one of them changes.
struct VideoWindow {
    /// What most programs do, of which an access is one word of the planes.
    enum Path {
        /// Even bytes are of plane 0, odd ones of plane 1, and nothing changes them on their way.
        case text
        /// Four bytes in a row are of planes 0 to 3, and nothing changes them on their way.
        case chained
        /// Bytes of the linear frame buffer.
        case linear
        /// Anything else.
        case general
    }

    /// The first offset from A0000 that answers.
    var first: UInt32 = 0
    /// How many bytes do.
    var size: UInt32 = 0
    var path = Path.general
    /// What a chained pair of bytes has for the lowest bit of its address.
    var pageBit = 0
}

extension UInt8 {
    /// The lower four bits, each as a whole byte of a word.
    fileprivate var spread: UInt32 { (UInt32(self & 15) &* 0x0020_4081 & 0x0101_0101) &* 0xFF }
}

/// Memory from A0000 on: sequencer and graphics controller stand between the processor and the planes.
extension VGA.State {
    /// How the registers have it.
    var videoWindow: VideoWindow {
        var found = VideoWindow()
        // Bit 1 of miscellaneous output: the processor reaches the memory.
        guard miscellaneous & 2 != 0 else { return found }
        let window = window
        (found.first, found.size) = (window.base - 0xA0000, window.size)
        if hasLinearPixels {
            found.path = .linear
            return found
        }
        found.pageBit = miscellaneous & 0x20 != 0 ? 0 : 1
        let isPlain = graphics[1] & 0x0F == 0 && graphics[3] & 0x1F == 0 && graphics[8] == 0xFF
        guard isPlain, graphics[5] & 0x0B == 0 else { return found }
        if sequencer[4] & 8 != 0 {
            if sequencer[2] & 0x0F == 0x0F { found.path = .chained }
        } else if sequencer[4] & 4 == 0, graphics[6] & 0x0E >= 6, graphics[6] & 2 != 0, graphics[5] & 0x10 != 0,
            graphics[4] & 2 == 0, sequencer[2] & 0x0F == 3
        {
            found.path = .text
        }
        return found
    }

    /// Where in the planes a byte of the window is, and which planes it is of when it is written.
    @inline(__always)
    private func planes(at place: UInt32) -> (address: Int, mask: UInt32) {
        let offset = Int(place)
        if sequencer[4] & 8 != 0 {
            return (offset & 0xFFFC | offset >> 16 & 3, 0xFF << (8 * (place & 3)))
        }
        var address = offset & 0xFFFF
        if graphics[6] & 2 != 0 {
            // With 128 KiB the address has the bit that else comes from miscellaneous output.
            let bit = graphics[6] & 0x0C == 0 ? offset >> 16 & 1 : miscellaneous & 0x20 != 0 ? 0 : 1
            address = address & ~1 | bit
        }
        let isEven = place & 1 == 0
        return (address, sequencer[4] & 4 != 0 ? .max : isEven ? 0x00FF_00FF : 0xFF00_FF00)
    }

    /// What a read of a byte of the window returns, and what the latches are then.
    func look(at place: UInt32) -> (value: UInt8, latches: UInt32) {
        let (address, _) = planes(at: place)
        let word = memory[address]
        guard graphics[5] & 8 == 0 || sequencer[4] & 8 != 0 else {
            // Bits whose colour is the one asked for, in the planes that count.
            let differing = (word ^ graphics[2].spread) & graphics[7].spread
            let either = differing | differing >> 16
            return (~UInt8(truncatingIfNeeded: either | either >> 8), word)
        }
        let plane: UInt32
        if sequencer[4] & 8 != 0 {
            plane = place & 3
        } else if graphics[5] & 0x10 != 0 {
            plane = UInt32(graphics[4]) & 2 | place & 1
        } else {
            plane = UInt32(graphics[4]) & 3
        }
        return (UInt8(truncatingIfNeeded: word >> (8 * plane)), word)
    }

    /// Writes a byte of the window, by the write mode.
    mutating func write(_ byte: UInt8, at place: UInt32) {
        let (address, chosen) = planes(at: place)
        let mask = sequencer[2].spread & chosen
        let rotation = graphics[3] & 7
        let rotated = byte >> rotation | byte << ((8 - rotation) & 7)
        var bits = graphics[8]
        var value: UInt32
        switch graphics[5] & 3 {
        case 1:
            memory.set(address, latches, mask: mask)
            return
        case 2: value = byte.spread
        case 3:
            bits &= rotated
            value = graphics[0].spread
        default:
            let fixed = graphics[1].spread
            value = UInt32(rotated) * 0x0101_0101 & ~fixed | graphics[0].spread & fixed
        }
        switch graphics[3] >> 3 & 3 {
        case 1: value &= latches
        case 2: value |= latches
        case 3: value ^= latches
        default: break
        }
        let changed = UInt32(bits) * 0x0101_0101
        memory.set(address, value & changed | latches & ~changed, mask: mask)
    }
}

extension VGA {
    /// A0000 to BFFFF, of which the registers choose a part.
    public var memoryRegions: [MemoryRegion] {
        hasMemory ? [MemoryRegion(start: 0xA0000, size: 0x20000, tier: tier)] : []
    }

    /// What is in memory; the latches get it.
    public func readMemory(bank: UInt8, offset: UInt32, width: Width) -> UInt32 {
        let window = registers.value.window
        let place = offset &- window.first
        guard place < window.size else { return width.mask }
        switch window.path {
        case .chained:
            let word = registers.value.state.memory[Int(place & 0xFFFC | place >> 16 & 3)]
            registers.value.state.latches = word
            return word >> (8 * (place & 3)) & width.mask
        case .text:
            let address = Int(place & 0xFFFE) | window.pageBit
            var word = registers.value.state.memory[address]
            var value = word & 0xFFFF
            if width == .dword {
                word = registers.value.state.memory[address + 2]
                value |= word << 16
            }
            registers.value.state.latches = word
            return value >> (8 * (place & 1)) & width.mask
        case .linear, .general:
            return (0..<UInt32(width.bytes)).reduce(0) { value, number in
                value | UInt32(readByte(place &+ number)) << (8 * number)
            }
        }
    }

    /// Changes memory, by the write mode.
    public func writeMemory(bank: UInt8, offset: UInt32, width: Width, value: UInt32) {
        let window = registers.value.window
        let place = offset &- window.first
        guard place < window.size else { return }
        switch window.path {
        case .chained:
            let shift = 8 * (place & 3)
            registers.value.state.memory.set(
                Int(place & 0xFFFC | place >> 16 & 3), value << shift, mask: width.mask << shift)
        case .text:
            let address = Int(place & 0xFFFE) | window.pageBit
            let shift = 8 * (place & 1)
            registers.value.state.memory.set(address, value << shift, mask: (width.mask & 0xFFFF) << shift)
            if width == .dword { registers.value.state.memory.set(address + 2, value >> 16, mask: 0xFFFF) }
        case .linear: writeFrameBuffer(place, width, value)
        case .general:
            for number in 0..<UInt32(width.bytes) {
                registers.value.state.write(UInt8(truncatingIfNeeded: value >> (8 * number)), at: place &+ number)
            }
        }
    }

    /// What a read would return; the latches stay.
    public func peekMemory(bank: UInt8, offset: UInt32) -> UInt8? {
        let window = registers.value.window
        let place = offset &- window.first
        guard place < window.size else { return 0xFF }
        return window.path == .linear ? frameBufferByte(place) : registers.value.state.look(at: place).value
    }

    private func readByte(_ place: UInt32) -> UInt8 {
        if registers.value.window.path == .linear { return frameBufferByte(place) }
        let (value, latches) = registers.value.state.look(at: place)
        registers.value.state.latches = latches
        return value
    }

    // MARK: Programs of the host's

    /// Whether a physical address is in a display's part of memory.
    static func isVideo(_ address: UInt32) -> Bool { address &- 0xA0000 < 0x20000 }

    /// Whether a physical address is in the display's part of memory.
    public func holds(_ address: UInt32) -> Bool { Self.isVideo(address) }

    /// Bytes from a physical address on, as a BIOS reads them.
    public func bytes(at address: UInt32, count: Int) -> [UInt8] {
        (0..<UInt32(clamping: count)).map { peekMemory(bank: 0, offset: address &- 0xA0000 &+ $0) ?? 0xFF }
    }

    /// Writes bytes from a physical address on, as a BIOS does.
    public func store(_ bytes: [UInt8], at address: UInt32) {
        var place = address &- 0xA0000
        let window = registers.value.window
        let first = place &- window.first
        if window.path == .text, first & 1 == 0, bytes.count & 1 == 0, first < window.size {
            let text = bytes.prefix(Int(window.size - first))
            return registers.value.state.memory.setText(text, from: Int(first & 0xFFFE) | window.pageBit)
        }
        var index = 0
        while index < bytes.count {
            if place & 3 == 0, bytes.count - index >= 4 {
                let value = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[index + $1]) << (8 * UInt32($1)) }
                writeMemory(bank: 0, offset: place, width: .dword, value: value)
                (place, index) = (place &+ 4, index + 4)
            } else {
                writeMemory(bank: 0, offset: place, width: .byte, value: UInt32(bytes[index]))
                (place, index) = (place &+ 1, index + 1)
            }
        }
    }
}
