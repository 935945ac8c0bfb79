// The handlers by name. Each is a function of its own, inlined into what C calls, so that it is one symbol and ends with
// a jump: a closure, or a function that the optimiser may share, would cost a jump more.
private typealias Raw = UnsafeMutableRawPointer

@inline(__always)
private func leaveChain(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stop()
}
@inline(__always)
private func endBlock(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).fallThrough()
}
@inline(__always)
private func forwardBlock(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).forward()
}
@inline(__always)
private func jumpUnlinked(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).jumpUnlinked()
}
@inline(__always)
private func generalOp(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).general()
}
@inline(__always)
private func portOp(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).port()
}
@inline(__always)
private func addRR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.add, UInt8.self)
}
@inline(__always)
private func addRR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.add, UInt16.self)
}
@inline(__always)
private func addRR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.add, UInt32.self)
}
@inline(__always)
private func addRM8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.add, UInt8.self)
}
@inline(__always)
private func addRM16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.add, UInt16.self)
}
@inline(__always)
private func addRM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.add, UInt32.self)
}
@inline(__always)
private func addMR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.add, UInt8.self)
}
@inline(__always)
private func addMR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.add, UInt16.self)
}
@inline(__always)
private func addMR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.add, UInt32.self)
}
@inline(__always)
private func addRI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.add, UInt8.self)
}
@inline(__always)
private func addRI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.add, UInt16.self)
}
@inline(__always)
private func addRI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.add, UInt32.self)
}
@inline(__always)
private func addMI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.add, UInt8.self)
}
@inline(__always)
private func addMI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.add, UInt16.self)
}
@inline(__always)
private func addMI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.add, UInt32.self)
}
@inline(__always)
private func orRR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.or, UInt8.self)
}
@inline(__always)
private func orRR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.or, UInt16.self)
}
@inline(__always)
private func orRR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.or, UInt32.self)
}
@inline(__always)
private func orRM8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.or, UInt8.self)
}
@inline(__always)
private func orRM16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.or, UInt16.self)
}
@inline(__always)
private func orRM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.or, UInt32.self)
}
@inline(__always)
private func orMR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.or, UInt8.self)
}
@inline(__always)
private func orMR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.or, UInt16.self)
}
@inline(__always)
private func orMR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.or, UInt32.self)
}
@inline(__always)
private func orRI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.or, UInt8.self)
}
@inline(__always)
private func orRI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.or, UInt16.self)
}
@inline(__always)
private func orRI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.or, UInt32.self)
}
@inline(__always)
private func orMI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.or, UInt8.self)
}
@inline(__always)
private func orMI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.or, UInt16.self)
}
@inline(__always)
private func orMI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.or, UInt32.self)
}
@inline(__always)
private func adcRR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.adc, UInt8.self)
}
@inline(__always)
private func adcRR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.adc, UInt16.self)
}
@inline(__always)
private func adcRR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.adc, UInt32.self)
}
@inline(__always)
private func adcRM8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.adc, UInt8.self)
}
@inline(__always)
private func adcRM16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.adc, UInt16.self)
}
@inline(__always)
private func adcRM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.adc, UInt32.self)
}
@inline(__always)
private func adcMR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.adc, UInt8.self)
}
@inline(__always)
private func adcMR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.adc, UInt16.self)
}
@inline(__always)
private func adcMR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.adc, UInt32.self)
}
@inline(__always)
private func adcRI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.adc, UInt8.self)
}
@inline(__always)
private func adcRI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.adc, UInt16.self)
}
@inline(__always)
private func adcRI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.adc, UInt32.self)
}
@inline(__always)
private func adcMI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.adc, UInt8.self)
}
@inline(__always)
private func adcMI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.adc, UInt16.self)
}
@inline(__always)
private func adcMI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.adc, UInt32.self)
}
@inline(__always)
private func sbbRR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.sbb, UInt8.self)
}
@inline(__always)
private func sbbRR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.sbb, UInt16.self)
}
@inline(__always)
private func sbbRR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.sbb, UInt32.self)
}
@inline(__always)
private func sbbRM8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.sbb, UInt8.self)
}
@inline(__always)
private func sbbRM16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.sbb, UInt16.self)
}
@inline(__always)
private func sbbRM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.sbb, UInt32.self)
}
@inline(__always)
private func sbbMR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.sbb, UInt8.self)
}
@inline(__always)
private func sbbMR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.sbb, UInt16.self)
}
@inline(__always)
private func sbbMR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.sbb, UInt32.self)
}
@inline(__always)
private func sbbRI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.sbb, UInt8.self)
}
@inline(__always)
private func sbbRI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.sbb, UInt16.self)
}
@inline(__always)
private func sbbRI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.sbb, UInt32.self)
}
@inline(__always)
private func sbbMI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.sbb, UInt8.self)
}
@inline(__always)
private func sbbMI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.sbb, UInt16.self)
}
@inline(__always)
private func sbbMI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.sbb, UInt32.self)
}
@inline(__always)
private func andRR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.and, UInt8.self)
}
@inline(__always)
private func andRR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.and, UInt16.self)
}
@inline(__always)
private func andRR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.and, UInt32.self)
}
@inline(__always)
private func andRM8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.and, UInt8.self)
}
@inline(__always)
private func andRM16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.and, UInt16.self)
}
@inline(__always)
private func andRM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.and, UInt32.self)
}
@inline(__always)
private func andMR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.and, UInt8.self)
}
@inline(__always)
private func andMR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.and, UInt16.self)
}
@inline(__always)
private func andMR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.and, UInt32.self)
}
@inline(__always)
private func andRI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.and, UInt8.self)
}
@inline(__always)
private func andRI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.and, UInt16.self)
}
@inline(__always)
private func andRI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.and, UInt32.self)
}
@inline(__always)
private func andMI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.and, UInt8.self)
}
@inline(__always)
private func andMI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.and, UInt16.self)
}
@inline(__always)
private func andMI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.and, UInt32.self)
}
@inline(__always)
private func subRR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.sub, UInt8.self)
}
@inline(__always)
private func subRR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.sub, UInt16.self)
}
@inline(__always)
private func subRR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.sub, UInt32.self)
}
@inline(__always)
private func subRM8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.sub, UInt8.self)
}
@inline(__always)
private func subRM16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.sub, UInt16.self)
}
@inline(__always)
private func subRM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.sub, UInt32.self)
}
@inline(__always)
private func subMR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.sub, UInt8.self)
}
@inline(__always)
private func subMR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.sub, UInt16.self)
}
@inline(__always)
private func subMR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.sub, UInt32.self)
}
@inline(__always)
private func subRI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.sub, UInt8.self)
}
@inline(__always)
private func subRI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.sub, UInt16.self)
}
@inline(__always)
private func subRI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.sub, UInt32.self)
}
@inline(__always)
private func subMI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.sub, UInt8.self)
}
@inline(__always)
private func subMI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.sub, UInt16.self)
}
@inline(__always)
private func subMI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.sub, UInt32.self)
}
@inline(__always)
private func xorRR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.xor, UInt8.self)
}
@inline(__always)
private func xorRR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.xor, UInt16.self)
}
@inline(__always)
private func xorRR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.xor, UInt32.self)
}
@inline(__always)
private func xorRM8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.xor, UInt8.self)
}
@inline(__always)
private func xorRM16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.xor, UInt16.self)
}
@inline(__always)
private func xorRM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.xor, UInt32.self)
}
@inline(__always)
private func xorMR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.xor, UInt8.self)
}
@inline(__always)
private func xorMR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.xor, UInt16.self)
}
@inline(__always)
private func xorMR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.xor, UInt32.self)
}
@inline(__always)
private func xorRI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.xor, UInt8.self)
}
@inline(__always)
private func xorRI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.xor, UInt16.self)
}
@inline(__always)
private func xorRI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.xor, UInt32.self)
}
@inline(__always)
private func xorMI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.xor, UInt8.self)
}
@inline(__always)
private func xorMI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.xor, UInt16.self)
}
@inline(__always)
private func xorMI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.xor, UInt32.self)
}
@inline(__always)
private func cmpRR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.cmp, UInt8.self)
}
@inline(__always)
private func cmpRR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.cmp, UInt16.self)
}
@inline(__always)
private func cmpRR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRR(.cmp, UInt32.self)
}
@inline(__always)
private func cmpRM8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.cmp, UInt8.self)
}
@inline(__always)
private func cmpRM16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.cmp, UInt16.self)
}
@inline(__always)
private func cmpRM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRM(.cmp, UInt32.self)
}
@inline(__always)
private func cmpMR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.cmp, UInt8.self)
}
@inline(__always)
private func cmpMR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.cmp, UInt16.self)
}
@inline(__always)
private func cmpMR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMR(.cmp, UInt32.self)
}
@inline(__always)
private func cmpRI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.cmp, UInt8.self)
}
@inline(__always)
private func cmpRI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.cmp, UInt16.self)
}
@inline(__always)
private func cmpRI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryRI(.cmp, UInt32.self)
}
@inline(__always)
private func cmpMI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.cmp, UInt8.self)
}
@inline(__always)
private func cmpMI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.cmp, UInt16.self)
}
@inline(__always)
private func cmpMI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).binaryMI(.cmp, UInt32.self)
}
@inline(__always)
private func movRR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movRR(UInt8.self)
}
@inline(__always)
private func movRR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movRR(UInt16.self)
}
@inline(__always)
private func movRR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movRR(UInt32.self)
}
@inline(__always)
private func movRM8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movRM(UInt8.self)
}
@inline(__always)
private func movRM16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movRM(UInt16.self)
}
@inline(__always)
private func movRM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movRM(UInt32.self)
}
@inline(__always)
private func movMR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movMR(UInt8.self)
}
@inline(__always)
private func movMR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movMR(UInt16.self)
}
@inline(__always)
private func movMR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movMR(UInt32.self)
}
@inline(__always)
private func movRI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movRI(UInt8.self)
}
@inline(__always)
private func movRI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movRI(UInt16.self)
}
@inline(__always)
private func movRI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movRI(UInt32.self)
}
@inline(__always)
private func movMI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movMI(UInt8.self)
}
@inline(__always)
private func movMI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movMI(UInt16.self)
}
@inline(__always)
private func movMI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movMI(UInt32.self)
}
@inline(__always)
private func testRR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testRR(UInt8.self)
}
@inline(__always)
private func testRR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testRR(UInt16.self)
}
@inline(__always)
private func testRR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testRR(UInt32.self)
}
@inline(__always)
private func testMR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testMR(UInt8.self)
}
@inline(__always)
private func testMR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testMR(UInt16.self)
}
@inline(__always)
private func testMR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testMR(UInt32.self)
}
@inline(__always)
private func testRI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testRI(UInt8.self)
}
@inline(__always)
private func testRI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testRI(UInt16.self)
}
@inline(__always)
private func testRI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testRI(UInt32.self)
}
@inline(__always)
private func testMI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testMI(UInt8.self)
}
@inline(__always)
private func testMI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testMI(UInt16.self)
}
@inline(__always)
private func testMI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testMI(UInt32.self)
}
@inline(__always)
private func incR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepR(UInt8.self, by: 1)
}
@inline(__always)
private func incR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepR(UInt16.self, by: 1)
}
@inline(__always)
private func incR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepR(UInt32.self, by: 1)
}
@inline(__always)
private func incM8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepM(UInt8.self, by: 1)
}
@inline(__always)
private func incM16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepM(UInt16.self, by: 1)
}
@inline(__always)
private func incM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepM(UInt32.self, by: 1)
}
@inline(__always)
private func decR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepR(UInt8.self, by: .max)
}
@inline(__always)
private func decR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepR(UInt16.self, by: .max)
}
@inline(__always)
private func decR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepR(UInt32.self, by: .max)
}
@inline(__always)
private func decM8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepM(UInt8.self, by: .max)
}
@inline(__always)
private func decM16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepM(UInt16.self, by: .max)
}
@inline(__always)
private func decM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepM(UInt32.self, by: .max)
}
@inline(__always)
private func shlRI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRI(.left, UInt8.self)
}
@inline(__always)
private func shlRI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRI(.left, UInt16.self)
}
@inline(__always)
private func shlRI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRI(.left, UInt32.self)
}
@inline(__always)
private func shlR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRCL(.left, UInt8.self)
}
@inline(__always)
private func shlR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRCL(.left, UInt16.self)
}
@inline(__always)
private func shlR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRCL(.left, UInt32.self)
}
@inline(__always)
private func shrRI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRI(.right, UInt8.self)
}
@inline(__always)
private func shrRI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRI(.right, UInt16.self)
}
@inline(__always)
private func shrRI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRI(.right, UInt32.self)
}
@inline(__always)
private func shrR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRCL(.right, UInt8.self)
}
@inline(__always)
private func shrR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRCL(.right, UInt16.self)
}
@inline(__always)
private func shrR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRCL(.right, UInt32.self)
}
@inline(__always)
private func sarRI8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRI(.arithmetic, UInt8.self)
}
@inline(__always)
private func sarRI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRI(.arithmetic, UInt16.self)
}
@inline(__always)
private func sarRI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRI(.arithmetic, UInt32.self)
}
@inline(__always)
private func sarR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRCL(.arithmetic, UInt8.self)
}
@inline(__always)
private func sarR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRCL(.arithmetic, UInt16.self)
}
@inline(__always)
private func sarR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shiftRCL(.arithmetic, UInt32.self)
}
@inline(__always)
private func movzxRR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movzxRR(UInt8.self)
}
@inline(__always)
private func movzxRM8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movzxRM(UInt8.self)
}
@inline(__always)
private func movzxRR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movzxRR(UInt16.self)
}
@inline(__always)
private func movzxRM16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movzxRM(UInt16.self)
}
@inline(__always)
private func movsxRR8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movsxRR(UInt8.self)
}
@inline(__always)
private func movsxRM8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movsxRM(UInt8.self)
}
@inline(__always)
private func movsxRR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movsxRR(UInt16.self)
}
@inline(__always)
private func movsxRM16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movsxRM(UInt16.self)
}
@inline(__always)
private func leaRM16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).lea(UInt16.self)
}
@inline(__always)
private func leaRM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).lea(UInt32.self)
}
@inline(__always)
private func imulRR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).imulRR32()
}
@inline(__always)
private func imulRM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).imulRM32()
}
@inline(__always)
private func imulRI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).imulRI32()
}
@inline(__always)
private func negR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).negR32()
}
@inline(__always)
private func notR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).notR32()
}
@inline(__always)
private func xchgRR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).xchgRR32()
}
@inline(__always)
private func pushR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).pushR(UInt16.self)
}
@inline(__always)
private func pushR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).pushR(UInt32.self)
}
@inline(__always)
private func pushI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).pushI(UInt16.self)
}
@inline(__always)
private func pushI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).pushI(UInt32.self)
}
@inline(__always)
private func pushM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).pushM32()
}
@inline(__always)
private func popR16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).popR(UInt16.self)
}
@inline(__always)
private func popR32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).popR(UInt32.self)
}
@inline(__always)
private func jo(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .overflow)
}
@inline(__always)
private func jno(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .notOverflow)
}
@inline(__always)
private func jb(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .below)
}
@inline(__always)
private func jae(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .aboveOrEqual)
}
@inline(__always)
private func je(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .equal)
}
@inline(__always)
private func jne(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .notEqual)
}
@inline(__always)
private func jbe(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .belowOrEqual)
}
@inline(__always)
private func ja(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .above)
}
@inline(__always)
private func js(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .sign)
}
@inline(__always)
private func jns(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .notSign)
}
@inline(__always)
private func jp(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .parity)
}
@inline(__always)
private func jnp(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .notParity)
}
@inline(__always)
private func jl(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .less)
}
@inline(__always)
private func jge(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .greaterOrEqual)
}
@inline(__always)
private func jle(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .lessOrEqual)
}
@inline(__always)
private func jg(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).branch(if: .greater)
}
@inline(__always)
private func jmpI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).jump()
}
@inline(__always)
private func loopI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loop(UInt32.self)
}
@inline(__always)
private func callI16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).callI(UInt16.self)
}
@inline(__always)
private func callI32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).callI(UInt32.self)
}
@inline(__always)
private func ret16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).ret(UInt16.self)
}
@inline(__always)
private func ret32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).ret(UInt32.self)
}
@inline(__always)
private func nop(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) { Chain(c, o, r, x, n, e).next() }
@inline(__always)
private func callFar16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).callFar16()
}
@inline(__always)
private func retFar16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).retFar16()
}
@inline(__always)
private func stos8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stos(UInt8.self, UInt32.self)
}
@inline(__always)
private func stos16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stos(UInt16.self, UInt32.self)
}
@inline(__always)
private func stos32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stos(UInt32.self, UInt32.self)
}
@inline(__always)
private func lods8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).lods(UInt8.self, UInt32.self)
}
@inline(__always)
private func lods16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).lods(UInt16.self, UInt32.self)
}
@inline(__always)
private func lods32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).lods(UInt32.self, UInt32.self)
}
@inline(__always)
private func movs8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movs(UInt8.self, UInt32.self)
}
@inline(__always)
private func movs16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movs(UInt16.self, UInt32.self)
}
@inline(__always)
private func movs32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movs(UInt32.self, UInt32.self)
}
@inline(__always)
private func scas8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scas(UInt8.self, UInt32.self)
}
@inline(__always)
private func scas16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scas(UInt16.self, UInt32.self)
}
@inline(__always)
private func scas32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scas(UInt32.self, UInt32.self)
}
@inline(__always)
private func cmps8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).cmps(UInt8.self, UInt32.self)
}
@inline(__always)
private func cmps16(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).cmps(UInt16.self, UInt32.self)
}
@inline(__always)
private func cmps32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).cmps(UInt32.self, UInt32.self)
}

