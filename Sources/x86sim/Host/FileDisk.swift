import Devices

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A disk image in a file, read sector by sector: its size does not matter.
final class FileDisk: DiskBackend {
    /// The file's length in sectors, rounded up.
    let sectorCount: UInt64
    /// The file's length when it was opened.
    private let size: Int64
    private let descriptor: Int32

    /// Opens an image.
    ///
    /// - Throws: `CommandError` with status 2 that names the file and the reason.
    init(path: String) throws(CommandError) {
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else {
            throw .load("cannot read \(path.quoted): \(HostFile.reason(errno)); check the path")
        }
        let size = lseek(opened, 0, SEEK_END)
        guard size > 0, !HostDirectory.isDirectory(path) else {
            close(opened)
            throw .load("cannot use \(path.quoted) as a disk: it is empty or no file; name an image")
        }
        descriptor = opened
        self.size = Int64(size)
        sectorCount = UInt64(size) / 512 + (size % 512 == 0 ? 0 : 1)
    }

    deinit { close(descriptor) }

    /// One sector, zeros behind the file's end; nil if there is none or the file cannot be read, or has shrunk since.
    func read(sector: UInt64) -> [UInt8]? {
        guard sector < sectorCount else { return nil }
        var bytes = [UInt8](repeating: 0, count: 512)
        let whole = Int(min(512, size - Int64(sector * 512)))
        var done = 0
        while done < whole {
            // At most the 512 bytes that the array has.
            let got = bytes.withUnsafeMutableBytes { buffer in
                buffer.baseAddress.map { pread(descriptor, $0 + done, whole - done, off_t(sector * 512) + off_t(done)) }
                    ?? 0
            }
            if got <= 0 { return nil }
            done += got
        }
        return bytes
    }

    /// Writes sectors into an image.
    ///
    /// - Throws: `CommandError` with status 2 that names the file and the reason.
    static func write(_ sectors: [UInt64: [UInt8]], to path: String) throws(CommandError) {
        let opened = open(path, O_WRONLY | O_CLOEXEC)
        guard opened >= 0 else {
            throw .load("--disk-write: cannot write \(path.quoted): \(HostFile.reason(errno)); check the file's mode")
        }
        defer { close(opened) }
        let whole = sectors.filter { $0.key <= UInt64(Int64.max) / 512 && $0.value.count == 512 }
        for (number, bytes) in whole.sorted(by: { $0.key < $1.key }) {
            // The array's own bytes.
            let put = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { pwrite(opened, $0, buffer.count, off_t(number * 512)) } ?? 0
            }
            guard put == bytes.count else {
                throw .load("--disk-write: cannot write \(path.quoted): \(HostFile.reason(errno)); make room")
            }
        }
    }
}

extension HostFile {
    /// Which file it is, whatever it is called.
    struct Identity: Hashable {
        fileprivate let device: UInt64
        fileprivate let number: UInt64
    }

    /// The identity of a file that is there.
    static func identity(_ path: String) -> Identity? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Identity(
            device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(truncatingIfNeeded: status.st_ino))
    }

    /// Whether something has the name.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The length of a file, or nil if it has none.
    static func size(_ path: String) -> UInt64? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return UInt64(status.st_size)
    }
}

extension Host {
    /// Seconds from 1970, universal time.
    static func secondsFrom1970() -> Int64 { Int64(time(nil)) }
}
