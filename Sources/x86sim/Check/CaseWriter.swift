import Devices
import X86Interp

/// Writes a case from a run.
struct CaseWriter {
    /// What was loaded.
    let image: GuestImage
    /// The machine at its end.
    let guest: Guest
    /// Why it ended.
    let end: RunEnd
    /// What happened at its ports.
    let recorder: CaseRecorder
    /// What debug console and serial line wrote.
    let console: MemorySink
    /// What was typed.
    let keys: KeyRecorder
    /// Where the case goes.
    let path: String

    /// The largest blob that is written into a case.
    private static let blobLimit = 1 << 20
    /// So many changed bytes are written out; a hash stands for more.
    private static let memoryLimit = 4096
    /// Options that the case says in its own way, or that do not matter to it.
    private static let omitted: Set<String> = [
        "boot", "load", "entry", "regs", "cpu", "m", "machine", "tier", "fuel", "timeout", "port", "device", "fw-cfg",
        "engine", "fda", "fdb", "hda", "hdb", "hdc", "hdd", "cdrom", "keys", "disk-write",
    ]

    private var settings: Settings { image.settings }

    /// Looks whether a run can be recorded, before it is.
    ///
    /// - Throws: `CommandError` that names what a case cannot hold.
    static func check(_ image: GuestImage, _ guest: Guest) throws(CommandError) {
        let settings = image.settings
        if settings.writesDisks {
            throw .usage(
                "--record: the images would change by --disk-write, so that the case did not hold; leave it out")
        }
        let other = settings.given.first { ["drive", "cdrom", "overlay"].contains($0.key) }
        guard other == nil, settings.disks.order == nil else {
            let name = other.map { $0.key == "overlay" ? "--overlay" : "-" + $0.key } ?? "-boot"
            throw .usage("--record: a case cannot hold \(name); use -fda to -hdd, and images that are written already")
        }
        if settings.given.contains(where: { $0.key == "rtc" && $0.value == "host" }) {
            throw .usage("--record: the clock of --rtc host is another each time; give a time")
        }
        if settings.loadedSnapshot != nil {
            throw .usage("--record: a case cannot hold a snapshot; record a run from the beginning")
        }
        if settings.firmware.isROM { throw .usage("--record: a case has no -bios; give the ROM as BLOB") }
        if image.plan.surroundings == .firmware {
            throw .usage("--record: a case cannot hold a kernel; write it by hand with 'blob FILE'")
        }
        if image.disks == nil, let path = settings.operands.first, (image.blob?.count ?? .max) > blobLimit {
            throw .load("--record: \(path.quoted) is larger than 1 MiB; write the case by hand with 'blob FILE'")
        }
        for (_, path) in image.disks?.paths ?? [:] where HostFile.size(path) ?? .max > UInt64(CaseDisk.limit) {
            throw .load("--record: \(path.quoted) is no file of at most 256 MiB, so that its hash cannot be taken")
        }
        let isUser = guest.machine.ports.claims.contains { $0.device.name == "fw_cfg" && $0.tier == .user }
        if !isUser, settings.given.contains(where: { $0.key == "fw-cfg" && !$0.value.contains("=string:") }) {
            throw .usage("--record: a case cannot hold the file of --fw-cfg; add --tier fw_cfg=user")
        }
    }

    /// The case's text.
    ///
    /// - Throws: `CommandError` if the run is none that a case can repeat.
    func caseText() throws(CommandError) -> String {
        guard !recorder.isTruncated, !recorder.writes.isTruncated else {
            throw .load("--record: there is too much at the ports for a case; end the run earlier with --fuel")
        }
        guard !console.truncated else {
            throw .load("--record: the guest writes too much text for a case; end the run earlier with --fuel")
        }
        var lines = [
            "# Written by x86sim run --record.", "name \(HostPath.name(of: settings.operands.first ?? "mem"))",
        ]
        lines += try blob() + machine() + ports() + ["", "tiers all"] + expectations()
        return lines.joined(separator: "\n") + "\n"
    }

    /// Writes the case to a file, reads it back and runs it.
    ///
    /// - Throws: `CommandError` if it cannot be written, or if it does not hold: then a device that scripts stand in for
    ///   has done more than answer, or the host has had a hand in the run.
    func write(_ host: Host) throws(CommandError) {
        try HostFile.write(path, with: Array(try caseText().utf8), "--record")
        let report = try CaseReader.read(path)
        for setting in report.tiers {
            let result = try CheckCommand.result(report, setting, host)
            guard let failure = result?.failures.first else { continue }
            throw CommandError(
                message: "--record: the case does not hold when it is run (\(setting.rawValue), line \(failure.line): "
                    + "\(failure.what) is \(failure.found.quoted)); serve more devices in the kernel tier",
                status: ExitStatus.expectation)
        }
    }

