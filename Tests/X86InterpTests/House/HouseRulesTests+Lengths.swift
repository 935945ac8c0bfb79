import TestSupport
import Testing

/// How long a function is.
extension HouseRulesTests {
    private static let longestFunction = 60

    /// Functions that are longer, and why; the list may only shrink.
    private static let longFunctions: [String: Set<String>] = [
        // A text for each rule of the manual, a line each.
        "Sources/X86Interp/Architecture/Rule+Text.swift": ["text"],
        // The complete switch and the table of handlers: a case for each, a line each.
        "Sources/X86Interp/Engine/CPU+General.swift": ["executeGeneral"],
        "Sources/X86Interp/Engine/Handlers.swift": ["handler"],
        "Sources/X86Interp/Engine/FloatHandlers.swift": ["floatRr", "floatRm"],
        // An advice for each kind of fault.
        "Sources/x86sim/REPL/FaultAdvice.swift": ["text"],
    ]

    @Test(arguments: sources) func functionsAreShort(folder: String) throws {
        var count = 0
        for file in try SourceTree.swiftFiles(in: folder) {
            let functions = Self.functions(in: file.lines.map(String.init))
            count += functions.count
            let long = Set(functions.filter { $0.lines > Self.longestFunction }.map(\.name))
            let allowed = Self.longFunctions[file.path] ?? []
            #expect(long.subtracting(allowed) == [], "\(file.path): more than \(Self.longestFunction) lines")
            #expect(allowed.subtracting(long) == [], "\(file.path): no longer so long, take it off the list")
        }
        #expect(count > 200)
    }

    /// The functions, initialisers and computed properties of a file, found by their margins, and how many lines each
    /// has.
    private static func functions(in lines: [String]) -> [(name: String, lines: Int)] {
        var found: [(name: String, lines: Int)] = []
        for (start, line) in lines.enumerated() {
            guard let name = functionName(line) else { continue }
            let margin = String(line.prefix { $0 == " " })
            guard let opening = opening(from: start, margin, lines),
                let closing = lines[opening...].firstIndex(of: margin + "}")
            else { continue }
            found.append((name, closing - start + 1))
        }
        return found
    }

    /// The line that ends with a function's brace: its first, or the one that closes its parameters.
    private static func opening(from start: Int, _ margin: String, _ lines: [String]) -> Int? {
        if lines[start].hasSuffix("{") { return start }
        for place in lines.indices[(start + 1)...] where !lines[place].hasPrefix(margin + " ") {
            return lines[place].hasPrefix(margin + ")") && lines[place].hasSuffix("{") ? place : nil
        }
        return nil
    }

    /// The name of what a line declares with a body, or nil.
    private static func functionName(_ line: String) -> String? {
        let words = line.split { " (<:".contains($0) }
        let modifiers: Set<Substring> = [
            "public", "package", "private", "fileprivate", "static", "mutating", "nonmutating", "override",
            "convenience",
            "final",
        ]
        guard let first = words.firstIndex(where: { !modifiers.contains($0) && !$0.hasPrefix("@") }) else { return nil }
        switch words[first] {
        case "func", "var": return first + 1 < words.count ? String(words[first + 1]) : nil
        case "init", "init?", "deinit", "subscript": return String(words[first])
        default: return nil
        }
    }

    @Test func functionsAreMeasured() {
        let text = """
            struct Sample {
                func short() {
                    print(1)
                }

                private static func wide(
                    _ one: Int
                ) -> Int {
                    one
                }

                let stored = 1
                var computed: Int {
                    1
                }
            }
            """
        let functions = Self.functions(
            in: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        #expect(functions.map(\.name) == ["short", "wide", "computed"])
        #expect(functions.map(\.lines) == [3, 5, 3])
    }
}
