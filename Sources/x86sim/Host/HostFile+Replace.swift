#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension HostFile {
    /// Writes a file, over what was there.
    ///
    /// - Throws: `CommandError` with status 2 that names the option, the file and the reason.
    static func write(_ path: String, with bytes: [UInt8], _ option: String) throws(CommandError) {
        let sink = try FileSink(path: path)
        sink.write(bytes)
        sink.flush()
        if let failure = sink.failure { throw .load("\(option): \(failure); make room or choose another file") }
    }

    /// Writes a file so that there is all of it or what was there before.
    ///
    /// It is written under another name beside the old one, whose place it then takes; what is no regular file, such as
    /// a pipe, is written as it is.
    ///
    /// - Throws: `CommandError` with status 2 that names the option, the file and the reason.
    static func replace(_ path: String, with bytes: [UInt8], _ option: String) throws(CommandError) {
        var status = stat()
        let exists = stat(path, &status) == 0
        if exists, status.st_mode & S_IFMT != S_IFREG {
            return try write(path, with: bytes, option)
        }
        let target = exists ? resolved(path) : path
        guard let (descriptor, name) = temporary(beside: target) else { throw unwritable(option, path, errno) }
        let sink = FileSink(descriptor: descriptor, name: path.quoted)
        sink.write(bytes)
        sink.flush()
        if exists { _ = fchmod(descriptor, status.st_mode & 0o7777) }
        let isWritten = sink.failure == nil && fsync(descriptor) == 0
        let isClosed = close(descriptor) == 0
        guard isWritten, isClosed, rename(name, target) == 0 else {
            let number = errno
            unlink(name)
            if let failure = sink.failure { throw .load("\(option): \(failure); make room or choose another file") }
            throw unwritable(option, path, number)
        }
    }

    /// Whether `replace` can write a file, as far as can be told without touching it.
    ///
    /// - Throws: `CommandError` with status 2 that names the option, the file and the reason.
    static func checkReplaceable(_ path: String, _ option: String) throws(CommandError) {
        try checkWritable(path, option)
        guard !path.isEmpty else { throw .load("\(option): a file name is empty; name a file") }
        var status = stat()
        let isOther = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
        guard isOther || access(folder(of: resolved(path)), W_OK | X_OK) == 0 else {
            throw unwritable(option, path, errno)
        }
    }

    private static func unwritable(_ option: String, _ path: String, _ number: Int32) -> CommandError {
        .load("\(option): cannot write \(path.quoted): \(reason(number)); choose another file")
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
    }

    /// Where links lead to; the path itself if nothing is there.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// A new file in the folder of another.
    private static func temporary(beside path: String) -> (descriptor: Int32, name: String)? {
        for number in 0..<100 {
            let name = folder(of: path) + ".x86sim-\(getpid())-\(number)"
            let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 { return (descriptor, name) }
            guard errno == EEXIST else { return nil }
        }
        return nil
    }
}
