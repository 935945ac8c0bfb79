// The bodies of the handlers of MMX and SSE: what is frequent and provably quick. Where any check fails, masked or not,
// the op runs by its body: what raises exceptions, special operands, rounding other than to nearest, device memory.
extension UnsafeMutablePointer<Core> {
    /// XMM0 to XMM7.
    @inline(__always)
    func xmm(_ number: UInt8) -> UnsafeMutablePointer<Vector> {
        UnsafeMutableRawPointer(self).advanced(by: Core.sseOffset).assumingMemoryBound(to: Vector.self) + Int(number)
    }

    /// MXCSR.
    @inline(__always)
    var mxcsr: UInt32 { pointee.state.sse.mxcsr }

    /// Nothing is emulated, no task was switched, SSE is enabled: its instructions ask no more.
    @inline(__always)
    var isSSEReady: Bool {
        let off = pointee.state.cr0 & (ControlBits.emulation | ControlBits.taskSwitched)
        return off | (pointee.state.cr4 & ControlBits.osfxsr ^ ControlBits.osfxsr) == 0
    }

    /// The same, and the host computes as MXCSR wants: to nearest, inexact masked and flagged already.
    @inline(__always)
    var isSSEArithmeticReady: Bool {
        let off = pointee.state.cr0 & (ControlBits.emulation | ControlBits.taskSwitched)
        let disabled = pointee.state.cr4 & ControlBits.osfxsr ^ ControlBits.osfxsr
        return off | disabled | (mxcsr & 0x7020 ^ 0x1020) & 0x7020 | (mxcsr & 0x1000 ^ 0x1000) == 0
    }
}

extension Core {
    @inline(__always)
    static var sseOffset: Int { MemoryLayout<Core>.offset(of: \Core.state.sse) ?? 0 }
}

extension Chain {
    // MARK: Operands

    @inline(__always)
    private var first: UnsafeMutablePointer<Vector> { core.xmm(op.pointee.first) }

    @inline(__always)
    private var second: UnsafeMutablePointer<Vector> { core.xmm(op.pointee.second) }

