import Foundation
import TestSupport
import Testing

/// The rules of the house that a machine can check: what may import what, which way names point, how long a file is.
@Suite struct HouseRulesTests {
    static let sources = ["Sources/X86Interp", "Sources/Devices", "Sources/x86sim"]
    private static let systems: Set<String> = ["Glibc", "Musl", "Darwin"]

    // MARK: Imports

    /// What each part may import: the C library only in the few files that touch the host.
    private static func allowedImports(_ path: String) -> Set<String> {
        let isHostFile = path.contains("/Host/") || path == "Sources/X86Interp/Platform/HostMemory.swift"
        let library = isHostFile ? systems : []
        if path.hasPrefix("Sources/x86sim/") { return library.union(["X86Interp", "Devices"]) }
        if path.hasPrefix("Sources/Devices/") { return ["X86Interp"] }
        return library
    }

    @Test(arguments: sources) func importsPointDown(folder: String) throws {
        let files = try SourceTree.swiftFiles(in: folder)
        #expect(files.count > 3)
        for file in files {
            let imports = Set(file.code.compactMap(Self.importedModule))
            #expect(imports.subtracting(Self.allowedImports(file.path)) == [], "\(file.path)")
        }
    }

    private static func importedModule(_ line: String) -> String? {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
            words[..<place].allSatisfy({ $0.hasPrefix("@") || $0 == "public" || $0 == "internal" })
        else { return nil }
        return String(words[place + 1].prefix { $0 != "." })
    }

    @Test func importsAreFoundHoweverTheyAreWritten() {
        #expect(Self.importedModule("    import Glibc") == "Glibc")
        #expect(Self.importedModule("@testable import x86sim") == "x86sim")
        #expect(Self.importedModule("public import Foundation.NSData") == "Foundation")
        #expect(Self.importedModule("let important = 1") == nil)
    }

    // MARK: Files

    private static let maximumLines = 500
    /// Files that are longer because they are nothing but rows of a table.
    private static let tables: Set<String> = [
        "Sources/X86Interp/Engine/Handlers.swift", "Sources/X86Interp/Engine/RegisterHandlers.swift",
        "Sources/X86Interp/Engine/FloatHandlers.swift",
    ]

    @Test(arguments: sources + ["Tests"]) func filesAreShort(folder: String) throws {
        for file in try SourceTree.swiftFiles(in: folder) where !Self.tables.contains(file.path) {
            let count = file.lines.count - 1
            #expect(count <= Self.maximumLines, "\(file.path): split it by question answered")
        }
    }

    @Test(arguments: sources) func nothingIsLeftOpen(folder: String) throws {
        for file in try SourceTree.swiftFiles(in: folder) {
            for (number, line) in file.lines.enumerated() {
                let isOpen = ["TODO", "FIXME", "XXX"].contains { line.contains($0) }
                #expect(!isOpen, "\(file.path):\(number + 1): finish it or say so in an issue")
            }
        }
    }

    @Test(arguments: sources) func nothingChangeableIsGlobal(folder: String) throws {
        for file in try SourceTree.swiftFiles(in: folder) {
            for (number, line) in file.code.enumerated() {
                let words = line.split(separator: " ")
                let isGlobal = line.first != " " && (words.first == "var" || words.dropFirst().first == "var")
                let isStatic = words.contains("static") && words.contains("var") && !line.contains("{")
                #expect(!isGlobal && !isStatic, "\(file.path):\(number + 1): state belongs to a value or a device")
            }
        }
    }

    /// `precondition` and its kin say nothing in a release build: a process that has to end says why by `fatalError`.
    @Test(arguments: sources) func nothingEndsWithoutASentence(folder: String) throws {
        let mute = ["precondition(", "preconditionFailure(", "assert(", "assertionFailure(", "fatalError()"]
        for file in try SourceTree.swiftFiles(in: folder) {
            for (number, line) in file.code.enumerated() {
                let isMute = mute.contains { line.contains($0) }
                #expect(!isMute, "\(file.path):\(number + 1): throw, or end with a sentence by fatalError")
            }
        }
    }

    // MARK: Documents

    /// Paths in the documents are of files that exist: a document that points nowhere is out of date.
    @Test(arguments: ["README.md", "CONTRIBUTING.md", "SECURITY.md"]) func documentsNameFilesThatExist(document: String)
        throws
    {
        let folders = ["Sources/", "Tests/", "fixtures/", ".ci/"]
        let text = try SourceTree.file(document).text
        let words = text.split { " `()|,;\n".contains($0) }.map(String.init)
        let paths = words.filter { word in folders.contains { word.hasPrefix($0) } && !word.contains("<") }
        #expect(!paths.isEmpty)
        for path in paths {
            let isEndOfSentence = path.hasSuffix(".") || path.hasSuffix(":")
            #expect(SourceTree.exists(isEndOfSentence ? String(path.dropLast()) : path), "\(path)")
        }
    }

    /// Suites that the page on security names are there, and it names one for each of the hostile kinds.
    @Test func thePageOnSecurityNamesSuitesThatExist() throws {
        let page = try SourceTree.file("SECURITY.md").text
        let words = page.split { !$0.isLetter }.filter { $0.hasSuffix("Tests") && $0.count > 5 }
        #expect(Set(words).count > 10)
        let declared = try Set(
            SourceTree.swiftFiles(in: "Tests").flatMap(\.code).compactMap { line -> Substring? in
                guard let place = line.range(of: "struct ")?.upperBound else { return nil }
                return line[place...].prefix { $0.isLetter }
            })
        for word in words { #expect(declared.contains(word), "SECURITY.md") }
    }
}
