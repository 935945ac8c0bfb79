import TestSupport
import Testing
import X86Interp

@testable import Devices

/// Every register of the VGA and of Bochs's interface, by its port and number.
@Suite("VGA registers") struct VGARegisterTests {
    /// A group of registers behind an index and a data port.
    enum Group: Int, CaseIterable {
        case sequencer = 0x3C4
        case graphics = 0x3CE
        case crtc = 0x3D4
        case attribute = 0x3C0
    }

    /// One register, and the bits that it keeps: none where nobody has the number.
    struct Row: CustomStringConvertible {
        var group: Group
        var number: UInt32
        var name: String
        var kept: UInt32 = 0xFF
        var description: String { "\(group) \(String(number, radix: 16)), \(name)" }
    }

    /// The registers of the technical reference, and the numbers between them that nobody has.
    static let rows: [Row] = {
        func rows(_ group: Group, _ names: [String], count: UInt32, kept: (UInt32) -> UInt32 = { _ in 0xFF }) -> [Row] {
            (0..<count).map { number in
                let isThere = number < names.count
                return Row(
                    group: group, number: number, name: isThere ? names[Int(number)] : "none",
                    kept: isThere ? kept(number) : 0)
            }
        }
        let crtc = [
            "horizontal total", "horizontal display end", "start of horizontal blanking", "end of it",
            "start of horizontal retrace", "end of it", "vertical total", "overflow", "preset row scan",
            "maximum scan line", "cursor start", "cursor end", "start address high", "start address low",
            "cursor location high", "cursor location low", "vertical retrace start", "vertical retrace end",
            "vertical display end", "offset", "underline location", "start of vertical blanking", "end of it",
            "mode control", "line compare",
        ]
        let palette = (0..<16).map { "palette \($0)" }
        return rows(
            .sequencer, ["reset", "clocking mode", "map mask", "character map select", "memory mode"], count: 8)
            + rows(
                .graphics,
                [
                    "set/reset", "enable set/reset", "colour compare", "data rotate", "read map select", "mode",
                    "miscellaneous", "colour don't care", "bit mask",
                ], count: 16)
            + rows(.crtc, crtc, count: 0x22)
            + rows(
                .attribute,
                palette + [
                    "mode control", "overscan colour", "colour plane enable", "horizontal panning", "colour select",
                ], count: 32, kept: { $0 < 16 ? 0x3F : 0xFF })
    }()

    private let vga = VGA(clock: VirtualClock())

    private func read(_ port: Int) -> UInt32 { vga.read(bank: UInt8(port - 0x3B0), offset: 0, width: .byte) }

    private func write(_ port: Int, _ values: UInt32...) {
        for value in values { vga.write(bank: UInt8(port - 0x3B0), offset: 0, width: .byte, value: value) }
    }

    /// Writes a register.
    private func set(_ row: Row, _ value: UInt32) {
        if row.group == .attribute {
            _ = read(0x3DA)
            write(0x3C0, row.number | 0x20, value)
        } else {
            write(row.group.rawValue, row.number)
            write(row.group.rawValue + 1, value)
        }
    }

    private func get(_ row: Row) -> UInt32 {
        if row.group == .attribute {
            _ = read(0x3DA)
            write(0x3C0, row.number | 0x20)
            return read(0x3C1)
        }
        write(row.group.rawValue, row.number)
        return read(row.group.rawValue + 1)
    }

    @Test func eachRegisterKeepsItsBitsAndNoOthersChange() {
        vga.state.crtc[0x11] = 0
        for row in Self.rows {
            for value in [0xFF, 0x55, 0xAA, 0x00] as [UInt32] {
                set(row, value)
                #expect(get(row) == value & row.kept, "\(row)")
            }
            vga.state.crtc[0x11] = 0
        }
        // Each has a value of its own, and keeps it while the others are written; the CRT controller's 11 would lock.
        let rows = Self.rows.filter { $0.kept != 0 }
        for (number, row) in rows.enumerated() { set(row, UInt32(number * 7 + 1) & row.kept & 0x7F) }
        for (number, row) in rows.enumerated() {
            #expect(get(row) == UInt32(number * 7 + 1) & row.kept & 0x7F, "\(row)")
        }
    }

