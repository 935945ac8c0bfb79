// Made by Tests/handlers/generate.py; change that. The handlers of SSE and the x87 by name, and which
// op has which.
private typealias Raw = UnsafeMutableRawPointer

@inline(__always)
private func movapsRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorMoveRR()
}
@inline(__always)
private func movssRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(VectorMoves.low32)
}
@inline(__always)
private func movsdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(VectorMoves.low64)
}
@inline(__always)
private func movqRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(VectorMoves.low64Alone)
}
@inline(__always)
private func movhlpsRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(VectorMoves.highToLow)
}
@inline(__always)
private func movlhpsRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(VectorMoves.lowToHigh)
}
@inline(__always)
private func movapsRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorLoad()
}
@inline(__always)
private func movupsRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorLoadUnaligned()
}
@inline(__always)
private func movssRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorLoadLow(UInt32.self)
}
@inline(__always)
private func movsdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorLoadLow64()
}
@inline(__always)
private func movlpsRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorReplaceLow64()
}
@inline(__always)
private func movhpsRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorLoadHigh64()
}
@inline(__always)
private func movapsMR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorStore()
}
@inline(__always)
private func movupsMR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorStoreUnaligned()
}
@inline(__always)
private func movssMR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorStoreLow32()
}
@inline(__always)
private func movsdMR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorStoreLow64()
}
@inline(__always)
private func movhpsMR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorStoreHigh64()
}
@inline(__always)
private func paddbRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.addBytes)
}
@inline(__always)
private func paddbRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.addBytes)
}
@inline(__always)
private func paddwRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.addWords)
}
@inline(__always)
private func paddwRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.addWords)
}
@inline(__always)
private func padddRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.addDwords)
}
@inline(__always)
private func padddRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.addDwords)
}
@inline(__always)
private func paddqRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.addQwords)
}
@inline(__always)
private func paddqRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.addQwords)
}
@inline(__always)
private func psubbRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.subtractBytes)
}
@inline(__always)
private func psubbRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.subtractBytes)
}
@inline(__always)
private func psubwRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.subtractWords)
}
@inline(__always)
private func psubwRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.subtractWords)
}
@inline(__always)
private func psubdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.subtractDwords)
}
@inline(__always)
private func psubdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.subtractDwords)
}
@inline(__always)
private func psubqRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.subtractQwords)
}
@inline(__always)
private func psubqRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.subtractQwords)
}
@inline(__always)
private func paddusbRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.addSaturatingBytes)
}
@inline(__always)
private func paddusbRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.addSaturatingBytes)
}
@inline(__always)
private func psubusbRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.subtractSaturatingBytes)
}
@inline(__always)
private func psubusbRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.subtractSaturatingBytes)
}
@inline(__always)
private func pcmpeqbRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.equalBytes)
}
@inline(__always)
private func pcmpeqbRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.equalBytes)
}
@inline(__always)
private func pcmpeqwRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.equalWords)
}
@inline(__always)
private func pcmpeqwRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.equalWords)
}
@inline(__always)
private func pcmpeqdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.equalDwords)
}
@inline(__always)
private func pcmpeqdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.equalDwords)
}
@inline(__always)
private func pcmpgtbRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.greaterBytes)
}
@inline(__always)
private func pcmpgtbRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.greaterBytes)
}
@inline(__always)
private func pcmpgtwRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.greaterWords)
}
@inline(__always)
private func pcmpgtwRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.greaterWords)
}
@inline(__always)
private func pcmpgtdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.greaterDwords)
}
@inline(__always)
private func pcmpgtdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.greaterDwords)
}
@inline(__always)
private func pminubRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.minimumBytes)
}
@inline(__always)
private func pminubRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.minimumBytes)
}
@inline(__always)
private func pmaxubRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.maximumBytes)
}
@inline(__always)
private func pmaxubRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.maximumBytes)
}
@inline(__always)
private func pminswRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.minimumWords)
}
@inline(__always)
private func pminswRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.minimumWords)
}
@inline(__always)
private func pmaxswRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.maximumWords)
}
@inline(__always)
private func pmaxswRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.maximumWords)
}
@inline(__always)
private func pmullwRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.multiplyLow)
}
@inline(__always)
private func pmullwRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.multiplyLow)
}
@inline(__always)
private func pmuludqRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.multiplyDwords)
}
@inline(__always)
private func pmuludqRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.multiplyDwords)
}
@inline(__always)
private func pandRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.and)
}
@inline(__always)
private func pandRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.and)
}
@inline(__always)
private func pandnRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.andNot)
}
@inline(__always)
private func pandnRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.andNot)
}
@inline(__always)
private func porRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.or)
}
@inline(__always)
private func porRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.or)
}
@inline(__always)
private func pxorRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedIntegers.xor)
}
@inline(__always)
private func pxorRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedIntegers.xor)
}
@inline(__always)
private func punpcklbwRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedShuffles.lowBytes)
}
@inline(__always)
private func punpcklbwRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedShuffles.lowBytes)
}
@inline(__always)
private func punpcklwdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedShuffles.lowWords)
}
@inline(__always)
private func punpcklwdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedShuffles.lowWords)
}
@inline(__always)
private func punpckldqRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedShuffles.lowDwords)
}
@inline(__always)
private func punpckldqRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedShuffles.lowDwords)
}
@inline(__always)
private func punpcklqdqRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedShuffles.lowQwords)
}
@inline(__always)
private func punpcklqdqRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedShuffles.lowQwords)
}
@inline(__always)
private func punpckhdqRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedShuffles.highDwords)
}
@inline(__always)
private func punpckhdqRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedShuffles.highDwords)
}
@inline(__always)
private func punpckhqdqRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRR(PackedShuffles.highQwords)
}
@inline(__always)
private func punpckhqdqRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRM(PackedShuffles.highQwords)
}
@inline(__always)
private func psllwRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRI { PackedShifts.leftWords($0, UInt64($1)) }
}
@inline(__always)
private func pslldRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRI { PackedShifts.leftDwords($0, UInt64($1)) }
}
@inline(__always)
private func psllqRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRI { PackedShifts.leftQwords($0, UInt64($1)) }
}
@inline(__always)
private func psrlwRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRI { PackedShifts.rightWords($0, UInt64($1)) }
}
@inline(__always)
private func psrldRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRI { PackedShifts.rightDwords($0, UInt64($1)) }
}
@inline(__always)
private func psrlqRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRI { PackedShifts.rightQwords($0, UInt64($1)) }
}
@inline(__always)
private func psrawRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRI { PackedShifts.signedRightWords($0, UInt64($1)) }
}
@inline(__always)
private func psradRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRI { PackedShifts.signedRightDwords($0, UInt64($1)) }
}
@inline(__always)
private func pslldqRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRI { PackedShifts.leftBytes($0, UInt64($1)) }
}
@inline(__always)
private func psrldqRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRI { PackedShifts.rightBytes($0, UInt64($1)) }
}
@inline(__always)
private func pshufdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRRI { PackedShuffles.dwords($1, $1, $2) }
}
@inline(__always)
private func shufpsRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRRI(PackedShuffles.dwords)
}
@inline(__always)
private func shufpdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorRRI(PackedShuffles.qwords)
}
@inline(__always)
private func addpsRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRR(SIMD4<UInt32>.self, HostArithmetic.add, HostArithmetic.sumRule)
}
@inline(__always)
private func addpsRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRM(SIMD4<UInt32>.self, HostArithmetic.add, HostArithmetic.sumRule)
}
@inline(__always)
private func addpdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRR(SIMD2<UInt64>.self, HostArithmetic.add, HostArithmetic.sumRule)
}
@inline(__always)
private func addpdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRM(SIMD2<UInt64>.self, HostArithmetic.add, HostArithmetic.sumRule)
}
@inline(__always)
private func addssRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRR(UInt32.self, HostArithmetic.add, HostArithmetic.sumRule)
}
@inline(__always)
private func addssRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRM(UInt32.self, HostArithmetic.add, HostArithmetic.sumRule)
}
@inline(__always)
private func addsdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRR(UInt64.self, HostArithmetic.add, HostArithmetic.sumRule)
}
@inline(__always)
private func addsdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRM(UInt64.self, HostArithmetic.add, HostArithmetic.sumRule)
}
@inline(__always)
private func subpsRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRR(SIMD4<UInt32>.self, HostArithmetic.subtract, HostArithmetic.sumRule)
}
@inline(__always)
private func subpsRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRM(SIMD4<UInt32>.self, HostArithmetic.subtract, HostArithmetic.sumRule)
}
@inline(__always)
private func subpdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRR(SIMD2<UInt64>.self, HostArithmetic.subtract, HostArithmetic.sumRule)
}
@inline(__always)
private func subpdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRM(SIMD2<UInt64>.self, HostArithmetic.subtract, HostArithmetic.sumRule)
}
@inline(__always)
private func subssRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRR(UInt32.self, HostArithmetic.subtract, HostArithmetic.sumRule)
}
@inline(__always)
private func subssRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRM(UInt32.self, HostArithmetic.subtract, HostArithmetic.sumRule)
}
@inline(__always)
private func subsdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRR(UInt64.self, HostArithmetic.subtract, HostArithmetic.sumRule)
}
@inline(__always)
private func subsdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRM(UInt64.self, HostArithmetic.subtract, HostArithmetic.sumRule)
}
@inline(__always)
private func mulpsRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRR(SIMD4<UInt32>.self, HostArithmetic.multiply, HostArithmetic.productRule)
}
@inline(__always)
private func mulpsRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRM(SIMD4<UInt32>.self, HostArithmetic.multiply, HostArithmetic.productRule)
}
@inline(__always)
private func mulpdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRR(SIMD2<UInt64>.self, HostArithmetic.multiply, HostArithmetic.productRule)
}
@inline(__always)
private func mulpdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRM(SIMD2<UInt64>.self, HostArithmetic.multiply, HostArithmetic.productRule)
}
@inline(__always)
private func mulssRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRR(UInt32.self, HostArithmetic.multiply, HostArithmetic.productRule)
}
@inline(__always)
private func mulssRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRM(UInt32.self, HostArithmetic.multiply, HostArithmetic.productRule)
}
@inline(__always)
private func mulsdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRR(UInt64.self, HostArithmetic.multiply, HostArithmetic.productRule)
}
@inline(__always)
private func mulsdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRM(UInt64.self, HostArithmetic.multiply, HostArithmetic.productRule)
}
@inline(__always)
private func divpsRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRR(SIMD4<UInt32>.self, HostArithmetic.divide, HostArithmetic.quotientRule)
}
@inline(__always)
private func divpsRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRM(SIMD4<UInt32>.self, HostArithmetic.divide, HostArithmetic.quotientRule)
}
@inline(__always)
private func divpdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRR(SIMD2<UInt64>.self, HostArithmetic.divide, HostArithmetic.quotientRule)
}
@inline(__always)
private func divpdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).packedRM(SIMD2<UInt64>.self, HostArithmetic.divide, HostArithmetic.quotientRule)
}
@inline(__always)
private func divssRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRR(UInt32.self, HostArithmetic.divide, HostArithmetic.quotientRule)
}
@inline(__always)
private func divssRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRM(UInt32.self, HostArithmetic.divide, HostArithmetic.quotientRule)
}
@inline(__always)
private func divsdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRR(UInt64.self, HostArithmetic.divide, HostArithmetic.quotientRule)
}
@inline(__always)
private func divsdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scalarRM(UInt64.self, HostArithmetic.divide, HostArithmetic.quotientRule)
}
@inline(__always)
private func comissRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).orderedRR(UInt32.self)
}
@inline(__always)
private func comissRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).orderedRM(UInt32.self)
}
@inline(__always)
private func comisdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).orderedRR(UInt64.self)
}
@inline(__always)
private func comisdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).orderedRM(UInt64.self)
}
@inline(__always)
private func cvtsi2sdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).doubleOfIntegerR()
}
@inline(__always)
private func cvtsi2sdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).doubleOfIntegerM()
}
@inline(__always)
private func cvtsi2ssRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).singleOfIntegerR()
}
@inline(__always)
private func cvtsi2ssRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).singleOfIntegerM()
}
@inline(__always)
private func cvttsd2siRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).integerOfDoubleR()
}
@inline(__always)
private func cvttsd2siRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).integerOfDoubleM()
}
@inline(__always)
private func cvtss2sdRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).doubleOfSingleR()
}
@inline(__always)
private func cvtss2sdRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).doubleOfSingleM()
}
@inline(__always)
private func cvtsd2ssRR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).singleOfDoubleR()
}
@inline(__always)
private func cvtsd2ssRM(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).singleOfDoubleM()
}
@inline(__always)
private func movdFromR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorFromGeneral()
}
@inline(__always)
private func movdToR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).vectorToGeneral()
}
@inline(__always)
private func fldSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadCopy()
}
@inline(__always)
private func fildM16I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadInteger(Anywhere.self, Int16.self)
}
@inline(__always)
private func fildM32I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadInteger(Anywhere.self, Int32.self)
}
@inline(__always)
private func fildM64I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadInteger(Anywhere.self, Int64.self)
}
@inline(__always)
private func fld1(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadConstant()
}
@inline(__always)
private func fstSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeCopy(pops: false)
}
@inline(__always)
private func fstpSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeCopy(pops: true)
}
@inline(__always)
private func fistpM32I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeInteger(Anywhere.self)
}
@inline(__always)
private func fxchSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).exchange()
}
@inline(__always)
private func fchs(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).changeSign()
}
@inline(__always)
private func fabs(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).clearSign()
}
@inline(__always)
private func fsqrt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).replaceTop(QuickX87.root)
}
@inline(__always)
private func faddST0(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).replaceTop(QuickX87.twice)
}
@inline(__always)
private func fcomSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compare(pops: 0)
}
@inline(__always)
private func fcompSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compare(pops: 1)
}
@inline(__always)
private func fcompp(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareBoth()
}
@inline(__always)
private func ftst(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareWithZero()
}
@inline(__always)
private func fcomiST(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareToFlags(pops: 0)
}
@inline(__always)
private func fcomipST(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareToFlags(pops: 1)
}
@inline(__always)
private func fnstswAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeStatus()
}
@inline(__always)
private func fldcwM16I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadControl(Anywhere.self)
}
@inline(__always)
private func fnstcwM16I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeControl(Anywhere.self)
}
@inline(__always)
private func fldM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadReal(Anywhere.self, UInt32.self)
}
@inline(__always)
private func fstM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeReal(Anywhere.self, UInt32.self, pops: false)
}
@inline(__always)
private func fstpM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeReal(Anywhere.self, UInt32.self, pops: true)
}
@inline(__always)
private func fcomM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(Anywhere.self, UInt32.self, pops: 0)
}
@inline(__always)
private func fcompM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(Anywhere.self, UInt32.self, pops: 1)
}
@inline(__always)
private func fldM32At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadReal(At<Base>.self, UInt32.self)
}
@inline(__always)
private func fstM32At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeReal(At<Base>.self, UInt32.self, pops: false)
}
@inline(__always)
private func fstpM32At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeReal(At<Base>.self, UInt32.self, pops: true)
}
@inline(__always)
private func fcomM32At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(At<Base>.self, UInt32.self, pops: 0)
}
@inline(__always)
private func fcompM32At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(At<Base>.self, UInt32.self, pops: 1)
}
@inline(__always)
private func fldM32Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadReal(Indexed.self, UInt32.self)
}
@inline(__always)
private func fstM32Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeReal(Indexed.self, UInt32.self, pops: false)
}
@inline(__always)
private func fstpM32Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeReal(Indexed.self, UInt32.self, pops: true)
}
@inline(__always)
private func fcomM32Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(Indexed.self, UInt32.self, pops: 0)
}
@inline(__always)
private func fcompM32Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(Indexed.self, UInt32.self, pops: 1)
}
@inline(__always)
private func fldM64(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadReal(Anywhere.self, UInt64.self)
}
@inline(__always)
private func fstM64(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeReal(Anywhere.self, UInt64.self, pops: false)
}
@inline(__always)
private func fstpM64(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeReal(Anywhere.self, UInt64.self, pops: true)
}
@inline(__always)
private func fcomM64(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(Anywhere.self, UInt64.self, pops: 0)
}
@inline(__always)
private func fcompM64(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(Anywhere.self, UInt64.self, pops: 1)
}
@inline(__always)
private func fldM64At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadReal(At<Base>.self, UInt64.self)
}
@inline(__always)
private func fstM64At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeReal(At<Base>.self, UInt64.self, pops: false)
}
@inline(__always)
private func fstpM64At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeReal(At<Base>.self, UInt64.self, pops: true)
}
@inline(__always)
private func fcomM64At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(At<Base>.self, UInt64.self, pops: 0)
}
@inline(__always)
private func fcompM64At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(At<Base>.self, UInt64.self, pops: 1)
}
@inline(__always)
private func fldM64Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadReal(Indexed.self, UInt64.self)
}
@inline(__always)
private func fstM64Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeReal(Indexed.self, UInt64.self, pops: false)
}
@inline(__always)
private func fstpM64Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeReal(Indexed.self, UInt64.self, pops: true)
}
@inline(__always)
private func fcomM64Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(Indexed.self, UInt64.self, pops: 0)
}
@inline(__always)
private func fcompM64Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(Indexed.self, UInt64.self, pops: 1)
}
@inline(__always)
private func faddST(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineTop { QuickX87.sum($0, $1) }
}
@inline(__always)
private func faddSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineOther(pops: false) { QuickX87.sum($0, $1) }
}
@inline(__always)
private func faddpSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineOther(pops: true) { QuickX87.sum($0, $1) }
}
@inline(__always)
private func faddM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Anywhere.self, UInt32.self) { QuickX87.sum($0, $1) }
}
@inline(__always)
private func faddM32At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(At<Base>.self, UInt32.self) { QuickX87.sum($0, $1) }
}
@inline(__always)
private func faddM32Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Indexed.self, UInt32.self) { QuickX87.sum($0, $1) }
}
@inline(__always)
private func faddM64(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Anywhere.self, UInt64.self) { QuickX87.sum($0, $1) }
}
@inline(__always)
private func faddM64At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(At<Base>.self, UInt64.self) { QuickX87.sum($0, $1) }
}
@inline(__always)
private func faddM64Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Indexed.self, UInt64.self) { QuickX87.sum($0, $1) }
}
@inline(__always)
private func fiaddM16I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineI(Anywhere.self, Int16.self) { QuickX87.sum($0, $1) }
}
@inline(__always)
private func fiaddM32I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineI(Anywhere.self, Int32.self) { QuickX87.sum($0, $1) }
}
@inline(__always)
private func fsubST(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineTop { QuickX87.difference($0, $1) }
}
@inline(__always)
private func fsubSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineOther(pops: false) { QuickX87.difference($0, $1) }
}
@inline(__always)
private func fsubpSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineOther(pops: true) { QuickX87.difference($0, $1) }
}
@inline(__always)
private func fsubM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Anywhere.self, UInt32.self) { QuickX87.difference($0, $1) }
}
@inline(__always)
private func fsubM32At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(At<Base>.self, UInt32.self) { QuickX87.difference($0, $1) }
}
@inline(__always)
private func fsubM32Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Indexed.self, UInt32.self) { QuickX87.difference($0, $1) }
}
@inline(__always)
private func fsubM64(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Anywhere.self, UInt64.self) { QuickX87.difference($0, $1) }
}
@inline(__always)
private func fsubM64At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(At<Base>.self, UInt64.self) { QuickX87.difference($0, $1) }
}
@inline(__always)
private func fsubM64Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Indexed.self, UInt64.self) { QuickX87.difference($0, $1) }
}
@inline(__always)
private func fisubM16I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineI(Anywhere.self, Int16.self) { QuickX87.difference($0, $1) }
}
@inline(__always)
private func fisubM32I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineI(Anywhere.self, Int32.self) { QuickX87.difference($0, $1) }
}
@inline(__always)
private func fsubrST(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineTop { QuickX87.difference($1, $0) }
}
@inline(__always)
private func fsubrSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineOther(pops: false) { QuickX87.difference($1, $0) }
}
@inline(__always)
private func fsubrpSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineOther(pops: true) { QuickX87.difference($1, $0) }
}
@inline(__always)
private func fsubrM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Anywhere.self, UInt32.self) { QuickX87.difference($1, $0) }
}
@inline(__always)
private func fsubrM32At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(At<Base>.self, UInt32.self) { QuickX87.difference($1, $0) }
}
@inline(__always)
private func fsubrM32Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Indexed.self, UInt32.self) { QuickX87.difference($1, $0) }
}
@inline(__always)
private func fsubrM64(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Anywhere.self, UInt64.self) { QuickX87.difference($1, $0) }
}
@inline(__always)
private func fsubrM64At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(At<Base>.self, UInt64.self) { QuickX87.difference($1, $0) }
}
@inline(__always)
private func fsubrM64Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Indexed.self, UInt64.self) { QuickX87.difference($1, $0) }
}
@inline(__always)
private func fisubrM16I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineI(Anywhere.self, Int16.self) { QuickX87.difference($1, $0) }
}
@inline(__always)
private func fisubrM32I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineI(Anywhere.self, Int32.self) { QuickX87.difference($1, $0) }
}
@inline(__always)
private func fmulST(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineTop { QuickX87.product($0, $1) }
}
@inline(__always)
private func fmulSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineOther(pops: false) { QuickX87.product($0, $1) }
}
@inline(__always)
private func fmulpSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineOther(pops: true) { QuickX87.product($0, $1) }
}
@inline(__always)
private func fmulM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Anywhere.self, UInt32.self) { QuickX87.product($0, $1) }
}
@inline(__always)
private func fmulM32At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(At<Base>.self, UInt32.self) { QuickX87.product($0, $1) }
}
@inline(__always)
private func fmulM32Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Indexed.self, UInt32.self) { QuickX87.product($0, $1) }
}
@inline(__always)
private func fmulM64(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Anywhere.self, UInt64.self) { QuickX87.product($0, $1) }
}
@inline(__always)
private func fmulM64At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(At<Base>.self, UInt64.self) { QuickX87.product($0, $1) }
}
@inline(__always)
private func fmulM64Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Indexed.self, UInt64.self) { QuickX87.product($0, $1) }
}
@inline(__always)
private func fimulM16I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineI(Anywhere.self, Int16.self) { QuickX87.product($0, $1) }
}
@inline(__always)
private func fimulM32I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineI(Anywhere.self, Int32.self) { QuickX87.product($0, $1) }
}
@inline(__always)
private func fdivST(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineTop { QuickX87.quotient($0, $1) }
}
@inline(__always)
private func fdivSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineOther(pops: false) { QuickX87.quotient($0, $1) }
}
@inline(__always)
private func fdivpSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineOther(pops: true) { QuickX87.quotient($0, $1) }
}
@inline(__always)
private func fdivM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Anywhere.self, UInt32.self) { QuickX87.quotient($0, $1) }
}
@inline(__always)
private func fdivM32At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(At<Base>.self, UInt32.self) { QuickX87.quotient($0, $1) }
}
@inline(__always)
private func fdivM32Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Indexed.self, UInt32.self) { QuickX87.quotient($0, $1) }
}
@inline(__always)
private func fdivM64(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Anywhere.self, UInt64.self) { QuickX87.quotient($0, $1) }
}
@inline(__always)
private func fdivM64At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(At<Base>.self, UInt64.self) { QuickX87.quotient($0, $1) }
}
@inline(__always)
private func fdivM64Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Indexed.self, UInt64.self) { QuickX87.quotient($0, $1) }
}
@inline(__always)
private func fidivM16I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineI(Anywhere.self, Int16.self) { QuickX87.quotient($0, $1) }
}
@inline(__always)
private func fidivM32I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineI(Anywhere.self, Int32.self) { QuickX87.quotient($0, $1) }
}
@inline(__always)
private func fdivrST(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineTop { QuickX87.quotient($1, $0) }
}
@inline(__always)
private func fdivrSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineOther(pops: false) { QuickX87.quotient($1, $0) }
}
@inline(__always)
private func fdivrpSTI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineOther(pops: true) { QuickX87.quotient($1, $0) }
}
@inline(__always)
private func fdivrM32(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Anywhere.self, UInt32.self) { QuickX87.quotient($1, $0) }
}
@inline(__always)
private func fdivrM32At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(At<Base>.self, UInt32.self) { QuickX87.quotient($1, $0) }
}
@inline(__always)
private func fdivrM32Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Indexed.self, UInt32.self) { QuickX87.quotient($1, $0) }
}
@inline(__always)
private func fdivrM64(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Anywhere.self, UInt64.self) { QuickX87.quotient($1, $0) }
}
@inline(__always)
private func fdivrM64At(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(At<Base>.self, UInt64.self) { QuickX87.quotient($1, $0) }
}
@inline(__always)
private func fdivrM64Indexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineM(Indexed.self, UInt64.self) { QuickX87.quotient($1, $0) }
}
@inline(__always)
private func fidivrM16I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineI(Anywhere.self, Int16.self) { QuickX87.quotient($1, $0) }
}
@inline(__always)
private func fidivrM32I(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).combineI(Anywhere.self, Int32.self) { QuickX87.quotient($1, $0) }
}

