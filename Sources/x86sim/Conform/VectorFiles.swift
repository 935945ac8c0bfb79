/// Finds and reads the files of test vectors that the command line names.
enum VectorFiles {
    /// The files to read: those among the operands, and from directories, at any depth, `.MOO` and `.MOO.gz` in order.
    ///
    /// - Throws: `CommandError` for what does not exist and for directories without vectors.
    static func find(_ operands: [String]) throws(CommandError) -> [String] {
        guard !operands.isEmpty else { throw .usage("no test vectors are named; give .MOO files or directories") }
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
                throw .load("there is no .MOO or .MOO.gz file in \(operand.quoted); name a directory that has some")
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
        let name = name.lowercased()
        return name.hasSuffix(".moo") || name.hasSuffix(".moo.gz")
    }

    /// Reads a file, which may be packed by gzip and may hold many files one behind the other.
    ///
    /// - Throws: `CommandError` that names the file and what is wrong with it.
    static func read(_ path: String) throws(CommandError) -> [MOOFile] {
        var contents = try HostFile.read(path)
        if contents.starts(with: [0x1F, 0x8B]) { contents = try HostDirectory.unpack(path) }
        do throws(MOOError) {
            return try MOOReader.read(contents, name: path)
        } catch {
            throw .load("cannot use \(path.quoted): \(error.message); get the file again")
        }
    }
}