    /// Where the memory operand is in the host.
    @inline(__always)
    private func memory<W>(
        _ type: W.Type, isWrite: Bool = false
    ) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        isWrite
            ? core.writeEntry(op.pointee.segment, core.address(op), W.self)
            : core.readEntry(op.pointee.segment, core.address(op), W.self)
    }

    /// Goes on with the memory operand's value, of 16 bytes that must be aligned.
    @inline(__always)
    private func aligned(_ body: (Vector) -> Void) {
        let offset = core.address(op)
        let (isHit, host) = core.readEntry(op.pointee.segment, offset, Vector.self)
        guard isHit, (core.window(op.pointee.segment).base &+ offset) & 15 == 0 else { return runByBody() }
        body(host.loadUnaligned(as: Vector.self))
    }

    @inline(__always)
    private func reading<W>(_ type: W.Type, _ body: (W) -> Void) {
        let (isHit, host) = memory(W.self)
        guard isHit else { return runByBody() }
        body(host.loadUnaligned(as: W.self))
    }

    @inline(__always)
    private func writing<W>(_ value: W) {
        let (isHit, host) = memory(W.self, isWrite: true)
        guard core.isSSEReady, isHit else { return runByBody() }
        host.storeBytes(of: value, as: W.self)
        next()
    }

    // MARK: Moves

    @inline(__always)
    func vectorMoveRR() { vectorRR { $1 } }

    /// From 16 bytes that must be aligned.
    @inline(__always)
    func vectorLoad() { vectorRM { $1 } }

    @inline(__always)
    func vectorLoadUnaligned() {
        reading(Vector.self) {
            guard core.isSSEReady else { return runByBody() }
            first.pointee = $0
            next()
        }
    }

    @inline(__always)
    func vectorStore() {
        guard (core.window(op.pointee.segment).base &+ core.address(op)) & 15 == 0 else { return runByBody() }
        writing(second.pointee)
    }

    @inline(__always)
    func vectorStoreUnaligned() { writing(second.pointee) }

    /// MOVSS, MOVSD, MOVQ and MOVD from memory: zeros fill the register.
    @inline(__always)
    func vectorLoadLow<W: Operand>(_ type: W.Type) {
        reading(W.self) {
            guard core.isSSEReady else { return runByBody() }
            first.pointee = Vector(UInt64(truncatingIfNeeded: $0), 0)
            next()
        }
    }

    @inline(__always)
    func vectorLoadLow64() {
        reading(UInt64.self) {
            guard core.isSSEReady else { return runByBody() }
            first.pointee = Vector($0, 0)
            next()
        }
    }

    @inline(__always)
    func vectorLoadHigh64() {
        reading(UInt64.self) {
            guard core.isSSEReady else { return runByBody() }
            first.pointee.y = $0
            next()
        }
    }

    /// MOVLPS and MOVLPD.
    @inline(__always)
    func vectorReplaceLow64() {
        reading(UInt64.self) {
            guard core.isSSEReady else { return runByBody() }
            first.pointee.x = $0
            next()
        }
    }

    @inline(__always)
    func vectorStoreLow32() { writing(second.pointee.low32) }

    @inline(__always)
    func vectorStoreLow64() { writing(second.pointee.x) }

    @inline(__always)
    func vectorStoreHigh64() { writing(second.pointee.y) }

    /// MOVD from a general register.
    @inline(__always)
    func vectorFromGeneral() {
        guard core.isSSEReady else { return runByBody() }
        first.pointee = Vector(UInt64(core.register(op.pointee.second, UInt32.self)), 0)
        next()
    }

    /// MOVD to a general register.
    @inline(__always)
    func vectorToGeneral() {
        guard core.isSSEReady else { return runByBody() }
        core.setRegister(op.pointee.first, second.pointee.low32)
        next()
    }

    // MARK: Functions of whole registers

    @inline(__always)
    func vectorRR(_ function: (Vector, Vector) -> Vector) {
        guard core.isSSEReady else { return runByBody() }
        first.pointee = function(first.pointee, second.pointee)
        next()
    }

    @inline(__always)
    func vectorRM(_ function: (Vector, Vector) -> Vector) {
        aligned {
            guard core.isSSEReady else { return runByBody() }
            first.pointee = function(first.pointee, $0)
            next()
        }
    }

    /// Of a register and an immediate byte.
    @inline(__always)
    func vectorRI(_ function: (Vector, UInt32) -> Vector) {
        guard core.isSSEReady else { return runByBody() }
        first.pointee = function(first.pointee, op.pointee.immediate)
        next()
    }

    /// Of two registers and an immediate byte.
    @inline(__always)
    func vectorRRI(_ function: (Vector, Vector, UInt32) -> Vector) {
        vectorRR { function($0, $1, op.pointee.immediate) }
    }

    // MARK: Arithmetic

    /// Of lanes of which all are normal or zero, as the result is; `rule` says which operands and results are not.
    @inline(__always)
    private func compute<Lanes: SSELanes>(
        _ a: Lanes, _ b: Lanes, _ function: (Lanes, Lanes) -> Lanes, _ rule: (Lanes, Lanes, Lanes) -> Lanes,
        _ write: (Lanes) -> Void
    ) {
        let result = function(a, b)
        guard core.isSSEArithmeticReady, !rule(a, b, result).hasSign else { return runByBody() }
        write(result)
        next()
    }

    @inline(__always)
    private func packed<Lanes: SSELanes>(
        _ b: Vector, _ type: Lanes.Type, _ function: (Lanes, Lanes) -> Lanes, _ rule: (Lanes, Lanes, Lanes) -> Lanes
    ) {
        let a = unsafeBitCast(first.pointee, to: Lanes.self)
        compute(a, unsafeBitCast(b, to: Lanes.self), function, rule) {
            first.pointee = unsafeBitCast($0, to: Vector.self)
        }
    }

    @inline(__always)
    func packedRR<Lanes: SSELanes>(
        _ type: Lanes.Type, _ function: (Lanes, Lanes) -> Lanes, _ rule: (Lanes, Lanes, Lanes) -> Lanes
    ) {
        packed(second.pointee, Lanes.self, function, rule)
    }

    @inline(__always)
    func packedRM<Lanes: SSELanes>(
        _ type: Lanes.Type, _ function: (Lanes, Lanes) -> Lanes, _ rule: (Lanes, Lanes, Lanes) -> Lanes
    ) {
        aligned { packed($0, Lanes.self, function, rule) }
    }

    @inline(__always)
    private func scalar<Bits: SSEFormat>(
        _ b: Bits, _ function: (Bits, Bits) -> Bits, _ rule: (Bits, Bits, Bits) -> Bits
    ) {
        let place = UnsafeMutableRawPointer(first)
        let a = place.load(as: Bits.self)
        let result = function(a, b)
        guard core.isSSEArithmeticReady, !rule(a, b, result).isNegative else { return runByBody() }
        place.storeBytes(of: result, as: Bits.self)
        next()
    }

    @inline(__always)
    func scalarRR<Bits: SSEFormat>(
        _ type: Bits.Type, _ function: (Bits, Bits) -> Bits, _ rule: (Bits, Bits, Bits) -> Bits
    ) {
        scalar(UnsafeRawPointer(second).load(as: Bits.self), function, rule)
    }

    @inline(__always)
    func scalarRM<Bits: SSEFormat>(
        _ type: Bits.Type, _ function: (Bits, Bits) -> Bits, _ rule: (Bits, Bits, Bits) -> Bits
    ) {
        reading(Bits.self) { scalar($0, function, rule) }
    }

    // MARK: Comparisons and conversions

    /// COMISS, UCOMISD and their kin: no NaN, no denormal.
    @inline(__always)
    private func ordered<Bits: SSEFormat>(_ b: Bits) {
        let a = UnsafeRawPointer(first).load(as: Bits.self)
        let isSpecial: Bits = SSEArithmetic.isSpecial(a.absolute) | SSEArithmetic.isSpecial(b.absolute)
        guard core.isSSEReady, !isSpecial.isNegative else { return runByBody() }
        var chain = self
        chain.flags = LazyFlags(isEqual: a.host == b.host, isLess: a.host < b.host)
        chain.next()
    }

    @inline(__always)
    func orderedRR<Bits: SSEFormat>(_ type: Bits.Type) { ordered(UnsafeRawPointer(second).load(as: Bits.self)) }

    @inline(__always)
    func orderedRM<Bits: SSEFormat>(_ type: Bits.Type) {
        reading(Bits.self) { ordered($0) }
    }

    /// CVTSI2SD, which is exact.
    @inline(__always)
    private func doubleOfInteger(_ value: UInt32) {
        guard core.isSSEReady else { return runByBody() }
        first.pointee.x = Double(Int32(bitPattern: value)).bitPattern
        next()
    }

    @inline(__always)
    func doubleOfIntegerR() { doubleOfInteger(core.register(op.pointee.second, UInt32.self)) }

    @inline(__always)
    func doubleOfIntegerM() {
        reading(UInt32.self) { doubleOfInteger($0) }
    }

    /// CVTSI2SS.
    @inline(__always)
    private func singleOfInteger(_ value: UInt32) {
        guard core.isSSEArithmeticReady else { return runByBody() }
        first.pointee.low32 = Float(Int32(bitPattern: value)).bitPattern
        next()
    }

    @inline(__always)
    func singleOfIntegerR() { singleOfInteger(core.register(op.pointee.second, UInt32.self)) }

    @inline(__always)
    func singleOfIntegerM() {
        reading(UInt32.self) { singleOfInteger($0) }
    }

    /// CVTTSD2SI of what is below 2^31 in magnitude.
    @inline(__always)
    private func integerOfDouble(_ value: UInt64) {
        guard core.isSSEArithmeticReady, value.absolute < 0x41E0_0000_0000_0000 else { return runByBody() }
        // Denormals, which would be flagged, are rare: they go the other way with all below 2^-1022.
        guard !SSEArithmetic.isSpecial(value.absolute).isNegative else { return runByBody() }
        core.setRegister(op.pointee.first, UInt32(bitPattern: Int32(value.host)))
        next()
    }

    @inline(__always)
    func integerOfDoubleR() { integerOfDouble(second.pointee.x) }

    @inline(__always)
    func integerOfDoubleM() {
        reading(UInt64.self) { integerOfDouble($0) }
    }

    /// CVTSS2SD, which is exact.
    @inline(__always)
    private func doubleOfSingle(_ value: UInt32) {
        guard core.isSSEReady, !SSEArithmetic.isSpecial(value.absolute).isNegative else { return runByBody() }
        first.pointee.x = Double(value.host).bitPattern
        next()
    }

    @inline(__always)
    func doubleOfSingleR() { doubleOfSingle(second.pointee.low32) }

    @inline(__always)
    func doubleOfSingleM() {
        reading(UInt32.self) { doubleOfSingle($0) }
    }

    /// CVTSD2SS whose result is normal, or zero of zero.
    @inline(__always)
    private func singleOfDouble(_ value: UInt64) {
        let result = Float(value.host).bitPattern
        let isBad = SSEArithmetic.isNotNormal(result.absolute).isNegative && value.absolute != 0
        guard core.isSSEArithmeticReady, !isBad, !SSEArithmetic.isSpecial(value.absolute).isNegative else {
            return runByBody()
        }
        first.pointee.low32 = result
        next()
    }

    @inline(__always)
    func singleOfDoubleR() { singleOfDouble(second.pointee.x) }

    @inline(__always)
    func singleOfDoubleM() {
        reading(UInt64.self) { singleOfDouble($0) }
    }
}

