extension FDC82077AA {
    /// The chip, and where its drives' heads are, as a value; times are ticks of guest time.
    public struct State: Codable, Equatable, Sendable {
        /// What the data register is for.
        package enum Phase: String, Codable, CaseIterable, Sendable {
            /// Held in reset, or not yet ready behind it.
            case reset
            /// Bytes of a command.
            case command
            /// A command that uses the disk is under way.
            case execution
            /// Bytes of a result.
            case result
        }

        /// Head movement that is under way.
        struct Seek: Codable, Equatable, Sendable {
            var stepsLeft: UInt8
            var isInward: Bool
            var isRecalibration = false
            var isImplied = false
            var nextStep: UInt64
        }

        /// What the chip knows of one of four drives, and where that drive's head is.
        struct Unit: Codable, Equatable, Sendable {
            /// PCN: where the chip takes the head to be.
            var presentCylinder: UInt8 = 0
            /// Where the head is.
            var track: UInt8 = 0
            var seek: Seek?
            /// ST0 that SENSE INTERRUPT STATUS has to tell.
            var ended: UInt8?
        }

        /// DOR.
        var digitalOutput: UInt8 = 0
        /// TDR.
        var tapeSelect: UInt8 = 0
        /// DSR without its reset bit; CCR is its low two bits.
        var dataRateSelect: UInt8 = 0x02
        var phase = Phase.reset
        /// When the chip is ready behind a reset.
        var resetEnd: UInt64?
        /// A command's bytes so far.
        var command: [UInt8] = []
        /// A result's bytes that are left.
        var results: [UInt8] = []
        /// A command has ended that has a result to be read.
        var hasResultInterrupt = false
        /// Seeks or the reset have ended.
        var hasSeekInterrupt = false
        /// SPECIFY: step rate and head unload time; head load time and ND.
        var stepRate: UInt8 = 0
        var headLoad: UInt8 = 0
        /// CONFIGURE: 6 implied seek, 5 FIFO off, 4 polling off, 3-0 threshold less one; and the precompensation track.
        var configuration: UInt8 = 0x20
        var precompensationTrack: UInt8 = 0
        /// PERPENDICULAR MODE: 5-2 drives, 1 GAP, 0 WGATE.
        var perpendicular: UInt8 = 0
        var isLocked = false
        /// EOT or SC of the last command that had one.
        var lastSector: UInt8 = 0
        /// The command that uses the disk.
        var transfer: FloppyTransfer?

        private var unit0 = Unit()
        private var unit1 = Unit()
        private var unit2 = Unit()
        private var unit3 = Unit()

        /// Power-on: in reset until DOR says otherwise, heads at track 0.
        public init() {}

        /// One of four drives, by the low two bits of its number.
        subscript(number: UInt8) -> Unit {
            get {
                switch number & 3 {
                case 0: unit0
                case 1: unit1
                case 2: unit2
                default: unit3
                }
            }
            set {
                switch number & 3 {
                case 0: unit0 = newValue
                case 1: unit1 = newValue
                case 2: unit2 = newValue
                default: unit3 = newValue
                }
            }
        }
    }

    /// Bits of ST0.
    enum Status0 {
        static let abnormal: UInt8 = 0x40
        static let invalid: UInt8 = 0x80
        static let polled: UInt8 = 0xC0
        static let seekEnd: UInt8 = 0x20
        static let equipmentCheck: UInt8 = 0x10
    }

    /// Bits of ST1.
    enum Status1 {
        static let endOfCylinder: UInt8 = 0x80
        static let dataError: UInt8 = 0x20
        static let noData: UInt8 = 0x04
        static let notWritable: UInt8 = 0x02
        static let missingAddressMark: UInt8 = 0x01
    }

    /// Bits of ST2.
    enum Status2 {
        static let controlMark: UInt8 = 0x40
        static let dataError: UInt8 = 0x20
        static let wrongCylinder: UInt8 = 0x10
        static let scanHit: UInt8 = 0x08
        static let scanNotSatisfied: UInt8 = 0x04
    }
}

