import Devices
import X86Interp

/// One row: a topic of `info` and its body.
struct InfoTopic: Sendable {
    /// What the user types behind `info`; unique beginnings will do.
    let name: String
    /// One line for the help.
    let summary: String
    /// Prints it.
    let body: Command.Body

    /// Every topic, in the order of the help.
    static let all: [InfoTopic] = [
        InfoTopic(name: "break", summary: "breakpoints with their hits and conditions") {
            session, arguments throws(CommandError) in
            try arguments.end()
            BreakpointCommands.list(session)
        },
        InfoTopic(name: "cpu", summary: "the processor and its mode") { session, arguments throws(CommandError) in
            try arguments.end()
            let model = session.machine.cpu.model
            session.say("\(model.name): \(model.summary)\n\(session.registerView.mode)")
            session.say("\(session.state.instructions) instructions\(session.state.halted ? ", halted" : "")")
        },
        InfoTopic(name: "devices", summary: "the board's devices, or the one that is named: ports, tiers, registers") {
            session, arguments throws(CommandError) in
            let name = arguments.word()
            try arguments.end()
            let names = session.guest.board.parts.map(\.name)
            guard name.map(names.contains) ?? true else {
                throw .usage("no device \((name ?? "").quoted); there are \(names.joined(separator: ", "))")
            }
            session.say(DeviceReport(guest: session.guest).text(named: name), end: "")
        },
        InfoTopic(name: "gdt", summary: "the global descriptor table") { session, arguments throws(CommandError) in
            try arguments.end()
            let table = session.state.gdtr
            guard table.base != 0 || table.limit != 0xFFFF else {
                return session.say("GDTR is as RESET left it: LGDT has not been done")
            }
            session.say(descriptors(table.base, limit: table.limit, step: 8, from: 1, session), end: "")
        },
        InfoTopic(name: "idt", summary: "the interrupt descriptor table") { session, arguments throws(CommandError) in
            try arguments.end()
            let table = session.state.idtr
            guard session.state.cr0 & 1 != 0 else { return session.say(vectors(session), end: "") }
            session.say(descriptors(table.base, limit: min(table.limit, 0x7FF), step: 1, from: 0, session), end: "")
        },
        InfoTopic(name: "ivt", summary: "the interrupt vectors of real mode that are not empty") {
            session, arguments throws(CommandError) in
            try arguments.end()
            session.say(vectors(session), end: "")
        },
        InfoTopic(name: "ldt", summary: "the local descriptor table") { session, arguments throws(CommandError) in
            try arguments.end()
            let table = session.state.ldtr
            guard table.access.contains(.present) else { return session.say("there is no LDT: LDTR is null") }
            session.say(descriptors(table.base, limit: table.limit, step: 8, from: 0, session, bits: 4), end: "")
        },
        InfoTopic(name: "ports", summary: "claimed ports: who answers, at which widths") {
            session, arguments throws(CommandError) in
            try arguments.end()
            session.say(ports(session).plain, end: "")
        },
        InfoTopic(name: "symbols", summary: "the names of places") { session, arguments throws(CommandError) in
            let start = arguments.word() ?? ""
            try arguments.end()
            let symbols = session.symbols.symbols.filter { $0.name.hasPrefix(start) }.prefix(1000)
            let lines = symbols.map { "\($0.address.hex)  \($0.name)\($0.isConstant ? " (constant)" : "")" }
            session.say(lines.isEmpty ? "no symbols; give --symbols FILE" : lines.joined(separator: "\n"))
        },
        InfoTopic(name: "tab", summary: "how the pages of the whole address space are mapped") {
            session, arguments throws(CommandError) in
            try arguments.end()
            session.say(pages(session), end: "")
        },
        InfoTopic(name: "tiers", summary: "which device is served in which tier") {
            session, arguments throws(CommandError) in
            try arguments.end()
            var tiers: [String: Set<String>] = [:]
            for claim in session.machine.ports.claims {
                tiers[claim.device.name, default: []].insert(claim.tier.rawValue)
            }
            let rows = tiers.sorted { $0.key < $1.key }.map { [$0.key, $0.value.sorted().joined(separator: ", ")] }
            session.say(Table(columns: ["device", "tier"], rows: rows).plain, end: "")
        },
        InfoTopic(name: "tss", summary: "the task state segment") { session, arguments throws(CommandError) in
            try arguments.end()
            let task = session.state.tr
            guard task.access.contains(.present) else { return session.say("there is no TSS: TR is null") }
            let is32 = task.access.rawValue & 8 != 0
            let size = Int(min(task.limit &+ 1, TaskState.size(is32: is32)))
            let bytes = (0..<UInt32(size)).map { session.byte(at: task.base &+ $0) ?? 0 }
            session.say("selector \(task.selector.hex) at \(task.base.hex)")
            session.say(TaskState(bytes, is32: is32).text)
        },
    ]