extension Handlers {
    /// All of them.
    static let floats: [Handler] = [
        movapsRR, movssRR, movsdRR, movqRR, movhlpsRR, movlhpsRR, paddbRR, paddwRR, padddRR, paddqRR, psubbRR, psubwRR,
        psubdRR, psubqRR, paddusbRR, psubusbRR, pcmpeqbRR, pcmpeqwRR, pcmpeqdRR, pcmpgtbRR, pcmpgtwRR, pcmpgtdRR,
        pminubRR, pmaxubRR, pminswRR, pmaxswRR, pmullwRR, pmuludqRR, pandRR, pandnRR, porRR, pxorRR, punpcklbwRR,
        punpcklwdRR, punpckldqRR, punpcklqdqRR, punpckhdqRR, punpckhqdqRR, pshufdRR, shufpsRR, shufpdRR, addpsRR,
        addpdRR, addssRR, addsdRR, subpsRR, subpdRR, subssRR, subsdRR, mulpsRR, mulpdRR, mulssRR, mulsdRR, divpsRR,
        divpdRR, divssRR, divsdRR, comissRR, comisdRR, cvtsi2sdRR, cvtsi2ssRR, cvttsd2siRR, cvtss2sdRR, cvtsd2ssRR,
        movapsRM, movupsRM, movssRM, movsdRM, movlpsRM, movhpsRM, paddbRM, paddwRM, padddRM, paddqRM, psubbRM, psubwRM,
        psubdRM, psubqRM, paddusbRM, psubusbRM, pcmpeqbRM, pcmpeqwRM, pcmpeqdRM, pcmpgtbRM, pcmpgtwRM, pcmpgtdRM,
        pminubRM, pmaxubRM, pminswRM, pmaxswRM, pmullwRM, pmuludqRM, pandRM, pandnRM, porRM, pxorRM, punpcklbwRM,
        punpcklwdRM, punpckldqRM, punpcklqdqRM, punpckhdqRM, punpckhqdqRM, addpsRM, addpdRM, addssRM, addsdRM, subpsRM,
        subpdRM, subssRM, subsdRM, mulpsRM, mulpdRM, mulssRM, mulsdRM, divpsRM, divpdRM, divssRM, divsdRM, comissRM,
        comisdRM, cvtsi2sdRM, cvtsi2ssRM, cvttsd2siRM, cvtss2sdRM, cvtsd2ssRM, movapsMR, movupsMR, movssMR, movsdMR,
        movhpsMR, psllwRI, pslldRI, psllqRI, psrlwRI, psrldRI, psrlqRI, psrawRI, psradRI, pslldqRI, psrldqRI,
        movdFromR, movdToR, fldSTI, fstSTI, fstpSTI, fxchSTI, fcomSTI, fcompSTI, faddSTI, faddpSTI, fsubSTI, fsubpSTI,
        fsubrSTI, fsubrpSTI, fmulSTI, fmulpSTI, fdivSTI, fdivpSTI, fdivrSTI, fdivrpSTI, fildM16I, fldcwM16I,
        fnstcwM16I, fiaddM16I, fisubM16I, fisubrM16I, fimulM16I, fidivM16I, fidivrM16I, fildM32I, fistpM32I, fiaddM32I,
        fisubM32I, fisubrM32I, fimulM32I, fidivM32I, fidivrM32I, fildM64I, fld1, fchs, fabs, fsqrt, fcompp, ftst,
        faddST0, fcomiST, fcomipST, faddST, fsubST, fsubrST, fmulST, fdivST, fdivrST, fnstswAX, fldM32, fstM32,
        fstpM32, fcomM32, fcompM32, faddM32, fsubM32, fsubrM32, fmulM32, fdivM32, fdivrM32, fldM32At, fstM32At,
        fstpM32At, fcomM32At, fcompM32At, faddM32At, fsubM32At, fsubrM32At, fmulM32At, fdivM32At, fdivrM32At,
        fldM32Indexed, fstM32Indexed, fstpM32Indexed, fcomM32Indexed, fcompM32Indexed, faddM32Indexed, fsubM32Indexed,
        fsubrM32Indexed, fmulM32Indexed, fdivM32Indexed, fdivrM32Indexed, fldM64, fstM64, fstpM64, fcomM64, fcompM64,
        faddM64, fsubM64, fsubrM64, fmulM64, fdivM64, fdivrM64, fldM64At, fstM64At, fstpM64At, fcomM64At, fcompM64At,
        faddM64At, fsubM64At, fsubrM64At, fmulM64At, fdivM64At, fdivrM64At, fldM64Indexed, fstM64Indexed,
        fstpM64Indexed, fcomM64Indexed, fcompM64Indexed, faddM64Indexed, fsubM64Indexed, fsubrM64Indexed,
        fmulM64Indexed, fdivM64Indexed, fdivrM64Indexed,
    ]