extension FDC82077AA.State {
    /// Whether the chip takes and gives bytes by the data register instead of by DMA.
    var isProgrammed: Bool { headLoad & 1 != 0 }
    /// The drive whose select and motor lines are on, or nil.
    var selected: UInt8? {
        let number = digitalOutput & 3
        return digitalOutput & (0x10 << number) != 0 ? number : nil
    }
    /// Whether DOR lets INT and DRQ out.
    private var isGated: Bool { digitalOutput & 8 != 0 }
    /// Whether the host is to take or give bytes.
    var isHostDue: Bool { phase == .execution && transfer?.stage == .host }

    /// The level of INT.
    var interrupts: Bool { isGated && (hasResultInterrupt || hasSeekInterrupt || isProgrammed && isHostDue) }
    /// The level of DRQ.
    var requestsDMA: Bool { isGated && !isProgrammed && isHostDue }

    /// When something happens next, or nil.
    var deadline: UInt64? {
        let seeks = (UInt8(0)..<4).compactMap { self[$0].seek?.nextStep }
        return ([resetEnd, transfer?.deadline].compactMap { $0 } + seeks).min()
    }

    /// Bytes that go between host and FIFO without a pause: 16 less the threshold, or 1 without the FIFO; by DMA as many
    /// as there are.
    var burst: Int {
        guard isProgrammed else { return 512 }
        return configuration & 0x20 != 0 ? 1 : 16 - Int(configuration & 0x0F)
    }

    /// MSR: 7 ready for the host, 6 to the host, 5 not by DMA, 4 busy with a command, 3-0 drives that seek.
    var mainStatus: UInt8 {
        guard phase != .reset else { return 0 }
        let seeking = (UInt8(0)..<4).reduce(UInt8(0)) { self[$1].seek != nil ? $0 | 1 << $1 : $0 }
        switch phase {
        case .reset: return 0
        case .command: return seeking | 0x80 | (command.isEmpty ? 0 : 0x10)
        case .result: return seeking | 0xD0
        case .execution:
            guard isProgrammed, let transfer, transfer.kind.moves else { return seeking | 0x10 }
            return seeking | 0x30 | (isHostDue ? 0x80 | (transfer.kind.sends ? 0x40 : 0) : 0)
        }
    }

    // MARK: Reset

    /// What a reset by DOR or DSR does: whatever was under way is given up; LOCK keeps CONFIGURE's FIFO.
    mutating func enterReset() {
        phase = .reset
        resetEnd = nil
        command = []
        results = []
        hasResultInterrupt = false
        hasSeekInterrupt = false
        transfer = nil
        for number in UInt8(0)..<4 {
            self[number].seek = nil
            self[number].ended = nil
        }
        configuration = isLocked ? configuration & 0x2F : 0x20
        if !isLocked { precompensationTrack = 0 }
        perpendicular &= ~3
    }

    /// The chip is ready and has polled its drives: each has something to tell.
    mutating func leaveReset() {
        resetEnd = nil
        phase = .command
        for number in UInt8(0)..<4 { self[number].ended = FDC82077AA.Status0.polled | number }
        hasSeekInterrupt = true
    }

    // MARK: Results

    /// Bytes for the data register; there is at least one.
    mutating func answer(_ bytes: UInt8...) {
        results = bytes
        command = []
        phase = .result
    }

    /// A byte of the result; the first one ends the interrupt that told of it.
    mutating func takeResult() -> UInt8 {
        guard let byte = results.first else { return 0 }
        results.removeFirst()
        hasResultInterrupt = false
        if results.isEmpty { phase = .command }
        return byte
    }

    /// SENSE INTERRUPT STATUS: the lowest drive that has something to tell; further seeks interrupt anew.
    mutating func senseInterrupt() {
        hasSeekInterrupt = false
        guard let number = (UInt8(0)..<4).first(where: { self[$0].ended != nil }), let status = self[number].ended
        else {
            return answer(FDC82077AA.Status0.invalid)
        }
        self[number].ended = nil
        answer(status, self[number].presentCylinder)
        hasSeekInterrupt = (UInt8(0)..<4).contains {
            self[$0].ended.map { $0 & FDC82077AA.Status0.polled != FDC82077AA.Status0.polled } ?? false
        }
    }

    /// DUMPREG.
    mutating func dumpRegisters() {
        answer(
            self[0].presentCylinder, self[1].presentCylinder, self[2].presentCylinder, self[3].presentCylinder,
            stepRate, headLoad, lastSector, (isLocked ? 0x80 : 0) | perpendicular & 0x3F, configuration & 0x7F,
            precompensationTrack)
    }
}
