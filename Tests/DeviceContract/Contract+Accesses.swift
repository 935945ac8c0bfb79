import X86Interp

/// The rules about accesses.
extension Contract {
    func checkClaims() throws {
        let bench = try bench()
        for place in bench.portPlaces {
            guard case .port(_, let claim) = place.face else { continue }
            let blocks = claim.device is any BlockPortDevice
            try demand(
                (claim.device.asBlockDevice != nil) == blocks,
                "asBlockDevice is not what its conformance says: leave it out, the protocol has it")
            let defers = claim.device is any DeferringPortDevice
            try demand(
                (claim.device.asDeferringDevice != nil) == defers,
                "asDeferringDevice is not what its conformance says: leave it out, the protocol has it")
        }
        let answers = bench.device is any MemoryDevice
        try demand(
            (bench.device.asMemoryDevice != nil) == answers,
            "asMemoryDevice is not what its conformance says: leave it out, the protocol has it")
        let known = bench.specimen.machine.devices[bench.device.name]
        try demand(known === bench.device, "the machine does not have it: add it by Machine.add")
    }

    func checkWidths() throws {
        let bench = try bench(1)
        func read(_ place: Place) throws {
            let value = place.read()
            try demand(
                value & ~place.width.mask == 0,
                "reading \(place) gives \(String(value, radix: 16, uppercase: true)), which is wider")
        }
        // A claim of thousands of ports is looked at in steps.
        let places = bench.places
        for place in places.enumerated().filter({ $0.offset % (places.count / 4096 + 1) == 0 }) {
            for value in [0, .max, 0x55AA_55AA, 0x0102_0304] as [UInt32] {
                place.element.write(value)
                try read(place.element)
            }
        }
        for _ in 0..<5000 {
            bench.accesses(1)
            try read(bench.place())
        }
    }

    func checkPeek() throws {
        let bench = try bench(2)
        for _ in 0..<1000 {
            bench.accesses(1)
            let place = bench.place()
            let before = KeptState(bench.device)
            let around = bench.surroundings
            let seen = place.peek()
            try demand(before.matches(bench.device), "peek of \(place) changes its state")
            try demand(bench.surroundings == around, "peek of \(place) is felt outside: \(bench.surroundings)")
            let value = place.read()
            guard seen.value != value & seen.known else { continue }
            let one = String(seen.value, radix: 16, uppercase: true)
            let other = String(value, radix: 16, uppercase: true)
            throw Broken(sentence: "peek of \(place) says \(one), but read returns \(other); nil if it cannot tell")
        }
    }

    func checkBlocks() throws {
        let single = try bench(3)
        let block = try bench(3)
        for step in 0..<300 {
            let place = single.place()
            let twin = block.place()
            guard case .port(_, let claim) = twin.face, let device = claim.device.asBlockDevice else { continue }
            let count = Int.random(in: 0...80, using: &single.random)
            var bytes = (0..<count * place.width.bytes).map { _ in UInt8.random(in: 0...255, using: &single.random) }
            if Bool.random(using: &single.random) {
                Self.write(bytes, to: place)
                twin.writeBlock(device, bytes)
            } else {
                twin.readBlock(device, into: &bytes)
                try demand(bytes == Self.read(count, from: place), "a block read of \(place) differs from single reads")
            }
            block.random = single.random
            try demand(
                KeptState(single.device).matches(block.device) && single.surroundings == block.surroundings,
                "block number \(step), at \(place), leaves it unlike single accesses")
        }
    }

    /// Writes elements one by one.
    private static func write(_ bytes: [UInt8], to place: Place) {
        for start in stride(from: 0, to: bytes.count, by: place.width.bytes) {
            place.write(bytes[start..<start + place.width.bytes].reversed().reduce(0) { $0 << 8 | UInt32($1) })
        }
    }

    /// Reads elements one by one.
    private static func read(_ count: Int, from place: Place) -> [UInt8] {
        (0..<count).flatMap { _ in
            let value = place.read()
            return (0..<place.width.bytes).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
        }
    }
}
