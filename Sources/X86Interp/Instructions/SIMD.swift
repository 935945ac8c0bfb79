extension Encoding {
    /// MMX, SSE and SSE2, by family.
    static let simd: [Encoding] = []
}