    /// Register, register.
    static func floatRr(_ operation: Operation) -> Handler? {
        switch operation {
        case .movaps, .movapd, .movdqa, .movups, .movupd, .movdqu: movapsRR
        case .movss: movssRR
        case .movsd: movsdRR
        case .movq: movqRR
        case .movhlps: movhlpsRR
        case .movlhps: movlhpsRR
        case .paddb: paddbRR
        case .paddw: paddwRR
        case .paddd: padddRR
        case .paddq: paddqRR
        case .psubb: psubbRR
        case .psubw: psubwRR
        case .psubd: psubdRR
        case .psubq: psubqRR
        case .paddusb: paddusbRR
        case .psubusb: psubusbRR
        case .pcmpeqb: pcmpeqbRR
        case .pcmpeqw: pcmpeqwRR
        case .pcmpeqd: pcmpeqdRR
        case .pcmpgtb: pcmpgtbRR
        case .pcmpgtw: pcmpgtwRR
        case .pcmpgtd: pcmpgtdRR
        case .pminub: pminubRR
        case .pmaxub: pmaxubRR
        case .pminsw: pminswRR
        case .pmaxsw: pmaxswRR
        case .pmullw: pmullwRR
        case .pmuludq: pmuludqRR
        case .pand, .andps, .andpd: pandRR
        case .pandn, .andnps, .andnpd: pandnRR
        case .por, .orps, .orpd: porRR
        case .pxor, .xorps, .xorpd: pxorRR
        case .punpcklbw: punpcklbwRR
        case .punpcklwd: punpcklwdRR
        case .punpckldq, .unpcklps: punpckldqRR
        case .punpcklqdq, .unpcklpd: punpcklqdqRR
        case .punpckhdq, .unpckhps: punpckhdqRR
        case .punpckhqdq, .unpckhpd: punpckhqdqRR
        case .pshufd: pshufdRR
        case .shufps: shufpsRR
        case .shufpd: shufpdRR
        case .addps: addpsRR
        case .addpd: addpdRR
        case .addss: addssRR
        case .addsd: addsdRR
        case .subps: subpsRR
        case .subpd: subpdRR
        case .subss: subssRR
        case .subsd: subsdRR
        case .mulps: mulpsRR
        case .mulpd: mulpdRR
        case .mulss: mulssRR
        case .mulsd: mulsdRR
        case .divps: divpsRR
        case .divpd: divpdRR
        case .divss: divssRR
        case .divsd: divsdRR
        case .comiss, .ucomiss: comissRR
        case .comisd, .ucomisd: comisdRR
        case .cvtsi2sd: cvtsi2sdRR
        case .cvtsi2ss: cvtsi2ssRR
        case .cvttsd2si: cvttsd2siRR
        case .cvtss2sd: cvtss2sdRR
        case .cvtsd2ss: cvtsd2ssRR
        default: nil
        }
    }

