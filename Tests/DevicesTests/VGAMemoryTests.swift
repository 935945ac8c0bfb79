import TestSupport
import Testing
import X86Interp

@testable import Devices

/// The display's memory against the text of the technical reference, bit by bit.
@Suite("VGA memory") struct VGAMemoryTests {
    /// Four planes of bytes, and the registers, told as slowly as can be.
    private struct Reference {
        var planes = [[UInt8]](repeating: [UInt8](repeating: 0, count: 0x10000), count: 4)
        var latches: [UInt8] = [0, 0, 0, 0]
        var graphics: [UInt8]
        var sequencer: [UInt8]
        var miscellaneous: UInt8

        private func place(_ offset: Int) -> (address: Int, planes: [Int])? {
            guard miscellaneous & 2 != 0 else { return nil }
            let windows = [0..<0x20000, 0..<0x10000, 0x10000..<0x18000, 0x18000..<0x20000]
            let window = windows[Int(graphics[6] >> 2 & 3)]
            guard window.contains(offset) else { return nil }
            let place = offset - window.lowerBound
            if sequencer[4] & 8 != 0 {
                let address = (place / 4 * 4 + place >> 16) & 0xFFFF
                return (address, [place & 3])
            }
            var address = place & 0xFFFF
            if graphics[6] & 2 != 0 {
                let isWide = graphics[6] & 0x0C == 0
                let bit = isWide ? place >> 16 : miscellaneous & 0x20 != 0 ? 0 : 1
                address = address / 2 * 2 + bit
            }
            if sequencer[4] & 4 != 0 { return (address, [0, 1, 2, 3]) }
            return (address, place % 2 == 0 ? [0, 2] : [1, 3])
        }

        mutating func read(_ offset: Int) -> UInt8 {
            guard let (address, chosen) = place(offset) else { return 0xFF }
            latches = planes.map { $0[address] }
            if sequencer[4] & 8 != 0 { return latches[chosen[0]] }
            if graphics[5] & 8 != 0 {
                var value: UInt8 = 0
                for bit in 0..<8 where isEqual(bit) { value |= UInt8(1 << bit) }
                return value
            }
            let plane = Int(graphics[4] & 3)
            let isOddEven = graphics[5] & 0x10 != 0
            return latches[isOddEven ? plane / 2 * 2 + offset % 2 : plane]
        }

        /// Whether a bit of the latches has the colour that is asked for, in the planes that count.
        private func isEqual(_ bit: Int) -> Bool {
            for plane in 0..<4 where (graphics[7] >> plane) & 1 != 0 {
                let found = (latches[plane] >> bit) & 1
                let wanted = (graphics[2] >> plane) & 1
                if found != wanted { return false }
            }
            return true
        }

        mutating func write(_ offset: Int, _ byte: UInt8) {
            guard let (address, chosen) = place(offset) else { return }
            for plane in chosen where sequencer[2] >> UInt8(plane) & 1 != 0 {
                planes[plane][address] = value(byte, plane)
            }
        }

        private func value(_ byte: UInt8, _ plane: Int) -> UInt8 {
            let latch = latches[plane]
            let count = graphics[3] & 7
            let rotated = count == 0 ? byte : byte >> count | byte << (8 - count)
            let fixed: UInt8 = graphics[0] >> UInt8(plane) & 1 != 0 ? 0xFF : 0
            var (value, mask) = (rotated, graphics[8])
            switch graphics[5] & 3 {
            case 0: if graphics[1] >> UInt8(plane) & 1 != 0 { value = fixed }
            case 1: return latch
            case 2: value = byte >> UInt8(plane) & 1 != 0 ? 0xFF : 0
            default: (value, mask) = (fixed, mask & rotated)
            }
            let choices: [UInt8] = [value, value & latch, value | latch, value ^ latch]
            let mixed = choices[Int((graphics[3] >> 3) & 3)]
            return (mixed & mask) | (latch & ~mask)
        }
    }

