#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Files of the host, read whole and within bounds.
enum HostFile {
    /// The most that is read of one file: 64 MiB.
    static let limit = 64 << 20

    /// All bytes of a file that is not empty and no longer than `limit`; `-` is standard input.
    ///
    /// - Throws: `CommandError` with status 2 that names the file, the reason and the remedy.
    static func read(_ path: String, limit: Int = limit) throws(CommandError) -> [UInt8] {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw .load("a file name is empty; name a file") }
        let descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .load("cannot read \(path.quoted): \(remedy(errno))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .load("cannot read \(path.quoted): \(reason(errno)); name another file")
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw .load("cannot read \(path.quoted): it is a directory; name a file in it")
        }
        let bytes = try contents(of: descriptor, path, size: Int(status.st_size), limit: limit)
        guard !bytes.isEmpty else { throw .load("cannot use \(path.quoted): it is empty; name a file with contents") }
        return bytes
    }

    private static func contents(
        of descriptor: Int32, _ path: String, size: Int, limit: Int
    ) throws(CommandError) -> [UInt8] {
        let tooLarge = "cannot use \(path.quoted): it is larger than \(sizeText(limit)); name a smaller file"
        guard size <= limit else { throw .load(tooLarge) }
        var bytes: [UInt8] = []
        let chunk = max(4096, min(size + 1, 1 << 20))
        while true {
            var failure: Int32 = 0
            // `read` fills at most the capacity that it is given and reports how much that was.
            let piece = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
                var got = -1
                repeat {
                    got = HostDescriptor.read(descriptor, buffer.baseAddress, chunk)
                    failure = got < 0 ? errno : 0
                } while failure == EINTR
                count = max(0, got)
            }
            guard failure == 0 else {
                throw .load("cannot read \(path.quoted): \(reason(failure)); name another file")
            }
            if piece.isEmpty { return bytes }
            bytes += piece
            guard bytes.count <= limit else { throw .load(tooLarge) }
        }
    }

    /// Whether a file can be written, without touching it: for what is written after a long run.
    ///
    /// - Throws: `CommandError` with status 2 that names the option, the file and the reason.
    static func checkWritable(_ path: String, _ option: String) throws(CommandError) {
        func fail(_ reason: String) -> CommandError {
            .load("\(option): cannot write \(path.quoted): \(reason); choose another file")
        }
        guard !path.utf8.contains(0) else { throw fail("the name has a zero byte") }
        guard !HostDirectory.isDirectory(path) else { throw fail("it is a directory") }
        if access(path, W_OK) == 0 { return }
        guard errno == ENOENT else { throw fail(reason(errno)) }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        guard access(folder, W_OK | X_OK) == 0 else { throw fail(reason(errno)) }
    }

    /// The system's words for an error number, in lower case.
    static func reason(_ number: Int32) -> String {
        guard let text = strerror(number) else { return "error \(number)" }
        let words = String(cString: text)
        return words.prefix(1).lowercased() + words.dropFirst()
    }

    private static func remedy(_ number: Int32) -> String {
        switch number {
        case ENOENT, ENOTDIR: "no such file; check the path"
        case EACCES, EPERM: "permission denied; check the file's mode"
        case ENAMETOOLONG: "the name is too long; check the path"
        default: reason(number) + "; name another file"
        }
    }

    /// A size in words: `64 MiB`, `512 bytes`.
    static func sizeText(_ size: Int) -> String {
        if size > 0, size % (1 << 20) == 0 { return "\(size >> 20) MiB" }
        if size > 0, size % 1024 == 0 { return "\(size >> 10) KiB" }
        return "\(size) bytes"
    }
}