    @Test func registersZeroToSevenOfTheCRTControllerAreLocked() {
        for row in Self.rows where row.group == .crtc && row.number < 0x19 {
            vga.state.crtc[0x11] = 0x80
            vga.state.crtc[Int(row.number)] = row.number == 0x11 ? 0x80 : 0x24
            set(row, 0xDB)
            let expected: UInt32 = row.number == 7 ? 0x24 & ~0x10 | 0x10 : row.number < 7 ? 0x24 : 0xDB
            #expect(get(row) == expected, "\(row)")
        }
    }

    @Test func undocumentedRegistersTellOfTheInside() {
        write(0x3D4, 0x22)
        vga.state.latches = 0x4433_2211
        for plane in 0..<4 as Range<UInt32> {
            write(0x3CE, 4)
            write(0x3CF, plane)
            #expect(read(0x3D5) == 0x11 * (plane + 1))
        }
        _ = read(0x3DA)
        write(0x3D4, 0x24)
        #expect(read(0x3D5) == 0)
        write(0x3C0, 0x33)
        #expect(read(0x3D5) == 0x80)
        write(0x3D4, 0x26)
        #expect(read(0x3D5) == 0x33)
        write(0x3D5, 0xFF)
        #expect(read(0x3D5) == 0x33, "they are read only")
    }