    private func set(_ vga: VGA, _ reference: Reference) {
        vga.state.graphics = RegisterFile(reference.graphics)
        vga.state.sequencer = RegisterFile(reference.sequencer)
        vga.state.miscellaneous = reference.miscellaneous
    }

    /// Registers as programs have them, with some changed at random.
    private func registers(_ random: inout SeededGenerator) -> (graphics: [UInt8], sequencer: [UInt8]) {
        func byte() -> UInt8 { UInt8.random(in: 0...255, using: &random) }
        let kinds: [(graphics: [UInt8], sequencer: [UInt8])] = [
            ([0, 0, 0, 0, 0, 0x10, 0x0E, 0, 0xFF], [3, 0, 3, 0, 2]),
            ([0, 0, 0, 0, 0, 0x40, 5, 15, 0xFF], [3, 1, 15, 0, 14]),
            ([0, 0, 0, 0, 0, 0, 5, 15, 0xFF], [3, 1, 15, 0, 6]),
            ([0, 0, 0, 0, 0, 0x10, 0x0A, 0, 0xFF], [3, 0, 3, 0, 2]),
        ]
        var (graphics, sequencer) = kinds[Int(byte() & 3)]
        for _ in 0..<Int(byte() % 6) { graphics[Int(byte() % 9)] = byte() }
        for _ in 0..<Int(byte() % 3) { sequencer[Int(byte() % 5)] = byte() }
        return (graphics, sequencer)
    }