    /// Register, memory.
    static func floatRm(_ operation: Operation) -> Handler? {
        switch operation {
        case .movaps, .movapd, .movdqa: movapsRM
        case .movups, .movupd, .movdqu: movupsRM
        case .movss, .movd: movssRM
        case .movsd, .movq: movsdRM
        case .movlps, .movlpd: movlpsRM
        case .movhps, .movhpd: movhpsRM
        case .paddb: paddbRM
        case .paddw: paddwRM
        case .paddd: padddRM
        case .paddq: paddqRM
        case .psubb: psubbRM
        case .psubw: psubwRM
        case .psubd: psubdRM
        case .psubq: psubqRM
        case .paddusb: paddusbRM
        case .psubusb: psubusbRM
        case .pcmpeqb: pcmpeqbRM
        case .pcmpeqw: pcmpeqwRM
        case .pcmpeqd: pcmpeqdRM
        case .pcmpgtb: pcmpgtbRM
        case .pcmpgtw: pcmpgtwRM
        case .pcmpgtd: pcmpgtdRM
        case .pminub: pminubRM
        case .pmaxub: pmaxubRM
        case .pminsw: pminswRM
        case .pmaxsw: pmaxswRM
        case .pmullw: pmullwRM
        case .pmuludq: pmuludqRM
        case .pand, .andps, .andpd: pandRM
        case .pandn, .andnps, .andnpd: pandnRM
        case .por, .orps, .orpd: porRM
        case .pxor, .xorps, .xorpd: pxorRM
        case .punpcklbw: punpcklbwRM
        case .punpcklwd: punpcklwdRM
        case .punpckldq, .unpcklps: punpckldqRM
        case .punpcklqdq, .unpcklpd: punpcklqdqRM
        case .punpckhdq, .unpckhps: punpckhdqRM
        case .punpckhqdq, .unpckhpd: punpckhqdqRM
        case .addps: addpsRM
        case .addpd: addpdRM
        case .addss: addssRM
        case .addsd: addsdRM
        case .subps: subpsRM
        case .subpd: subpdRM
        case .subss: subssRM
        case .subsd: subsdRM
        case .mulps: mulpsRM
        case .mulpd: mulpdRM
        case .mulss: mulssRM
        case .mulsd: mulsdRM
        case .divps: divpsRM
        case .divpd: divpdRM
        case .divss: divssRM
        case .divsd: divsdRM
        case .comiss, .ucomiss: comissRM
        case .comisd, .ucomisd: comisdRM
        case .cvtsi2sd: cvtsi2sdRM
        case .cvtsi2ss: cvtsi2ssRM
        case .cvttsd2si: cvttsd2siRM
        case .cvtss2sd: cvtss2sdRM
        case .cvtsd2ss: cvtsd2ssRM
        default: nil
        }
    }

