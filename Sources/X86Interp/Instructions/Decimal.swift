extension Encoding {
    /// BCD and ASCII adjustments; AAM and AAD take any base.
    // swift-format-ignore: the rows are aligned
    static let decimal: [Encoding] = [
        .init(0x27, .daa,      flags: .decimalAdjust),
        .init(0x2F, .das,      flags: .decimalAdjust),
        .init(0x37, .aaa,      flags: .asciiAdjust),
        .init(0x3F, .aas,      flags: .asciiAdjust),
        .init(0xD4, .aam, .ib, flags: .asciiMultiply),
        .init(0xD5, .aad, .ib, flags: .asciiMultiply),
    ]
}