    @Test func allModesAreThoseOfTheReference() {
        var random = SeededGenerator(seed: 15)
        let vga = VGA(clock: VirtualClock())
        vga.state.memory.clear()
        var reference = Reference(graphics: [], sequencer: [], miscellaneous: 0x67)
        for round in 0..<400 {
            (reference.graphics, reference.sequencer) = registers(&random)
            reference.miscellaneous = [0x67, 0x63, 0x47, 0x65][Int.random(in: 0...3, using: &random)]
            set(vga, reference)
            for _ in 0..<40 {
                let width = [Width.byte, .word, .dword][Int.random(in: 0...2, using: &random)]
                let spread = [0x40, 0x20000][Int.random(in: 0...1, using: &random)]
                let base = [0, 0x10000, 0x18000][Int.random(in: 0...2, using: &random)]
                let offset = (base + Int.random(in: 0..<spread, using: &random)) & 0x1FFFF & ~(width.bytes - 1)
                if Bool.random(using: &random) {
                    let peeks = (0..<width.bytes).map { vga.peekMemory(bank: 0, offset: UInt32(offset + $0)) }
                    let value = vga.readMemory(bank: 0, offset: UInt32(offset), width: width)
                    let bytes = (0..<width.bytes).map { reference.read(offset + $0) }
                    let expected = bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                    #expect(value == expected && peeks.compactMap { $0 } == bytes, "round \(round), \(offset)")
                } else {
                    let value = UInt32.random(in: 0 ... .max, using: &random) & width.mask
                    vga.writeMemory(bank: 0, offset: UInt32(offset), width: width, value: value)
                    for number in 0..<width.bytes {
                        reference.write(offset + number, UInt8(truncatingIfNeeded: value >> (8 * UInt32(number))))
                    }
                }
            }
            let latches = vga.state.latches
            let bytes = (0..<4 as Range<UInt32>).map { UInt8(truncatingIfNeeded: latches >> (8 * $0)) }
            #expect(bytes == reference.latches)
        }
        let memory = vga.state.memory
        for plane in 0..<4 { #expect((0..<0x10000).map { memory[$0, plane: plane] } == reference.planes[plane]) }
    }

    /// Any ports and memory, snapshots in between: no trap, bounded pictures, and the same again.
    @Test func randomAccessesEndAlike() throws {
        for seed in 0..<UInt64(LongTests.count(short: 4)) {
            var hashes: Set<UInt64> = []
            for tier in [Tier.kernel, .user] {
                let machine = try Machine(ramSize: 1 << 16)
                let board = try Board(machine: machine)
                machine.setTier(tier, ofDevice: "vga")
                var random = SeededGenerator(seed: seed)
                let ports = machine.ports.claims.filter { $0.device.name == "vga" }
                for step in 0..<1500 {
                    access(machine, ports, &random)
                    if step % 500 == 499 {
                        let snapshot = machine.snapshot()
                        access(machine, ports, &random)
                        try machine.restore(snapshot)
                    }
                }
                // Larger than that it is slow in a debug build.
                let size = try #require(board["vga"] as? VGA).state.vbe.layout
                if tier == .kernel, size.width * size.height < 1 << 20 { #expect(board.screen.png().count < 8 << 20) }
                hashes.insert(machine.hash())
            }
            #expect(hashes.count == 1, "seed \(seed)")
        }
    }

    private func access(_ machine: Machine, _ ports: [PortClaim], _ random: inout SeededGenerator) {
        let isWrite = UInt8.random(in: 0...3, using: &random) != 0
        var value = UInt32.random(in: 0 ... .max, using: &random)
        if Bool.random(using: &random) { value &= 0x0F0F_0F0F }
        if Bool.random(using: &random) {
            let address = 0xA0000 + UInt32.random(in: 0..<0x20000, using: &random) & ~3
            if isWrite {
                withUnsafeBytes(of: value) { machine.memory.write($0, at: address) }
            } else {
                _ = machine.memory.peek(address, count: 4)
            }
            return
        }
        let claim = ports[Int.random(in: ports.indices, using: &random)]
        let width = claim.widths.contains(.byte) ? Width.byte : .word
        let offset =
            width == .word ? 0 : UInt16.random(in: 0...claim.ports.upperBound - claim.ports.lowerBound, using: &random)
        if isWrite {
            claim.device.write(bank: claim.bank, offset: offset, width: width, value: value & width.mask)
        } else {
            _ = claim.device.read(bank: claim.bank, offset: offset, width: width)
        }
    }

    /// Many bytes of a BIOS at once are as single writes, at the end of the window, too.
    @Test(arguments: [0x03, 0x07, 0x13, 0x12] as [UInt8]) func manyBytesAreAsSingleOnes(mode: UInt8) {
        var random = SeededGenerator(seed: UInt64(mode))
        let (many, single) = (VGA(clock: VirtualClock()), VGA(clock: VirtualClock()))
        for vga in [many, single] { vga.setMode(mode, keepsPalette: false) }
        for start: UInt32 in [0xA0000, 0xB0002, 0xB7FF0, 0xB8001, 0xBFFF8, 0xBFFFA] {
            let bytes = (0..<24).map { _ in UInt8.random(in: 0...255, using: &random) }
            many.store(bytes, at: start)
            for (number, byte) in bytes.enumerated() { single.store([byte], at: start + UInt32(number)) }
            #expect(many.state == single.state, "\(start)")
        }
    }

    @Test func aSnapshotHasWhatIsWritten() throws {
        var memory = VideoMemory()
        #expect(memory == VideoMemory())
        memory[0xFFFF, plane: 3] = 7
        memory[0x10000, plane: 0] = 1
        #expect(memory[0xFFFF] == 0x0700_0000 && memory[0] == 1 && memory != VideoMemory())
        let machine = try Machine(ramSize: 1 << 16)
        let board = try Board(machine: machine)
        let vga = try #require(board["vga"] as? VGA)
        let before = machine.hash()
        vga.store([0x41, 0x1F], at: 0xB8FA0)
        #expect(machine.hash() != before)
        let file = try machine.snapshot().encoded()
        vga.store([0x42], at: 0xB8FA0)
        try machine.restore(try Snapshot(decoding: file, for: machine))
        #expect(vga.bytes(at: 0xB8FA0, count: 2) == [0x41, 0x1F])
    }

    /// Modes with planes: pixels, text and pages by the BIOS.
    @Test(arguments: [0x0D, 0x0E, 0x10, 0x11, 0x12] as [UInt16]) func theBIOSDrawsInPlanes(mode: UInt16) throws {
        let guest = try BIOSGuest([])
        _ = try BIOSGuest.call(0x10, ax: mode, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0C05, cx: 13, dx: 9, on: guest)
        #expect(try BIOSGuest.call(0x10, ax: 0x0D00, cx: 13, dx: 9, on: guest).ax & 0xFF == 5)
        _ = try BIOSGuest.call(0x10, ax: 0x0C83, cx: 13, dx: 9, on: guest)
        #expect(try BIOSGuest.call(0x10, ax: 0x0D00, cx: 13, dx: 9, on: guest).ax & 0xFF == 6)
        let vga = try #require(guest.board["vga"] as? VGA)
        let picture = guest.board.screen.picture()
        let scale = picture.width / (mode == 0x0D ? 320 : 640)
        let rows: [UInt16: Int] = [0x0D: 200, 0x0E: 200, 0x10: 350, 0x11: 480, 0x12: 480]
        let lines = picture.height / (rows[mode] ?? 1)
        #expect(picture[13 * scale, 9 * lines] == vga.state.color(attribute: 6))
        #expect(picture[14 * scale, 9 * lines] == vga.state.color(attribute: 0))
        // A character, and the row that it is scrolled to.
        _ = try BIOSGuest.call(0x10, ax: 0x0200, dx: 0x0203, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0941, bx: 0x000E, cx: 1, on: guest)
        #expect(try BIOSGuest.call(0x10, ax: 0x0800, on: guest).ax == 0x0E41)
        _ = try BIOSGuest.call(0x10, ax: 0x0601, bx: 0, cx: 0, dx: 0x1827, on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0200, dx: 0x0103, on: guest)
        #expect(try BIOSGuest.call(0x10, ax: 0x0800, on: guest).ax == 0x0E41)
    }

    /// What no picture of the fixtures has: panning, preset row, underline, blinking, the cursor, the screen off.
    @Test func thePictureFollowsItsRegisters() {
        let vga = VGA(clock: VirtualClock())
        vga.store([0xDB, 0x0F, 0x20, 0x0F, 0xDB, 0x81], at: 0xB8000)
        func picture(_ cursor: Bool = false) -> ScreenPicture { vga.state.picture(showsCursor: cursor) { _, _ in [] } }
        let (white, black) = (vga.state.color(attribute: 15), vga.state.color(attribute: 0))
        #expect(picture()[0, 0] == white && picture()[8, 0] == white && picture()[9, 0] == black)
        vga.state.attribute[0x13] = 3
        #expect(picture()[4, 0] == white && picture()[5, 0] == black && picture().width == 720)
        vga.state.attribute[0x13] = 8
        // Blinking is no bright background: blue on black, on grey without.
        #expect(picture()[18, 0] == vga.state.color(attribute: 1))
        vga.store([0x20], at: 0xB8004)
        #expect(picture()[18, 0] == black && picture()[18, 9] == black)
        vga.state.crtc[0x14] = 9
        #expect(picture()[18, 9] == vga.state.color(attribute: 1) && picture()[18, 8] == black)
        vga.state.attribute[0x10] &= ~8
        #expect(picture()[18, 0] == vga.state.color(attribute: 8))
        // The cursor in its lines, if asked for.
        vga.state.cursor = 1
        #expect(picture(true)[9, 14] == white && picture(true)[9, 12] == black && picture()[9, 14] == black)
        // The first row is cut.
        vga.store([0xDC, 0x0F], at: 0xB8000)
        #expect(picture()[0, 7] == black && picture()[0, 8] == white)
        vga.state.crtc[8] = 5
        #expect(picture()[0, 2] == black && picture()[0, 3] == white)
        vga.state.crtc[8] = 0x20
        #expect(picture()[0, 8] == black, "by a character")
        vga.state.sequencer[1] |= 0x20
        #expect(Set(picture().pixels).count == 1)
        vga.state.sequencer[1] &= ~0x20
        #expect(Set(picture().pixels).count > 1)
        vga.state.attributeIndex = 0
        #expect(Set(picture().pixels) == [0])
    }
}
