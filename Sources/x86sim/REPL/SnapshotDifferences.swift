import X86Interp

/// What differs between two snapshots, in words.
struct SnapshotDifferences {
    private let a: Snapshot
    private let b: Snapshot
    private let names: [String]

    /// From `a` to `b`; `names` are the devices in the order in which they are told.
    init(_ a: Snapshot, _ b: Snapshot, _ names: [String]) {
        self.a = a
        self.b = b
        self.names = names
    }

    /// A line each: registers, ranges of RAM, devices; at most 64 ranges.
    func lines(_ length: (Int) -> String) -> [String] {
        var lines: [String] = []
        for (name, register) in RegisterReference.all where Self.isWhole(register) {
            let (x, y) = (a.cpu.value(of: register), b.cpu.value(of: register))
            if x != y { lines.append("\(name): \(x.hex(digits: 4)) -> \(y.hex(digits: 4))") }
        }
        for (name, register) in WideRegister.all {
            let values = [a, b].map { RegisterBits($0.cpu.value(of: register)).hex(bits: register.bits) }
            if values[0] != values[1] { lines.append("\(name): \(values[0]) -> \(values[1])") }
        }
        return lines + ramLines(length) + names.compactMap(line)
    }

    private func line(ofDevice name: String) -> String? {
        guard let state = a.devices[name] else { return nil }
        guard let other = b.devices[name] else { return "device \(name): only in one of them" }
        return Self.areEqual(state, other) ? nil : "device \(name) differs"
    }

    private static func areEqual(_ a: any Sendable, _ b: any Sendable) -> Bool {
        func equals<Value: Equatable>(_ value: Value) -> Bool { b as? Value == value }
        return (a as? any Equatable).map { equals($0) } ?? false
    }

    /// Registers that are no part of another one.
    private static func isWhole(_ register: RegisterReference) -> Bool {
        switch register {
        case .byte, .word, .ip, .flags, .flag: false
        // What is of `WideRegister`, or under another name a part of one.
        case .stackExponent, .stackSignificand, .mmx, .mmxDword, .xmmDword, .xmmQword: false
        case .dword, .selector, .base, .limit, .eip, .eflags, .control, .debug, .gdtBase, .gdtLimit, .idtBase,
            .idtLimit, .ldtr, .tr, .cpl, .instructions, .x87, .mxcsr:
            true
        }
    }

    private func ramLines(_ length: (Int) -> String) -> [String] {
        var lines: [String] = []
        let end = min(a.ram.count, b.ram.count)
        var place = 0
        for page in a.ram.pages(differingFrom: b.ram) {
            place = max(place, page * 4096)
            while place < min((page + 1) * 4096, end) {
                guard a.ram[place] != b.ram[place] else {
                    place += 1
                    continue
                }
                let start = place
                while place < end, a.ram[place] != b.ram[place] { place += 1 }
                guard lines.count < 64 else { return lines + ["memory: and more"] }
                let old = a.ram[start..<min(place, start + 8)].map(\.hex).joined(separator: " ")
                let new = b.ram[start..<min(place, start + 8)].map(\.hex).joined(separator: " ")
                let more = place - start > 8 ? " ..." : ""
                let first = UInt32(truncatingIfNeeded: start).hex
                lines.append("\(first), \(length(place - start)): \(old)\(more) -> \(new)\(more)")
            }
        }
        return lines
    }
}
