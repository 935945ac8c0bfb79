/// Parts of paths of the host.
enum HostPath {
    /// The part behind the last slash.
    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The path of a file that another file names: relative to that file's folder, unless it starts with a slash.
    static func path(_ path: String, besides file: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return String(file[...slash]) + path
    }
}
