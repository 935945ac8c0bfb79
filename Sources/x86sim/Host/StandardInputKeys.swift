import Devices

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Key strokes from standard input: a terminal is read key by key, anything else byte by byte.
final class StandardInputKeys: KeySource {
    private static let limit = 1 << 20
    private var strokes: [KeyStroke] = []
    private var bytes: [UInt8] = []
    private var isAtEnd = false
    private let isTerminal = isatty(0) == 1
    private var saved: termios?
    /// A pipe is waited for even when the guest only looks, until it has once not answered.
    private var isPatient = true

    deinit {
        if var saved { tcsetattr(0, TCSANOW, &saved) }
    }

    /// The stroke with a number; waits up to a tenth of a second for a terminal if asked to, for a pipe always.
    func key(at number: Int, waits: Bool) -> KeyInput {
        if number < strokes.count { return .key(strokes[number]) }
        if !isAtEnd {
            read(milliseconds: waits ? 50 : isTerminal || !isPatient ? 0 : 100)
            translate()
        }
        if number < strokes.count { return .key(strokes[number]) }
        return isAtEnd ? .atEnd : .notYet
    }

    private func read(milliseconds: Int32) {
        if isTerminal, saved == nil { takeTerminal() }
        var request = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, milliseconds) > 0 else {
            isPatient = false
            return
        }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let got = fread(&buffer)
        if got <= 0 || strokes.count > Self.limit { isAtEnd = true } else { bytes += buffer.prefix(got) }
    }

    private func fread(_ buffer: inout [UInt8]) -> Int {
        buffer.withUnsafeMutableBytes { bytes in
            // At most as many bytes as the buffer has.
            bytes.baseAddress.map { pread0($0, bytes.count) } ?? 0
        }
    }

    private func pread0(_ pointer: UnsafeMutableRawPointer, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.read(0, pointer, count)
        #elseif canImport(Musl)
            Musl.read(0, pointer, count)
        #elseif canImport(Darwin)
            Darwin.read(0, pointer, count)
        #endif
    }

    /// No echo, no lines; Ctrl-C still interrupts.
    private func takeTerminal() {
        var settings = termios()
        guard tcgetattr(0, &settings) == 0 else { return }
        saved = settings
        settings.c_lflag &= ~tcflag_t(ECHO | ICANON)
        settings.c_iflag &= ~tcflag_t(ICRNL)
        tcsetattr(0, TCSANOW, &settings)
    }

    /// Bytes to strokes: ANSI sequences of cursor keys, UTF-8, characters.
    private func translate() {
        var rest = bytes[...]
        while let first = rest.first {
            if first == 0x1B, let (name, length) = Self.sequence(rest) {
                if let stroke = KeyStroke.named.first(where: { $0.name == name })?.stroke { strokes.append(stroke) }
                rest = rest.dropFirst(length)
            } else if first < 0x80 {
                strokes.append(KeyStroke(typing: first))
                rest = rest.dropFirst()
            } else {
                let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
                guard rest.count >= length || isAtEnd else { break }
                let scalar = String(decoding: rest.prefix(length), as: UTF8.self).unicodeScalars.first
                if let byte = scalar.flatMap(CodePage437.byte) { strokes.append(KeyStroke(typing: byte)) }
                rest = rest.dropFirst(length)
            }
        }
        bytes = Array(rest)
    }

    private static func sequence(_ bytes: ArraySlice<UInt8>) -> (name: String, length: Int)? {
        let names: [String: String] = [
            "[A": "up", "[B": "down", "[C": "right", "[D": "left", "[H": "home", "[F": "end", "[5~": "pgup",
            "[6~": "pgdn", "[2~": "ins", "[3~": "del", "OP": "f1", "OQ": "f2", "OR": "f3", "OS": "f4", "[15~": "f5",
            "[17~": "f6", "[18~": "f7", "[19~": "f8", "[20~": "f9", "[21~": "f10", "[23~": "f11", "[24~": "f12",
        ]
        for length in 2...4 where bytes.count > length {
            let text = String(decoding: bytes.dropFirst().prefix(length), as: UTF8.self)
            if let name = names[text] { return (name, length + 1) }
        }
        return nil
    }
}
