extension PacketRow {
    /// The packets about the connection and about threads, of which there is one: the processor.
    static let general: [PacketRow] = [
        PacketRow("H", "choose a thread; there is one, 1") { _, fields in
            let isKnown = fields.take("g") || fields.take("c") || fields.take("m") || fields.take("M")
            guard isKnown, let thread = fields.thread(), fields.isAtEnd else { return .failure(.argument) }
            return thread.isProcessor ? .ok : .failure(.argument)
        },
        PacketRow("T", "whether a thread lives") { _, fields in
            guard let thread = fields.thread(), fields.isAtEnd, thread.isProcessor else { return .failure(.argument) }
            return .ok
        },
        PacketRow("QStartNoAckMode", "leave out acknowledgements from now on") { session, fields in
            guard fields.isAtEnd else { return .failure(.argument) }
            session.startWithoutAcknowledgements()
            return .ok
        },
        PacketRow("qSupported", "what client and server can") { session, fields in
            while !fields.isAtEnd { session.note(feature: fields.text(before: ";")) }
            return .text(features)
        },
        PacketRow("qAttached", "whether the guest was there before the client") { _, _ in .text("1") },
        PacketRow("qC", "the chosen thread") { _, fields in fields.isAtEnd ? .text("QC1") : .unknown },
        PacketRow("qfThreadInfo", "the threads") { _, _ in .text("m1") },
        PacketRow("qsThreadInfo", "more threads") { _, _ in .text("l") },
        PacketRow("qThreadExtraInfo", "what the thread is, in words") { session, fields in
            guard let thread = fields.thread(), fields.isAtEnd, thread.isProcessor else { return .failure(.argument) }
            return .bytes(PacketWriter.hex(session.guest.description.utf8))
        },
        PacketRow("qSymbol", "symbols are not asked for") { _, _ in .ok },
    ]

    private static let features = [
        "PacketSize=\(String(PacketReader.limit, radix: 16))", "qXfer:features:read+", "qXfer:memory-map:read+",
        "QStartNoAckMode+", "vContSupported+", "swbreak+", "hwbreak+", "ReverseStep+", "ReverseContinue+",
    ].joined(separator: ";")
}
