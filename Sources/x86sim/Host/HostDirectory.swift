#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Directories of the host, and files that gzip has packed.
enum HostDirectory {
    /// The most that a packed file may grow to: 256 MiB.
    static let unpackedLimit = 256 << 20

    /// Whether a path names a directory.
    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether a path names something that exists.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0
    }

    /// The names in a directory without `.` and `..`, sorted by their bytes.
    ///
    /// - Throws: `CommandError` with status 2 that names the directory and the reason.
    static func names(in path: String) throws(CommandError) -> [String] {
        guard let directory = opendir(path) else {
            throw .load("cannot read the directory \(path.quoted): \(HostFile.reason(errno)); check the path")
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            // d_name ends with a zero within its bounds; the pointer is used within the closure only.
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// What the system's gzip unpacks from a file.
    ///
    /// - Throws: `CommandError` with status 2 if gzip is missing, the file is damaged or unpacks to more than the limit.
    static func unpack(_ path: String) throws(CommandError) -> [UInt8] {
        // The shell sees the path in single quotes, within which only a single quote has a meaning.
        let quoted = "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
        guard let pipe = popen("gzip -dc -- \(quoted) 2>/dev/null", "r") else {
            throw .load("cannot start gzip for \(path.quoted): \(HostFile.reason(errno)); unpack the file first")
        }
        var bytes: [UInt8] = []
        var count = 0
        repeat {
            let piece = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, initialized in
                initialized = fread(buffer.baseAddress, 1, buffer.count, pipe)
            }
            count = piece.count
            bytes += piece
        } while count > 0 && bytes.count <= unpackedLimit
        let status = pclose(pipe) >> 8 & 0xFF
        guard bytes.count <= unpackedLimit else {
            throw .load("cannot use \(path.quoted): it unpacks to more than \(HostFile.sizeText(unpackedLimit))")
        }
        switch status {
        case 0: return bytes
        case 127: throw .load("cannot unpack \(path.quoted): there is no gzip; install it or unpack the file")
        default: throw .load("cannot unpack \(path.quoted): gzip finds it damaged (status \(status)); get it again")
        }
    }

    /// Whether all bytes are zero.
    static func isZero(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let start = bytes.baseAddress, let first = bytes.first else { return true }
        return first == 0 && memcmp(start, start + 1, bytes.count - 1) == 0
    }
}
