/// One device of a channel, disk or CD: its registers, and what it is doing.
package struct ATAUnit: Codable, Equatable, Sendable {
    /// What it does until the host or the clock goes on.
    package enum Activity: String, Codable, Sendable, CaseIterable {
        /// Nothing: it takes commands.
        case idle
        /// Busy: a command that has come will be looked at.
        case command
        /// Data requested: the host reads a block of sectors.
        case dataIn
        /// Busy: the next block is fetched.
        case nextIn
        /// Data requested: the host writes a block of sectors.
        case dataOut
        /// Busy: what the host has written goes to the disk.
        case storing
        /// Data requested: the host writes a command packet.
        case packet
        /// Busy: the packet's command is done.
        case execution
        /// Data requested: the host reads what a packet's command has given.
        case packetIn
        /// Busy: more of that is fetched, or the command is over.
        case packetNext
        /// Busy: a reset goes on.
        case reset
    }

    /// A register that keeps the value before the last, which is the high part of an address of 48 bits.
    package struct Pair: Codable, Equatable, Sendable {
        /// The value written last.
        var now: UInt8 = 0
        /// The one before.
        var before: UInt8 = 0

        mutating func write(_ value: UInt8) {
            before = now
            now = value
        }
    }

    /// What a CD drive has besides.
    package struct Disc: Codable, Equatable, Sendable {
        /// The additional sense code of a unit attention that has not been told; 0 for none.
        var attention: UInt8 = 0
        /// Why the last command has failed.
        var sense = Sense.none
        /// Whether the host has locked the door.
        var isLocked = false
        /// An event that has not been told: 2 a disc has come, 3 it has gone; 0 none.
        var event: UInt8 = 0
        /// The most bytes that the host takes at once.
        var limit: UInt16 = 0
        /// What a command gives, unless it is read from the disc.
        var response: [UInt8] = []
        /// Whether it is read from the disc, from `block` on.
        var readsDisc = false
        /// The first block of 2048 bytes that is read.
        var block: UInt32 = 0
        /// How many bytes have been given.
        var offset: UInt64 = 0
        /// How many are left.
        var left: UInt64 = 0
    }

    /// Sense key, additional sense code and its qualifier.
    package struct Sense: Codable, Equatable, Sendable, Error {
        var key: UInt8
        var code: UInt8
        var qualifier: UInt8 = 0

        static let none = Sense(key: 0, code: 0)
        static let noDisc = Sense(key: 2, code: 0x3A)
        static let readError = Sense(key: 3, code: 0x11)
        static let noCommand = Sense(key: 5, code: 0x20)
        static let outOfRange = Sense(key: 5, code: 0x21)
        static let badField = Sense(key: 5, code: 0x24)
        static let noSavedPages = Sense(key: 5, code: 0x39)
        static let isLocked = Sense(key: 5, code: 0x53, qualifier: 2)
    }

    /// Status, bits by `ATAStatus`.
    var status: UInt8 = ATAStatus.ready
    /// Error, bits by `ATAError`; after a reset the diagnostic code 01.
    var error: UInt8 = 1
    var features = Pair()
    var count = Pair()
    var low = Pair()
    var mid = Pair()
    var high = Pair()
    /// Whether it asks for an interrupt, which reaches the line while it is selected.
    var interrupts = false

    /// What it does.
    package var activity = Activity.idle
    /// The guest time at which it goes on by itself.
    var deadline: UInt64?
    /// The command that came last.
    var command: UInt8 = 0
    /// The block that the host reads or writes.
    var buffer: [UInt8] = []
    /// How many bytes of it have been moved.
    var position = 0
    /// The next sector of a transfer.
    var sector: UInt64 = 0
    /// How many sectors are left of it.
    var left: UInt32 = 0
    /// How many sectors make a block.
    var blockSize: UInt8 = 1
    /// Whether its address has 48 bits.
    var isExtended = false

    /// Heads and sectors a track as INITIALIZE DEVICE PARAMETERS has set them; 0 for the drive's own.
    var heads: UInt8 = 0
    var sectors: UInt8 = 0
    /// Sectors a block of READ and WRITE MULTIPLE; 0 if they are not enabled.
    var multiple: UInt8 = 0
    /// What CHECK POWER MODE tells: FF active, 80 idle, 00 standby.
    var power: UInt8 = 0xFF
    /// Whether only a reset wakes it.
    var isAsleep = false
    var hasWriteCache = true
    var looksAhead = true
    /// What a CD drive has besides.
    var disc = Disc()

    /// Whether it takes no access but a reset.
    var isBusy: Bool { status & ATAStatus.busy != 0 }
    /// Whether the host is to read or write data.
    var requestsData: Bool { status & ATAStatus.dataRequest != 0 }

    // MARK: The data register

    /// The next bytes of the block, zeros behind its end.
    func data(_ count: Int) -> UInt32 {
        var value: UInt32 = 0
        for number in 0..<count {
            let (place, overflow) = position.addingReportingOverflow(number)
            guard !overflow, buffer.indices.contains(place) else { break }
            value |= UInt32(buffer[place]) << UInt32(8 * number)
        }
        return value
    }

    /// Puts bytes into the block.
    mutating func setData(_ value: UInt32, _ count: Int) {
        for number in 0..<count {
            let (place, overflow) = position.addingReportingOverflow(number)
            guard !overflow, buffer.indices.contains(place) else { break }
            buffer[place] = UInt8(truncatingIfNeeded: value >> UInt32(8 * number))
        }
    }

    /// Moves on in the block; true if that was its end.
    mutating func moveOn(_ count: Int) -> Bool {
        position = max(0, position &+ count)
        return position >= buffer.count
    }
}

/// Bits of the status register.
enum ATAStatus {
    static let error: UInt8 = 0x01
    static let dataRequest: UInt8 = 0x08
    static let seekComplete: UInt8 = 0x10
    static let fault: UInt8 = 0x20
    static let deviceReady: UInt8 = 0x40
    static let busy: UInt8 = 0x80
    /// Ready, heads at rest.
    static let ready = deviceReady | seekComplete
}

/// Bits of the error register.
enum ATAError {
    static let aborted: UInt8 = 0x04
    static let notFound: UInt8 = 0x10
    static let uncorrectable: UInt8 = 0x40
}
