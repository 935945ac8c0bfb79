import Foundation

/// The package's own files, for tests of the rules that hold for them.
public struct SourceTree: Sendable {
    /// A file of the package.
    public struct File: Sendable {
        /// Its path from the package's folder.
        public let path: String
        /// Its text.
        public let text: String
        /// Its lines without their ends.
        public var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        /// Its lines without comments and without what stands in quotes.
        public var code: [String] { lines.map { SourceTree.code(String($0)) } }
    }

    /// The package's folder.
    public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// All Swift files under a folder, ordered by path.
    ///
    /// - Parameter folder: a path from the package's folder, such as `Sources/Devices`.
    public static func swiftFiles(in folder: String) throws -> [File] {
        let start = root.appendingPathComponent(folder)
        let names = FileManager.default.enumerator(atPath: start.path)?.compactMap { $0 as? String } ?? []
        return try names.filter { $0.hasSuffix(".swift") }.sorted().map { try file(folder + "/" + $0) }
    }

    /// The file at a path from the package's folder.
    public static func file(_ path: String) throws -> File {
        File(path: path, text: try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8))
    }

    /// Whether there is a file or folder at a path from the package's folder.
    public static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }

    /// A line without its comment and without what stands in quotes.
    private static func code(_ line: String) -> String {
        let (quote, slash, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "\\"))
        var result: [UInt8] = []
        var isQuoted = false
        var last: UInt8 = 0
        for byte in line.utf8 {
            if byte == quote && last != backslash { isQuoted.toggle() }
            if !isQuoted {
                if byte == slash && last == slash { return String(decoding: result.dropLast(), as: UTF8.self) }
                result.append(byte)
            }
            last = byte
        }
        return String(decoding: result, as: UTF8.self)
    }
}