    private func blob() throws(CommandError) -> [String] {
        var lines: [String] = []
        if let disks = image.disks {
            lines += try self.disks(disks)
        } else if let path = settings.operands.first {
            guard let bytes = image.blob, bytes.count <= Self.blobLimit else {
                throw .load("--record: \(path.quoted) is larger than 1 MiB; write the case by hand with 'blob FILE'")
            }
            lines += ["boot \(Loader.format(of: Blob(path: path, bytes: bytes), settings.boot))", "blob"]
            lines += Bytes.lines(bytes, indent: "    ")
        }
        for piece in image.plan.pieces.suffix(settings.loads.count) {
            lines += ["mem \(piece.address.hex)"] + Bytes.lines(piece.bytes, indent: "    ")
        }
        let entry = settings.entry ?? (settings.operands.isEmpty ? settings.loads.first?.far : nil)
        if let entry { lines.append("entry \(entry.text)") }
        let registers = settings.registers.map { $0.register.name + "=" + $0.value.hex(bits: $0.register.bits) }
        if !registers.isEmpty { lines.append("regs \(registers.joined(separator: " "))") }
        return lines
    }

    /// A boot sector alone is written out; images are named.
    private func disks(_ disks: Disks) throws(CommandError) -> [String] {
        var lines: [String] = []
        // Of a large image only the first sector was read.
        if let path = settings.operands.first, let bytes = image.blob, bytes.count <= Self.sectorLimit,
            HostFile.size(path) ?? 0 <= UInt64(Self.sectorLimit)
        {
            lines += ["boot \(Loader.format(of: Blob(path: path, bytes: bytes), settings.boot))", "blob"]
            lines += Bytes.lines(bytes, indent: "    ")
        }
        for (number, path) in disks.paths.sorted(by: { $0.key < $1.key }) {
            guard let kind = disks.drives[number]?.kind, let drive = CaseDisk.Drive(number: number, kind: kind),
                lines.isEmpty || path != settings.operands.first
            else { continue }
            let hash = try CaseDisk.hash(of: path).hex
            lines.append("disk \(drive.rawValue) \(CaseText.word(HostPath.path(to: path, from: self.path))) \(hash)")
        }
        return lines
    }

    /// The largest image that is written into a case as bytes: a few sectors.
    private static let sectorLimit = 64 << 10

    private func machine() throws(CommandError) -> [String] {
        var lines = ["cpu \(settings.model.name)", "m 0x\(settings.ramSize.magnitude.hex(digits: 1))"]
        lines.append("machine \(settings.machine.name)")
        let kinds = recorder.scripted.compactMap { Self.kind(of: $0) }
        for kind in Set(kinds).sorted() where kind != "port" { lines.append("device \(kind),off") }
        for option in settings.given where option.key == "device" {
            if !kinds.contains(where: { option.value == $0 || option.value.hasPrefix($0 + ",") }) {
                lines.append("device \(option.value)")
            }
        }
        if !kinds.contains("fw_cfg") {
            for option in settings.given where option.key == "fw-cfg" {
                guard option.value.contains("=string:") else {
                    throw .usage("--record: a case cannot hold the file of --fw-cfg; add --tier fw_cfg=user")
                }
                lines.append("fw-cfg \(option.value)")
            }
        }
        let keys = Option.all.filter { Option.Topic.guest.contains($0.topic) }.map { String($0.key) }
        for option in settings.given where keys.contains(option.key) && !Self.omitted.contains(option.key) {
            lines.append(option.value.isEmpty ? option.key : "\(option.key) \(option.value)")
        }
        if self.keys.hasMore, let given = settings.given.last(where: { $0.key == "keys" }) {
            lines.append("keys \(CaseText.word(given.value))")
        } else if !self.keys.strokes.isEmpty {
            guard let text = self.keys.text else {
                throw .load("--record: a key was typed that --keys has no way to write; use --keys")
            }
            lines.append("keys \(CaseText.word(text))")
        }
        return lines + ["fuel \(fuel)"]
    }

    /// Twice what was needed, or exactly as far as the run came.
    private var fuel: UInt64 {
        let count = max(1, guest.machine.cpu.state.instructions)
        switch end {
        case .fuel, .timeout, .interrupted: return count
        case .halted, .noKeys, .coprocessor, .unhandled, .guestExit, .shutdown, .reboot, .fault, .unmappedPort,
            .unmappedMemory,
            .userDevice, .outputLimit, .outputFailure:
            return settings.fuel ?? max(CheckCase.fuel, count.multipliedReportingOverflow(by: 2).partialValue)
        }
    }

    /// The kind of a device in the catalogue: its name without a number behind it.
    private static func kind(of name: String) -> String? {
        DeviceCatalog.rows.map(\.name).first { row in
            name.hasPrefix(row) && name.dropFirst(row.count).allSatisfy(\.isHexDigit)
        }
    }

    private func ports() -> [String] {
        var lines: [String] = []
        for option in settings.scriptedPorts {
            let name = "port" + String(option.port, radix: 16)
            if !recorder.scripted.contains(name) {
                let width = option.width.map { "/\($0.bytes)" } ?? ""
                lines.append("port \(String(option.port, radix: 16))\(width) \(option.script.text)")
            }
        }
        let places = recorder.answers.sorted { ($0.key.port, $0.key.width) < ($1.key.port, $1.key.width) }
        for (place, answers) in places {
            let script = answers.count == 0 ? ScriptedPort.Script.constant(0) : .once(answers)
            lines.append("port \(String(place.port, radix: 16))/\(place.width) \(script.text)")
        }
        return lines
    }

