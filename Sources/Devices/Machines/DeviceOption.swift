import X86Interp

/// One `--device` of the command line: a kind, and what differs from its row.
public struct DeviceOption: Sendable, Equatable {
    /// The kind's name in the catalogue.
    public var kind: String
    /// The first port, or nil for the place in a PC.
    public var base: UInt16?
    /// Where the device's memory starts, or nil for the place in a PC.
    public var memory: UInt64?
    /// The interrupt request, or nil for the one in a PC.
    public var irq: Int?
    /// The tier, or nil for the row's.
    public var tier: Tier?
    /// Leaves out the machine's own device of this kind.
    public var off = false
    /// Values of the row's parameters that differ, by name.
    public var parameters: [String: String] = [:]

    /// A device as in its row, unless told.
    public init(
        _ kind: String, base: UInt16? = nil, memory: UInt64? = nil, irq: Int? = nil, tier: Tier? = nil,
        off: Bool = false
    ) {
        self.kind = kind
        self.base = base
        self.memory = memory
        self.irq = irq
        self.tier = tier
        self.off = off
    }

    /// Reads `uart,base=3f8,irq=4,tier=user`, `scratch,memory=d0000`, `fw_cfg,dma=off` or `post,off`; ports and addresses are
    /// hexadecimal, the interrupt request is decimal.
    package init(parsing text: String) throws(BoardError) {
        let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        self.init(words[0])
        guard let row = DeviceCatalog.row(named: kind) else { throw .unknownDevice(kind) }
        for word in words.dropFirst() {
            let pair = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            switch (pair[0], pair.count > 1 ? pair[1] : "") {
            case ("off", "") where pair.count == 1: off = true
            case ("base", let value):
                guard let port = UInt16(hexadecimal: value) else {
                    throw .badOption("--device \(text): base '\(value)' is no hex port, 0 to ffff")
                }
                base = port
            case ("memory", let value):
                guard row.memory != nil else {
                    throw .badOption("--device \(text): \(kind) has no memory, only ports; use base=PORT")
                }
                guard let start = UInt64(value, radix: 16), start & 4095 == 0, start < 1 << 36 else {
                    throw .badOption("--device \(text): memory '\(value)' is no hex address that is a multiple of 1000")
                }
                memory = start
            case ("irq", let value):
                guard let number = Int(value), (0...15).contains(number) else {
                    throw .badOption("--device \(text): irq '\(value)' is no decimal number from 0 to 15")
                }
                irq = number
            case ("tier", let value):
                guard let named = Tier(rawValue: value) else {
                    throw .badOption("--device \(text): tier '\(value)' is neither kernel nor user")
                }
                tier = named
            case (let name, let value): try set(name, value, of: row, word, text)
            }
        }
    }

    /// Sets a parameter that only this kind has.
    private mutating func set(
        _ name: String, _ value: String, of row: DeviceRow, _ word: String, _ text: String
    ) throws(BoardError) {
        guard row.parameters.contains(where: { $0.name == name && $0.values.contains(value) }) else {
            let own = row.parameters.map { "\($0.name)=\($0.values.joined(separator: "|")), " }.joined()
            throw .badOption(
                "--device \(text): '\(word)' is none of \(own)base=PORT, memory=ADDRESS, irq=N, tier=kernel|user, off")
        }
        parameters[name] = value
    }
}

/// One `--tier` of the command line.
public struct TierOption: Sendable, Equatable {
    /// The device's name, or `all`.
    public var device: String
    /// Who shall serve it.
    public var tier: Tier

    /// A device and its tier.
    public init(_ device: String, _ tier: Tier) {
        self.device = device
        self.tier = tier
    }

    /// Reads `uart=user` or `all=kernel`.
    package init(parsing text: String) throws(BoardError) {
        let pair = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard pair.count == 2, !pair[0].isEmpty, let tier = Tier(rawValue: pair[1]) else {
            throw .badOption("--tier \(text): use NAME=kernel or NAME=user, with 'all' for every device")
        }
        self.init(pair[0], tier)
    }
}

/// One `--port` of the command line: a port and its script.
public struct PortOption: Sendable, Equatable {
    /// The port.
    public var port: UInt16
    /// The width of the accesses that it answers, or nil for the narrowest that holds the script's values.
    public var width: Width?
    /// What it answers.
    public var script: ScriptedPort.Script

    /// A port and its script.
    public init(_ port: UInt16, width: Width? = nil, _ script: ScriptedPort.Script) {
        self.port = port
        self.width = width
        self.script = script
    }

    /// Reads `3da=seq:08,00` or, with a width in bytes, `1f0/2=const:1234`; the port is hexadecimal.
    package init(parsing text: String) throws(BoardError) {
        let pair = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let place = pair[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2, let port = UInt16(hexadecimal: place[0]) else {
            throw .badOption("--port \(text): use PORT=SCRIPT with a hex port, such as 3da=seq:08,00")
        }
        let width = place.count == 2 ? Width.allCases.first { String($0.bytes) == place[1] } : nil
        guard place.count == 1 || width != nil else {
            throw .badOption("--port \(text): the width behind the port is 1, 2 or 4 bytes, such as 1f0/2=const:1234")
        }
        do { self.init(port, width: width, try ScriptedPort.Script(parsing: pair[1])) } catch {
            throw .badOption(error.description)
        }
    }

    /// The width of the accesses that it answers.
    ///
    /// - Throws: `BoardError` if a value does not fit into it, or if the port is not aligned to it.
    func checkedWidth() throws(BoardError) -> Width {
        let width = width ?? script.width
        let name = String(port, radix: 16)
        guard Int(port) % width.bytes == 0 else {
            throw .badOption("--port \(name): values of \(width.bits) bits need an aligned port")
        }
        guard script.largest <= width.mask else {
            let value = String(script.largest, radix: 16)
            throw .badOption("--port \(name): \(value) does not fit into \(width.bits) bits; give a width as in 1f0/2")
        }
        return width
    }
}
