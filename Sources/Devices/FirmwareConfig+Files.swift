// What the host hands over by name.
extension FirmwareConfig {
    /// Why a file was refused.
    public enum FileError: Error, Equatable, CustomStringConvertible {
        /// The directory has room for 1 to 55 bytes of ASCII without NUL.
        case name(String)
        /// There is one of that name already.
        case duplicate(String)
        /// The directory gives sizes in 32 bits.
        case tooLarge(String)
        /// All keys for files are taken.
        case tooMany(String)

        /// What is wrong and what helps, in one line.
        public var description: String {
            switch self {
            case .name(let name): "fw_cfg file name '\(name)': use 1 to \(longestName) printable ASCII characters"
            case .duplicate(let name): "fw_cfg file '\(name)' is there already: give each file its own name"
            case .tooLarge(let name): "fw_cfg file '\(name)' is too large: 4 GiB is the limit"
            case .tooMany(let name): "fw_cfg file '\(name)': no more than \(mostFiles) files fit"
            }
        }
    }

    /// The longest name: 56 bytes with the NUL behind it.
    public static let longestName = 55
    /// The number of keys from the first file's to the last one below bit 14.
    public static let mostFiles = 0x4000 - Int(Key.firstFile)

    /// Adds a file and gives all files their keys anew, in the order of their names: add before the guest runs.
    public func add(_ file: File) throws(FileError) {
        guard (1...Self.longestName).contains(file.name.utf8.count), file.name.utf8.allSatisfy({ 0x20...0x7E ~= $0 })
        else { throw .name(file.name) }
        guard !files.contains(where: { $0.name == file.name }) else { throw .duplicate(file.name) }
        guard file.contents.count <= Int(UInt32.max) else { throw .tooLarge(file.name) }
        guard files.count < Self.mostFiles else { throw .tooMany(file.name) }
        let place = files.firstIndex { file.name.utf8.lexicographicallyPrecedes($0.name.utf8) } ?? files.count
        files.insert(file, at: place)
        for (number, file) in files.enumerated().dropFirst(place) {
            items[Key.firstFile + UInt16(number)] = file.contents
        }
        items[Key.directory] = directory()
        item = contents(of: selected.selector)
    }

    /// The directory: number of files, then size, key, two bytes of zero and 56 bytes of name for each.
    func directory() -> [UInt8] {
        var bytes = Self.bigEndian(UInt32(files.count))
        for (number, file) in files.enumerated() {
            bytes += Self.bigEndian(UInt32(file.contents.count))
            bytes += Self.bigEndian(Key.firstFile + UInt16(number))
            bytes += [0, 0]
            bytes += Array(file.name.utf8)
            bytes += [UInt8](repeating: 0, count: 56 - file.name.utf8.count)
        }
        return bytes
    }

    /// The bytes of a number, highest first.
    static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }

    /// The bytes of a number, lowest first.
    static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
