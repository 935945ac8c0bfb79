import X86Interp

extension Loader {
    /// A system ROM.
    static let rom = Loader(
        name: "rom",
        summary: "system ROM, up to 16 MiB: ends below 4 GiB (80286: 16 MiB), and again, its last\n"
            + "128 KiB at most (8086, 80186: 256 KiB), below 1 MiB; starts at the reset vector\n"
            + "F000:FFF0 (8086, 80186: FFFF:0000)",
        why: "its name says so, or there is a jump at the reset vector",
        guess: { blob in
            let size = blob.bytes.count
            guard size >= 4096, size <= maximum, size % 4096 == 0 else { return false }
            return blob.fileExtension == "rom" || isJump(blob.bytes[size - 16])
        },
        plan: { blob, context throws(CommandError) in
            guard blob.bytes.count <= maximum else {
                throw .load("\(blob.path.quoted) is larger than the 16 MiB that a ROM can have; use --boot flat")
            }
            let image = padded(blob.bytes)
            var roms: [BootPlan.Piece] = []
            let end = highEnd(of: context.model)
            if let end {
                let start = UInt32(truncatingIfNeeded: end - UInt64(image.count))
                roms.append(.init(address: start, bytes: image, name: blob.path))
            }
            // 128 KiB as PC chip sets do: C0000-DFFFF is for others.
            let low = Array(image.suffix(end == nil ? 256 << 10 : 128 << 10))
            roms.append(.init(address: 0x10_0000 - UInt32(low.count), bytes: low, name: blob.path))
            var plan = BootPlan(
                description: "ROM of \(HostFile.sizeText(image.count)) at the reset vector", roms: roms)
            if let offset = UInt16(exactly: 0x10000 - low.count) {
                let place = FarAddress(segment: 0xF000, offset: offset)
                plan.place = .init(start: place, size: low.count, isWhole: false)
            }
            return plan
        })

    private static let maximum = 16 << 20

    /// A near, short or far jump.
    private static func isJump(_ byte: UInt8) -> Bool { byte == 0xEA || byte == 0xE9 || byte == 0xEB }

    /// Where the address space ends that the reset vector is at the top of; nil on chips with 1 MiB.
    private static func highEnd(of model: CPUModel) -> UInt64? {
        switch model.addressBits {
        case 20: nil
        case 24: 1 << 24
        default: 1 << 32
        }
    }

    /// The image with FF before it, so that it fills whole pages.
    private static func padded(_ image: [UInt8]) -> [UInt8] {
        let missing = (4096 - image.count % 4096) % 4096
        return [UInt8](repeating: 0xFF, count: missing) + image
    }
}
