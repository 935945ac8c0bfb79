/// The exception vectors of the architecture (SDM volume 3, table 6-1).
public enum ExceptionVector: UInt8, Sendable, Codable, CaseIterable {
    case divideError = 0
    case debug = 1
    case nonMaskable = 2
    case breakpoint = 3
    case overflow = 4
    case boundRange = 5
    case invalidOpcode = 6
    case deviceNotAvailable = 7
    case doubleFault = 8
    case coprocessorOverrun = 9
    case invalidTSS = 10
    case segmentNotPresent = 11
    case stackFault = 12
    case generalProtection = 13
    case pageFault = 14
    case floatingPoint = 16
    case alignmentCheck = 17
    case machineCheck = 18
    case simdFloatingPoint = 19

    /// The manual's mnemonic, such as `#GP`.
    public var mnemonic: String {
        switch self {
        case .divideError: "#DE"
        case .debug: "#DB"
        case .nonMaskable: "NMI"
        case .breakpoint: "#BP"
        case .overflow: "#OF"
        case .boundRange: "#BR"
        case .invalidOpcode: "#UD"
        case .deviceNotAvailable: "#NM"
        case .doubleFault: "#DF"
        case .coprocessorOverrun: "#MF9"
        case .invalidTSS: "#TS"
        case .segmentNotPresent: "#NP"
        case .stackFault: "#SS"
        case .generalProtection: "#GP"
        case .pageFault: "#PF"
        case .floatingPoint: "#MF"
        case .alignmentCheck: "#AC"
        case .machineCheck: "#MC"
        case .simdFloatingPoint: "#XM"
        }
    }

    /// Whether protected mode pushes an error code.
    public var pushesErrorCode: Bool {
        switch self {
        case .doubleFault, .invalidTSS, .segmentNotPresent, .stackFault, .generalProtection, .pageFault,
            .alignmentCheck:
            true
        case .divideError, .debug, .nonMaskable, .breakpoint, .overflow, .boundRange, .invalidOpcode,
            .deviceNotAvailable, .coprocessorOverrun, .floatingPoint, .machineCheck, .simdFloatingPoint:
            false
        }
    }
}

/// An exception that an instruction raises.
public struct Fault: Error, Sendable, Codable, Equatable {
    /// Which exception.
    public var vector: ExceptionVector
    /// The error code, pushed in protected mode where the vector has one.
    public var errorCode: UInt16
    /// The faulting linear address, for CR2; zero for all but #PF.
    public var address: UInt32

    /// A fault; `errorCode` is ignored for vectors that push none.
    public init(_ vector: ExceptionVector, errorCode: UInt16 = 0, address: UInt32 = 0) {
        self.vector = vector
        self.errorCode = errorCode
        self.address = address
    }

    /// `#GP(0010)`-like text.
    public var text: String {
        guard vector.pushesErrorCode else { return vector.mnemonic }
        let digits = String(errorCode, radix: 16, uppercase: true)
        return "\(vector.mnemonic)(\(digits))"
    }

    /// What a processor was shut down by: `triple fault: #PF(0), then #DF(0), then #PF(0)`.
    public static func text(ofShutdown faults: [Fault]) -> String {
        let isEndless = !faults.isEmpty && !faults.contains { $0.vector == .doubleFault }
        let list = faults.map(\.text).joined(separator: ", then ")
        return isEndless ? "exceptions without end: \(list), and so on" : "triple fault: \(list)"
    }
}
