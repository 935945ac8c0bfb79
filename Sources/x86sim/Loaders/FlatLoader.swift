import X86Interp

extension Loader {
    /// Bare code.
    static let flat = Loader(
        name: "flat",
        summary: "bare real-mode code at --entry, else at 0000:7C00 if it has at most 512 bytes, else at\n"
            + "1000:0000; DS and ES are CS, SS:SP is 0000:7C00",
        why: "it is nothing else",
        guess: { _ in true },
        plan: { blob, context throws(CommandError) in
            let small = FarAddress(segment: 0, offset: 0x7C00)
            let large = FarAddress(segment: 0x1000, offset: 0)
            let place = context.entry ?? (blob.bytes.count <= 512 ? small : large)
            var plan = bare(at: place, pieces: [.init(address: place.linear, bytes: blob.bytes, name: blob.path)])
            plan.place = .init(start: place, size: blob.size, isWhole: true)
            return plan
        })

    /// A plan that starts at `place` in real mode.
    static func bare(at place: FarAddress, pieces: [BootPlan.Piece]) -> BootPlan {
        BootPlan(
            description: "bare code at \(place.text)", pieces: pieces,
            start: .init(code: place, data: place.segment, stack: FarAddress(segment: 0, offset: 0x7C00)))
    }
}
