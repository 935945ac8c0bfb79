/// One cycle of an access on a bus: ports and memory of devices are split into such by one rule.
struct BusCycle: Equatable {
    /// The cycle's own address.
    var address: UInt64
    /// The cycle's width.
    var width: Width
    /// The cycle addresses a wider device register, of which it is the byte at this lane.
    var lane: UInt8?
    /// A device answers.
    var isClaimed: Bool

    /// The one splitting rule: the next cycle of an access to `address` that has `bytes` left.
    ///
    /// The widest naturally aligned cycle that fits, that the bus carries and that a device declares; failing that, a
    /// lane of a wider register, if its device grants that; failing that, nobody: the widest cycle of which no byte is
    /// claimed.
    ///
    /// - Parameters:
    ///   - widest: what the bus carries.
    ///   - isClaimed: whether a device takes an aligned cycle of just that width.
    ///   - grantsLane: whether one that does takes a part of it, too.
    @inline(__always)
    static func next(
        _ address: UInt64, bytes: Int, widest: Width, isClaimed: (UInt64, Width) -> Bool,
        grantsLane: (UInt64, Width) -> Bool
    ) -> BusCycle {
        func fits(_ width: Width) -> Bool {
            width.bytes <= bytes && width <= widest && address & UInt64(width.bytes - 1) == 0
        }
        for width in [Width.dword, .word, .byte] where fits(width) && isClaimed(address, width) {
            return BusCycle(address: address, width: width, lane: nil, isClaimed: true)
        }
        for width in [Width.word, .dword] {
            let base = address & ~UInt64(width.bytes - 1)
            guard isClaimed(base, width), grantsLane(base, width) else { continue }
            return BusCycle(
                address: base, width: width, lane: UInt8(truncatingIfNeeded: address - base), isClaimed: true)
        }
        for width in [Width.dword, .word] where fits(width) {
            let isFree = (0..<UInt64(width.bytes)).allSatisfy { offset in
                Width.allCases.allSatisfy { !isClaimed((address + offset) & ~UInt64($0.bytes - 1), $0) }
            }
            if isFree { return BusCycle(address: address, width: width, lane: nil, isClaimed: false) }
        }
        return BusCycle(address: address, width: .byte, lane: nil, isClaimed: false)
    }

    /// How many bytes of the access a cycle covers.
    static func bytes(_ width: Width, lane: UInt8?) -> Int { lane == nil ? width.bytes : 1 }

    /// What the access takes of a register's value.
    static func extract(_ value: UInt32, _ width: Width, lane: UInt8?) -> UInt32 {
        lane.map { value >> (8 * UInt32($0 & 3)) & 0xFF } ?? value & width.mask
    }

    /// The value to write to a register for the lowest bytes of a value.
    static func place(_ value: UInt32, _ width: Width, lane: UInt8?) -> UInt32 {
        lane.map { (value & 0xFF) << (8 * UInt32($0 & 3)) } ?? value & width.mask
    }
}
