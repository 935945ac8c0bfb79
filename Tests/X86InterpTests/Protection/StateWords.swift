@testable import X86Interp

/// Words about the state behind an instruction: `cs=8 eip=200 cpl=0 tr=D0 ZF nt @70005=93`.
enum StateWords {
    private static let flags: [(String, EFLAGS)] = [
        ("ZF", .zero), ("NT", .nestedTask), ("IF", .interrupt), ("TF", .trap), ("VM", .virtual8086),
        ("RF", .resume), ("VIF", .virtualInterrupt), ("VIP", .virtualInterruptPending),
    ]

    /// What is not as the words say.
    static func problems(_ words: String, _ bench: Bench) -> [String] {
        words.split(separator: " ").compactMap { problem(String($0), bench) }
    }

    private static func problem(_ word: String, _ bench: Bench) -> String? {
        let state = bench.state
        if let (name, flag) = flags.first(where: { $0.0 == word || $0.0.lowercased() == word }) {
            return state.eflags.contains(flag) == (name == word) ? nil : "not \(word)"
        }
        if word == "shutdown" { return state.shutdown.isEmpty ? "no shutdown" : nil }
        let sides = word.split(separator: "=").map(String.init)
        guard sides.count == 2 else { return "cannot understand \(word)" }
        if sides[0].hasPrefix("@") {
            guard let address = UInt32(sides[0].dropFirst(), radix: 16), let value = UInt64(sides[1], radix: 16) else {
                return "cannot understand \(word)"
            }
            let count = (sides[1].count + 1) / 2
            let bytes = bench.memory.peek(address, count: count)
            return bytes == Scene.bytes(value, count) ? nil : "not \(word): \(bytes)"
        }
        guard let value = UInt32(sides[1], radix: 16), let got = number(sides[0], state) else {
            return "cannot understand \(word)"
        }
        return got == value ? nil : "not \(word): \(String(got, radix: 16))"
    }

    private static func number(_ name: String, _ state: CPUState) -> UInt32? {
        if let register = GeneralRegister.allCases.first(where: { $0.name(.dword) == name }) {
            return state.gpr[register]
        }
        if let register = SegmentRegister.allCases.first(where: { $0.name == name }) {
            return UInt32(state.segments[register].selector)
        }
        if let register = SegmentRegister.allCases.first(where: { $0.name + ".access" == name }) {
            return UInt32(state.segments[register].access.rawValue)
        }
        return switch name {
        case "eip": state.eip
        case "cpl": UInt32(state.cpl)
        case "tr": UInt32(state.tr.selector)
        case "ldtr": UInt32(state.ldtr.selector)
        case "cr0": state.cr0
        case "cr2": state.cr2
        case "cr3": state.cr3
        case "dr6": state.dr6
        case "dr7": state.dr7
        case "iopl": state.eflags.rawValue >> 12 & 3
        default: nil
        }
    }
}
