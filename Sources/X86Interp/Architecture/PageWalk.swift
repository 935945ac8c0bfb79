/// How a linear address is translated, level by level: what `CPU.pageWalk` finds without touching anything.
public struct PageWalk: Sendable, Equatable {
    /// One entry on the way.
    public struct Level: Sendable, Equatable {
        /// Which table: `PDPTE`, `PDE` or `PTE`.
        public var name: String
        /// Physical address of the entry; nil for a PDPTE, which the processor holds in a register.
        public var address: UInt64?
        /// The entry as it stands there.
        public var entry: UInt64
        /// The entry maps a page of 2 or 4 MiB itself.
        public var isLarge: Bool

        /// A level; see the properties.
        public init(name: String, address: UInt64?, entry: UInt64, isLarge: Bool = false) {
            self.name = name
            self.address = address
            self.entry = entry
            self.isLarge = isLarge
        }

        /// Whether the entry's P bit is set.
        public var isPresent: Bool { entry & 1 != 0 }

        /// The entry in words: `PDE at 00001000 = 00002067 present writable user accessed dirty -> 00002000`.
        public var text: String {
            let place = address.map { " at " + HexText.digits($0, 8) } ?? ""
            var words = name + place + " = " + HexText.digits(entry, 8)
            guard isPresent else { return words + " absent" }
            words += " present"
            if name != "PDPTE" {
                words += entry & 2 != 0 ? " writable" : " read-only"
                words += entry & 4 != 0 ? " user" : " supervisor"
                if entry & 0x20 != 0 { words += " accessed" }
                if entry & 0x40 != 0, isLarge || name == "PTE" { words += " dirty" }
                if entry & 0x100 != 0, isLarge || name == "PTE" { words += " global" }
            }
            if entry & 8 != 0 { words += " write-through" }
            if entry & 0x10 != 0 { words += " uncached" }
            return isLarge ? words + " large" : words
        }
    }

    /// The address that is translated.
    public var linear: UInt32
    /// The entries, top level first; empty without paging.
    public var levels: [Level]
    /// Where the address leads; nil if an entry is absent or has reserved bits set.
    public var physical: UInt64?
    /// Every level lets ring 3 in.
    public var isUser: Bool
    /// Every level lets writes through (ring 0 without WP writes regardless).
    public var isWritable: Bool
    /// An entry has reserved bits set.
    public var hasReservedBits: Bool

    /// A walk; see the properties.
    public init(
        linear: UInt32, levels: [Level] = [], physical: UInt64? = nil, isUser: Bool = true, isWritable: Bool = true,
        hasReservedBits: Bool = false
    ) {
        self.linear = linear
        self.levels = levels
        self.physical = physical
        self.isUser = isUser
        self.isWritable = isWritable
        self.hasReservedBits = hasReservedBits
    }

    /// A line for the address, one for each level, one for the result.
    public var text: String {
        var lines = ["linear \(HexText.digits(linear, 8))"]
        if levels.isEmpty { lines.append("paging is off") }
        lines += levels.map(\.text)
        if let physical {
            lines.append("physical \(HexText.digits(physical, 8))")
        } else {
            lines.append(hasReservedBits ? "reserved bits are set: #PF" : "not present: #PF")
        }
        return lines.joined(separator: "\n")
    }
}
