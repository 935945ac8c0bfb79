import Foundation
import TestSupport
import Testing

/// The front pages of the libraries' documentation list what there is: every public type and every page, once.
@Suite struct CatalogueTests {
    @Test(arguments: ["X86Interp", "Devices"]) func everyPublicTypeIsInATopic(module: String) throws {
        let page = try SourceTree.file("Sources/\(module)/\(module).docc/\(module).md")
        let listed = Self.items(page, between: "- ``", and: "``")
        let files = try SourceTree.swiftFiles(in: "Sources/\(module)")
        let types = files.flatMap(\.code).compactMap(Self.publicType).sorted()
        #expect(types.count > 30)
        #expect(types.filter { !listed.contains($0) } == [], "public types that \(page.path) has in no topic")
        #expect(listed.filter { !types.contains($0) } == [], "topics of \(page.path) that are no public type")
        #expect(Set(listed).count == listed.count, "\(page.path) has a type in two topics")
    }

    @Test(arguments: ["X86Interp", "Devices"]) func everyPageIsInATopic(module: String) throws {
        let folder = "Sources/\(module)/\(module).docc"
        let listed = try Self.items(SourceTree.file("\(folder)/\(module).md"), between: "- <doc:", and: ">")
        let path = SourceTree.root.appendingPathComponent(folder).path
        let pages = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".md") }
            .map { String($0.dropLast(3)) }.filter { $0 != module }
        #expect(listed.sorted() == pages.sorted())
    }

    /// What a line at the left margin declares as a public type, or nil.
    private static func publicType(_ line: String) -> String? {
        let kinds: Set<Substring> = ["struct", "enum", "class", "protocol", "typealias", "actor"]
        let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "@" }
        guard line.first != " ", words.contains("public"), let place = words.firstIndex(where: kinds.contains),
            place + 1 < words.count
        else { return nil }
        return String(words[place + 1])
    }

    @Test func publicTypesAreFoundHoweverTheyAreWritten() {
        #expect(Self.publicType("public final class Machine {") == "Machine")
        #expect(Self.publicType("@frozen public struct Width: Sendable {") == "Width")
        #expect(Self.publicType("struct Own {") == nil)
        #expect(Self.publicType("    public struct Nested {") == nil)
        #expect(Self.publicType("public func free() {}") == nil)
    }

    private static func items(_ page: SourceTree.File, between start: String, and end: String) -> [String] {
        page.lines.filter { $0.hasPrefix(start) && $0.hasSuffix(end) }
            .map { String($0.dropFirst(start.count).dropLast(end.count)) }
    }
}
