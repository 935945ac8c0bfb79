@testable import X86Interp

extension Scene {
    private static let flags: [(String, EFLAGS)] = [
        ("CF", .carry), ("PF", .parity), ("AF", .auxiliary), ("ZF", .zero), ("SF", .sign), ("TF", .trap),
        ("IF", .interrupt), ("DF", .direction), ("OF", .overflow), ("NT", .nestedTask), ("RF", .resume),
        ("AC", .alignmentCheck), ("VIF", .virtualInterrupt), ("VIP", .virtualInterruptPending),
        ("ID", .identification),
    ]

    /// Applies words to the scene; addresses go by the segments as they are before any of them.
    mutating func apply(_ words: String) throws(WordError) {
        let before = state.segments
        for word in words.split(separator: " ").map(String.init) {
            if try applySimple(word) { continue }
            guard try applyAssignment(word, before) else { throw WordError(word: word) }
        }
    }

    private mutating func applySimple(_ word: String) throws(WordError) -> Bool {
        if word == "halted" {
            state.halted = true
        } else if applyX87(word) {
            return true
        } else if word == "kept" {
            keepsFlags = true
        } else if word.hasPrefix("#") {
            fault = try Scene.fault(word)
        } else if word.hasPrefix("IOPL"), let level = UInt32(word.dropFirst(4)), level < 4 {
            state.eflags = state.eflags.subtracting(.iopl).union(EFLAGS(rawValue: level << 12))
            listedFlags.insert(.iopl)
        } else if let flag = Scene.flags.first(where: { $0.0 == word })?.1 {
            state.eflags.insert(flag)
            listedFlags.insert(flag)
        } else if let flag = Scene.flags.first(where: { $0.0.lowercased() == word })?.1 {
            state.eflags.remove(flag)
            listedFlags.insert(flag)
        } else {
            return false
        }
        return true
    }

    static func fault(_ word: String) throws(WordError) -> Fault {
        let parts = word.split(whereSeparator: { "()".contains($0) }).map(String.init)
        guard let name = parts.first, let vector = ExceptionVector.allCases.first(where: { $0.mnemonic == name })
        else { throw WordError(word: word) }
        return Fault(vector, errorCode: parts.count > 1 ? UInt16(parts[1], radix: 16) ?? 0 : 0)
    }

    private mutating func applyAssignment(_ word: String, _ segments: SegmentRegisters) throws(WordError) -> Bool {
        let sides = word.split(separator: "=").map(String.init)
        guard sides.count == 2 else { return false }
        let (name, text) = (sides[0], sides[1])
        if try applyX87(name, text) { return true }
        if name.hasPrefix("@") || name.contains(":") {
            return try applyMemoryOrPort(name, text, segments)
        }
        if text.contains("/") {
            let parts = text.split(separator: "/").compactMap { UInt32($0, radix: 16) }
            guard parts.count == 2 else { return false }
            let table = TableRegister(base: parts[0], limit: parts[1])
            if name == "gdtr" { state.gdtr = table } else { state.idtr = table }
            return name == "gdtr" || name == "idtr"
        }
        guard let value = UInt32(text, radix: 16) else { return false }
        return applyRegister(name, value) || applySegment(name, value) || applySystem(name, value)
    }

    private mutating func applyRegister(_ name: String, _ value: UInt32) -> Bool {
        for register in GeneralRegister.allCases {
            if register.name(.dword) == name {
                state.gpr[register] = value
                return true
            }
            if register.name(.word) == name {
                state.gpr[register] = state.gpr[register] & 0xFFFF_0000 | value & 0xFFFF
                return true
            }
            if register.name(.byte) == name {
                let shift = UInt32(register.rawValue & 4) << 1
                guard let whole = GeneralRegister(rawValue: register.rawValue & 3) else { return false }
                state.gpr[whole] = state.gpr[whole] & ~(0xFF << shift) | (value & 0xFF) << shift
                return true
            }
        }
        guard name == "eip" || name == "ip" else { return false }
        state.eip = value
        listsEIP = true
        return true
    }

    private mutating func applySegment(_ name: String, _ value: UInt32) -> Bool {
        let parts = name.split(separator: ".").map(String.init)
        let selector = UInt16(truncatingIfNeeded: value)
        if parts.count == 1, name == "ldtr" || name == "tr" {
            var segment = segment(.ds, selector)
            segment.access = segment.access.subtracting(.accessed)
            let descriptor = Scene.descriptors[selector & ~7]
            segment.access = SegmentAccess(rawValue: descriptor?.access ?? 0)
            if name == "tr" { segment.access.insert(.writableOrReadable) }
            if name == "tr" { state.tr = segment } else { state.ldtr = segment }
            return true
        }
        guard let register = SegmentRegister.allCases.first(where: { $0.name == parts[0] }) else { return false }
        switch parts.dropFirst().first {
        case nil: load(register, selector)
        case "limit": state.segments[register].limit = value
        case "base": state.segments[register].base = value
        case "selector": state.segments[register].selector = selector
        default: return false
        }
        return true
    }

    private mutating func applySystem(_ name: String, _ value: UInt32) -> Bool {
        switch name {
        case "cr0": state.cr0 = value
        case "cr2": state.cr2 = value
        case "cr3": state.cr3 = value
        case "cr4": state.cr4 = value
        case "dr0": state.dr0 = value
        case "dr1": state.dr1 = value
        case "dr2": state.dr2 = value
        case "dr3": state.dr3 = value
        case "dr6": state.dr6 = value
        case "dr7": state.dr7 = value
        case "tsc": state.tscOffset = UInt64(value)
        default: return false
        }
        return true
    }

    private mutating func applyMemoryOrPort(
        _ name: String, _ text: String, _ segments: SegmentRegisters
    ) throws(WordError) -> Bool {
        let digits = text.split(separator: ".").map(String.init)
        guard let value = UInt64(digits[0], radix: 16) else { return false }
        let bytes =
            digits.count > 1 ? digits.map { UInt8($0, radix: 16) ?? 0 } : Scene.bytes(value, (text.count + 1) / 2)
        if name.hasPrefix("@") {
            guard let address = UInt32(name.dropFirst(), radix: 16) else { return false }
            memory.append((address, bytes))
            return true
        }
        let parts = name.split(separator: ":").map(String.init)
        guard parts.count == 2, let offset = UInt32(parts[1], radix: 16) else { return false }
        if parts[0] == "in" || parts[0] == "out" {
            guard let width = Width(rawValue: UInt8(bytes.count)) else { return false }
            cycles.append(
                PortCycle(
                    port: UInt16(truncatingIfNeeded: offset), width: width,
                    value: UInt32(truncatingIfNeeded: value), isWrite: parts[0] == "out"))
            return true
        }
        guard let register = SegmentRegister.allCases.first(where: { $0.name == parts[0] }) else { return false }
        memory.append((segments[register].base &+ offset, bytes))
        return true
    }
}
