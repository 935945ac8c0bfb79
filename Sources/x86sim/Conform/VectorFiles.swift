/// Finds and reads the files of test vectors that the command line names.
enum VectorFiles {
    /// How the names of vector files end, in capitals.
    static let suffixes = [".MOO.GZ", ".MOO", ".JSON.GZ", ".JSON"]

    /// The files to read: those among the operands, and from directories, at any depth, all vector files in order.
    ///
    /// - Throws: `CommandError` for what does not exist and for directories without vectors.
    static func find(_ operands: [String]) throws(CommandError) -> [String] {
        guard !operands.isEmpty else {
            throw .usage("no test vectors are named; give .MOO or .json files or directories")
        }
        var paths: [String] = []
        for operand in operands {
            guard HostDirectory.isDirectory(operand) else {
                guard HostDirectory.exists(operand) else {
                    throw .load("cannot read \(operand.quoted): no such file; check the path")
                }
                paths.append(operand)
                continue
            }
            let found = try files(in: operand, depth: 0)
            guard !found.isEmpty else {
                throw .load(
                    "there is no .MOO or .json file, packed or not, in \(operand.quoted); name a directory with some")
            }
            paths += found
        }
        return paths
    }

    private static func files(in directory: String, depth: Int) throws(CommandError) -> [String] {
        guard depth < 16 else { return [] }
        var paths: [String] = []
        for name in try HostDirectory.names(in: directory) {
            let path = directory.hasSuffix("/") ? directory + name : directory + "/" + name
            if isVectorFile(name) {
                paths.append(path)
            } else if HostDirectory.isDirectory(path) {
                paths += try files(in: path, depth: depth + 1)
            }
        }
        return paths
    }

    private static func isVectorFile(_ name: String) -> Bool {
        let name = name.uppercased()
        return suffixes.contains { name.hasSuffix($0) }
    }

    /// Reads a file, which may be packed by gzip; a MOO file may hold many one behind the other, a JSON file that has no
    /// tests (`metadata.json`) holds none.
    ///
    /// - Throws: `CommandError` that names the file and what is wrong with it.
    static func read(_ path: String) throws(CommandError) -> [MOOFile] {
        var contents = try HostFile.read(path, limit: HostDirectory.unpackedLimit)
        if contents.starts(with: [0x1F, 0x8B]) { contents = try HostDirectory.unpack(path) }
        do throws(MOOError) {
            let isJSON = contents.first { !$0.isSpace }.map { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }
            return try isJSON == true
                ? JSONVectors.read(contents, name: path) : MOOReader.read(contents, name: path)
        } catch {
            throw .load("cannot use \(path.quoted): \(error.message); get the file again")
        }
    }
}

extension UInt8 {
    /// A blank, tab, carriage return or line feed.
    fileprivate var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
