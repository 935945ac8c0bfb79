extension Machine {
    /// A number that stands for everything that a guest can see: processor, RAM, chips, lines, time.
    ///
    /// Equal machines in equal states have equal hashes, in any process and on any host.
    public func hash() -> UInt64 {
        var hash = ValueHash()
        hash.combine(ValueHash.of(cpu.state))
        hash.combine(ValueHash.of(bus.lines))
        hash.combine(clock.now)
        for name in devices.keys.sorted() {
            guard let device = devices[name] else { continue }
            hash.combine(ValueHash.of(name))
            hash.combine(Self.stateHash(of: device))
        }
        hash.combine(memory.ramBytes)
        memory.hashBlocks(into: &hash)
        return hash.value
    }

    private static func stateHash(of device: some Device) -> UInt64 { ValueHash.of(device.state) }
}

extension PhysicalMemory {
    /// Adds the blocks of RAM besides that from 0 on, wherever they lie: what is not zero of each.
    fileprivate func hashBlocks(into hash: inout ValueHash) {
        for block in blocks.dropFirst() {
            hash.combine(ValueHash.of(block.kind))
            for number in block.pages where pageMarks[number] & PageMark.used != 0 {
                guard let page = host(ofPage: number), !PageImage.isZero(page) else { continue }
                hash.combine(UInt64(number))
                hash.combine(UnsafeRawBufferPointer(start: page, count: PageImage.size))
            }
        }
    }
}

/// A hash that is the same in every process.
struct ValueHash {
    private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func combine(_ word: UInt64) {
        let mixed = (value ^ word) &* 0xFF51_AFD7_ED55_8CCD
        value = mixed ^ mixed >> 32
    }

    /// Bytes as little-endian words, the last one filled up with zeros; the count counts too.
    mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        combine(UInt64(bytes.count))
        var offset = 0
        while offset + 8 <= bytes.count {
            combine(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset += 8
        }
        var last: UInt64 = 0
        for place in offset..<bytes.count { last |= UInt64(bytes[place]) << UInt64(8 * (place - offset)) }
        if offset < bytes.count { combine(last) }
    }

    /// The hash of any value that can be encoded; the order of keys, and of what is in sets, does not matter.
    static func of(_ value: some Encodable) -> UInt64 {
        // No state refuses to be encoded; what did would count as no bytes.
        let bytes = (try? StateEncoder.bytes(value)) ?? []
        var hash = ValueHash()
        bytes.withUnsafeBytes { hash.combine($0) }
        return hash.value
    }
}