    /// Memory, register.
    static func floatMr(_ operation: Operation) -> Handler? {
        switch operation {
        case .movaps, .movapd, .movdqa, .movntps, .movntpd, .movntdq: movapsMR
        case .movups, .movupd, .movdqu: movupsMR
        case .movss, .movd: movssMR
        case .movsd, .movq, .movlps, .movlpd: movsdMR
        case .movhps, .movhpd: movhpsMR
        default: nil
        }
    }

    /// Register, immediate.
    static func floatRi(_ operation: Operation) -> Handler? {
        switch operation {
        case .psllw: psllwRI
        case .pslld: pslldRI
        case .psllq: psllqRI
        case .psrlw: psrlwRI
        case .psrld: psrldRI
        case .psrlq: psrlqRI
        case .psraw: psrawRI
        case .psrad: psradRI
        case .pslldq: pslldqRI
        case .psrldq: psrldqRI
        default: nil
        }
    }

    /// XMM register, general register.
    static func floatToVector(_ operation: Operation) -> Handler? {
        switch operation {
        case .movd: movdFromR
        default: nil
        }
    }

    /// General register, XMM register.
    static func floatFromVector(_ operation: Operation) -> Handler? {
        switch operation {
        case .movd: movdToR
        default: nil
        }
    }

    /// x87: ST(i).
    static func floatFromST(_ operation: Operation) -> Handler? {
        switch operation {
        case .fld: fldSTI
        case .fst: fstSTI
        case .fstp: fstpSTI
        case .fxch: fxchSTI
        case .fcom, .fucom: fcomSTI
        case .fcomp, .fucomp: fcompSTI
        case .fadd: faddSTI
        case .faddp: faddpSTI
        case .fsub: fsubSTI
        case .fsubp: fsubpSTI
        case .fsubr: fsubrSTI
        case .fsubrp: fsubrpSTI
        case .fmul: fmulSTI
        case .fmulp: fmulpSTI
        case .fdiv: fdivSTI
        case .fdivp: fdivpSTI
        case .fdivr: fdivrSTI
        case .fdivrp: fdivrpSTI
        default: nil
        }
    }

