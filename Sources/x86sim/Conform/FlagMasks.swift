import X86Interp

/// Which flags the files of a real-mode suite define, and what recorded them: the suite's metadata.
///
/// They are a `metadata.json` (`8088.json` in the first suite) or, of the 80386, a table `80386.csv`.
struct FlagMasks {
    private var masks: [String: UInt16] = [:]
    /// Whether there were metadata.
    private(set) var isFromSuite = false
    /// What the suite was recorded on, in the letters of MOO files; nil if the metadata do not say.
    private(set) var cpu: String?

    /// No masks: those of the opcode table are used.
    init() {}

    /// The masks in the text of a `metadata.json`.
    init(metadata: JSON) {
        guard case .object(let opcodes)? = metadata["opcodes"] else { return }
        isFromSuite = true
        if case .string(let name)? = metadata["cpu"] { cpu = Self.letters[name.uppercased()] ?? name.uppercased() }
        for opcode in opcodes {
            enter(opcode.name, opcode.value)
            guard case .object(let extensions)? = opcode.value["reg"] else { continue }
            for member in extensions { enter(opcode.name + "." + member.name, member.value) }
        }
    }

    /// Names of processors in metadata that MOO files spell otherwise.
    private static let letters = ["286": "C286", "80286": "C286", "386": "386E", "80386": "386E", "80186": "186"]

    /// The masks in a table with a row for each opcode; nil if the columns `op`, `ex` and `f_umask` are not there.
    ///
    /// `ex` is ModRM.reg; the ones of `f_umask` are the defined flags.
    init?(table: [UInt8]) {
        let rows = table.split { $0 == 0x0A || $0 == 0x0D }.map { Self.cells(String(decoding: $0, as: UTF8.self)) }
        guard let head = rows.first, let op = head.firstIndex(of: "op"), let ext = head.firstIndex(of: "ex"),
            let mask = head.firstIndex(of: "f_umask")
        else { return nil }
        isFromSuite = true
        for row in rows.dropFirst() where row.count > max(op, ext, mask) {
            guard let flags = UInt16(Self.digits(row[mask]), radix: 16) else { continue }
            let opcode = Self.digits(row[op])
            let padded = opcode.count % 2 == 1 ? "0" + opcode : opcode
            masks[row[ext].isEmpty ? padded : padded + "." + row[ext]] = flags
        }
    }

    /// The cells of a row of comma-separated values; a cell in quotes may have commas.
    private static func cells(_ row: String) -> [String] {
        var cells = [""]
        var isQuoted = false
        for letter in row {
            switch letter {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: cells.append("")
            case " " where !isQuoted: break
            default: cells[cells.count - 1].append(letter)
            }
        }
        return cells
    }

    private static func digits(_ cell: String) -> String {
        let digits = cell.uppercased()
        return digits.hasPrefix("0X") ? String(digits.dropFirst(2)) : digits
    }

    /// The masks of the suite that a vector file belongs to.
    ///
    /// The metadata are where the file is, above it, or above it in the directory that has the suite as JSON.
    ///
    /// - Throws: `CommandError` if there are metadata that cannot be read.
    init(beside path: String) throws(CommandError) {
        self.init()
        let directory = Self.directory(of: path)
        for place in [directory, directory + "../", directory + "../v1/"] {
            for name in ["metadata.json", "8088.json"] where HostDirectory.exists(place + name) {
                guard let json = JSON(text: try HostFile.read(place + name)) else {
                    throw .load("cannot use \((place + name).quoted): it is no JSON; get the file again")
                }
                self = FlagMasks(metadata: json)
                if isFromSuite { return }
            }
            let table = place + "80386.csv"
            guard HostDirectory.exists(table) else { continue }
            guard let masks = FlagMasks(table: try HostFile.read(table)) else {
                throw .load("cannot use \(table.quoted): it has no columns op, ex and f_umask; get the file again")
            }
            self = masks
            return
        }
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
    ///
    /// Metadata know the form without the 66 and 67 in front of it, perhaps without its extension.
    func mask(of form: String, _ sketch: InstructionSketch, in map: OpcodeMap) -> UInt16 {
        guard !isFromSuite else {
            var form = form[...]
            while form.count > 3, masks[String(form)] == nil, form.hasPrefix("66") || form.hasPrefix("67") {
                form = form.dropFirst(2)
            }
            return masks[String(form)] ?? masks[String(form.prefix { $0 != "." })] ?? 0xFFFF
        }
        let undefined = sketch.row(in: map)?.flags.undefined ?? []
        return ~UInt16(truncatingIfNeeded: undefined.rawValue)
    }
}
