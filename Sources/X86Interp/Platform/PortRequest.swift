/// Which way a port transfer goes, seen from the CPU.
public enum PortDirection: String, Sendable, Codable {
    case `in`, out
}

/// One bus cycle that the user tier must answer: it is part of the CPU's state until it is answered.
public struct PortRequest: Sendable, Codable, Equatable {
    /// The port of this cycle, after splitting.
    public var port: UInt16
    /// The width of this cycle, after splitting.
    public var width: Width
    /// Read or write.
    public var direction: PortDirection
    /// What is written; 0 for reads: nothing of the guest's registers leaks.
    public var value: UInt32
    /// Number of this element within the instruction's current run, from 0; 0 for IN and OUT.
    public var element: UInt32
    /// Elements that remain, this one included; 1 for IN, OUT and unrepeated INS and OUTS.
    public var remaining: UInt32

    /// A request as the CPU makes it.
    public init(
        port: UInt16, width: Width, direction: PortDirection, value: UInt32 = 0, element: UInt32 = 0,
        remaining: UInt32 = 1
    ) {
        self.port = port
        self.width = width
        self.direction = direction
        self.value = value
        self.element = element
        self.remaining = remaining
    }
}

/// The answer to a `PortRequest`: the value is explicit and passes through no guest register.
public struct PortResponse: Sendable, Codable, Equatable {
    /// The request that this answers; it must equal the pending one.
    public var request: PortRequest
    /// What a read returns, cut to the request's width; for a write only an acknowledgement.
    public var value: UInt32

    /// An answer to `request`.
    public init(to request: PortRequest, value: UInt32 = 0) {
        self.request = request
        self.value = value & request.width.mask
    }

    /// Nobody answered: all ones.
    public static func floating(for request: PortRequest) -> PortResponse {
        PortResponse(to: request, value: request.width.mask)
    }
}
