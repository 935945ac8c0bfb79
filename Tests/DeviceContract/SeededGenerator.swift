/// Random numbers that are the same in each run: a failing random test can be repeated.
///
/// The generator is SplitMix64: a counter of golden-ratio steps, its value mixed by shifts and multiplications.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var counter: UInt64

    /// A generator whose numbers depend on the seed only.
    package init(seed: UInt64) { counter = seed }

    /// The next 64 random bits.
    package mutating func next() -> UInt64 {
        counter &+= 0x9E37_79B9_7F4A_7C15
        var mixed = counter
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
