import X86Interp

/// What the system control port asks of the timer: channel 2, the speaker's.
public protocol SpeakerTimer: AnyObject {
    /// Drives the gate input of channel 2.
    func setSpeakerGate(_ level: Bool)
    /// The output of channel 2 now; no side effects.
    var speakerOutput: Bool { get }
}

/// Port 61h of an AT: the gate of the speaker's timer channel and what delay loops watch.
///
/// System control port B of the AT: the speaker's gates and a few status bits. Source: IBM PC AT technical reference.
///
/// Registers (offset, width byte):
///
///     0  bit 0  R/W  gate of timer channel 2
///        bit 1  R/W  speaker data: the timer's output reaches the speaker
///        bit 2  R/W  1 disables the RAM parity check
///        bit 3  R/W  1 disables the I/O channel check
///        bit 4  R    refresh detect: toggles with each refresh request, every 15.085 us of guest time
///        bit 5  R    output of timer channel 2
///        bit 6  R    I/O channel check: always 0
///        bit 7  R    RAM parity error: always 0
///
/// Interrupts: none; NMI by parity or channel check never happens.
///
/// Not modelled: sound; for the bits of a PC and XT see PPI8255.
public final class SystemControlPort: Device, PortDevice {
    /// The bits that the guest has written.
    public struct State: Codable, Equatable, Sendable {
        /// Bits 0 to 3 as written.
        public var control: UInt8 = 0

        /// Power-on: gate closed, speaker off, checks enabled.
        public init() {}
    }

    /// The name in `--tier` and the ledger.
    public let name: String
    /// The bits written.
    ///
    /// The gate of the timer is part of the timer's own state: restoring does not drive it.
    public var state = State()
    private let clock: VirtualClock
    private let timer: (any SpeakerTimer)?

    /// The refresh request is channel 1 of the timer: its 1.193182 MHz divided by 18, in Hz.
    private static let refreshFrequency: UInt64 = 1_193_182 / 18

    /// A port wired to the timer's channel 2; without a timer its output reads 0.
    public init(clock: VirtualClock, timer: (any SpeakerTimer)?, name: String = "port61") {
        self.clock = clock
        self.timer = timer
        self.name = name
    }

    /// Closes the gate and switches the speaker off.
    public func reset() {
        state = State()
        timer?.setSpeakerGate(false)
    }

    /// The bits written, the refresh toggle and the timer's output.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        let refresh = clock.periods(ofFrequency: Self.refreshFrequency, in: clock.now) & 1
        let output: UInt32 = timer?.speakerOutput == true ? 0x20 : 0
        return UInt32(state.control & 0x0F) | UInt32(refresh) << 4 | output
    }

    /// What a read returns: it has no side effects.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        read(bank: bank, offset: offset, width: width)
    }

    /// Takes the control bits and drives the gate.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        state.control = UInt8(truncatingIfNeeded: value) & 0x0F
        timer?.setSpeakerGate(value & 1 != 0)
    }
}
