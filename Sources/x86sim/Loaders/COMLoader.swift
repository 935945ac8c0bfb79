import X86Interp

extension Loader {
    /// A DOS program without DOS.
    static let com = Loader(
        name: "com",
        summary: "DOS program at 1000:0100, all segments 1000, SP FFFE with a zero word on the stack;\n"
            + "there is no DOS behind it: INT 20h, or RET with that word, halts, and INT 21h is the\n"
            + "guest's own affair",
        guess: { $0.fileExtension == "com" && $0.bytes.count <= largestCOM },
        plan: { blob, _ throws(CommandError) in
            guard blob.bytes.count <= largestCOM else {
                throw .load("\(blob.path.quoted) has more than the 65278 bytes of a COM program; use --boot flat")
            }
            return BootPlan(
                description: "COM program at 1000:0100",
                pieces: [
                    .init(address: 0x10000, bytes: programPrefix, name: "program segment prefix"),
                    .init(address: 0x10100, bytes: blob.bytes, name: blob.path),
                    .init(address: 0x20 * 4, bytes: [0x00, 0x05, 0x00, 0x00], name: "vector 20"),
                    .init(address: 0x500, bytes: terminator, name: "INT 20h"),
                ],
                start: .init(
                    code: FarAddress(segment: 0x1000, offset: 0x100), data: 0x1000,
                    stack: FarAddress(segment: 0x1000, offset: 0xFFFE)))
        })

    /// What fits between the prefix and the zero word on the stack.
    private static let largestCOM = 0xFFFE - 0x100

    /// What INT 20h does: `cli; hlt`, and again if something wakes it.
    private static let terminator: [UInt8] = [0xFA, 0xF4, 0xEB, 0xFC]

    /// The 256 bytes before the program: INT 20h, the end of memory, an empty command line.
    private static var programPrefix: [UInt8] {
        var prefix = [UInt8](repeating: 0, count: 256)
        prefix[0] = 0xCD
        prefix[1] = 0x20
        prefix[3] = 0xA0
        prefix[0x81] = 0x0D
        return prefix
    }
}
