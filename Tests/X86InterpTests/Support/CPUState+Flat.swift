@testable import X86Interp

extension CPUState {
    /// Ring 0 of flat 32-bit protected mode, by hidden state: selectors 8 for code and 10h for data, whatever tables say.
    mutating func enterFlatMode() {
        cr0 |= 1
        for register in SegmentRegister.allCases {
            segments[register] = Segment(selector: 0x10, base: 0, limit: .max, access: [.realMode, .big, .granular])
        }
        segments.cs.selector = 8
        segments.cs.access.insert(.code)
    }
}
