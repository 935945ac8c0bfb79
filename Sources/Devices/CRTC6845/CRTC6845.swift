/// The CRT controller of the first display adapters as a value: when lines begin and end, and which character is next.
///
/// CRT controller 6845. Source: Motorola MC6845 datasheet.
///
/// Registers (address line 0, direction):
///
///     0  write  index of the register at the other address, five bits; reads float
///     1  R/W    00 columns of a line less one, 01 columns shown, 02 and 03 horizontal retrace, 04 rows less one, 05
///               lines beside them, 06 rows shown, 07 row of the vertical retrace, 08 interlace, 09 last line of a row,
///               0A and 0B first and last line of the cursor (bits 6-5 of 0A: 1 hides it, 2 and 3 blink), all of these
///               write only; 0C and 0D start of the picture, write only, too; 0E and 0F place of the cursor, R/W; 10
///               and 11 place of the light pen, read only
///
/// Interrupts: none.
///
/// Decided: registers that cannot be read, and those behind 11, read 00.
///
/// Not modelled: interlace, the width of the horizontal retrace.
package struct CRTC6845: Codable, Equatable, Sendable {
    /// Which register is at the data address.
    package var index: UInt8 = 0
    /// Registers 00 to 11.
    package var registers = RegisterFile(count: 18)

    /// Bits that each register has.
    private static let masks: [UInt8] = [
        0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x1F, 0x7F, 0x7F, 0x03, 0x1F, 0x7F, 0x1F, 0x3F, 0xFF, 0x3F, 0xFF, 0x3F, 0xFF,
    ]
    /// Lines that the vertical retrace takes.
    private static let retraceLines: UInt64 = 16
    /// Bits of an address in memory.
    static let addresses = 0x3FFF

    /// Zeros.
    package init() {}

    // MARK: Registers

    /// Sets the index, or the register that it names.
    package mutating func write(isData: Bool, _ value: UInt8) {
        guard isData else {
            index = value & 0x1F
            return
        }
        guard index < 0x10 else { return }
        registers[Int(index)] = value & Self.masks[Int(index)]
    }

    /// The register that the index names, if that can be read.
    package func read(isData: Bool) -> UInt8 {
        guard isData else { return 0xFF }
        return 0x0E...0x11 ~= index ? registers[Int(index)] : 0
    }

    /// Keeps a place for programs that ask for the light pen's.
    package mutating func latch(_ address: Int) { self[pair: 0x10] = address & Self.addresses }

    /// A value of 14 bits in two registers, the upper part first.
    private subscript(pair high: Int) -> Int {
        get { (Int(registers[high]) << 8 | Int(registers[high + 1])) & Self.addresses }
        set {
            registers[high] = UInt8(truncatingIfNeeded: newValue >> 8) & 0x3F
            registers[high + 1] = UInt8(truncatingIfNeeded: newValue)
        }
    }

    // MARK: The picture

    /// Columns that are shown.
    package var columns: Int { Int(registers[1]) }
    /// Rows that are shown.
    package var rows: Int { Int(registers[6]) }
    /// Lines of a row.
    package var rowHeight: Int { Int(registers[9] & 0x1F) + 1 }

    /// The address of the first character.
    package var start: Int {
        get { self[pair: 0x0C] }
        set { self[pair: 0x0C] = newValue }
    }

    /// The address of the character that the cursor is on.
    package var cursor: Int {
        get { self[pair: 0x0E] }
        set { self[pair: 0x0E] = newValue }
    }

    /// The first and the last line of the cursor; nil while it is hidden.
    package var cursorLines: ClosedRange<Int>? {
        let (first, last) = (Int(registers[0x0A] & 0x1F), Int(registers[0x0B] & 0x1F))
        return registers[0x0A] & 0x60 != 0x20 && first <= last ? first...last : nil
    }

    // MARK: The beam

    /// Where the beam is.
    package struct Beam {
        /// Nothing is drawn there.
        package var isBlank: Bool
        /// It goes back to the top.
        package var isRetrace: Bool
        /// The address that the controller has there.
        package var address: Int
    }

    /// Where the beam is, a number of columns after the first one of the first line.
    package func beam(columns count: UInt64) -> Beam {
        let width = UInt64(registers[0]) + 1
        let rowHeight = UInt64(rowHeight)
        let height = (UInt64(registers[4] & 0x7F) + 1) * rowHeight + UInt64(registers[5] & 0x1F)
        let (column, line) = (count % width, count / width % height)
        let row = line / rowHeight
        let retrace = UInt64(registers[7] & 0x7F) * rowHeight
        let isRetrace = line >= retrace && line < retrace + Self.retraceLines
        return Beam(
            isBlank: column >= UInt64(columns) || row >= UInt64(rows), isRetrace: isRetrace,
            address: (start + Int(row) * columns + Int(column)) & Self.addresses)
    }
}
