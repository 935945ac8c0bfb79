/// The commands of an 82077AA, with the bits that name them and the bytes that follow.
package enum FDCCommand: String, Codable, CaseIterable, Sendable {
    case readTrack, specify, senseDriveStatus, writeData, readData, recalibrate, senseInterruptStatus
    case writeDeletedData, readID, readDeletedData, formatTrack, dumpRegisters, seek, version, scanEqual
    case perpendicularMode, configure, lock, verify, scanLowOrEqual, scanHighOrEqual, relativeSeek
    /// All else, and codes of later chips: PART ID (18), OPTION (33), SAVE (2E), RESTORE (4E), DRIVE SPECIFICATION (8E)
    /// and FORMAT AND WRITE (EF) of the 82078 among them.
    case invalid

    /// The first byte: its value where bits are fixed, which bits are, and how many bytes follow.
    package struct Shape: Sendable {
        let command: FDCCommand
        /// The fixed bits; those that are not are MT (80), MFM (40) and SK (20), or what the command makes of them.
        package let code: UInt8
        /// Which bits are fixed.
        package let fixed: UInt8
        /// Bytes behind the first.
        package let parameters: Int

        init(_ command: FDCCommand, _ code: UInt8, _ fixed: UInt8, _ parameters: Int) {
            self.command = command
            self.code = code
            self.fixed = fixed
            self.parameters = parameters
        }
    }

    /// All commands that are no invalid ones.
    package static let shapes: [Shape] = [
        .init(.readTrack, 0x02, 0xBF, 8), .init(.specify, 0x03, 0xFF, 2), .init(.senseDriveStatus, 0x04, 0xFF, 1),
        .init(.writeData, 0x05, 0x3F, 8), .init(.readData, 0x06, 0x1F, 8), .init(.recalibrate, 0x07, 0xFF, 1),
        .init(.senseInterruptStatus, 0x08, 0xFF, 0), .init(.writeDeletedData, 0x09, 0x3F, 8),
        .init(.readID, 0x0A, 0xBF, 1), .init(.readDeletedData, 0x0C, 0x1F, 8), .init(.formatTrack, 0x0D, 0xBF, 5),
        .init(.dumpRegisters, 0x0E, 0xFF, 0), .init(.seek, 0x0F, 0xFF, 2), .init(.version, 0x10, 0xFF, 0),
        .init(.scanEqual, 0x11, 0x1F, 8), .init(.perpendicularMode, 0x12, 0xFF, 1), .init(.configure, 0x13, 0xFF, 3),
        .init(.lock, 0x14, 0x7F, 0), .init(.verify, 0x16, 0x1F, 8), .init(.scanLowOrEqual, 0x19, 0x1F, 8),
        .init(.scanHighOrEqual, 0x1D, 0x1F, 8), .init(.relativeSeek, 0x8F, 0xBF, 2),
    ]

    /// The command that a first byte starts.
    package init(_ byte: UInt8) {
        self = Self.shapes.first { byte & $0.fixed == $0.code }?.command ?? .invalid
    }

    /// How many bytes follow the first.
    package var parameters: Int { Self.shapes.first { $0.command == self }?.parameters ?? 0 }

    /// Whether the drive's disk is needed, so that the command ends by an interrupt and seven bytes of result.
    var usesDisk: Bool {
        switch self {
        case .readTrack, .writeData, .readData, .writeDeletedData, .readID, .readDeletedData, .formatTrack, .verify:
            true
        default: isScan
        }
    }

    /// Whether the disk is compared with the host's bytes.
    var isScan: Bool { self == .scanEqual || self == .scanLowOrEqual || self == .scanHighOrEqual }

    /// Whether the disk is changed.
    var writes: Bool { self == .writeData || self == .writeDeletedData || self == .formatTrack }

    /// Whether bytes go from the chip to the host.
    var sends: Bool { self == .readData || self == .readDeletedData || self == .readTrack }

    /// Whether bytes go between the chip and the host at all.
    var moves: Bool { sends || writes || isScan }

    /// Whether CONFIGURE's implied seek goes before it.
    var seeksFirst: Bool { usesDisk && self != .readID && self != .formatTrack }
}
