import X86Interp

/// A device that does nothing but answer at its ports: no interrupt, no text, no end of the run.
///
/// A script of its answers can stand in for it when the same run is repeated.
public protocol PortOnlyDevice: Device, PortDevice {
    /// Whether it has done nothing else so far, such as transfers to RAM by its own.
    var hasOnlyAnswered: Bool { get }
}

extension PortOnlyDevice {
    /// It cannot do anything else.
    public var hasOnlyAnswered: Bool { true }
}
