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
            if bench.specimen.hasBattery {
                let once = KeptState(bench.device)
                bench.device.reset()
                try demand(once.matches(bench.device), "a reset right behind number \(round) changes something")
                continue
            }
            try demand(
                new.matches(bench.device), "after reset number \(round) it is not as new: assign the default state")
        }
    }

    /// A snapshot is put into a machine that has gone the same way, so that what is outside is the same, and was reset
    /// then, so that there is something to restore; and into a new one, if nothing outside tells the two apart, so that
    /// nothing of the device may be hidden from its state.
    func checkRestoring() throws {
        for number in 5..<13 as Range<UInt64> {
            let bench = try bench(number)
            let twin = try self.bench(number)
            for _ in 0..<3 {
                bench.accesses(100)
                twin.accesses(100)
                twin.device.reset()
                let fresh = try self.bench(number)
                fresh.random = bench.random
                let isAlike = fresh.specimen.outside() == bench.specimen.outside()
                try goOn(bench, restoredIn: isAlike ? [twin, fresh] : [twin])
            }
        }
    }

    private func goOn(_ bench: Bench, restoredIn others: [Bench]) throws {
        let machine = bench.specimen.machine
        let snapshot = machine.snapshot()
        for other in others {
            let outside = other.specimen.outside()
            try other.specimen.machine.restore(snapshot)
            try demand(KeptState(bench.device).matches(other.device), "a state that is set does not read back")
            try demand(other.specimen.outside() == outside, "restoring its state is felt outside")
            try demand(other.specimen.machine.hash() == machine.hash(), "a restored machine is unlike the saved one")
        }
        let accesses = bench.accesses(100)
        for other in others {
            for (step, pair) in zip(accesses, other.accesses(100)).enumerated() where pair.0 != pair.1 {
                throw Broken(sentence: "restored, access \(step) is \(pair.1) instead of \(pair.0)")
            }
            try demand(
                KeptState(bench.device).matches(other.device) && other.specimen.machine.hash() == machine.hash(),
                "restored, it comes to another state than the one that was saved")
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
