/// A file that is loaded with a kernel: an initial RAM disk, a multiboot module.
struct KernelModule: Equatable, Sendable {
    /// Its path.
    var path: String
    /// What stands behind the path: the module's own command line.
    var arguments: String
    /// Its contents; empty until it is read.
    var bytes: [UInt8] = []

    /// The file's name and its arguments, as multiboot kernels are told.
    var text: String {
        let name = path.split(separator: "/").last ?? ""
        return arguments.isEmpty ? String(name) : "\(name) \(arguments)"
    }

    /// The most files that are loaded with a kernel.
    static let maximumCount = 64

    /// The modules of `-initrd`: paths with arguments behind a blank, separated by commas; two commas are one of a name.
    static func parse(_ text: String) -> [KernelModule] {
        var parts = [""]
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "," else {
                parts[parts.count - 1].append(character)
                continue
            }
            if rest.first == "," {
                parts[parts.count - 1].append(",")
                rest.removeFirst()
            } else {
                parts.append("")
            }
        }
        return parts.map { part in
            let words = part.drop { $0 == " " }
            let path = words.prefix { $0 != " " }
            return KernelModule(path: String(path), arguments: String(words.dropFirst(path.count).drop { $0 == " " }))
        }
    }
}

extension LoadingContext {
    /// Refuses `-initrd` and `-append` for what has no use for them.
    ///
    /// - Throws: `CommandError` that names the option.
    func refuseModules(_ what: String) throws(CommandError) {
        guard modules.isEmpty else { throw .usage("-initrd: \(what) takes no further files; leave it out") }
        guard commandLine == nil else { throw .usage("-append: \(what) has no command line; leave it out") }
    }
}
