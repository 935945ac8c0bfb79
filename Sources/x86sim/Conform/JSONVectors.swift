/// Reads SingleStepTests' JSON: a list of tests, each with `name`, `bytes`, `initial`, `final`; cycles are passed.
///
/// The first suites call a test's number and hash `test_num` and `test_hash`, later ones `idx` and `hash`.
enum JSONVectors {
    private static let skipped: Set<String> = ["cycles", "queue", "ea"]

    /// The file in `contents`; none if it is no list, as metadata are none.
    ///
    /// - Throws: `MOOError` if the contents are no JSON, or no tests.
    static func read(_ contents: [UInt8], name: String) throws(MOOError) -> [MOOFile] {
        guard let json = JSON(text: contents, skipping: skipped) else { throw MOOError("this JSON is damaged") }
        guard case .array(let items) = json else { return [] }
        var file = MOOFile(name: name)
        file.tests.reserveCapacity(items.count)
        for (position, item) in items.enumerated() {
            do throws(MOOError) {
                file.tests.append(try test(item, &file.isWide))
            } catch {
                throw MOOError("test \(position) of the list: \(error.message)")
            }
        }
        return [file]
    }

    private static func test(_ json: JSON, _ isWide: inout Bool) throws(MOOError) -> MOOTest {
        var test = MOOTest()
        if let number = json["idx"] ?? json["test_num"] { test.index = try self.number(number, "its number") }
        if case .string(let name)? = json["name"] { test.name = name.onOneLine }
        test.bytes = try list(json["bytes"], "bytes").map { item throws(MOOError) in try byte(item, "bytes") }
        guard !test.bytes.isEmpty else { throw MOOError("it has no bytes") }
        test.initial = try state(json["initial"], "initial", &isWide)
        test.final = try state(json["final"], "final", &isWide)
        if case .string(let hash)? = json["hash"] ?? json["test_hash"] { test.hash = hash.lowercased() }
        if let exception = json["exception"] {
            test.exception = VectorException(
                number: try byte(exception["number"], "exception"),
                flagAddress: try number(exception["flag_address"], "exception"), errorCode: nil)
        }
        return test
    }

    private static func state(
        _ json: JSON?, _ what: StaticString, _ isWide: inout Bool
    ) throws(MOOError) -> VectorState {
        guard case .object(let registers)? = json?["regs"] else { throw MOOError("\(what) has no regs") }
        var state = VectorState()
        for member in registers {
            guard let register = VectorRegister(name: member.name) else { continue }
            if register.name(wide: true) == member.name, !register.isSegment { isWide = true }
            state.registers[register] = try number(member.value, "regs")
        }
        for item in try list(json?["ram"], "ram") {
            guard case .array(let pair) = item, pair.count == 2 else { throw MOOError("ram is no list of pairs") }
            state.memory.append(
                MemoryByte(address: try number(pair[0], "ram"), value: try byte(pair[1], "ram")))
        }
        return state
    }

    private static func list(_ json: JSON?, _ what: StaticString) throws(MOOError) -> [JSON] {
        guard let json else { return [] }
        guard case .array(let items) = json else { throw MOOError("\(what) is no list") }
        return items
    }

    private static func number(_ json: JSON?, _ what: StaticString) throws(MOOError) -> UInt32 {
        guard case .number(let value)? = json, let number = UInt32(exactly: value) else {
            throw MOOError("\(what) is no number of 32 bits")
        }
        return number
    }

    private static func byte(_ json: JSON?, _ what: StaticString) throws(MOOError) -> UInt8 {
        guard let byte = UInt8(exactly: try number(json, what)) else { throw MOOError("\(what) holds no byte") }
        return byte
    }
}

extension VectorRegister {
    /// The register of a name such as `ax`, `eax`, `cs`, `ip`, `eflags`; nil if there is none.
    fileprivate init?(name: String) {
        let found = Self.allCases.first { $0.name(wide: true) == name || $0.name(wide: false) == name }
        guard let found else { return nil }
        self = found
    }
}

extension String {
    /// The text with `?` for all that is no printable ASCII, so that messages stay one line.
    fileprivate var onOneLine: String {
        String(unicodeScalars.map { (0x20..<0x7F).contains($0.value) ? Character($0) : "?" })
    }
}