enum Handlers {
    /// Leaves the chain.
    static let leave: Handler = leaveChain
    /// Runs any op by its body.
    static let general: Handler = generalOp
    /// Goes on where no link leads.
    static let unlinked: Handler = jumpUnlinked
    /// The mark behind a block's last op.
    static let blockEnd: Handler = endBlock
    /// The first op of a dead block in whose place there is another.
    static let forward: Handler = forwardBlock

    /// What runs the ops of a case, whatever their registers and segments.
    static func handler(for dispatch: Dispatch) -> Handler {
        switch dispatch {
        case .addRR8: addRR8
        case .addRR16: addRR16
        case .addRR32: addRR32
        case .addRM8: addRM8
        case .addRM16: addRM16
        case .addRM32: addRM32
        case .addMR8: addMR8
        case .addMR16: addMR16
        case .addMR32: addMR32
        case .addRI8: addRI8
        case .addRI16: addRI16
        case .addRI32: addRI32
        case .addMI8: addMI8
        case .addMI16: addMI16
        case .addMI32: addMI32
        case .orRR8: orRR8
        case .orRR16: orRR16
        case .orRR32: orRR32
        case .orRM8: orRM8
        case .orRM16: orRM16
        case .orRM32: orRM32
        case .orMR8: orMR8
        case .orMR16: orMR16
        case .orMR32: orMR32
        case .orRI8: orRI8
        case .orRI16: orRI16
        case .orRI32: orRI32
        case .orMI8: orMI8
        case .orMI16: orMI16
        case .orMI32: orMI32
        case .adcRR8: adcRR8
        case .adcRR16: adcRR16
        case .adcRR32: adcRR32
        case .adcRM8: adcRM8
        case .adcRM16: adcRM16
        case .adcRM32: adcRM32
        case .adcMR8: adcMR8
        case .adcMR16: adcMR16
        case .adcMR32: adcMR32
        case .adcRI8: adcRI8
        case .adcRI16: adcRI16
        case .adcRI32: adcRI32
        case .adcMI8: adcMI8
        case .adcMI16: adcMI16
        case .adcMI32: adcMI32
        case .sbbRR8: sbbRR8
        case .sbbRR16: sbbRR16
        case .sbbRR32: sbbRR32
        case .sbbRM8: sbbRM8
        case .sbbRM16: sbbRM16
        case .sbbRM32: sbbRM32
        case .sbbMR8: sbbMR8
        case .sbbMR16: sbbMR16
        case .sbbMR32: sbbMR32
        case .sbbRI8: sbbRI8
        case .sbbRI16: sbbRI16
        case .sbbRI32: sbbRI32
        case .sbbMI8: sbbMI8
        case .sbbMI16: sbbMI16
        case .sbbMI32: sbbMI32
        case .andRR8: andRR8
        case .andRR16: andRR16
        case .andRR32: andRR32
        case .andRM8: andRM8
        case .andRM16: andRM16
        case .andRM32: andRM32
        case .andMR8: andMR8
        case .andMR16: andMR16
        case .andMR32: andMR32
        case .andRI8: andRI8
        case .andRI16: andRI16
        case .andRI32: andRI32
        case .andMI8: andMI8
        case .andMI16: andMI16
        case .andMI32: andMI32
        case .subRR8: subRR8
        case .subRR16: subRR16
        case .subRR32: subRR32
        case .subRM8: subRM8
        case .subRM16: subRM16
        case .subRM32: subRM32
        case .subMR8: subMR8
        case .subMR16: subMR16
        case .subMR32: subMR32
        case .subRI8: subRI8
        case .subRI16: subRI16
        case .subRI32: subRI32
        case .subMI8: subMI8
        case .subMI16: subMI16
        case .subMI32: subMI32
        case .xorRR8: xorRR8
        case .xorRR16: xorRR16
        case .xorRR32: xorRR32
        case .xorRM8: xorRM8
        case .xorRM16: xorRM16
        case .xorRM32: xorRM32
        case .xorMR8: xorMR8
        case .xorMR16: xorMR16
        case .xorMR32: xorMR32
        case .xorRI8: xorRI8
        case .xorRI16: xorRI16
        case .xorRI32: xorRI32
        case .xorMI8: xorMI8
        case .xorMI16: xorMI16
        case .xorMI32: xorMI32
        case .cmpRR8: cmpRR8
        case .cmpRR16: cmpRR16
        case .cmpRR32: cmpRR32
        case .cmpRM8: cmpRM8
        case .cmpRM16: cmpRM16
        case .cmpRM32: cmpRM32
        case .cmpMR8: cmpMR8
        case .cmpMR16: cmpMR16
        case .cmpMR32: cmpMR32
        case .cmpRI8: cmpRI8
        case .cmpRI16: cmpRI16
        case .cmpRI32: cmpRI32
        case .cmpMI8: cmpMI8
        case .cmpMI16: cmpMI16
        case .cmpMI32: cmpMI32
        case .movRR8: movRR8
        case .movRR16: movRR16
        case .movRR32: movRR32
        case .movRM8: movRM8
        case .movRM16: movRM16
        case .movRM32: movRM32
        case .movMR8: movMR8
        case .movMR16: movMR16
        case .movMR32: movMR32
        case .movRI8: movRI8
        case .movRI16: movRI16
        case .movRI32: movRI32
        case .movMI8: movMI8
        case .movMI16: movMI16
        case .movMI32: movMI32
        case .testRR8: testRR8
        case .testRR16: testRR16
        case .testRR32: testRR32
        case .testMR8: testMR8
        case .testMR16: testMR16
        case .testMR32: testMR32
        case .testRI8: testRI8
        case .testRI16: testRI16
        case .testRI32: testRI32
        case .testMI8: testMI8
        case .testMI16: testMI16
        case .testMI32: testMI32
        case .incR8: incR8
        case .incR16: incR16
        case .incR32: incR32
        case .incM8: incM8
        case .incM16: incM16
        case .incM32: incM32
        case .decR8: decR8
        case .decR16: decR16
        case .decR32: decR32
        case .decM8: decM8
        case .decM16: decM16
        case .decM32: decM32
        case .shlRI8: shlRI8
        case .shlRI16: shlRI16
        case .shlRI32: shlRI32
        case .shlR8: shlR8
        case .shlR16: shlR16
        case .shlR32: shlR32
        case .shrRI8: shrRI8
        case .shrRI16: shrRI16
        case .shrRI32: shrRI32
        case .shrR8: shrR8
        case .shrR16: shrR16
        case .shrR32: shrR32
        case .sarRI8: sarRI8
        case .sarRI16: sarRI16
        case .sarRI32: sarRI32
        case .sarR8: sarR8
        case .sarR16: sarR16
        case .sarR32: sarR32
        case .movzxRR8: movzxRR8
        case .movzxRM8: movzxRM8
        case .movzxRR16: movzxRR16
        case .movzxRM16: movzxRM16
        case .movsxRR8: movsxRR8
        case .movsxRM8: movsxRM8
        case .movsxRR16: movsxRR16
        case .movsxRM16: movsxRM16
        case .leaRM16: leaRM16
        case .leaRM32: leaRM32
        case .imulRR32: imulRR32
        case .imulRM32: imulRM32
        case .imulRI32: imulRI32
        case .negR32: negR32
        case .notR32: notR32
        case .xchgRR32: xchgRR32
        case .pushR16: pushR16
        case .pushR32: pushR32
        case .pushI16: pushI16
        case .pushI32: pushI32
        case .pushM32: pushM32
        case .popR16: popR16
        case .popR32: popR32
        case .jo: jo
        case .jno: jno
        case .jb: jb
        case .jae: jae
        case .je: je
        case .jne: jne
        case .jbe: jbe
        case .ja: ja
        case .js: js
        case .jns: jns
        case .jp: jp
        case .jnp: jnp
        case .jl: jl
        case .jge: jge
        case .jle: jle
        case .jg: jg
        case .jmpI: jmpI
        case .loopI: loopI
        case .callI16: callI16
        case .callI32: callI32
        case .ret16: ret16
        case .ret32: ret32
        case .callFar16: callFar16
        case .retFar16: retFar16
        case .nop: nop
        case .stos8: stos8
        case .stos16: stos16
        case .stos32: stos32
        case .lods8: lods8
        case .lods16: lods16
        case .lods32: lods32
        case .movs8: movs8
        case .movs16: movs16
        case .movs32: movs32
        case .scas8: scas8
        case .scas16: scas16
        case .scas32: scas32
        case .cmps8: cmps8
        case .cmps16: cmps16
        case .cmps32: cmps32
        case .portIn, .portOut: portOp
        case .general: generalOp
        }
    }
}