    /// x87: 16 bits in memory.
    static func floatInt16(_ operation: Operation) -> Handler? {
        switch operation {
        case .fild: fildM16I
        case .fldcw: fldcwM16I
        case .fnstcw: fnstcwM16I
        case .fiadd: fiaddM16I
        case .fisub: fisubM16I
        case .fisubr: fisubrM16I
        case .fimul: fimulM16I
        case .fidiv: fidivM16I
        case .fidivr: fidivrM16I
        default: nil
        }
    }

    /// x87: 32 bits in memory.
    static func floatInt32(_ operation: Operation) -> Handler? {
        switch operation {
        case .fild: fildM32I
        case .fistp: fistpM32I
        case .fiadd: fiaddM32I
        case .fisub: fisubM32I
        case .fisubr: fisubrM32I
        case .fimul: fimulM32I
        case .fidiv: fidivM32I
        case .fidivr: fidivrM32I
        default: nil
        }
    }

    /// x87: 64 bits in memory.
    static func floatInt64(_ operation: Operation) -> Handler? {
        switch operation {
        case .fild: fildM64I
        default: nil
        }
    }

    /// x87: ST.
    static func floatNone(_ operation: Operation) -> Handler? {
        switch operation {
        case .fld1, .fldz: fld1
        case .fchs: fchs
        case .fabs: fabs
        case .fsqrt: fsqrt
        case .fcompp, .fucompp: fcompp
        case .ftst: ftst
        default: nil
        }
    }

