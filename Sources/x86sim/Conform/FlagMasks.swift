import X86Interp

/// Which flags the files of a real-mode suite define: `metadata.json` beside them.
struct FlagMasks {
    private var masks: [String: UInt16] = [:]
    /// Whether there was a `metadata.json`.
    private(set) var isFromSuite = false

    /// No masks: those of the opcode table are used.
    init() {}

    /// The masks in the text of a `metadata.json`.
    init(metadata: JSON) {
        guard case .object(let opcodes)? = metadata["opcodes"] else { return }
        isFromSuite = true
        for opcode in opcodes {
            enter(opcode.name, opcode.value)
            guard case .object(let extensions)? = opcode.value["reg"] else { continue }
            for member in extensions { enter(opcode.name + "." + member.name, member.value) }
        }
    }

    /// The masks of the suite that a vector file belongs to.
    ///
    /// - Throws: `CommandError` if there is a `metadata.json` that cannot be read.
    init(beside path: String) throws(CommandError) {
        self.init()
        let metadata = Self.directory(of: path) + "metadata.json"
        guard HostDirectory.exists(metadata) else { return }
        guard let json = JSON(text: try HostFile.read(metadata)) else {
            throw .load("cannot use \(metadata.quoted): it is no JSON; get the file again")
        }
        self = FlagMasks(metadata: json)
    }

    /// The directory of a path with its slash; empty for a bare name.
    static func directory(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    private mutating func enter(_ form: String, _ value: JSON) {
        guard case .number(let mask)? = value["flags-mask"] else { return }
        masks[form.uppercased()] = UInt16(truncatingIfNeeded: mask)
    }

    /// The defined flags of a form such as `80.4`; of a file without metadata, those that the opcode table defines.
    func mask(of form: String, _ sketch: InstructionSketch, in map: OpcodeMap) -> UInt16 {
        guard !isFromSuite else { return masks[form] ?? 0xFFFF }
        let undefined = sketch.row(in: map)?.flags.undefined ?? []
        return ~UInt16(truncatingIfNeeded: undefined.rawValue)
    }
}
