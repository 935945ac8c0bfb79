/// How the tracks of a floppy pass under the head: what its geometry says of density and speed.
struct FloppyFormat {
    /// Bits a second by the number in DSR and CCR.
    static func bitRate(_ select: UInt8) -> UInt64 {
        switch select & 3 {
        case 0: 500_000
        case 1: 300_000
        case 2: 250_000
        default: 1_000_000
        }
    }

    /// Cylinders, at least 1.
    let cylinders: Int
    /// Sides, at least 1.
    let heads: Int
    /// Sectors a track, at least 1.
    let sectors: Int

    /// The format of a disk with a geometry.
    init(_ geometry: DiskGeometry) {
        cylinders = max(geometry.cylinders, 1)
        heads = max(geometry.heads, 1)
        sectors = max(geometry.sectors, 1)
    }

    /// Whether the disk can be read at a data rate: double density at 250 kbit/s, or at 300 in a drive that turns
    /// faster; high density at 500; extra density at 1000.
    func fits(_ select: UInt8) -> Bool {
        switch sectors {
        case ...10: select & 3 == 1 || select & 3 == 2
        case ...24: select & 3 == 0
        default: select & 3 == 3
        }
    }

    /// Microseconds of a turn: 360 a minute for the 1.2 MB disk of 5.25 inches, else 300.
    var turn: UInt64 { sectors == 15 ? 166_667 : Self.usualTurn }
    /// Microseconds of a turn where there is no disk to tell.
    static let usualTurn: UInt64 = 200_000
    /// Microseconds from a sector to the next.
    var sectorTime: UInt64 { turn / UInt64(sectors) }

    /// The number of a sector in the image; nil if there is none.
    func number(cylinder: UInt8, head: UInt8, sector: UInt8) -> UInt64? {
        guard Int(cylinder) < cylinders, Int(head) < heads, 1...sectors ~= Int(sector) else { return nil }
        return UInt64((Int(cylinder) * heads + Int(head)) * sectors + Int(sector) - 1)
    }
}
