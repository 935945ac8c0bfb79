import X86Interp

/// A DOS program before its first instruction: its prefix, its environment, the chain of memory blocks.
///
/// Sources: Microsoft MS-DOS Programmer's Reference; Ralf Brown's Interrupt List, INT 21h AH=26h, 29h, 52h.
package struct DOSProcess: Equatable, Sendable {
    /// Bytes and the linear address that they go to.
    package struct Piece: Equatable, Sendable {
        /// Linear address of the first byte.
        package var address: UInt32
        /// What goes there.
        package var bytes: [UInt8]
    }

    /// Where the prefix is.
    package static let segment: UInt16 = 0x1000
    /// The most characters of a command line.
    package static let largestTail = 126

    /// The program's name as its environment has it: `C:\HELLO.COM`.
    package var name: String
    /// The command line behind the program's name, in code page 437.
    package var arguments: [UInt8]
    /// The segment behind the program's memory.
    package var end: UInt16
    /// The segment behind all memory.
    package var memoryEnd: UInt16
    /// Drives that there are, 0 for A.
    package var drives: Set<UInt8>
    /// Whether there is memory above 1 MiB, where CALL 5 comes to while A20 is on.
    package var hasHighMemory = false

    /// A program named after its file, which has all memory up to `memoryEnd`.
    package init(path: String, arguments: [UInt8] = [], memoryEnd: UInt16, drives: Set<UInt8> = [2]) {
        name = "C:\\" + Self.fileName(path)
        self.arguments = arguments
        end = memoryEnd
        self.memoryEnd = memoryEnd
        self.drives = drives
    }

    /// Paragraphs between the prefix and the end of all memory.
    package var room: Int { max(0, Int(memoryEnd) - Int(Self.segment)) }

    /// AX at the start: FF in AL if the first argument names a drive that is not there, in AH for the second.
    package var driveStatus: UInt16 {
        let found = words.prefix(2).map { word -> UInt16 in
            let name = FileControlBlock(word)
            return name.drive == 0 || drives.contains(name.drive &- 1) ? 0 : 0xFF
        }
        return (found.first ?? 0) | (found.dropFirst().first ?? 0) << 8
    }

    /// Everything that DOS has in memory besides the program itself.
    package var pieces: [Piece] {
        let gates = [DOSArea.callGate] + (hasHighMemory ? [DOSArea.callGate + 0x10_0000] : [])
        return [
            Piece(address: 0x700, bytes: area), Piece(address: UInt32(Self.shell) << 4, bytes: shellPrefix),
        ] + gates.map { Piece(address: $0, bytes: callGate) }
            + blocks.map { Piece(address: UInt32($0.header) << 4, bytes: $0.bytes) } + own
    }

    /// The prefix and the environment alone, for a program without DOS.
    package var own: [Piece] {
        [
            Piece(address: UInt32(Self.environment) << 4, bytes: variables),
            Piece(address: UInt32(Self.segment) << 4, bytes: prefix),
        ]
    }

    // MARK: Memory

    private static let environment: UInt16 = segment - 1 - variableParagraphs
    private static let variableParagraphs: UInt16 = 0x1E
    /// The prefix of the shell that has started the program; it is its own parent, as COMMAND.COM is.
    private static let shell: UInt16 = environment - 1 - 0x10

    private var blocks: [MemoryBlock] {
        let owned: [(owner: UInt16, start: UInt16)] = [
            (MemoryBlock.system, DOSArea.chain + 1), (Self.shell, Self.shell), (Self.segment, Self.environment),
            (Self.segment, Self.segment),
        ]
        let ends = owned.dropFirst().map { $0.start - 1 } + [end]
        var blocks = zip(owned, ends).map { block, end in
            MemoryBlock(header: block.start - 1, owner: block.owner, size: end - block.start, isLast: false)
        }
        // The paragraph behind the program starts the free rest.
        if end < memoryEnd {
            blocks.append(MemoryBlock(header: end, owner: 0, size: memoryEnd - end - 1, isLast: false))
        }
        blocks[blocks.count - 1].isLast = true
        return blocks
    }

    private var area: [UInt8] {
        var area = [UInt8](repeating: 0, count: 0x100)
        func put(_ word: UInt16, _ address: UInt32) {
            area[Int(address - 0x700)] = word.low
            area[Int(address - 0x6FF)] = word.high
        }
        put(Self.segment, DOSArea.process)
        put(0x80, DOSArea.transferArea)
        put(Self.segment, DOSArea.transferArea + 2)
        put(2, DOSArea.drive)
        put(DOSArea.chain, DOSArea.firstBlock)
        // No drives, files, buffers, devices: each list ends at once.
        for offset in stride(from: UInt32(0), to: 0x40, by: 2) { put(0xFFFF, DOSArea.lists + offset) }
        return area
    }

    private var callGate: [UInt8] { [0xEA] + BIOSROM.far(BIOSROM.callGate) }

    // MARK: Prefixes

    private var prefix: [UInt8] {
        var prefix = Self.prefix(end: end, parent: Self.shell, own: Self.segment, environment: Self.environment)
        let names = words.prefix(2).map { FileControlBlock($0).bytes }
        prefix.replaceSubrange(0x5C..<0x6C, with: names.first ?? FileControlBlock([]).bytes)
        prefix.replaceSubrange(0x6C..<0x7C, with: names.dropFirst().first ?? FileControlBlock([]).bytes)
        // The blank behind the program's name belongs to the command line.
        let tail = arguments.isEmpty ? [] : [0x20] + arguments.prefix(Self.largestTail - 1)
        prefix[0x80] = UInt8(truncatingIfNeeded: tail.count)
        prefix.replaceSubrange(0x81..<0x82 + tail.count, with: tail + [0x0D])
        return prefix
    }

    private var shellPrefix: [UInt8] {
        Self.prefix(end: Self.shell + 0x10, parent: Self.shell, own: Self.shell, environment: 0)
    }

    private static func prefix(end: UInt16, parent: UInt16, own: UInt16, environment: UInt16) -> [UInt8] {
        var prefix = [UInt8](repeating: 0, count: 256)
        func put(_ bytes: [UInt8], _ offset: Int) {
            prefix.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        }
        func words(_ words: UInt16...) -> [UInt8] { words.flatMap { [$0.low, $0.high] } }
        // int 20
        put([0xCD, 0x20] + words(end), 0)
        // call f01d:fef0: the word at 6 looks like a size, the place is 0:C0.
        put([0x9A] + words(0xFEF0, 0xF01D), 5)
        // Where DOS goes at the end, at Ctrl-C, at a critical error.
        for (number, vector) in ([0x22, 0x23, 0x24] as [UInt8]).enumerated() {
            put(BIOSROM.far(ofVector: vector), 0x0A + 4 * number)
        }
        put(words(parent), 0x16)
        // Handles: console for input, output and errors, then AUX and PRN.
        put([1, 1, 1, 0, 2] + [UInt8](repeating: 0xFF, count: 15), 0x18)
        put(words(environment), 0x2C)
        put(words(20, 0x18, own, 0xFFFF, 0xFFFF), 0x32)
        put([DOSVersion.major, DOSVersion.minor], 0x40)
        // int 21; retf
        put([0xCD, 0x21, 0xCB], 0x50)
        put(FileControlBlock([]).bytes, 0x5C)
        put(FileControlBlock([]).bytes, 0x6C)
        prefix[0x81] = 0x0D
        return prefix
    }

    /// Words of the command line.
    private var words: [[UInt8]] { arguments.split { FileControlBlock.isSeparator($0) }.map { Array($0) } }

    // MARK: Environment

    private var variables: [UInt8] {
        var text: [UInt8] = []
        for variable in ["COMSPEC=C:\\COMMAND.COM", "PATH=C:\\", "PROMPT=$P$G"] { text += Array(variable.utf8) + [0] }
        // The end, and one string more: the program's name.
        text += [0, 1, 0] + Array(name.utf8) + [0]
        return text + [UInt8](repeating: 0, count: Int(Self.variableParagraphs) * 16 - text.count)
    }

    /// A file's name as DOS would have it: 8 and 3 characters, upper case.
    private static func fileName(_ path: String) -> String {
        let last = path.utf8.split(separator: 0x2F).last.map { Array($0) } ?? []
        let dot = last.lastIndex(of: 0x2E) ?? last.count
        let stem = FileControlBlock.characters(last[..<dot], limit: 8)
        let suffix = FileControlBlock.characters(last[dot...].dropFirst(), limit: 3)
        let name = stem.isEmpty ? Array("PROGRAM".utf8) : stem
        return String(decoding: name + [0x2E] + (suffix.isEmpty ? Array("COM".utf8) : suffix), as: UTF8.self)
    }
}