    /// x87: ST, ST.
    static func floatToItself(_ operation: Operation) -> Handler? {
        switch operation {
        case .fadd: faddST0
        default: nil
        }
    }

    /// x87: ST, ST(i).
    static func floatToST(_ operation: Operation) -> Handler? {
        switch operation {
        case .fcomi, .fucomi: fcomiST
        case .fcomip, .fucomip: fcomipST
        case .fadd: faddST
        case .fsub: fsubST
        case .fsubr: fsubrST
        case .fmul: fmulST
        case .fdiv: fdivST
        case .fdivr: fdivrST
        default: nil
        }
    }

    /// x87: AX.
    static func floatAx(_ operation: Operation) -> Handler? {
        switch operation {
        case .fnstsw: fnstswAX
        default: nil
        }
    }

    /// x87: a single in memory.
    static func floatSingle(_ operation: Operation) -> Handler? {
        switch operation {
        case .fld: fldM32
        case .fst: fstM32
        case .fstp: fstpM32
        case .fcom: fcomM32
        case .fcomp: fcompM32
        case .fadd: faddM32
        case .fsub: fsubM32
        case .fsubr: fsubrM32
        case .fmul: fmulM32
        case .fdiv: fdivM32
        case .fdivr: fdivrM32
        default: nil
        }
    }

