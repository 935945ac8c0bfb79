import X86Interp

/// The display interface of Bochs, "dispi": larger pictures than a VGA has, and a linear frame buffer.
///
/// Source: Bochs VBE display API, version B0C5; where it is silent, QEMU's `isa-vga`.
///
/// Registers, by index (port 1CE, a word) and data (port 1D0, a word; 1CF by bytes, which is how a word there comes):
///
///     0  R/W  ID: B0C5; B0C0 to B0C4 can be written for programs that are content with an older one
///     1  R/W  XRES, a multiple of 8       2  R/W  YRES       3  R/W  BPP: 4, 8, 15, 16, 24, 32
///     4  R/W  ENABLE: bit 0 on, 1 XRES, YRES and BPP read as the most there is, 5 the DAC has eight bits a part,
///             6 linear frame buffer (which is there always), 7 what is in memory stays
///     5  R/W  BANK: which 64 KiB are at A0000
///     6  R/W  VIRT_WIDTH                  7  R    VIRT_HEIGHT
///     8  R/W  X_OFFSET                    9  R/W  Y_OFFSET
///     A  R    memory in units of 64 KiB
///
/// The frame buffer is at E0000000, 16 MiB; of BPP 4 the picture is in the planes.
///
/// Decided: the sequencer stays what it is, for when the interface is switched off. The planes are not a part of the
/// frame buffer, as they are QEMU's: what one mode leaves, the other does not show.
///
/// Not modelled: pictures with BPP 4 of more than 256 KiB.
struct VBERegisters: Codable, Equatable, Sendable {
    /// The register at the data port.
    var index: UInt16 = 0
    /// The lower byte of a word that comes in two.
    var low: UInt8 = 0
    private var file = RegisterFile(count: VBERegisters.count * 2)

    /// Registers that can be written.
    static let count = 10
    /// Where the frame buffer is.
    static let frameBuffer: UInt64 = 0xE000_0000
    /// How much of it there is.
    static let size = 16 << 20
    /// What a picture has at most.
    private static let most: (width: Int, height: Int, bits: Int) = (16000, 12000, 32)

    /// Indices.
    enum Register {
        static let id = 0
        static let width = 1
        static let height = 2
        static let bits = 3
        static let enable = 4
        static let bank = 5
        static let virtualWidth = 6
        static let virtualHeight = 7
        static let x = 8
        static let y = 9
        static let memory = 10
    }

    /// Power-on: off.
    init() { self[Register.id] = 0xB0C5 }

    /// A register as it was written.
    subscript(number: Int) -> Int {
        get { Int(file[number * 2]) | Int(file[number * 2 + 1]) << 8 }
        set {
            file[number * 2] = UInt8(truncatingIfNeeded: newValue)
            file[number * 2 + 1] = UInt8(truncatingIfNeeded: newValue >> 8)
        }
    }

    /// The picture is this interface's.
    var isOn: Bool { self[Register.enable] & 1 != 0 }

    /// The DAC has eight bits a part.
    var hasWideDAC: Bool { self[Register.enable] & 0x20 != 0 }

    /// The picture's layout, whatever the registers hold.
    struct Layout {
        var width: Int
        var height: Int
        /// Bits of a pixel, 15 with one to spare.
        var bits: Int
        /// Bytes from a line to the next.
        var pitch: Int
        /// The first byte.
        var start: Int
        /// Lines that there is memory for.
        var lines: Int
    }

    /// The layout that comes nearest to what the registers ask for.
    var layout: Layout {
        let bits = [4, 8, 15, 16, 24, 32].contains(self[Register.bits]) ? self[Register.bits] : 8
        let size = bits == 4 ? VideoMemory.count * 4 : Self.size
        let width = max(8, min(self[Register.width] & ~7, Self.most.width))
        let row = max(width, min(self[Register.virtualWidth] & ~7, Self.most.width))
        let pitch = row * (bits == 15 ? 16 : bits) / 8
        let lines = size / pitch
        let height = min(max(1, min(self[Register.height], Self.most.height)), lines)
        // An offset behind which there is too little is none.
        let across = min(self[Register.x], Self.most.width) * (bits == 15 ? 16 : bits) / 8
        let down = min(self[Register.y], Self.most.height) * pitch
        let start = [across + down, across, 0].first { $0 + height * pitch <= size } ?? 0
        return Layout(width: width, height: height, bits: bits, pitch: pitch, start: start, lines: lines)
    }

    /// Makes the registers say what the layout is.
    private mutating func settle() {
        guard isOn else { return }
        let layout = layout
        let bits = layout.bits == 15 ? 16 : layout.bits
        self[Register.width] = layout.width
        self[Register.height] = layout.height
        self[Register.bits] = layout.bits
        self[Register.virtualWidth] = layout.pitch * 8 / bits
        self[Register.virtualHeight] = min(layout.lines, 0xFFFF)
        let across = min(self[Register.x], Self.most.width)
        self[Register.x] = layout.start == 0 ? 0 : across
        self[Register.y] = max(0, layout.start - across * bits / 8) / layout.pitch
    }

