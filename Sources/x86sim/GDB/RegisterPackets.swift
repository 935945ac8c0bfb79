import X86Interp

extension PacketRow {
    /// The packets that read and write registers.
    static let registers: [PacketRow] = [
        PacketRow("g", "read all registers") { session, fields in
            guard fields.isAtEnd else { return .failure(.argument) }
            let state = session.guest.state
            return .bytes(PacketWriter.hex(session.guest.registers.all.flatMap { $0.bytes(of: state) }))
        },
        PacketRow("G", "write all registers, or all up to one") { session, fields in
            guard let bytes = fields.bytes() else { return .failure(.argument) }
            return writeAll(bytes[...], session)
        },
        PacketRow("p", "read a register") { session, fields in
            guard let row = row(&fields, session), fields.isAtEnd else { return .failure(.argument) }
            return .bytes(PacketWriter.hex(row.bytes(of: session.guest.state)))
        },
        PacketRow("P", "write a register") { session, fields in
            guard let row = row(&fields, session), fields.take("="), let bytes = fields.bytes(),
                bytes.count == row.bits / 8
            else {
                return .failure(.argument)
            }
            return change(session) { state, context throws(RegisterRefusal) in
                try row.set(bytes, in: &state, context)
            }
        },
    ]

    private static func row(_ fields: inout PacketFields, _ session: GDBSession) -> RegisterRow? {
        guard let number = fields.number().flatMap({ Int(exactly: $0) }) else { return nil }
        let all = session.guest.registers.all
        return all.indices.contains(number) ? all[number] : nil
    }

    /// Only what differs is written: loading CS anew, say, would touch its hidden part.
    private static func writeAll(_ bytes: ArraySlice<UInt8>, _ session: GDBSession) -> Reply {
        let before = session.guest.state
        return change(session) { state, context throws(RegisterRefusal) in
            var rest = bytes
            for row in session.guest.registers.all where !rest.isEmpty {
                let own = rest.prefix(row.bits / 8)
                guard own.count == row.bits / 8 else { throw RegisterRefusal(message: "\(row.name) is cut off") }
                if !own.elementsEqual(row.bytes(of: before)) { try row.set(own, in: &state, context) }
                rest = rest.dropFirst(own.count)
            }
            guard rest.isEmpty else { throw RegisterRefusal(message: "there are not so many registers") }
        }
    }

    /// Changes the state, or leaves it alone if something of the change is refused.
    private static func change(
        _ session: GDBSession, _ body: (inout CPUState, RegisterContext) throws(RegisterRefusal) -> Void
    ) -> Reply {
        let guest = session.guest
        var state = guest.state
        do throws(RegisterRefusal) {
            try body(&state, RegisterContext(model: guest.model) { guest.segment(selector: $0) })
        } catch {
            return .refused(error.message)
        }
        guest.state = state
        return .ok
    }
}
