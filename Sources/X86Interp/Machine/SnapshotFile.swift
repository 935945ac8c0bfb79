/// Why a snapshot cannot be written down, or bytes are no snapshot of a machine.
public enum SnapshotError: Error, Equatable, CustomStringConvertible {
    /// The bytes do not begin as a snapshot does.
    case notASnapshot
    /// They are in another version of the format.
    case version(UInt32)
    /// They are not what was written; half a sentence says where.
    case damaged(String)
    /// They are of another machine.
    case misfit(RestoreError)
    /// A part of the machine cannot be written down; half a sentence says which.
    case unwritable(String)

    /// What is wrong and what helps, in one line.
    public var description: String {
        switch self {
        case .notASnapshot: "it is no snapshot, which begins with X86SNAP; name a file that was written as one"
        case .version(let version):
            "it is a snapshot of format version \(version), but this is version \(Snapshot.formatVersion); "
                + "take it anew"
        case .damaged(let what): "the snapshot is damaged: \(what); take it anew"
        case .misfit(let error): "\(error); make the machine as it was then"
        case .unwritable(let what): "the machine cannot be written down: \(what)"
        }
    }
}

// Magic, version, length; sections, each its name and length; the checksum. The page about snapshots has the tables.
extension Snapshot {
    /// The version of the format that `encoded` writes, and the only one that can be read.
    public static let formatVersion: UInt32 = 2
    private static let magic: [UInt8] = Array("X86SNAP".utf8) + [0x1A]

    /// What kind of machine it is.
    fileprivate struct Kind: Codable {
        var processor: String
        var errata: UInt8
        var x87: X87Model
        var ramSize: Int
        var ticksPerSecond: UInt64
    }

    /// What goes on by itself.
    private struct Time: Codable {
        var now: UInt64
        var calls: [ClockRequests.Written]
    }

    /// The sections, in the order in which they stand.
    private enum Section: String, CaseIterable {
        case kind = "kind"
        case cpu = "cpu "
        case lines = "line"
        case time = "time"
        case devices = "devs"
        case ram = "ram "
        /// Only where there is RAM besides that from 0 on.
        case blocks = "blks"
    }

    // MARK: Writing

    /// The snapshot as bytes, the same for equal snapshots in every process and on every host.
    ///
    /// - Throws: `SnapshotError.unwritable` if the clock was asked for something by no device, or if a state cannot be
    ///   encoded.
    public func encoded() throws(SnapshotError) -> [UInt8] {
        var bytes = Self.magic
        bytes.append(word: UInt64(Self.formatVersion), count: 4)
        let place = bytes.count
        bytes.append(word: 0, count: 8)
        for section in Section.allCases where section != .blocks || !blocks.isEmpty {
            bytes += Array(section.rawValue.utf8)
            let start = bytes.count + 8
            bytes.append(word: 0, count: 8)
            try append(section, to: &bytes)
            bytes.put(word: UInt64(bytes.count - start), at: start - 8)
        }
        bytes.put(word: UInt64(bytes.count + 8), at: place)
        bytes.append(word: Self.checksum(bytes[...]), count: 8)
        return bytes
    }

    private func append(_ section: Section, to bytes: inout [UInt8]) throws(SnapshotError) {
        switch section {
        case .kind:
            let kind = Kind(
                processor: model.name, errata: model.errata.rawValue, x87: model.x87, ramSize: ramSize,
                ticksPerSecond: requests.ticksPerSecond)
            bytes += try Self.state(kind, "kind")
        case .cpu: bytes += try Self.state(cpu, "processor")
        case .lines: bytes += try Self.state(lines, "lines")
        case .time:
            switch requests.written {
            case .success(let calls): bytes += try Self.state(Time(now: now, calls: calls), "clock")
            case .failure(let error): throw .unwritable("\(error)")
            }
        case .devices:
            bytes.append(number: UInt64(devices.count))
            for (name, state) in devices.sorted(by: { $0.key < $1.key }) {
                guard let value = state as? any Encodable else {
                    throw .unwritable("the state of device \(name) cannot be encoded")
                }
                let state = try Self.state(value, "device \(name)")
                bytes.append(text: name)
                bytes.append(text: Self.name(of: type(of: value)))
                bytes.append(number: UInt64(state.count))
                bytes += state
            }
        case .ram: ram.append(to: &bytes)
        case .blocks: bytes += try Self.state(blocks, "blocks of RAM")
        }
    }