    @Test func theOtherPortsKeepTheirBits() {
        // Port to write, to read, bits kept.
        let ports: [(write: Int, read: Int, kept: UInt32)] = [
            (0x3C6, 0x3C6, 0xFF), (0x3C3, 0x3C3, 0x01), (0x3DA, 0x3CA, 0x0B), (0x3C8, 0x3C8, 0xFF),
            (0x3C4, 0x3C4, 0x07), (0x3CE, 0x3CE, 0x0F), (0x3D4, 0x3D4, 0x3F), (0x3C2, 0x3CC, 0xFF),
        ]
        for (out, back, kept) in ports {
            for value in [0xAA, 0x55, 0xFF] as [UInt32] {
                vga.state.miscellaneous = 0x67
                write(out, value)
                #expect(read(back) == value & kept, "\(String(out, radix: 16))")
            }
        }
        #expect(read(0x3C2) == 0x10)
        // In the place of a monochrome adapter there is now what was in that of a colour one.
        write(0x3C2, 0x66)
        #expect(read(0x3B4) == 0x3F && read(0x3D4) == 0xFF && read(0x3DA) == 0xFF)
        for port in [0x3C9 - 0x0A, 0x3CB, 0x3CD] { #expect(read(port) == 0xFF) }
    }

    // MARK: Bochs's interface

    private func vbe(_ vga: VGA, _ index: UInt32, _ value: UInt32) {
        vga.write(bank: UInt8(VGA.vbeIndex), offset: 0, width: .word, value: index)
        vga.write(bank: UInt8(VGA.vbeData), offset: 0, width: .word, value: value)
    }

    private func vbe(_ vga: VGA, _ index: UInt32) -> UInt32 {
        vga.write(bank: UInt8(VGA.vbeIndex), offset: 0, width: .word, value: index)
        return vga.read(bank: UInt8(VGA.vbeData), offset: 0, width: .word)
    }

    @Test func theInterfacesRegistersAreAsBochsHasThem() {
        #expect((0...11).map { vbe(vga, $0) } == [0xB0C5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 256, 0])
        vbe(vga, 0, 0xB0C0)
        #expect(vbe(vga, 0) == 0xB0C0)
        vbe(vga, 0, 0x1234)
        #expect(vbe(vga, 0) == 0xB0C0)
        // What the most is.
        vbe(vga, 4, 2)
        #expect((1...3).map { vbe(vga, $0) } == [16000, 12000, 32])
        vbe(vga, 4, 0)
        for (index, value) in [(1, 1027), (2, 768), (3, 32)] as [(UInt32, UInt32)] { vbe(vga, index, value) }
        #expect(vbe(vga, 1) == 1027)
        vbe(vga, 4, 0x41)
        #expect((1...9).map { vbe(vga, $0) } == [1024, 768, 32, 0x41, 0, 1024, 4096, 0, 0])
        vbe(vga, 6, 2047)
        vbe(vga, 8, 16)
        vbe(vga, 9, 1000)
        #expect((6...9).map { vbe(vga, $0) } == [2040, 2056, 16, 1000])
        // Behind what there is memory for.
        vbe(vga, 9, 2000)
        #expect(vbe(vga, 9) == 0)
        vbe(vga, 3, 7)
        #expect(vbe(vga, 3) == 8)
        vbe(vga, 5, 0x1FF)
        #expect(vbe(vga, 5) == 0xFF)
        // A word in two bytes.
        _ = vbe(vga, 2)
        vga.write(bank: UInt8(VGA.vbeBytes), offset: 0, width: .byte, value: 0x2C)
        #expect(vbe(vga, 2) == 768)
        vga.write(bank: UInt8(VGA.vbeBytes), offset: 1, width: .byte, value: 0x01)
        #expect(vbe(vga, 2) == 300)
        #expect(vga.read(bank: UInt8(VGA.vbeBytes), offset: 0, width: .byte) == 0x2C)
        #expect(vga.read(bank: UInt8(VGA.vbeBytes), offset: 1, width: .byte) == 0x01)
    }

    /// Each depth, in a machine with a frame buffer: at E0000000, and by banks at A0000.
    @Test(arguments: [8, 15, 16, 24, 32] as [UInt32]) func theFrameBufferIsShown(bits: UInt32) throws {
        let machine = try Machine(ramSize: 1 << 20)
        let board = try Board(machine: machine)
        let vga = try #require(board["vga"] as? VGA)
        vbe(vga, 1, 320)
        vbe(vga, 2, 240)
        vbe(vga, 3, bits)
        vbe(vga, 4, 0x41)
        let size = UInt32((bits + 7) / 8)
        let pixel: [UInt8] =
            bits == 8 ? [0x0F] : bits == 15 ? [0x1F, 0x7C] : bits == 16 ? [0x1F, 0xF8] : [0xFF, 0, 0xFF]
        let place = (239 * 320 + 319) * size
        machine.memory.load(pixel, at: 0xE000_0000 + place)
        vbe(vga, 5, place >> 16)
        let offset = 0xA0000 + place & 0xFFFF
        #expect(machine.memory.peek(0xA0000 + place & 0xFFFF) == pixel[0] && offset >= 0xA0000)
        [0x0F as UInt8].withUnsafeBytes { machine.memory.write($0, at: 0xA0000) }
        #expect(machine.memory.peek(0xE000_0000 + place & ~0xFFFF) == 0x0F)
        let picture = board.screen.picture()
        #expect(picture.width == 320 && picture.height == 240)
        let white = ScreenColor(red: 0xFF, green: 0xFF, blue: 0xFF)
        let corner = picture[319, 239]
        #expect(
            bits == 8 ? corner == vga.state.color(pixel: 0x0F) : corner.red == 0xFF && corner.green == 0, "\(white)")
        // What is there stays, or does not.
        vbe(vga, 4, 0)
        vbe(vga, 4, 0xC1)
        #expect(machine.memory.peek(0xE000_0000 + place) == pixel[0])
        vbe(vga, 4, 0)
        vbe(vga, 4, 0x41)
        #expect(machine.memory.peek(0xE000_0000 + place) == 0)
    }

    @Test func fourBitsAreOfThePlanes() {
        vbe(vga, 1, 640)
        vbe(vga, 2, 480)
        vbe(vga, 3, 4)
        vbe(vga, 4, 1)
        vga.state.memory[479 * 80 + 79] = 0x0100_0101
        let picture = vga.state.picture { _, _ in [] }
        #expect(picture.width == 640 && picture.height == 480)
        #expect(
            picture[639, 479] == vga.state.color(attribute: 0x0B) && picture[638, 479] == vga.state.color(attribute: 0))
        // More than the planes have is cut off.
        vbe(vga, 1, 1024)
        vbe(vga, 2, 768)
        #expect(vbe(vga, 2) == 512)
    }
}