    /// x87: a single in flat memory, without an index.
    static func floatSingleAt(_ operation: Operation) -> Handler? {
        switch operation {
        case .fld: fldM32At
        case .fst: fstM32At
        case .fstp: fstpM32At
        case .fcom: fcomM32At
        case .fcomp: fcompM32At
        case .fadd: faddM32At
        case .fsub: fsubM32At
        case .fsubr: fsubrM32At
        case .fmul: fmulM32At
        case .fdiv: fdivM32At
        case .fdivr: fdivrM32At
        default: nil
        }
    }

    /// x87: a single in flat memory, with an index.
    static func floatSingleIndexed(_ operation: Operation) -> Handler? {
        switch operation {
        case .fld: fldM32Indexed
        case .fst: fstM32Indexed
        case .fstp: fstpM32Indexed
        case .fcom: fcomM32Indexed
        case .fcomp: fcompM32Indexed
        case .fadd: faddM32Indexed
        case .fsub: fsubM32Indexed
        case .fsubr: fsubrM32Indexed
        case .fmul: fmulM32Indexed
        case .fdiv: fdivM32Indexed
        case .fdivr: fdivrM32Indexed
        default: nil
        }
    }

    /// x87: a double in memory.
    static func floatDouble(_ operation: Operation) -> Handler? {
        switch operation {
        case .fld: fldM64
        case .fst: fstM64
        case .fstp: fstpM64
        case .fcom: fcomM64
        case .fcomp: fcompM64
        case .fadd: faddM64
        case .fsub: fsubM64
        case .fsubr: fsubrM64
        case .fmul: fmulM64
        case .fdiv: fdivM64
        case .fdivr: fdivrM64
        default: nil
        }
    }

    /// x87: a double in flat memory, without an index.
    static func floatDoubleAt(_ operation: Operation) -> Handler? {
        switch operation {
        case .fld: fldM64At
        case .fst: fstM64At
        case .fstp: fstpM64At
        case .fcom: fcomM64At
        case .fcomp: fcompM64At
        case .fadd: faddM64At
        case .fsub: fsubM64At
        case .fsubr: fsubrM64At
        case .fmul: fmulM64At
        case .fdiv: fdivM64At
        case .fdivr: fdivrM64At
        default: nil
        }
    }

    /// x87: a double in flat memory, with an index.
    static func floatDoubleIndexed(_ operation: Operation) -> Handler? {
        switch operation {
        case .fld: fldM64Indexed
        case .fst: fstM64Indexed
        case .fstp: fstpM64Indexed
        case .fcom: fcomM64Indexed
        case .fcomp: fcompM64Indexed
        case .fadd: faddM64Indexed
        case .fsub: fsubM64Indexed
        case .fsubr: fsubrM64Indexed
        case .fmul: fmulM64Indexed
        case .fdiv: fdivM64Indexed
        case .fdivr: fdivrM64Indexed
        default: nil
        }
    }
}
