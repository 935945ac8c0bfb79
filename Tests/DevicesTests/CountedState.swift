/// The state of a device that counts its reads, and that may leave the count out when it is encoded: a mistake that the
/// contract finds.
struct CountedState: Codable, Equatable, Sendable {
    var value: UInt8 = 0
    var reads: UInt32 = 0
    var isForgetful = false

    enum CodingKeys: CodingKey { case value, reads, isForgetful }

    init(isForgetful: Bool = false) { self.isForgetful = isForgetful }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(value, forKey: .value)
        try container.encode(isForgetful ? 0 : reads, forKey: .reads)
        try container.encode(isForgetful, forKey: .isForgetful)
    }
}