/// The host's arithmetic as handlers use it, and for which operands and results it does not serve: lanes with their sign
/// bits set.
enum HostArithmetic {
    // Packed, of either precision.
    @inline(__always)
    static func add<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes { a.hostSum(b) }
    @inline(__always)
    static func subtract<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes { a.hostDifference(b) }
    @inline(__always)
    static func multiply<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes { a.hostProduct(b) }
    @inline(__always)
    static func divide<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes { a.hostQuotient(b) }

    // Scalar.
    @inline(__always)
    static func add<Bits: SSEFormat>(_ a: Bits, _ b: Bits) -> Bits { Bits(host: a.host + b.host) }
    @inline(__always)
    static func subtract<Bits: SSEFormat>(_ a: Bits, _ b: Bits) -> Bits { Bits(host: a.host - b.host) }
    @inline(__always)
    static func multiply<Bits: SSEFormat>(_ a: Bits, _ b: Bits) -> Bits { Bits(host: a.host * b.host) }
    @inline(__always)
    static func divide<Bits: SSEFormat>(_ a: Bits, _ b: Bits) -> Bits { Bits(host: a.host / b.host) }

    /// Sums and differences: all are normal or zero.
    ///
    /// A sum that is tiny is exact.
    @inline(__always)
    static func sumRule<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes, _ r: Lanes) -> Lanes {
        a.special | b.special | r.special
    }
    /// Products: a result of zero has a factor of zero.
    @inline(__always)
    static func productRule<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes, _ r: Lanes) -> Lanes {
        a.special | b.special | r.notNormal & a.notZero & b.notZero
    }
    /// Quotients: the divisor is not zero, and a result of zero comes of a dividend of zero.
    @inline(__always)
    static func quotientRule<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes, _ r: Lanes) -> Lanes {
        a.special | b.notNormal | r.notNormal & a.notZero
    }

    @inline(__always)
    static func sumRule<Bits: SSEFormat>(_ a: Bits, _ b: Bits, _ r: Bits) -> Bits {
        SSEArithmetic.isSpecial(a.absolute) | SSEArithmetic.isSpecial(b.absolute) | SSEArithmetic.isSpecial(r.absolute)
    }
    @inline(__always)
    static func productRule<Bits: SSEFormat>(_ a: Bits, _ b: Bits, _ r: Bits) -> Bits {
        let hasNoZero: Bits = (0 &- a.absolute) & (0 &- b.absolute)
        let isBad: Bits = SSEArithmetic.isNotNormal(r.absolute) & hasNoZero
        return SSEArithmetic.isSpecial(a.absolute) | SSEArithmetic.isSpecial(b.absolute) | isBad
    }
    @inline(__always)
    static func quotientRule<Bits: SSEFormat>(_ a: Bits, _ b: Bits, _ r: Bits) -> Bits {
        let isBad: Bits = SSEArithmetic.isNotNormal(r.absolute) & (0 &- a.absolute)
        return SSEArithmetic.isSpecial(a.absolute) | SSEArithmetic.isNotNormal(b.absolute) | isBad
    }
}

/// What moves between parts of registers make of the destination and the source.
enum VectorMoves {
    @inline(__always)
    static func low32(_ a: Vector, _ b: Vector) -> Vector {
        var result = a
        result.low32 = b.low32
        return result
    }
    @inline(__always)
    static func low64(_ a: Vector, _ b: Vector) -> Vector { Vector(b.x, a.y) }
    @inline(__always)
    static func low64Alone(_ a: Vector, _ b: Vector) -> Vector { Vector(b.x, 0) }
    @inline(__always)
    static func highToLow(_ a: Vector, _ b: Vector) -> Vector { Vector(b.y, a.y) }
    @inline(__always)
    static func lowToHigh(_ a: Vector, _ b: Vector) -> Vector { Vector(a.x, b.x) }
}
