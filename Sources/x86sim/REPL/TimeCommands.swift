import Devices
import X86Interp

/// Named states.
enum TimeCommands {
    /// The rows.
    static let rows: [Command] = [
        Command(
            "snap", [], "[NAME|FILE]", .time,
            "keep the whole machine's state under a name or in a file, or list the names",
            details:
                "A name with a slash or that ends in .snap is a file's, for another session and --load-snapshot.\n",
            completion: .snapshots, body: snap),
        Command(
            "load", [], "NAME|FILE", .time, "put a kept state back", completion: .snapshots, repetition: .never
        ) { session, arguments throws(CommandError) in
            let name = try arguments.word("a name or file")
            try arguments.end()
            try session.load(try session.saved(name), name)
            session.showPlace()
        },
        Command(
            "fork", [], "NAME|FILE", .time, "put a kept state back, and keep the present one under a new name",
            details:
                "For two futures of one moment: behind 'snap a' and 'c', 'fork a' keeps where that led to as fork1.\n",
            completion: .snapshots, repetition: .never
        ) { session, arguments throws(CommandError) in
            let name = try arguments.word("a name or file")
            try arguments.end()
            let saved = try session.saved(name)
            var number = 1
            while session.snapshots["fork\(number)"] != nil { number += 1 }
            try session.keep("fork\(number)")
            try session.load(saved, name)
            session.say("the state until now is kept as fork\(number)")
            session.showPlace()
        },
        Command("hash", [], "", .time, "a number that is equal for equal states of the machine") {
            session, arguments throws(CommandError) in
            try arguments.end()
            session.say(session.machine.hash().hex)
        },
    ]

    private static func snap(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        guard let name = arguments.word() else {
            let rows = session.snapshots.sorted { $0.key < $1.key }.map { name, state in
                "\(name)  \(state.cpu.instructions) instructions"
            }
            return session.say(rows.isEmpty ? "no snapshots" : rows.joined(separator: "\n"))
        }
        try arguments.end()
        guard SnapshotFile.isMeant(by: name) else { return try session.keep(name) }
        try SnapshotFile.write(session.machine.snapshot(), to: name, "snap")
    }

    /// `compare A [B]` with the names of snapshots.
    static func compare(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        let first = try arguments.word("a snapshot")
        let second = arguments.word()
        try arguments.end()
        let a = try session.saved(first)
        let b = try second.map { name throws(CommandError) in try session.saved(name) } ?? session.machine.snapshot()
        let lines = SnapshotDifferences(a, b, session.guest.board.parts.map(\.name)).lines { session.length($0) }
        session.say(lines.isEmpty ? "no difference" : lines.joined(separator: "\n"))
    }
}

extension Session {
    /// The most memory that snapshots may take, with pages that they share counted once: 1 GiB.
    private static let snapshotLimit = 1 << 30

    /// Keeps the present state under a name.
    func keep(_ name: String) throws(CommandError) {
        guard name.count <= 64 else { throw .usage("a snapshot's name has at most 64 characters") }
        var kept = snapshots
        kept[name] = machine.snapshot()
        guard RAMImage.pageCount(of: kept.values.map(\.ram)) * 4096 <= Self.snapshotLimit, kept.count <= 256 else {
            throw .usage("no room for one more snapshot; use a name again, or keep it in a file")
        }
        snapshots = kept
    }

    /// Whether a word is the name of a snapshot, or the file of one: a slash alone may be a division.
    func isSnapshot(_ word: String) -> Bool {
        snapshots[word] != nil || SnapshotFile.isMeant(by: word) && HostDirectory.exists(word)
    }

    /// The state that was kept under a name, or in a file.
    func saved(_ name: String) throws(CommandError) -> Snapshot {
        if let saved = snapshots[name] { return saved }
        guard SnapshotFile.isMeant(by: name) else { throw noSnapshot(name) }
        let bytes = try SnapshotFile.bytes(name, ramSize: machine.memory.ramSize)
        return try SnapshotFile.snapshot(bytes, name, for: machine)
    }

    /// Puts a kept state back.
    func load(_ saved: Snapshot, _ name: String) throws(CommandError) {
        var snapshot = saved
        // Ports that were stubbed since stay, and answer from the start.
        for case let stub as ScriptedPort in guest.board.devices where snapshot.devices[stub.name] == nil {
            snapshot.devices[stub.name] = ScriptedPort.State()
        }
        do throws(RestoreError) {
            try debugger.edit { (machine: Machine) throws(RestoreError) in try machine.restore(snapshot) }
        } catch {
            throw .usage("\(name.quoted) is of another machine: \(error); 'snap' keeps the present one")
        }
        listed = currentLinear
    }

    /// The error for a name without a snapshot.
    func noSnapshot(_ name: String) -> CommandError {
        .usage("no snapshot \(name.quoted); 'snap' lists them, 'snap NAME' keeps one")
    }
}
