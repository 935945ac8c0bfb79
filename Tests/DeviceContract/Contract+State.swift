import X86Interp

/// The rules about states.
extension Contract {
    func checkReset() throws {
        let bench = try bench(4)
        let fresh = try self.bench(4)
        let new = KeptState(fresh.device)
        try demand(new.matches(bench.device), "two new devices are in different states")
        for round in 0..<5 {
            bench.accesses(200)
            bench.device.reset()
            try demand(
                new.matches(bench.device), "after reset number \(round) it is not as new: assign the default state")
        }
    }

    /// The machine that a snapshot is put into has gone the same way, so that what is outside is the same, and was
    /// reset then, so that there is something to restore.
    func checkRestoring() throws {
        for number in 0..<8 as Range<UInt64> {
            let bench = try bench(5 + number)
            let twin = try self.bench(5 + number)
            for _ in 0..<3 {
                bench.accesses(100)
                twin.accesses(100)
                twin.device.reset()
                let outside = twin.specimen.outside()
                try twin.specimen.machine.restore(bench.specimen.machine.snapshot())
                try demand(KeptState(bench.device).matches(twin.device), "a state that is set does not read back")
                try demand(twin.specimen.outside() == outside, "restoring its state is felt outside")
                let hash = bench.specimen.machine.hash()
                try demand(twin.specimen.machine.hash() == hash, "a restored machine is unlike the saved one")
                for (step, pair) in zip(bench.accesses(100), twin.accesses(100)).enumerated() where pair.0 != pair.1 {
                    throw Broken(sentence: "restored, access \(step) is \(pair.1) instead of \(pair.0)")
                }
                try demand(
                    KeptState(bench.device).matches(twin.device)
                        && bench.specimen.machine.hash() == twin.specimen.machine.hash(),
                    "restored, it comes to another state than the one that was saved")
            }
        }
    }

    func checkEncoding() throws {
        let bench = try bench(20)
        for _ in 0..<20 {
            bench.accesses(50)
            let bytes = try bench.specimen.machine.snapshot().encoded()
            let other = try self.bench(20)
            try other.specimen.machine.restore(try Snapshot(decoding: bytes, for: other.specimen.machine))
            try demand(
                KeptState(bench.device).matches(other.device), "its state is another one after encoding and decoding")
        }
    }

    func checkFields() throws {
        let bench = try bench(21)
        for _ in 0..<50 {
            bench.accesses(4)
            let before = KeptState(bench.device)
            let around = bench.surroundings
            let fields = bench.device.fields
            try demand(
                before.matches(bench.device) && bench.surroundings == around, "looking at its fields changes something")
            try demand(!fields.isEmpty, "it shows nothing of itself: give it fields")
            try demand(Set(fields.map(\.name)).count == fields.count, "two of its fields have one name")
            try demand(fields.allSatisfy { !$0.text.isEmpty && !$0.name.isEmpty }, "a field has no name or no text")
        }
    }
}