    private static func state(_ value: some Encodable, _ what: String) throws(SnapshotError) -> [UInt8] {
        do { return try StateEncoder.bytes(value) } catch {
            throw .unwritable("the state of \(what) refuses to be encoded")
        }
    }

    /// The name of a type, without what differs from process to process in those of private ones.
    private static func name(of type: Any.Type) -> String {
        String(reflecting: type).split(separator: ".").filter { !$0.hasPrefix("(unknown context at ") }
            .joined(separator: ".")
    }

    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var hash = ValueHash()
        bytes.withUnsafeBytes { hash.combine($0) }
        return hash.value
    }

    // MARK: Reading

    /// The snapshot that bytes are, for a machine that it can be put back into.
    ///
    /// The bytes are not trusted: whatever they are, this throws, or they are what `encoded` writes of some state of the
    /// machine. The machine is only looked at. No more memory is used than a few times that of the bytes and of its RAM.
    ///
    /// - Throws: `SnapshotError` that says what is wrong with them, or what of the machine differs.
    public init(decoding bytes: [UInt8], for machine: Machine) throws(SnapshotError) {
        let sections = try Self.sections(bytes)
        func reader(_ section: Section) -> ByteReader { ByteReader(sections[section] ?? []) }
        func state<Value: Codable>(_ type: Value.Type, _ section: Section, _ what: String) throws(SnapshotError)
            -> Value
        {
            try Self.state(type, sections[section] ?? [], what)
        }
        let kind = try state(Kind.self, .kind, "kind of machine")
        do throws(RestoreError) { try kind.check(machine) } catch { throw .misfit(error) }
        let blocks = sections[.blocks] == nil ? [] : try state([RAMBlockKind].self, .blocks, "blocks of RAM")
        do throws(RestoreError) { try machine.memory.check(blocks) } catch { throw .misfit(error) }
        let time = try state(Time.self, .time, "clock")
        let requests = ClockRequests(time.calls, ticksPerSecond: kind.ticksPerSecond, for: machine)
        var rest = reader(.devices)
        let devices = try Self.devices(&rest, machine)
        guard let requests else { throw .damaged("the clock is to call what is not there") }
        let cpu = try state(CPUState.self, .cpu, "processor")
        let lines = try state(ControlBus.Lines.self, .lines, "lines")
        let ram: RAMImage
        do throws(StateError) {
            rest = reader(.ram)
            ram = try RAMImage(&rest, count: machine.memory.pageCount * PageImage.size)
        } catch {
            throw .damaged("RAM: \(error.reason)")
        }
        self.init(
            cpu: cpu, ram: ram, devices: devices, lines: lines, now: time.now, requests: requests,
            model: machine.cpu.model, ramSize: kind.ramSize, blocks: blocks)
    }

    /// The contents of each section of bytes that are whole.
    private static func sections(_ bytes: [UInt8]) throws(SnapshotError) -> [Section: ArraySlice<UInt8>] {
        guard bytes.starts(with: magic) else { throw .notASnapshot }
        var reader = ByteReader(bytes.dropFirst(magic.count))
        let version: UInt32
        let sections: [Section: ArraySlice<UInt8>]
        do throws(StateError) {
            version = UInt32(truncatingIfNeeded: try reader.word(4))
            sections = version == formatVersion ? try Self.sections(bytes, behind: &reader) : [:]
        } catch {
            throw .damaged(error.reason)
        }
        guard version == formatVersion else { throw .version(version) }
        return sections
    }

    private static func sections(
        _ bytes: [UInt8], behind header: inout ByteReader
    ) throws(StateError) -> [Section: ArraySlice<UInt8>] {
        let length = try header.word(8)
        guard length >= UInt64(bytes.count) else { throw StateError(reason: "there is more behind its end") }
        guard length == UInt64(bytes.count), header.left >= 8 else { throw StateError(reason: "it ends too early") }
        var reader = ByteReader(bytes[header.place..<bytes.count - 8])
        var end = ByteReader(bytes.suffix(8))
        guard try end.word(8) == checksum(bytes.dropLast(8)) else { throw StateError(reason: "its checksum differs") }
        var sections: [Section: ArraySlice<UInt8>] = [:]
        for section in Section.allCases where section != .blocks || reader.left > 0 {
            guard try reader.take(4).elementsEqual(section.rawValue.utf8) else {
                throw StateError(reason: "a section is not where it belongs")
            }
            sections[section] = try reader.take(Int(clamping: try reader.word(8)))
        }
        guard reader.left == 0 else { throw StateError(reason: "there is more behind its last section") }
        return sections
    }

    private static func state<Value: Codable>(
        _ type: Value.Type, _ bytes: ArraySlice<UInt8>, _ what: String
    ) throws(SnapshotError) -> Value {
        do throws(StateError) { return try StateDecoder.value(type, from: bytes) } catch {
            // The checksum is right.
            throw .damaged("\(what): \(error.reason), as if another version of x86sim had written it")
        }
    }

    private static func devices(_ reader: inout ByteReader, _ machine: Machine) throws(SnapshotError) -> [String:
        any Sendable]
    {
        var found: [(name: String, kind: String, state: ArraySlice<UInt8>)] = []
        do throws(StateError) {
            for _ in 0..<(try reader.count()) {
                found.append((try reader.text(), try reader.text(), try reader.take(try reader.count())))
            }
        } catch {
            throw .damaged("devices: \(error.reason)")
        }
        guard reader.left == 0, zip(found, found.dropFirst()).allSatisfy({ $0.name < $1.name }) else {
            throw .damaged("devices: they are not in order")
        }
        do throws(RestoreError) { try machine.checkNames(found.map(\.name)) } catch { throw .misfit(error) }
        var states: [String: any Sendable] = [:]
        for (name, kind, bytes) in found {
            guard let device = machine.devices[name] else { continue }
            states[name] = try state(of: device, kind, bytes)
        }
        return states
    }

    private static func state<D: Device>(
        of device: D, _ kind: String, _ bytes: ArraySlice<UInt8>
    ) throws(SnapshotError) -> any Sendable {
        let own = name(of: D.State.self)
        guard kind == own else { throw .misfit(.kind(device: device.name, snapshot: kind, machine: own)) }
        return try state(D.State.self, bytes, "device \(device.name)")
    }
}