    private func expectations() throws(CommandError) -> [String] {
        let state = guest.machine.cpu.state
        let ended: String
        switch end {
        case .fuel, .timeout, .interrupted: ended = RunEnd.fuel.caseText
        case .halted, .noKeys, .coprocessor, .unhandled, .guestExit, .shutdown, .reboot, .fault, .unmappedPort,
            .unmappedMemory,
            .outputLimit:
            ended = end.caseText
        case .userDevice, .outputFailure:
            throw .load("--record: \(end.text), which a case cannot repeat")
        }
        let general = GeneralRegister.allCases.map { "\($0.name(.dword))=\(state.gpr[$0].hex)" }
        let segments = SegmentRegister.allCases.map { "\($0.name)=\(state.segments[$0].selector.hex)" }
        var lines = ["expect end \(ended)", "expect instructions \(state.instructions)"]
        lines.append("expect regs \(general.joined(separator: " "))")
        lines.append("    \(segments.joined(separator: " ")) eip=\(state.eip.hex) eflags=\(state.eflags.rawValue.hex)")
        lines += try floatingPoint(state)
        if !console.bytes.isEmpty {
            let parts = console.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            lines.append("expect text")
            for (number, part) in parts.enumerated() where number < parts.count - 1 || !part.isEmpty {
                lines.append("    " + CaseText.quote(number < parts.count - 1 ? part + [0x0A] : part))
            }
        }
        if !recorder.writes.all.isEmpty {
            lines.append("expect writes")
            for start in stride(from: 0, to: recorder.writes.all.count, by: 8) {
                let row = recorder.writes.all[start...].prefix(8).map(\.text)
                lines.append("    " + row.joined(separator: " "))
            }
        }
        return lines + sectors() + (try memory())
    }

    /// The registers of x87 and SSE, if the run has changed any of the one or the other.
    private func floatingPoint(_ state: CPUState) throws(CommandError) -> [String] {
        let before = try image.makeGuest(console: MemorySink(limit: 0), serial: MemorySink(limit: 0)).machine.state
        let all = RegisterName.floatingPoint.map { RegisterName.floatingPoint($0.register) }
        let wide = WideRegister.all.map { RegisterName.wide($0.register) }
        let x87 = all.filter { if case .floatingPoint(.x87) = $0 { true } else { false } }
        let stack = wide.filter { if case .wide(.stack) = $0 { true } else { false } }
        let xmm = wide.filter { if case .wide(.xmm) = $0 { true } else { false } }
        var groups: [[RegisterName]] = before.x87 == state.x87 ? [] : [x87, stack]
        if before.sse != state.sse { groups += [[.floatingPoint(.mxcsr)], xmm] }
        return groups.flatMap { names in
            stride(from: 0, to: names.count, by: 4).map { start in
                let words = names[start...].prefix(4).map { $0.name + "=" + $0.value(in: state).hex(bits: $0.bits) }
                return (start == 0 ? "expect regs " : "    ") + words.joined(separator: " ")
            }
        }
    }

    /// The sectors that the guest has written, by their hashes.
    private func sectors() -> [String] {
        var lines: [String] = []
        for (number, disk) in guest.board.drives.sorted(by: { $0.key < $1.key }) {
            let sectors = disk.state.written
            guard let drive = CaseDisk.Drive(number: number, kind: disk.kind), !sectors.isEmpty else { continue }
            lines.append("expect sectors \(drive.rawValue)")
            lines += sectors.sorted { $0.key < $1.key }.map { "    \($0.key)=\(MemoryHash.of($0.value).hex)" }
        }
        return lines
    }

    /// RAM that the run has changed, in pieces; a hash of all if there is much.
    private func memory() throws(CommandError) -> [String] {
        let before = try image.makeGuest(console: MemorySink(limit: 0), serial: MemorySink(limit: 0))
        let (old, new) = (before.machine.memory.ramBytes, guest.machine.memory.ramBytes)
        var lines: [String] = []
        var place = 0
        var total = 0
        while place < new.count {
            let rest = place..<new.count
            let difference = MemoryComparison.firstDifference(
                UnsafeRawBufferPointer(rebasing: old[rest]), UnsafeRawBufferPointer(rebasing: new[rest]))
            guard let difference else { break }
            let start = place + difference
            var end = start
            // A gap of a few equal bytes does not end a piece.
            var last = start
            while end < new.count, end - last < 8, total + end - start <= Self.memoryLimit {
                if old[end] != new[end] { last = end }
                end += 1
            }
            total += last + 1 - start
            guard total <= Self.memoryLimit, lines.count <= Self.memoryLimit else {
                return ["expect memory-hash \(MemoryHash.of(new).hex)"]
            }
            lines.append("expect mem \(UInt32(truncatingIfNeeded: start).hex)")
            lines += Bytes.lines([UInt8](new[start...last]), indent: "    ")
            place = last + 1
        }
        return lines
    }
}
