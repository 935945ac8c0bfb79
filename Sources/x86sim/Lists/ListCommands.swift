import Devices
import X86Interp

/// The subcommands that list what there is.
enum ListCommands {
    /// `x86sim opcodes`: every row of the opcode table.
    static func opcodes(_ settings: Settings, _ host: Host) throws(CommandError) -> Int32 {
        print(opcodeTable, settings, host)
    }

    /// `x86sim cpus`.
    static func cpus(_ settings: Settings, _ host: Host) throws(CommandError) -> Int32 {
        let rows = CPUModel.all.map { model in
            [
                model.name, model.is32Bit ? "32" : "16", "\(model.addressBits)",
                model.maximumInstructionLength.map { "\($0)" } ?? "-", model.summary,
            ]
        }
        let columns = ["name", "bits", "address bits", "longest instruction", "what"]
        return print(Table(columns: columns, rows: rows), settings, host)
    }

    /// `x86sim devices`.
    static func devices(_ settings: Settings, _ host: Host) throws(CommandError) -> Int32 {
        let rows = DeviceCatalog.rows.map { row in
            let ports = (row.claims.map(\.ports) + row.aliases.map { $0...$0 }).map(text)
            let memory = row.memory.map { String($0, radix: 16, uppercase: true) } ?? "-"
            return [
                row.name, ports.joined(separator: ","), memory, row.irq.map { "\($0)" } ?? "-", row.tier.rawValue,
                row.summary,
            ]
        }
        return print(Table(columns: ["name", "ports", "memory", "irq", "tier", "what"], rows: rows), settings, host)
    }

    /// `x86sim machines`.
    static func machines(_ settings: Settings, _ host: Host) throws(CommandError) -> Int32 {
        let rows = MachineCatalog.rows.map { [$0.name, $0.devices.joined(separator: ","), $0.summary] }
        return print(Table(columns: ["name", "devices", "what"], rows: rows), settings, host)
    }

    /// The opcode table: bytes, mnemonic, operands, properties, flags, generations.
    static var opcodeTable: Table {
        Table(
            columns: [
                "opcode", "operation", "operands", "traits", "reads", "writes", "undefined", "since", "until", "needs",
            ],
            rows: Encoding.all.sorted {
                ($0.opcode, $0.mod.rawValue, $0.ext ?? 0, $0.rm ?? 0, $0.prefix.rawValue)
                    < ($1.opcode, $1.mod.rawValue, $1.ext ?? 0, $1.rm ?? 0, $1.prefix.rawValue)
            }.map(cells))
    }

    private static func cells(_ row: Encoding) -> [String] {
        let operands = [row.operands.0, row.operands.1, row.operands.2].filter { $0 != .none }
        let last = row.opcode &+ row.count &- 1
        let name = row.count > 1 ? "\(row.name)-\(UInt8(truncatingIfNeeded: last).hex)" : row.name
        return [
            name, String(describing: row.operation), operands.map { String(describing: $0) }.joined(separator: ","),
            traits(row.traits), flags(row.flags.reads), flags(row.flags.writes), flags(row.flags.undefined),
            generation(row.since), row.until == .p6 ? "" : generation(row.until),
            row.needs == .none ? "" : String(describing: row.needs),
        ]
    }

    private static let traitNames: [(Encoding.Traits, String)] = [
        (.lockable, "lock"), (.repeatable, "rep"), (.io, "io"), (.privileged, "cpl0"), (.protectedOnly, "protected"),
        (.call, "call"), (.conditional, "cc"), (.noWait, "nowait"),
    ]

    private static func traits(_ traits: Encoding.Traits) -> String {
        traitNames.filter { traits.contains($0.0) }.map(\.1).joined(separator: ",")
    }

    /// The letters of the flags in a set, from OF down to CF.
    private static func flags(_ flags: EFLAGS) -> String { flags.text.filter(\.isUppercase) }

    /// The name that `--cpu` takes.
    private static func generation(_ generation: Generation) -> String {
        CPUModel.all.first { $0.generation == generation }?.name ?? String(describing: generation)
    }

    private static func text(_ ports: ClosedRange<UInt16>) -> String {
        let first = ports.lowerBound.hex(digits: 2)
        return ports.count == 1 ? first : first + "-" + ports.upperBound.hex(digits: 2)
    }

    private static func print(_ table: Table, _ settings: Settings, _ host: Host) -> Int32 {
        host.output.write(table.text(settings))
        return ExitStatus.success
    }
}