    /// What the data port reads.
    var data: Int {
        if index == Register.memory { return Self.size >> 16 }
        guard index < Self.count else { return 0 }
        if self[Register.enable] & 2 != 0 {
            switch Int(index) {
            case Register.width: return Self.most.width
            case Register.height: return Self.most.height
            case Register.bits: return Self.most.bits
            default: break
            }
        }
        return self[Int(index)]
    }

    /// Writes the register at the data port; true if the interface has been switched on.
    mutating func write(_ value: Int) -> Bool {
        switch Int(index) {
        case Register.id: if 0xB0C0...0xB0C5 ~= value { self[Register.id] = value }
        case Register.width, Register.height, Register.bits, Register.virtualWidth, Register.x, Register.y:
            self[Int(index)] = value
            settle()
        case Register.bank: self[Register.bank] = self[Register.bits] == 4 ? 0 : value & (Self.size >> 16 - 1)
        case Register.enable:
            let begins = value & 1 != 0 && !isOn
            self[Register.enable] = value
            if begins {
                for register in [Register.virtualWidth, Register.x, Register.y] { self[register] = 0 }
                settle()
            }
            if value & 1 == 0 { self[Register.bank] = 0 }
            return begins
        default: break
        }
        return false
    }
}

extension VGA.State {
    /// Each pixel is a byte or more in the frame buffer.
    var hasLinearPixels: Bool { vbe.isOn && vbe.layout.bits != 4 }

    /// What switching the interface on makes of the VGA's registers, so that the processor finds the memory.
    fileprivate mutating func setVBE() {
        let layout = vbe.layout
        let last = layout.height - 1
        graphics[6] = graphics[6] & ~0x0C | 0x05
        graphics[5] = graphics[5] & ~0x60 | (layout.bits == 4 ? 0 : 0x40)
        crtc[0x17] |= 3
        crtc[0x13] = UInt8(truncatingIfNeeded: layout.pitch >> 3)
        crtc[0x01] = UInt8(truncatingIfNeeded: layout.width / 8 - 1)
        crtc[0x12] = UInt8(truncatingIfNeeded: last)
        crtc[0x07] =
            crtc[0x07] & ~0x42 | UInt8(truncatingIfNeeded: last >> 7 & 2 | last >> 3 & 0x40) | 0x10
        crtc[0x18] = 0xFF
        crtc[0x09] = crtc[0x09] & ~0x9F | 0x40
        if layout.bits == 4 { sequencer[1] &= ~8 }
    }
}

extension VGA {
    /// Where the linear frame buffer is.
    static let frameBuffer = VBERegisters.frameBuffer

    /// What a port of the interface reads.
    func readVBE(_ register: UInt16) -> UInt32 {
        let vbe = registers.value.state.vbe
        return switch register {
        case Self.vbeIndex: UInt32(vbe.index)
        case Self.vbeBytes: UInt32(vbe.data & 0xFF)
        case Self.vbeBytes + 1: UInt32(vbe.data >> 8 & 0xFF)
        default: UInt32(vbe.data)
        }
    }

    /// A write to a port of the interface; a word in two bytes counts with its upper one.
    func writeVBE(_ register: UInt16, _ value: UInt32) {
        switch register {
        case Self.vbeIndex: registers.value.state.vbe.index = UInt16(truncatingIfNeeded: value)
        case Self.vbeBytes: registers.value.state.vbe.low = UInt8(truncatingIfNeeded: value)
        case Self.vbeBytes + 1: writeVBEData(Int(registers.value.state.vbe.low) | Int(value & 0xFF) << 8)
        default: writeVBEData(Int(value & 0xFFFF))
        }
    }

    private func writeVBEData(_ value: Int) {
        if registers.value.state.vbe.write(value) {
            registers.value.state.setVBE()
            if value & 0x80 == 0 { clearPicture() }
        }
        registers.value.refresh()
    }

    private func clearPicture() {
        let layout = registers.value.state.vbe.layout
        guard layout.bits != 4 else { return registers.value.state.memory.clear() }
        guard let space, hasFrameBuffer else { return }
        let zeros = [UInt8](repeating: 0, count: 4096)
        for place in stride(from: 0, to: layout.height * layout.pitch, by: 4096) {
            let address = UInt32(VBERegisters.frameBuffer) + UInt32(place)
            // What is zeros stays so: each page that is written takes memory of the host's.
            if space.peek(address, count: 4096) != zeros { space.load(zeros, at: address) }
        }
    }

    // MARK: The frame buffer by banks

    private func address(_ place: UInt32) -> UInt64 {
        let bank = registers.value.state.vbe[VBERegisters.Register.bank]
        return VBERegisters.frameBuffer + UInt64(bank << 16 + Int(place & 0xFFFF)) % UInt64(VBERegisters.size)
    }

    /// A byte of the window; open bus if there is no frame buffer.
    func frameBufferByte(_ place: UInt32) -> UInt8 {
        hasFrameBuffer ? space?.peek(physical: address(place)) ?? 0xFF : 0xFF
    }

    /// Writes to the window.
    func writeFrameBuffer(_ place: UInt32, _ width: Width, _ value: UInt32) {
        guard let space, hasFrameBuffer else { return }
        let bytes = (0..<width.bytes).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
        space.load(bytes, physical: address(place))
    }
}