/// The DOS that programs find.
enum DOSVersion {
    static let major: UInt8 = 5
    static let minor: UInt8 = 0
}

/// A file's name as DOS has it in a program's prefix: drive, 8 characters, 3 characters.
struct FileControlBlock: Equatable {
    /// 1 for A; 0 if none is named.
    var drive: UInt8 = 0
    /// 11 characters, blanks where there are none.
    var name: [UInt8]

    /// The name that a word of the command line spells.
    init(_ word: [UInt8]) {
        var rest = word[...]
        if rest.count >= 2, rest[rest.startIndex + 1] == 0x3A, let letter = Self.letter(rest[rest.startIndex]) {
            drive = letter
            rest = rest.dropFirst(2)
        }
        let stem = rest.prefix { $0 != 0x2E && !Self.endsName($0) }
        let behind = rest.dropFirst(stem.count)
        let suffix = behind.first == 0x2E ? behind.dropFirst() : []
        name = Self.padded(stem, 8) + Self.padded(suffix.prefix { $0 != 0x2E && !Self.endsName($0) }, 3)
    }

    /// The 16 bytes in the prefix.
    var bytes: [UInt8] { [drive] + name + [0, 0, 0, 0] }

    /// A for 1; nil for what is no letter.
    private static func letter(_ byte: UInt8) -> UInt8? {
        let upper = upper(byte)
        return 0x41...0x5A ~= upper ? upper - 0x40 : nil
    }

    private static func padded(_ text: some Collection<UInt8>, _ count: Int) -> [UInt8] {
        var padded: [UInt8] = []
        for byte in text.prefix(count) {
            // A star stands for any characters to the end.
            if byte == 0x2A { return padded + [UInt8](repeating: 0x3F, count: count - padded.count) }
            padded.append(upper(byte))
        }
        return padded + [UInt8](repeating: 0x20, count: count - padded.count)
    }

    /// At most so many characters that a name may have, in upper case.
    static func characters(_ text: ArraySlice<UInt8>, limit: Int) -> [UInt8] {
        text.filter { 0x21...0x7E ~= $0 && !isSeparator($0) && !endsName($0) && $0 != 0x2E }.prefix(limit).map(upper)
    }

    /// What stands between names.
    static func isSeparator(_ byte: UInt8) -> Bool { [0x09, 0x20, 0x2B, 0x2C, 0x3B, 0x3D].contains(byte) }

    /// What no name has.
    private static func endsName(_ byte: UInt8) -> Bool {
        byte < 0x20 || isSeparator(byte) || Array("\"/\\[]:|<>".utf8).contains(byte)
    }

    private static func upper(_ byte: UInt8) -> UInt8 { 0x61...0x7A ~= byte ? byte - 0x20 : byte }
}
