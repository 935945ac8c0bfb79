import Foundation
import TestSupport
import Testing

/// The page of the house says what the tree is: its rooms, what each names, and what others call of the processor.
extension HouseRulesTests {
    private static let page = "Sources/X86Interp/X86Interp.docc/House.md"

    @Test func pageOfTheHouseIsTrue() throws {
        let old = try SourceTree.file(Self.page).lines.map(String.init)
        var new: [String] = []
        var house: (house: House, named: [Set<Int>])?
        var isMembers = false
        for line in old {
            if line.hasPrefix("## ") {
                house = try Self.houses.first { $0.root == "Sources/" + line.dropFirst(3) }
                    .map { ($0, try Self.roomsNamed($0)) }
                isMembers = line == "## What others call of the processor"
            }
            let isRow = line.hasPrefix("| `") || line.hasPrefix("| (")
            new.append(try isRow ? house.map { try Self.row(line, $0.house, $0.named) } ?? line : line)
            // The last thing in the page.
            if isMembers, line.hasSuffix(":") {
                new += [""] + Self.wrapped(try Self.calledMembers()) + [""]
                break
            }
        }
        let text = new.joined(separator: "\n")
        if ProcessInfo.processInfo.environment["X86SIM_UPDATE_DOCS"] != nil {
            try text.write(to: SourceTree.root.appendingPathComponent(Self.page), atomically: true, encoding: .utf8)
        }
        #expect(old.joined(separator: "\n") == text, "run this test with X86SIM_UPDATE_DOCS=1")
        let rooms = old.filter { $0.hasPrefix("| `") || $0.hasPrefix("| (") }.map(Self.room)
        #expect(rooms == Self.houses.flatMap(\.layers), "the rooms, lowest first")
    }

    /// The name in a room's row; that of the files beside the folders is empty.
    private static func room(_ row: String) -> String {
        let name = row.dropFirst(2).prefix { $0 != " " }
        return name.hasPrefix("(") ? "" : String(name.filter { $0 != "`" })
    }

    /// A room's row with the rooms that it names, as they are.
    private static func row(_ row: String, _ house: House, _ rooms: [Set<Int>]) throws -> String {
        let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        let layer = try #require(house.layers.firstIndex(of: room(row)), "no such room: \(row)")
        let named = rooms[layer].sorted().map { house.layers[$0] }
        return "| \(cells[0]) | \(cells[1]) | \(named.map { $0.isEmpty ? "(top)" : $0 }.joined(separator: ", ")) |"
    }

    /// The rooms whose types the files of each name.
    private static func roomsNamed(_ house: House) throws -> [Set<Int>] {
        let files = try SourceTree.swiftFiles(in: house.root).map { (layer: try layerOf($0, house), code: $0.code) }
        var home: [String: Set<Int>] = [:]
        for file in files {
            for type in file.code.compactMap(declaredType) { home[type, default: []].insert(file.layer) }
        }
        var found = [Set<Int>](repeating: [], count: house.layers.count)
        for file in files {
            for name in file.code.flatMap(names) {
                guard let rooms = home[name], rooms.count == 1, let room = rooms.first else { continue }
                if room != file.layer { found[file.layer].insert(room) }
            }
        }
        return found
    }

    private static func layerOf(_ file: SourceTree.File, _ house: House) throws -> Int {
        try place(file, in: house).layer
    }

    // MARK: Members

    private static let processor = "Sources/X86Interp/Processor/"
    private static let engine = "Sources/X86Interp/Engine/"
    /// What bodies of instructions may call of the engine: an op's operands, repetition, errata.
    private static let forBodies: Set<String> = ["CPU+Operands.swift", "CPU+Repetition.swift", "CPU+Errata.swift"]

    @Test func fewMembersOfTheProcessorAreForOthers() throws {
        let called = try Self.calledMembers()
        #expect(called.count > 80)
        #expect(called.count < 150)
    }

    @Test func nobodyBelowCallsTheEngine() throws {
        let files = try SourceTree.swiftFiles(in: "Sources/X86Interp")
        let ofEngine = files.filter { $0.path.hasPrefix(Self.engine) }
        let all = Set(ofEngine.flatMap { Self.members(of: $0, kinds: ["func"]) })
        let shared = Set(
            ofEngine.filter { Self.forBodies.contains(String($0.path.dropFirst(Self.engine.count))) }
                .flatMap { Self.members(of: $0, kinds: ["func"]) })
        #expect(all.count > 15 && !shared.isEmpty)
        for file in files {
            let isBodies = file.path.hasPrefix("Sources/X86Interp/Instructions/")
            guard isBodies || file.path.hasPrefix(Self.processor) else { continue }
            let forbidden = isBodies ? all.subtracting(shared) : all
            let own = Set(Self.members(of: file, kinds: ["func"], privateToo: true))
            let called = Set(file.code.flatMap(Self.calls)).intersection(forbidden).subtracting(own)
            #expect(called == [], "\(file.path) calls the engine above it")
        }
    }

    /// The members of the processor that other rooms name, sorted.
    private static func calledMembers() throws -> [String] {
        let files = try SourceTree.swiftFiles(in: "Sources/X86Interp")
        let members = Set(files.filter { $0.path.hasPrefix(processor) }.flatMap { Self.members(of: $0) })
        var named: Set<String> = []
        for file in files where !file.path.hasPrefix(processor) {
            for line in file.code {
                for word in line.utf8.split(whereSeparator: { !isPartOfName($0) }) {
                    named.insert(String(Substring(word)))
                }
            }
        }
        return members.intersection(named).sorted()
    }

    /// The members that a file gives the CPU, without the private ones unless asked for.
    private static func members(
        of file: SourceTree.File, kinds: Set<Substring> = ["func", "var", "let"], privateToo: Bool = false
    ) -> [String] {
        var found: [String] = []
        var isCPU = false
        for line in file.code {
            if line.hasPrefix("extension CPU ") || line.hasPrefix("public struct CPU:") {
                isCPU = true
            } else if line.hasPrefix("}") {
                isCPU = false
            }
            guard isCPU, line.hasPrefix("    "), line.dropFirst(4).first != " " else { continue }
            let words = line.split { " (<:".contains($0) }
            guard privateToo || !words.contains("private"),
                let place = words.prefix(5).firstIndex(where: kinds.contains), place + 1 < words.count
            else { continue }
            found.append(String(words[place + 1]))
        }
        return found
    }

    /// The functions that a line calls without naming whose they are.
    private static func calls(_ line: String) -> [String] {
        var found: [String] = []
        let bytes = Array(line.utf8)
        for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: "(") {
            let start = bytes[..<place].lastIndex { !isPartOfName($0) }.map { $0 + 1 } ?? 0
            let isMember = start > 0 && bytes[start - 1] == UInt8(ascii: ".")
            let name = String(decoding: bytes[start..<place], as: UTF8.self)
            if !isMember, !name.isEmpty { found.append(name) }
        }
        return found
    }

    /// Names in lines of code of at most 100 columns.
    private static func wrapped(_ names: [String]) -> [String] {
        var lines: [String] = []
        var line = "   "
        for name in names {
            if line.count + name.count + 1 > 100 {
                lines.append(line)
                line = "   "
            }
            line += " " + name
        }
        return lines + [line]
    }
}
