/// Which way a memory cycle goes, seen from the CPU.
public enum MemoryDirection: String, Sendable, Codable {
    case read, write
}

/// One cycle at a memory device that the user tier must answer: it is part of the CPU's state until it is answered.
public struct MemoryRequest: Sendable, Codable, Equatable {
    /// The physical address of this cycle, after splitting.
    public var address: UInt64
    /// The width of this cycle, after splitting.
    public var width: Width
    /// Read or write.
    public var direction: MemoryDirection
    /// What is written; 0 for reads: nothing of the guest's registers leaks.
    public var value: UInt32
    /// Number of this element within a repeated instruction's current run, from 0; else 0.
    public var element: UInt32
    /// Elements that remain, this one included; 1 for what is not repeated.
    public var remaining: UInt32

    /// A request as the CPU makes it.
    public init(
        address: UInt64, width: Width, direction: MemoryDirection, value: UInt32 = 0, element: UInt32 = 0,
        remaining: UInt32 = 1
    ) {
        self.address = address
        self.width = width
        self.direction = direction
        self.value = value
        self.element = element
        self.remaining = remaining
    }
}

/// The answer to a `MemoryRequest`: the value is explicit and passes through no guest register.
public struct MemoryResponse: Sendable, Codable, Equatable {
    /// The request that this answers; it must equal the pending one.
    public var request: MemoryRequest
    /// What a read returns, cut to the request's width; for a write only an acknowledgement.
    public var value: UInt32

    /// An answer to `request`.
    public init(to request: MemoryRequest, value: UInt32 = 0) {
        self.request = request
        self.value = value & request.width.mask
    }

    /// Nobody answered: all ones.
    public static func floating(for request: MemoryRequest) -> MemoryResponse {
        MemoryResponse(to: request, value: request.width.mask)
    }
}
