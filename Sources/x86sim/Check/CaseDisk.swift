import Devices
import X86Interp

/// A disk image of a case: a file, and what it was when the case was made.
struct CaseDisk: Equatable, Sendable {
    /// A drive by its option.
    enum Drive: String, Sendable, CaseIterable {
        case fda, fdb, hda, hdb, hdc, hdd, cdrom

        /// What is in it.
        var kind: Devices.Drive.Kind {
            switch self {
            case .fda, .fdb: .floppy
            case .hda, .hdb, .hdc, .hdd: .hardDisk
            case .cdrom: .cd
            }
        }

        /// The number that DL has.
        var number: UInt8 {
            switch self {
            case .fda: 0x00
            case .fdb: 0x01
            case .hda: 0x80
            case .hdb: 0x81
            case .hdc: 0x82
            case .hdd: 0x83
            case .cdrom: Disks.usualCD
            }
        }

        /// The drive with a number, by what is in it: a CD or a hard disk may be the first drive of the second channel.
        init?(number: UInt8, kind: Devices.Drive.Kind) {
            guard let drive = Self.allCases.first(where: { $0.number == number && $0.kind == kind }) else { return nil }
            self = drive
        }
    }

    /// Where the image is put.
    var drive: Drive
    /// The file.
    var path: String
    /// The hash of its bytes, or nil if they do not matter.
    var hash: UInt64?

    /// The largest image that is hashed: 256 MiB.
    static let limit = 256 << 20

    /// The hash of an image's bytes.
    ///
    /// - Throws: `CommandError` if it cannot be read or is too large.
    static func hash(of path: String) throws(CommandError) -> UInt64 {
        MemoryHash.of(try HostFile.read(path, limit: limit))
    }

    /// Compares the file with what it was.
    ///
    /// - Throws: `CommandError` that names it if it has changed.
    func check() throws(CommandError) {
        guard let hash, try Self.hash(of: path) != hash else { return }
        throw .load("\(path.quoted) is not the image that the case was made with: its hash is another; record anew")
    }

    /// Reads `fda FILE [HASH]`.
    static func read(_ line: CaseLine) throws(CaseError) -> CaseDisk {
        let words = line.words.map(\.text)
        guard 2...3 ~= words.count, let drive = Drive(rawValue: words[0]) else {
            throw line.error("disk: write disk fda|fdb|hda|hdb|hdc|hdd|cdrom FILE, and perhaps the hash of its bytes")
        }
        guard words.count == 3 else { return CaseDisk(drive: drive, path: words[1]) }
        guard let hash = UInt64(words[2], radix: 16) else {
            throw line.error("disk: \(words[2].quoted) is no hash of 16 hexadecimal digits")
        }
        return CaseDisk(drive: drive, path: words[1], hash: hash)
    }
}

/// Keeps the key strokes that a guest gets from a source.
final class KeyRecorder: KeySource {
    private let source: any KeySource
    /// The strokes, in order.
    private(set) var strokes: [KeyStroke] = []
    /// There was more than strokes: pauses, or moves of the mouse.
    private(set) var hasMore = false
    /// How many inputs were asked for, each counted once.
    private var taken = 0

    /// A recorder in front of a source.
    init(_ source: any KeySource) { self.source = source }

    /// Lets the source look at the screen.
    func watch(_ shows: @escaping (String) -> Bool) { source.watch(shows) }

    /// What the source has; a stroke is kept when it is asked for the first time.
    func key(at number: Int, waits: Bool) -> KeyInput {
        let input = source.key(at: number, waits: waits)
        switch input {
        case .key(let stroke) where number == taken: strokes.append(stroke)
        case .pause where number == taken, .pointer where number == taken: hasMore = true
        case .key, .pause, .pointer, .notYet, .atEnd: return input
        }
        taken += 1
        return input
    }

    /// The strokes as `--keys` writes them, or nil if it has no way to.
    var text: String? {
        var text = ""
        for stroke in strokes {
            let part = Self.text(stroke)
            guard let part else { return nil }
            text += part
        }
        return text
    }

    private static func text(_ stroke: KeyStroke) -> String? {
        guard stroke == KeyStroke(typing: stroke.character) else {
            let letters = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { "alt-" + String(Unicode.Scalar($0)) }
            let name = (KeyStroke.named.map(\.name) + letters).first { KeyStroke.parse("{\($0)}").strokes == [stroke] }
            return name.map { "{" + $0 + "}" }
        }
        switch stroke.character {
        case 0x0D: return "\\n"
        case 0x09: return "\\t"
        case 0x1B: return "\\e"
        case 0x08: return "\\b"
        case 0x5C: return "\\\\"
        case 0x7B: return "{{"
        case 0x01...0x1A: return "{ctrl-" + String(Unicode.Scalar(stroke.character + 0x60)) + "}"
        case 0x20...0x7E: return String(Unicode.Scalar(stroke.character))
        default: return nil
        }
    }
}