extension Snapshot.Kind {
    /// Whether a machine is of the kind.
    fileprivate func check(_ machine: Machine) throws(RestoreError) {
        let model = machine.cpu.model
        guard processor == model.name, errata == model.errata.rawValue, x87 == model.x87 else {
            throw .processor(
                snapshot: Snapshot.text(processor: processor, errata: errata, x87: x87),
                machine: Snapshot.text(of: model))
        }
        guard ramSize == machine.memory.ramSize else {
            throw .ramSize(snapshot: ramSize, machine: machine.memory.ramSize)
        }
        guard ticksPerSecond == machine.clock.ticksPerSecond else {
            throw .clockRate(snapshot: ticksPerSecond, machine: machine.clock.ticksPerSecond)
        }
    }
}

extension [UInt8] {
    /// Appends a little-endian number of so many bytes.
    fileprivate mutating func append(word: UInt64, count: Int) {
        for place in 0..<UInt64(count) { append(UInt8(truncatingIfNeeded: word >> (8 * place))) }
    }

    /// Writes a little-endian number of 8 bytes over what is there.
    fileprivate mutating func put(word: UInt64, at start: Int) {
        for place in 0..<8 { self[start + place] = UInt8(truncatingIfNeeded: word >> UInt64(8 * place)) }
    }
}
