import X86Interp

extension Segment {
    /// A segment of the silicon set: present, accessed, DPL 3.
    init(selector: UInt16, _ oracle: OracleSegment) {
        var access: SegmentAccess = [.present, .codeOrData, .dpl3, .accessed]
        if oracle.kind & 1 != 0 { access.insert(.code) }
        if oracle.kind & 2 != 0 { access.insert(.big) }
        if oracle.kind & 4 != 0 { access.insert(.writableOrReadable) }
        if oracle.kind & 8 != 0 { access.insert(.expandDownOrConforming) }
        if oracle.kind & 16 != 0 { access.insert(.granular) }
        self.init(selector: selector, base: oracle.base, limit: oracle.limit, access: access)
    }
}
