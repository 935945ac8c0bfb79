// Where control goes within the code segment.
extension CPU {
    /// A near jump to an offset in CS, which must lie within the limit.
    @inline(__always)
    func jump(to target: UInt32) throws(Interruption) {
        guard Int64(target) <= core.pointee.codeLimit else { throw outsideCode(target) }
        core.pointee.state.eip = target
    }

    @inline(never)
    func outsideCode(_ offset: UInt32, ext: UInt16 = 0) -> Interruption {
        raised(
            Fault(.generalProtection, errorCode: ext), .codeLimit, register: .cs, address: offset, access: .execute)
    }
}
