extension PacketRow {
    /// The packets that read and write memory; addresses are linear.
    static let memory: [PacketRow] = [
        PacketRow("m", "read memory; less than was asked for where memory ends") { session, fields in
            guard let (address, count) = range(&fields), fields.isAtEnd else { return .failure(.argument) }
            let bytes = session.guest.peek(address, count: min(count, PacketReader.limit / 2))
            return bytes.isEmpty ? .failure(.address) : .bytes(PacketWriter.hex(bytes))
        },
        PacketRow("M", "write memory, in hexadecimal") { session, fields in
            guard let (address, count) = range(&fields), fields.take(":"), let bytes = fields.bytes() else {
                return .failure(.argument)
            }
            return write(bytes, count, address, session)
        },
        PacketRow("X", "write memory, in binary") { session, fields in
            guard let (address, count) = range(&fields), fields.take(":") else { return .failure(.argument) }
            return write(Array(fields.rest), count, address, session)
        },
    ]

    /// `address,count`.
    private static func range(_ fields: inout PacketFields) -> (address: UInt32, count: Int)? {
        guard let address = fields.address(), fields.take(","), let count = fields.address() else { return nil }
        return (address, Int(count))
    }

    private static func write(_ bytes: [UInt8], _ count: Int, _ address: UInt32, _ session: GDBSession) -> Reply {
        guard bytes.count == count else { return .failure(.argument) }
        return session.guest.poke(address, bytes) ? .ok : .failure(.address)
    }
}
