import Devices
import X86Interp

/// The whole machine at one moment, to go back to and to compare.
struct SavedState {
    /// Processor, RAM, lines, time, and the devices' states to put back.
    let machine: Snapshot
    /// The devices' states to compare.
    let devices: [DeviceState]
}

/// Named states.
enum TimeCommands {
    /// The rows.
    static let rows: [Command] = [
        Command(
            "snap", [], "[NAME]", .time, "keep the whole machine's state under a name, or list the names",
            completion: .snapshots, body: snap),
        Command(
            "load", [], "NAME", .time, "put a kept state back", completion: .snapshots, repetition: .never
        ) { session, arguments throws(CommandError) in
            let name = try arguments.word("a name")
            try arguments.end()
            try session.load(name)
            session.showPlace()
        },
        Command(
            "fork", [], "NAME", .time, "put a kept state back, and keep the present one under a new name",
            details:
                "For two futures of one moment: behind 'snap a' and 'c', 'fork a' keeps where that led to as fork1.\n",
            completion: .snapshots, repetition: .never
        ) { session, arguments throws(CommandError) in
            let name = try arguments.word("a name")
            try arguments.end()
            guard session.snapshots[name] != nil else { throw session.noSnapshot(name) }
            var number = 1
            while session.snapshots["fork\(number)"] != nil { number += 1 }
            try session.keep("fork\(number)")
            try session.load(name)
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
                "\(name)  \(state.machine.cpu.instructions) instructions"
            }
            return session.say(rows.isEmpty ? "no snapshots" : rows.joined(separator: "\n"))
        }
        try arguments.end()
        try session.keep(name)
    }

    /// `compare A [B]` with the names of snapshots.
    static func compare(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        let first = try arguments.word("a snapshot")
        let second = arguments.word()
        try arguments.end()
        guard let a = session.snapshots[first] else { throw session.noSnapshot(first) }
        var b = session.present
        if let second {
            guard let other = session.snapshots[second] else { throw session.noSnapshot(second) }
            b = other
        }
        let lines = a.differences(from: b) { session.length($0) }
        session.say(lines.isEmpty ? "no difference" : lines.joined(separator: "\n"))
    }
}

extension Session {
    /// The most memory that snapshots may take: 1 GiB.
    private static let snapshotLimit = 1 << 30

    /// The machine as it is now.
    var present: SavedState { SavedState(machine: machine.snapshot(), devices: guest.board.states) }

    /// Keeps the present state under a name.
    func keep(_ name: String) throws(CommandError) {
        let others = snapshots.count - (snapshots[name] == nil ? 0 : 1)
        guard (others + 1) * machine.memory.ramSize <= Self.snapshotLimit, others < 256 else {
            throw .usage("no room for one more snapshot; use a name again, or a smaller -m")
        }
        guard name.count <= 64 else { throw .usage("a snapshot's name has at most 64 characters") }
        snapshots[name] = present
    }

    /// Puts a kept state back.
    func load(_ name: String) throws(CommandError) {
        guard let saved = snapshots[name] else { throw noSnapshot(name) }
        var snapshot = saved.machine
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

extension SavedState {
    /// What differs, a line each: registers, ranges of RAM, devices; at most 64 ranges.
    func differences(from other: SavedState, length: (Int) -> String) -> [String] {
        var lines: [String] = []
        let (a, b) = (machine.cpu, other.machine.cpu)
        for (name, register) in RegisterReference.all where Self.isWhole(register) {
            let (x, y) = (a.value(of: register), b.value(of: register))
            if x != y { lines.append("\(name): \(x.hex(digits: 4)) -> \(y.hex(digits: 4))") }
        }
        lines += ramDifferences(other, length)
        for state in devices {
            guard let match = other.devices.first(where: { $0.device == state.device }) else {
                lines.append("device \(state.device): only in one of them")
                continue
            }
            if match != state { lines.append("device \(state.device) differs") }
        }
        return lines
    }

    /// Registers that are no part of another one.
    private static func isWhole(_ register: RegisterReference) -> Bool {
        switch register {
        case .byte, .word, .ip, .flags, .flag: false
        case .dword, .selector, .base, .limit, .eip, .eflags, .control, .debug, .gdtBase, .gdtLimit, .idtBase,
            .idtLimit, .ldtr, .tr, .cpl, .instructions:
            true
        }
    }

    private func ramDifferences(_ other: SavedState, _ length: (Int) -> String) -> [String] {
        var lines: [String] = []
        let (a, b) = (machine.ram, other.machine.ram)
        var place = 0
        while place < min(a.count, b.count) {
            let page = min(4096, a.count - place)
            if a[place..<place + page] == b[place..<place + page] {
                place += page
                continue
            }
            guard a[place] != b[place] else {
                place += 1
                continue
            }
            let start = place
            while place < min(a.count, b.count), a[place] != b[place] { place += 1 }
            guard lines.count < 64 else { return lines + ["memory: and more"] }
            let old = a[start..<min(place, start + 8)].map(\.hex).joined(separator: " ")
            let new = b[start..<min(place, start + 8)].map(\.hex).joined(separator: " ")
            let more = place - start > 8 ? " ..." : ""
            let first = UInt32(truncatingIfNeeded: start).hex
            lines.append("\(first), \(length(place - start)): \(old)\(more) -> \(new)\(more)")
        }
        return lines
    }
}
