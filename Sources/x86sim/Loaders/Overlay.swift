import Devices

/// What guests have written to a disk, in a file of its own: the image stays as it is.
///
/// Format, all numbers little-endian:
///
///     0   16 bytes  "x86sim overlay" and two zeros
///     16  dword     version, 1
///     20  dword     length of the base's path
///     24  qword     sectors of the base
///     32  qword     hash of parts of the base
///     40  qword     number of records
///     48            the base's path in UTF-8
///         records   qword number of the sector, 512 bytes; in ascending order
///         qword     hash of all bytes before
///
/// The base's path is for people: the base may be elsewhere by now, but it has to be the same.
struct Overlay: Equatable, Sendable {
    /// Where the base was.
    var basePath: String
    /// How many sectors it has.
    var baseSectors: UInt64
    /// The hash of its start, its end and some sectors between.
    var baseHash: UInt64
    /// What was written, by sector.
    var sectors: [UInt64: [UInt8]] = [:]

    /// What a file lacks to be an overlay.
    struct Broken: Error {
        /// In words.
        let reason: String
    }

    private static let magic: [UInt8] = Array("x86sim overlay".utf8) + [0, 0]
    private static let headSize = 48
    private static let recordSize = 520
    private static let pathLimit = 4096
    /// The most sectors, which is what a drive keeps, over several runs: 512 MiB.
    static let sectorLimit = 1 << 20
    /// The longest file.
    static let fileLimit = headSize + pathLimit + sectorLimit * recordSize + 8

    /// An overlay without sectors.
    init(of base: any DiskBackend, path: String) {
        basePath = path
        baseSectors = base.sectorCount
        baseHash = Self.hash(of: base)
    }

    /// The hash of a base: of its first MiB, of 64 sectors between and the last.
    static func hash(of base: any DiskBackend) -> UInt64 {
        let count = base.sectorCount
        guard count > 0 else { return 0 }
        var numbers = Array(0..<min(2048, count))
        if count > 2048 { numbers += (1...64).map { count / 65 * $0 } + [count - 1] }
        return MemoryHash.of(numbers.flatMap { base.read(sector: $0) ?? [] })
    }

    // MARK: Bytes

    /// The file's contents.
    func encoded() -> [UInt8] {
        let path = Array(basePath.utf8.prefix(Self.pathLimit))
        let whole = sectors.filter { $0.key < baseSectors && $0.value.count == 512 }.sorted { $0.key < $1.key }
        var file = Self.magic + UInt32(1).bytes + UInt32(path.count).bytes
        file += baseSectors.bytes + baseHash.bytes + UInt64(whole.count).bytes + path
        file.reserveCapacity(file.count + whole.count * Self.recordSize + 8)
        for (number, contents) in whole {
            file += number.bytes
            file += contents
        }
        return file + MemoryHash.of(file).bytes
    }

    /// The overlay that a file's contents are.
    init(decoding file: [UInt8]) throws(Broken) {
        func number(_ place: Int, _ count: Int) -> UInt64 {
            file[place..<place + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        guard file.starts(with: Self.magic) else { throw Broken(reason: "it does not start as one") }
        guard file.count >= Self.headSize + 8 else { throw Broken(reason: "its end is missing") }
        guard number(16, 4) == 1 else { throw Broken(reason: "it is of version \(number(16, 4)), not 1") }
        let (pathSize, count) = (number(20, 4), number(40, 8))
        guard pathSize <= Self.pathLimit, count <= Self.sectorLimit,
            file.count == Self.headSize + Int(pathSize) + Int(count) * Self.recordSize + 8
        else { throw Broken(reason: "its length is not what it says") }
        guard number(file.count - 8, 8) == MemoryHash.of(Array(file.dropLast(8))) else {
            throw Broken(reason: "its checksum is wrong")
        }
        basePath = String(decoding: file[Self.headSize..<Self.headSize + Int(pathSize)], as: UTF8.self)
        baseSectors = number(24, 8)
        baseHash = number(32, 8)
        var last: UInt64?
        for record in 0..<Int(count) {
            let place = Self.headSize + Int(pathSize) + record * Self.recordSize
            let sector = number(place, 8)
            guard sector < baseSectors, last.map({ $0 < sector }) ?? true else {
                throw Broken(reason: "its sectors are out of order, or of no disk")
            }
            last = sector
            sectors[sector] = Array(file[place + 8..<place + Self.recordSize])
        }
    }
}

/// An image with what guests have written to it before.
final class OverlayDisk: DiskBackend {
    /// What lies over the image.
    let overlay: Overlay
    /// Its file.
    let path: String
    private let base: any DiskBackend

    /// An overlay's file over an image; a file that is not there yet is an empty overlay.
    ///
    /// - Throws: `CommandError` in one line if the file is no overlay, or that of another base.
    init(_ path: String, over base: any DiskBackend, basePath: String) throws(CommandError) {
        self.path = path
        self.base = base
        let fresh = Overlay(of: base, path: basePath)
        guard HostFile.exists(path) else {
            overlay = fresh
            return
        }
        do throws(Overlay.Broken) {
            overlay = try Overlay(decoding: try Self.contents(path))
        } catch {
            throw .load("--overlay: \(path.quoted) is no overlay: \(error.reason); name another file")
        }
        guard overlay.baseSectors == fresh.baseSectors, overlay.baseHash == fresh.baseHash else {
            let base = "\(String(overlay.basePath.oneLine.prefix(200)).quoted) of \(overlay.baseSectors) sectors"
            throw .load("--overlay: \(path.quoted) lies over another image, \(base), as that was then; name that one")
        }
    }

    private static func contents(_ path: String) throws(Overlay.Broken) -> [UInt8] {
        do { return try HostFile.read(path, limit: Overlay.fileLimit) } catch {
            throw Overlay.Broken(reason: error.message)
        }
    }

    /// As many as the image has.
    var sectorCount: UInt64 { base.sectorCount }

    /// What was written, else what the image has.
    func read(sector: UInt64) -> [UInt8]? { overlay.sectors[sector] ?? base.read(sector: sector) }

    /// Writes the file, with what a guest has written in this run.
    ///
    /// - Throws: `CommandError` if it cannot be written.
    func save(_ written: [UInt64: [UInt8]]) throws(CommandError) {
        guard !written.isEmpty || !HostFile.exists(path) else { return }
        var overlay = overlay
        overlay.sectors.merge(written) { $1 }
        guard overlay.sectors.count <= Overlay.sectorLimit else {
            throw .load("--overlay: there is more for \(path.quoted) than 512 MiB; let guests write less")
        }
        try HostFile.replace(path, with: overlay.encoded(), "--overlay")
    }
}
