import Devices
import X86Interp

extension Loader {
    /// A DOS program with a header.
    static let exe = Loader(
        name: "exe",
        summary: "DOS program with a header (MZ), its prefix at 1000:0000: relocated, with the memory\n"
            + "that it asks for, CS:IP and SS:SP as the header says, all else as for com",
        why: "it starts with the header of an EXE program",
        guess: { EXEHeader($0.bytes) != nil },
        plan: { blob, context throws(CommandError) in
            guard let header = EXEHeader(blob.bytes) else {
                throw .load("\(blob.path.quoted) does not start with the header of an EXE program; use --boot com")
            }
            var process = context.process(blob.path)
            let needed = 0x10 + header.paragraphs + header.leastExtra
            guard needed <= process.room else { throw context.noRoom(blob.path, paragraphs: needed) }
            let spare = process.room - needed
            // Without any extra memory the program goes to the top.
            let isHigh = header.leastExtra == 0 && header.mostExtra == 0
            let size = isHigh ? process.room : needed + min(spare, max(0, header.mostExtra - header.leastExtra))
            process.end = DOSProcess.segment + UInt16(size)
            let start = DOSProcess.segment + UInt16(isHigh ? size - header.paragraphs : 0x10)
            let code = FarAddress(segment: start &+ header.word(0x16), offset: header.word(0x14))
            let stack = FarAddress(segment: start &+ header.word(0x0E), offset: header.word(0x10))
            guard let image = header.image(at: start) else {
                throw .load("\(blob.path.quoted) is damaged: it relocates a word that it does not have; link it again")
            }
            var plan = context.plan(process, "EXE program at \(code.text)", code: code, stack: stack)
            if !image.isEmpty {
                plan.pieces.append(.init(address: UInt32(start) << 4, bytes: image, name: blob.path))
            }
            plan.place = .init(start: FarAddress(segment: start, offset: 0), size: image.count, isWhole: true)
            return plan
        })
}

/// The header of an EXE program.
///
/// Source: Microsoft MS-DOS Programmer's Reference, EXE file header.
struct EXEHeader {
    private let bytes: [UInt8]

    /// The header that a file starts with; nil if it starts with none.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 0x1C, bytes.starts(with: Array("MZ".utf8)) || bytes.starts(with: Array("ZM".utf8)) else {
            return nil
        }
        self.bytes = bytes
    }

    /// The word at an offset of the header.
    func word(_ offset: Int) -> UInt16 { UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8 }

    private var headerSize: Int { Int(word(8)) * 16 }

    /// The program's length as the header counts it, without the header.
    private var size: Int {
        let last = Int(word(2)) % 512
        // Old linkers write 4 for a last page that is whole.
        let total = Int(word(4)) * 512 - (last == 0 || last == 4 ? 0 : 512 - last)
        return max(0, total - headerSize)
    }

    /// The same in paragraphs.
    var paragraphs: Int { (size + 15) / 16 }
    /// Paragraphs behind the program that it cannot do without.
    var leastExtra: Int { Int(word(0x0A)) }
    /// Paragraphs behind the program that it would like.
    var mostExtra: Int { Int(word(0x0C)) }

    /// The program for a segment, what the file lacks of it zero; nil if a relocation is not in it.
    func image(at segment: UInt16) -> [UInt8]? {
        var image = [UInt8](bytes.dropFirst(headerSize).prefix(size))
        image += [UInt8](repeating: 0, count: size - image.count)
        let table = Int(word(0x18))
        for number in 0..<Int(word(6)) {
            let entry = table + number * 4
            guard entry + 4 <= bytes.count else { return nil }
            let place = Int(word(entry)) + Int(word(entry + 2)) * 16
            guard place + 2 <= image.count else { return nil }
            let value = (UInt16(image[place]) | UInt16(image[place + 1]) << 8) &+ segment
            image[place] = UInt8(truncatingIfNeeded: value)
            image[place + 1] = UInt8(truncatingIfNeeded: value >> 8)
        }
        return image
    }

    /// Where the header of a later kind of program is (PE, NE, LE, LX); 0 if the file says nothing.
    var laterHeader: Int {
        guard bytes.count >= 0x40, word(0x18) >= 0x40 || word(6) == 0 else { return 0 }
        return Int(word(0x3C)) | Int(word(0x3E)) << 16
    }
}
