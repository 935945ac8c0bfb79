/// What stands next in the byte stream of a gdb client.
enum PacketEvent: Equatable {
    /// A packet whose checksum is right: its payload without escapes.
    case packet([UInt8])
    /// A packet whose checksum is wrong or no number.
    case damaged
    /// A packet longer than `PacketReader.limit`; nothing of it was kept.
    case oversized
    /// `+`: the last packet has arrived.
    case acknowledged
    /// `-`: the last packet is wanted again.
    case refused
    /// 03, outside of a packet: stop the guest.
    case interrupt
}

/// Takes packets out of a stream of bytes: `$payload#checksum` (gdb's manual, appendix E.1).
///
/// Bytes between packets that mean nothing are dropped. However long a packet is, at most `limit` bytes are kept.
struct PacketReader {
    /// The longest payload in bytes, which `PacketSize` announces.
    static let limit = 0x4000

    private enum Place {
        case outside
        case body
        case escaped
        case firstDigit
        case secondDigit(UInt8?)
    }

    private var place = Place.outside
    private var payload: [UInt8] = []
    private var isOversized = false
    private var sum: UInt8 = 0

    /// Takes the next byte; returns what ends with it, if anything does.
    mutating func take(_ byte: UInt8) -> PacketEvent? {
        switch place {
        case .outside: return outside(byte)
        case .body: body(byte)
        case .escaped:
            sum &+= byte
            keep(byte ^ PacketWriter.escapeMask)
            place = .body
        case .firstDigit: place = .secondDigit(Self.digit(byte))
        case .secondDigit(let first): return end(first, Self.digit(byte))
        }
        return nil
    }

    private mutating func outside(_ byte: UInt8) -> PacketEvent? {
        switch byte {
        case UInt8(ascii: "$"): start()
        case UInt8(ascii: "+"): return .acknowledged
        case UInt8(ascii: "-"): return .refused
        case 0x03: return .interrupt
        default: break
        }
        return nil
    }

    private mutating func start() {
        payload.removeAll(keepingCapacity: true)
        isOversized = false
        sum = 0
        place = .body
    }

    private mutating func body(_ byte: UInt8) {
        switch byte {
        // A dollar sign within a packet would be escaped: the packet before it was cut off.
        case UInt8(ascii: "$"): start()
        case UInt8(ascii: "#"): place = .firstDigit
        case PacketWriter.escape:
            sum &+= byte
            place = .escaped
        default:
            sum &+= byte
            keep(byte)
        }
    }

    private mutating func keep(_ byte: UInt8) {
        if payload.count < Self.limit { payload.append(byte) } else { isOversized = true }
    }

    private mutating func end(_ first: UInt8?, _ second: UInt8?) -> PacketEvent {
        place = .outside
        guard let first, let second, first << 4 | second == sum else { return .damaged }
        return isOversized ? .oversized : .packet(payload)
    }

    /// The value of a hexadecimal digit in either case, or nil.
    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}

/// Makes packets: checksum and escapes.
enum PacketWriter {
    /// Announces an escaped byte.
    static let escape = UInt8(ascii: "}")
    /// What an escaped byte is exclusive-ored with.
    static let escapeMask: UInt8 = 0x20

    /// The packet with a payload, as it goes over the line.
    static func packet(_ payload: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(payload.count + 4)
        bytes.append(UInt8(ascii: "$"))
        var sum: UInt8 = 0
        for byte in payload {
            switch byte {
            case UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: "}"), UInt8(ascii: "*"):
                bytes.append(escape)
                bytes.append(byte ^ escapeMask)
                sum &+= escape &+ (byte ^ escapeMask)
            default:
                bytes.append(byte)
                sum &+= byte
            }
        }
        bytes.append(UInt8(ascii: "#"))
        bytes += hex([sum])
        return bytes
    }

    /// Two lower-case hexadecimal digits a byte.
    static func hex(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.underestimatedCount * 2)
        for byte in bytes {
            for nibble in [byte >> 4, byte & 15] { text.append(nibble < 10 ? nibble + 0x30 : nibble + 0x57) }
        }
        return text
    }
}