    /// The names.
    static let names = all.map(\.name)
    /// The topics with their lines.
    static var helpText: String { Help.columns(all.map { ("  info " + $0.name, $0.summary) }) }

    // MARK: Bodies

    private static func ports(_ session: Session) -> Table {
        let claims = session.machine.ports.claims.sorted { $0.ports.lowerBound < $1.ports.lowerBound }
        let rows = claims.map { claim in
            let widths = Width.allCases.filter { claim.widths.contains($0) }.map { "\($0.bytes)" }
            return [
                DeviceReport.text(claim.ports), claim.device.name, widths.joined(separator: ","), claim.tier.rawValue,
            ]
        }
        return Table(columns: ["ports", "device", "widths", "tier"], rows: rows)
    }

    /// The descriptors of a table that are not zero, numbered by `step`: 8 makes selectors, 1 vectors.
    private static func descriptors(
        _ base: UInt32, limit: UInt32, step: UInt32, from first: UInt32, _ session: Session, bits: UInt32 = 0
    ) -> String {
        var text = "table at \(base.hex), limit \(limit.hex)\n"
        for number in first..<max(first, (limit &+ 1) / 8) {
            guard let descriptor = session.descriptor(at: base &+ number * 8) else {
                return text + "\((number * step | bits).hex(digits: step == 8 ? 4 : 2))  no memory\n"
            }
            guard descriptor.low | descriptor.high != 0 else { continue }
            text += (number * step | bits).hex(digits: step == 8 ? 4 : 2) + "  " + descriptor.text + "\n"
        }
        return text
    }

    private static func vectors(_ session: Session) -> String {
        var text = ""
        for vector in 0..<256 as Range<UInt32> {
            let entry = session.state.idtr.base &+ vector * 4
            guard let value = session.value(at: entry, bytes: 4).flatMap({ UInt32($0, radix: 16) }), value != 0 else {
                continue
            }
            let (segment, offset) = (value >> 16, value & 0xFFFF)
            text += UInt8(vector).hex + "  " + session.place(UInt16(segment), offset)
            text += session.symbolNote(segment << 4 + offset) + "\n"
        }
        return text.isEmpty ? "all vectors are empty: nothing handles interrupts\n" : text
    }

    /// Runs of pages that are mapped alike, at most 256.
    private static func pages(_ session: Session) -> String {
        guard session.state.cr0 >> 31 != 0 else { return "paging is off: linear addresses are physical ones\n" }
        var text = ""
        var run: (first: UInt32, physical: UInt64, rights: String, count: UInt64)?
        var count = 0
        func close() {
            guard let run else { return }
            let last = UInt64(run.first) + run.count * 4096 - 1
            text +=
                "\(run.first.hex)-\(UInt32(truncatingIfNeeded: last).hex) -> \(run.physical.hex(digits: 8))  \(run.rights)\n"
            count += 1
        }
        var page: UInt64 = 0
        while page < 1 << 20, count < 256 {
            let linear = UInt32(truncatingIfNeeded: page << 12)
            let walk = session.machine.cpu.pageWalk(linear)
            guard let physical = walk.physical else {
                close()
                run = nil
                // An absent directory entry is absent for 2 or 4 MiB.
                let isDirectory = walk.levels.last?.name != "PTE"
                page = isDirectory ? (page | 0x1FF) + 1 : page + 1
                continue
            }
            let rights = (walk.isUser ? "user" : "supervisor") + (walk.isWritable ? " writable" : " read-only")
            if let open = run, open.rights == rights, open.physical + open.count * 4096 == physical {
                run?.count += 1
            } else {
                close()
                run = (linear, physical, rights, 1)
            }
            page += 1
        }
        close()
        return text.isEmpty ? "nothing is mapped\n" : text + (count >= 256 ? "and more\n" : "")
    }
}

extension Session {
    /// The descriptor at a linear address; nil if its bytes cannot be told.
    func descriptor(at linear: UInt32) -> Descriptor? {
        guard let bytes = try? machine.read(.linear(linear), count: 8) else { return nil }
        func half(_ start: Int) -> UInt32 { bytes[start..<start + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) } }
        return Descriptor(low: half(0), high: half(4))
    }

    /// How a linear address is translated, in lines.
    func pageWalk(_ linear: UInt32) -> String { machine.cpu.pageWalk(linear).text + "\n" }
}
