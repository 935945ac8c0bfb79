import X86Interp

/// Snapshots in files of the host.
enum SnapshotFile {
    /// Whether a name that was given to the debugger is a file's: it has a slash, or ends in `.snap`.
    static func isMeant(by name: String) -> Bool { name.contains("/") || name.hasSuffix(".snap") }

    /// The most bytes of a file: RAM in its longest form, and 256 MiB for what else there is.
    private static func limit(_ ramSize: Int) -> Int { ramSize + ramSize / 64 + 256 << 20 }

    /// The bytes of a file for a machine with so much RAM.
    ///
    /// - Throws: `CommandError` with status 2 that names the file, the reason and the remedy.
    static func bytes(_ path: String, ramSize: Int) throws(CommandError) -> [UInt8] {
        try HostFile.read(path, limit: limit(ramSize))
    }

    /// The snapshot that a file's bytes are, for a machine that it can be put back into.
    ///
    /// - Throws: `CommandError` with status 2 that names the file, the reason and the remedy.
    static func snapshot(_ bytes: [UInt8], _ path: String, for machine: Machine) throws(CommandError) -> Snapshot {
        do {
            return try Snapshot(decoding: bytes, for: machine)
        } catch {
            // Names in it may be anything.
            let text = String(error.description.oneLine.prefix(400))
            throw .load("cannot use \(path.quoted): \(text)")
        }
    }

    /// Writes a snapshot into a file; `option` is who wants it.
    ///
    /// - Throws: `CommandError` with status 2 that names the file, the reason and the remedy.
    static func write(_ snapshot: Snapshot, to path: String, _ option: String) throws(CommandError) {
        let bytes: [UInt8]
        do {
            bytes = try snapshot.encoded()
        } catch {
            throw .load("\(option): \(error.description.oneLine)")
        }
        guard bytes.count <= limit(snapshot.ram.count) else {
            throw .load(
                "\(option): the snapshot is too large to be loaded again; let the guest write less to its disks")
        }
        try HostFile.replace(path, with: bytes, option)
    }
}
