@testable import X86Interp

extension Scene {
    /// The words of cases about MMX and SSE; false if it is none of these.
    ///
    /// | word | meaning |
    /// |---|---|
    /// | `mm1=12` | an MMX register, as an instruction writes it: ones above it, TOP 0, all registers in use |
    /// | `xmm1=12` | an XMM register, up to 32 digits |
    /// | `mxcsr=1F80` | MXCSR |
    mutating func applyVector(_ name: String, _ text: String) -> Bool {
        guard text.count <= 32, text.allSatisfy(\.isHexDigit) else { return false }
        let low = UInt64(text.suffix(16), radix: 16) ?? 0
        let high = UInt64(text.dropLast(16), radix: 16) ?? 0
        if name == "mxcsr" {
            state.sse.mxcsr = UInt32(truncatingIfNeeded: low)
            return true
        }
        let isMMX = name.hasPrefix("mm")
        guard isMMX || name.hasPrefix("xmm"), let number = Int(name.drop { $0 == "x" || $0 == "m" }), number < 8
        else { return false }
        if isMMX {
            state.x87.registers[number] = Extended(signExponent: 0xFFFF, significand: low)
            state.x87.top = 0
            state.x87.inUse = 0xFF
        } else {
            state.sse[number] = SIMD2(low, high)
        }
        return true
    }
}

extension Bench {
    /// The state of MMX and SSE, a line each.
    static func vectorLines(_ state: CPUState) -> [String] {
        func hex(_ value: some FixedWidthInteger) -> String { String(value, radix: 16, uppercase: true) }
        var lines = (0..<8).map { number in
            let register = state.x87.registers[number]
            return "mm\(number)=\(hex(register.signExponent)):\(hex(register.significand))"
        }
        lines += (0..<8).map { "xmm\($0)=\(hex(state.sse[$0].y)):\(hex(state.sse[$0].x))" }
        return lines + ["mxcsr=\(hex(state.sse.mxcsr))", "top=\(state.x87.top)", "in use=\(hex(state.x87.inUse))"]
    }
}
