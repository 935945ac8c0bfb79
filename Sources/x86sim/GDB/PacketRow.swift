/// One row: a packet of gdb's remote serial protocol and its body.
struct PacketRow: Sendable {
    /// What it starts with, as gdb's manual writes it (appendix E).
    let name: String
    /// One line for the documentation, without a full stop.
    let summary: String
    /// Does it; gets what stands behind the name and, for names of words, behind the separator.
    let body: @Sendable (GDBSession, inout PacketFields) -> Reply

    /// A row.
    init(_ name: String, _ summary: String, _ body: @escaping @Sendable (GDBSession, inout PacketFields) -> Reply) {
        self.name = name
        self.summary = summary
        self.body = body
    }

    /// Every packet that is answered; the first row that fits counts.
    static let all = runControl + registers + memory + points + general + queries

    /// Names of words end at a separator; after those of one or two letters the arguments follow at once.
    private var isWord: Bool { name.count > 2 }

    /// What follows the name in a payload, or nil if this is another packet.
    func arguments(of payload: [UInt8]) -> PacketFields? {
        guard payload.starts(with: name.utf8) else { return nil }
        let rest = payload[name.utf8.count...]
        guard isWord, let next = rest.first else { return PacketFields(rest) }
        let separators: [UInt8] = [UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: ";")]
        return separators.contains(next) ? PacketFields(rest.dropFirst()) : nil
    }

    /// The answer to a payload.
    static func reply(to payload: [UInt8], in session: GDBSession) -> Reply {
        for row in all {
            if var fields = row.arguments(of: payload) { return row.body(session, &fields) }
        }
        return .unknown
    }
}
