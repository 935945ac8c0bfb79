import X86Interp

/// One row: an object that gdb reads piece by piece with `qXfer`.
struct TransferRow: Sendable {
    /// What gdb calls it.
    let object: String
    /// What it wants to read of it.
    let annex: String
    /// The whole.
    let contents: @Sendable (GDBSession) -> String

    /// Every object.
    static let all: [TransferRow] = [
        TransferRow(object: "features", annex: "target.xml") {
            TargetDescription.target($0.guest.state, of: $0.guest.model)
        },
        TransferRow(object: "memory-map", annex: "") {
            TargetDescription.memoryMap($0.guest.state, roms: $0.guest.roms)
        },
    ]
}

extension PacketRow {
    /// The packets that ask for longer texts.
    static let queries: [PacketRow] = [
        PacketRow("qXfer", "read the target description or the memory map, piece by piece") { session, fields in
            let object = fields.text(before: ":")
            guard fields.text(before: ":").elementsEqual("read".utf8) else { return .unknown }
            let annex = fields.text(before: ":")
            let rows = TransferRow.all.filter { object.elementsEqual($0.object.utf8) }
            guard !rows.isEmpty else { return .unknown }
            guard let row = rows.first(where: { annex.elementsEqual($0.annex.utf8) }), let offset = fields.address(),
                fields.take(","), let count = fields.address(), fields.isAtEnd
            else { return .failure(.argument) }
            return piece(of: Array(row.contents(session).utf8), from: Int(offset), count: Int(count))
        },
        PacketRow("qRcmd", "run a monitor command") { session, fields in
            guard let bytes = fields.bytes() else { return .failure(.argument) }
            guard let line = String(validating: bytes, as: UTF8.self), bytes.count <= 1000 else {
                return .failure(.argument)
            }
            return MonitorRow.run(line, session)
        },
    ]

    private static func piece(of whole: [UInt8], from offset: Int, count: Int) -> Reply {
        let piece = whole.dropFirst(offset).prefix(min(count, PacketReader.limit / 2))
        let isLast = offset + piece.count >= whole.count
        return .bytes([UInt8(ascii: isLast ? "l" : "m")] + piece)
    }
}
