import TestSupport
import Testing

/// Which way names point: the folders of each target are layers, so that there is no cycle between them.
extension HouseRulesTests {
    /// A target and its folders, lowest first: a file names no type of a folder behind its own.
    struct House: Sendable {
        /// Where it is.
        let root: String
        /// The folders; the empty name is for the files beside them.
        let layers: [String]
        /// Types of upper layers that a file names, and why; the list may only shrink.
        var exceptions: [String: Set<String>] = [:]
        /// The folder whose extensions of the CPU, bodies of instructions, reach up to the engine's ops.
        var bodies: String?
    }

    static let houses = [
        House(
            root: "Sources/X86Interp",
            layers: [
                "Architecture", "FloatingPoint", "Instructions", "Decode", "Platform", "Processor", "Engine", "Machine",
                "Debugger",
            ],
            exceptions: [
                // The processor owns the memory of the engine's ops, and its place among them.
                "Processor/CPU.swift": ["OpForm", "Block", "BlockCache", "Handlers", "OpPointer"],
                "Processor/Core.swift": ["Block", "Handler", "OpPointer"],
            ],
            bodies: "Instructions"),
        House(
            root: "Sources/Devices",
            layers: [
                "Tables", "Parts", "Keys", "Backends", "Disks", "", "VGA", "CRTC6845", "PIC8259", "DMA8237", "PIT8254",
                "MC146818A", "UART16550", "FDC82077AA", "PS2Controller8042", "PPI8255", "ATA", "Screen", "BIOS", "DOS",
                "Fields", "Machines",
            ]),
        House(
            root: "Sources/x86sim",
            layers: [
                "Host", "Symbols", "Loaders", "Options", "Live", "Lists", "Run", "Tiers", "Conform", "Check", "REPL",
                "GDB",
                "Commands", "",
            ]),
    ]

    /// A file's name within its target, and its layer.
    static func place(_ file: SourceTree.File, in house: House) throws -> (name: String, layer: Int) {
        let name = String(file.path.dropFirst(house.root.count + 1))
        let folder = name.contains("/") ? String(name.prefix { $0 != "/" }) : ""
        return (name, try #require(house.layers.firstIndex(of: folder), "\(file.path) is in no layer"))
    }

    @Test(arguments: houses) func foldersAreLayers(house: House) throws {
        let files = try SourceTree.swiftFiles(in: house.root).map { file in
            (path: file.path, place: try Self.place(file, in: house), code: file.code)
        }
        var layerOfType: [String: Int] = [:]
        var nested: [Int: Set<String>] = [:]
        for file in files {
            for type in file.code.compactMap(Self.declaredType) { layerOfType[type] = file.place.layer }
            let inner = file.code.filter { $0.hasPrefix(" ") }.map { String($0.drop { $0 == " " }) }
            nested[file.place.layer, default: []].formUnion(inner.compactMap(Self.declaredType))
        }
        #expect(layerOfType.count > 40)
        for file in files {
            let (name, layer) = file.place
            let isBodies = house.layers[layer] == house.bodies
            let found = Self.typesAbove(layer, in: file.code, layerOfType, isBodies: isBodies)
                .subtracting(nested[layer] ?? [])
            let allowed = house.exceptions[name] ?? []
            #expect(found.subtracting(allowed) == [], "\(file.path) names types of upper layers")
            #expect(allowed.subtracting(found) == [], "\(file.path) has exceptions that it does not need")
        }
    }

    /// Types of upper layers that a file names; bodies of instructions reach up to the engine's ops.
    private static func typesAbove(
        _ layer: Int, in code: [String], _ layerOfType: [String: Int], isBodies: Bool
    ) -> Set<String> {
        var found: Set<String> = []
        var reach = layer
        for line in code {
            if isBodies, line.hasPrefix("extension CPU") { reach = layer + 4 } else if line == "}" { reach = layer }
            for name in names(line) where (layerOfType[name] ?? 0) > reach { found.insert(name) }
        }
        // The extension's own head.
        return isBodies ? found.subtracting(["CPU"]) : found
    }

    /// The names in a line that stand for themselves: not what is behind a dot.
    static func names(_ line: String) -> [String] {
        var names: [String] = []
        for word in line.utf8.split(whereSeparator: { !isPartOfName($0) }) {
            let last = word.startIndex == line.utf8.startIndex ? 0 : line.utf8[line.utf8.index(before: word.startIndex)]
            let isRange = last == UInt8(ascii: ".") && line.utf8[..<word.startIndex].suffix(3).elementsEqual("...".utf8)
            if last != UInt8(ascii: ".") || isRange { names.append(String(Substring(word))) }
        }
        return names
    }

    static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// The type that a line at the left margin declares, or nil.
    static func declaredType(_ line: String) -> String? {
        let kinds: Set<Substring> = ["struct", "enum", "class", "protocol", "typealias"]
        guard let first = line.first, first.isLetter else { return nil }
        let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        guard let place = words.prefix(4).firstIndex(where: kinds.contains), place + 1 < words.count else { return nil }
        return String(words[place + 1])
    }

    @Test func typesAreFoundWhereTheyAreDeclared() {
        #expect(Self.declaredType("public final class PortMap {") == "PortMap")
        #expect(Self.declaredType("struct Gate<W> {") == "Gate")
        #expect(Self.declaredType("    struct Nested {") == nil)
        #expect(Self.declaredType("extension CPU {") == nil)
    }

    @Test func aTypeOfAnUpperLayerIsFound() {
        let code = ["struct Low {", "    let upper: Upper = .init()", "    let inner = Other.Nested.first", "}"]
        let layers = ["Low": 0, "Upper": 1, "Nested": 1]
        #expect(Self.typesAbove(0, in: code, layers, isBodies: false) == ["Upper"])
        #expect(Self.typesAbove(1, in: code, layers, isBodies: false) == [])
    }
}
