/// A breakpoint or watchpoint as gdb names it, at linear addresses.
struct GDBPoint: Hashable {
    /// What it stops at.
    enum Kind: UInt64, CaseIterable {
        /// An instruction; gdb's software breakpoint.
        case code = 0
        /// An instruction; gdb's hardware breakpoint.
        case hardwareCode = 1
        /// A write.
        case write = 2
        /// A read.
        case read = 3
        /// A read or a write.
        case access = 4
    }

    /// What it stops at.
    let kind: Kind
    /// Linear address of the first byte.
    let address: UInt32
    /// How many bytes are watched; for an instruction it means nothing.
    let count: UInt32
}

extension PacketRow {
    /// The packets that set and clear breakpoints and watchpoints.
    static let points: [PacketRow] = [
        PacketRow("Z", "set a breakpoint (0, 1) or a watchpoint for writes (2), reads (3), both (4)") {
            session, fields in
            guard let number = fields.number(), fields.take(",") else { return .failure(.argument) }
            guard let kind = GDBPoint.Kind(rawValue: number) else { return .unknown }
            guard let point = point(kind, &fields) else { return .failure(.argument) }
            if let reason = session.guest.insert(point) { return .refused(reason) }
            return .ok
        },
        PacketRow("z", "clear one") { session, fields in
            guard let number = fields.number(), fields.take(",") else { return .failure(.argument) }
            guard let kind = GDBPoint.Kind(rawValue: number) else { return .unknown }
            guard let point = point(kind, &fields) else { return .failure(.argument) }
            session.guest.remove(point)
            return .ok
        },
    ]

    /// `address,count`, and conditions, which nobody told gdb to send.
    private static func point(_ kind: GDBPoint.Kind, _ fields: inout PacketFields) -> GDBPoint? {
        guard let address = fields.address(), fields.take(","), let count = fields.address(), fields.isAtEnd else {
            return nil
        }
        let isCode = kind == .code || kind == .hardwareCode
        guard isCode || count > 0 && address <= UInt32.max - (count - 1) else { return nil }
        return GDBPoint(kind: kind, address: address, count: isCode ? 1 : count)
    }
}
