import X86Interp

/// One of the device's registers at a width that is claimed, at a port or in memory.
struct Place: CustomStringConvertible {
    /// Where it is: a port of a claim, or an offset in a region.
    enum Face {
        case port(UInt16, PortClaim)
        case memory(UInt32, MemoryClaim)
    }

    let face: Face
    let width: Width

    private static func offset(_ port: UInt16, _ claim: PortClaim) -> UInt16 { port - claim.ports.lowerBound }

    var description: String {
        switch face {
        case .port(let port, let claim): "\(width) at offset \(Self.offset(port, claim)) of bank \(claim.bank)"
        case .memory(let offset, let claim): "\(width) in memory at offset \(offset) of bank \(claim.region.bank)"
        }
    }

    /// What a read returns, uncut.
    func read() -> UInt32 {
        switch face {
        case .port(let port, let claim):
            claim.device.read(bank: claim.bank, offset: Self.offset(port, claim), width: width)
        case .memory(let offset, let claim):
            claim.device.readMemory(bank: claim.region.bank, offset: offset, width: width)
        }
    }

    /// What a look tells of the value that a read would return, and which of its bits it tells.
    func peek() -> (value: UInt32, known: UInt32) {
        switch face {
        case .port(let port, let claim):
            let value = claim.device.peek(bank: claim.bank, offset: Self.offset(port, claim), width: width)
            return (value ?? 0, value == nil ? 0 : .max)
        case .memory(let offset, let claim):
            var (value, known) = (UInt32(0), UInt32(0))
            for place in UInt32(0)..<UInt32(width.bytes) {
                guard let byte = claim.device.peekMemory(bank: claim.region.bank, offset: offset + place) else {
                    continue
                }
                value |= UInt32(byte) << (8 * place)
                known |= 0xFF << (8 * place)
            }
            return (value, known)
        }
    }

    func write(_ value: UInt32) {
        let value = value & width.mask
        switch face {
        case .port(let port, let claim):
            claim.device.write(bank: claim.bank, offset: Self.offset(port, claim), width: width, value: value)
        case .memory(let offset, let claim):
            claim.device.writeMemory(bank: claim.region.bank, offset: offset, width: width, value: value)
        }
    }

    /// Reads as many bytes at once as a buffer has; nothing in memory, which has no blocks.
    func readBlock(_ device: any BlockPortDevice, into bytes: inout [UInt8]) {
        guard case .port(let port, let claim) = face else { return }
        bytes.withUnsafeMutableBytes {
            device.readBlock(bank: claim.bank, offset: Self.offset(port, claim), width: width, into: $0)
        }
    }

    /// Writes bytes at once.
    func writeBlock(_ device: any BlockPortDevice, _ bytes: [UInt8]) {
        guard case .port(let port, let claim) = face else { return }
        bytes.withUnsafeBytes {
            device.writeBlock(bank: claim.bank, offset: Self.offset(port, claim), width: width, from: $0)
        }
    }
}

extension PortClaim {
    /// Its registers at each width that it declares.
    var places: [Place] {
        ports.flatMap { port in
            Width.allCases.filter { widths.contains($0) && port & UInt16($0.bytes - 1) == 0 }
                .map { Place(face: .port(port, self), width: $0) }
        }
    }
}

extension MemoryClaim {
    /// Its registers at each width that it declares: those of the first 256 bytes and of the last, and some between.
    var places: [Place] {
        let size = UInt32(truncatingIfNeeded: region.size - 4)
        let between = (1..<64).map { (size / 64 &* $0) & ~3 }
        return (Array(0..<256) + between + [size]).flatMap { offset in
            Width.allCases.filter { region.widths.contains($0) && offset & UInt32($0.bytes - 1) == 0 }
                .map { Place(face: .memory(offset, self), width: $0) }
        }
    }
}
