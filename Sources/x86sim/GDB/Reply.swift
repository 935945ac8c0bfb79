/// What a packet is answered with.
enum Reply: Equatable {
    /// These bytes.
    case bytes([UInt8])
    /// `OK`.
    case ok
    /// The packet is not known, which is what an empty answer means.
    case unknown
    /// It cannot be done: a number only, where a client would take words for data.
    case failure(FailureCode)
    /// It cannot be done, in words that clients show.
    case refused(String)
    /// Nothing now: the guest runs, or the session is over.
    case none

    /// An answer of text.
    static func text(_ text: String) -> Reply { .bytes(Array(text.utf8)) }

    /// Why something cannot be done, as the numbers of Linux.
    enum FailureCode: UInt8 {
        /// The address leads to no memory.
        case address = 0x0E
        /// The packet is malformed.
        case argument = 0x16
    }

    /// A text without the characters that packets escape: clients show errors as they come over the line.
    private static func plain(_ text: String) -> String {
        let others: [Character: String] = ["#": "", "$": "", "*": "x", "}": ")", "{": "("]
        return text.map { others[$0] ?? String($0) }.joined()
    }

    /// The payload, or nil if nothing is sent.
    var payload: [UInt8]? {
        switch self {
        case .bytes(let bytes): bytes
        case .ok: Array("OK".utf8)
        case .unknown: []
        case .failure(let code): Array("E".utf8) + PacketWriter.hex([code.rawValue])
        case .refused(let text): Array("E.\(Self.plain(text))".utf8)
        case .none: nil
        }
    }
}
