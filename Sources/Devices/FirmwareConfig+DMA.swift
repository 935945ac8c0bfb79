import X86Interp

// The DMA form: commands in RAM, by a register of 64 bits.
extension FirmwareConfig {
    /// A command as it lies in RAM.
    private struct Command {
        /// How long it is.
        static let size = 16
        static let error: UInt32 = 1
        static let read: UInt32 = 2
        static let skip: UInt32 = 4
        static let select: UInt32 = 8
        static let write: UInt32 = 16

        let control: UInt32
        let length: UInt32
        let address: UInt64

        init(_ bytes: [UInt8]) {
            func number(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
            control = UInt32(truncatingIfNeeded: number(0..<4))
            length = UInt32(truncatingIfNeeded: number(4..<8))
            address = number(8..<16)
        }
    }

    /// By which a guest can tell that the DMA form is there.
    private static let signatureText = Array("QEMU CFG".utf8)

    /// The letters at an offset of the signature; all ones without the DMA form.
    func dmaSignature(_ offset: UInt16, _ width: Width) -> UInt32 {
        guard master != nil else { return width.mask }
        return (0..<width.bytes).reduce(0) { value, number in
            value | UInt32(Self.signatureText[(Int(offset) + number) & 7]) << UInt32(8 * number)
        }
    }

    /// Takes half of a command's address; the lower one starts it.
    func writeAddress(_ value: UInt32, _ offset: UInt16, _ width: Width) {
        guard let master, width == .dword else { return }
        guard offset & 4 != 0 else {
            selected.commandHigh = value.byteSwapped
            return
        }
        let address = UInt64(selected.commandHigh) << 32 | UInt64(value.byteSwapped)
        selected.commandHigh = 0
        selected.commands &+= 1
        // Where the command cannot be read, nobody hears of the error either.
        guard let bytes = master.read(address, count: Command.size) else { return }
        let isDone = carryOut(Command(bytes), master)
        _ = master.write(Self.bigEndian(isDone ? 0 : Command.error)[...], at: address)
    }

    /// Carries out a command; false for an error.
    private func carryOut(_ command: Command, _ master: BusMaster) -> Bool {
        if command.control & Command.select != 0 { select(UInt16(truncatingIfNeeded: command.control >> 16)) }
        let count = Int(command.length)
        guard count > 0 else { return true }
        let first = min(Int(selected.offset), item.count)
        let own = min(item.count - first, count)
        if command.control & Command.read != 0 {
            guard master.reaches(command.address, count: count),
                master.write(item[first..<first + own], at: command.address),
                master.clear(command.address + UInt64(own), count: count - own)
            else { return false }
        } else if command.control & Command.write != 0 {
            return false
        } else if command.control & Command.skip == 0 {
            return true
        }
        selected.offset += UInt32(own)
        return true
    }
}
