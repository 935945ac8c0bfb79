extension Encoding {
    /// The x87.
    static let x87: [Encoding] = []
}
