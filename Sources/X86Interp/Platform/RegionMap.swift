/// What a region map places: something with a number, at cells of an address space.
protocol PlacedRegion {
    /// Regions are numbered in the order in which they are claimed: later ones lie over earlier ones.
    var number: UInt64 { get }
    /// The cells that it takes in a plane of the map; nil is none.
    func cells(inPlane plane: Int) -> Range<Int>?
}

/// Names a region of a map, at ports or in memory, for as long as it is claimed; no name is given again.
public struct RegionID: Hashable, Sendable {
    let number: UInt64
}

/// Which region lies where in an address space: the one type behind `PortMap` and `PhysicalMemory`.
///
/// A space is cut into cells, ports or pages, and has planes that are looked up apart: the widths of port accesses, reads
/// and writes of memory. Regions may lie over each other; the latest counts. A look-up is one load, however much was
/// claimed, moved and withdrawn before, and none of that makes the map grow: slots are used again. Numbers are not, of
/// which there are more than a guest lives to use up.
final class RegionMap<Region: PlacedRegion> {
    private let planes: Int
    /// By slot; nil is free, and is used again.
    private(set) var slots: [Region?] = []
    private var free: [Int] = []
    /// How many numbers were taken.
    private var taken: UInt64 = 0
    /// For each cell, plane by plane, slot plus one of the topmost region.
    private(set) var index: UnsafeMutablePointer<UInt16>?
    /// Cells of a plane that the index has.
    private(set) var cellCount = 0

    /// Regions that a map can hold at a time.
    static var mostRegions: Int { Int(UInt16.max) }

    /// A map without regions, and without an index until there is room made for some.
    init(planes: Int) { self.planes = planes }

    deinit { freeIndex() }

    private func freeIndex() { index.map { HostMemory.free($0, planes * cellCount * MemoryLayout<UInt16>.stride) } }

    // MARK: Looking up

    /// How many regions there are.
    var count: Int { slots.count - free.count }

    /// All regions, in the order in which they were claimed.
    var regions: [Region] { slots.compactMap { $0 }.sorted { $0.number < $1.number } }

    /// The slot of the topmost region at a cell, or nil.
    @inline(__always)
    func slot(at cell: Int, plane: Int) -> Int? {
        guard let index, cell < cellCount else { return nil }
        let number = index[plane * cellCount + cell]
        return number == 0 ? nil : Int(number) - 1
    }

    /// The topmost region at a cell, or nil.
    func region(at cell: Int, plane: Int) -> Region? { slot(at: cell, plane: plane).flatMap { slots[$0] } }

    /// The slot of a region that is in the map, or nil.
    ///
    /// A number has the slot in its low bits: a dictionary would be a tenth of a short program's time.
    func slot(of number: UInt64) -> Int? {
        let slot = Int(number & Self.slotMask)
        return slot < slots.count && slots[slot]?.number == number ? slot : nil
    }

    private static var slotMask: UInt64 { 0xFFFF }

    /// A region that is in the map, or nil.
    func region(_ number: UInt64) -> Region? { slot(of: number).flatMap { slots[$0] } }

    // MARK: Changing

    /// Makes room for one more region, and for so many cells a plane; false if there is none.
    func makeRoom(cells wanted: Int) -> Bool {
        if free.isEmpty, slots.count >= Self.mostRegions { return false }
        guard wanted > cellCount else { return true }
        guard let memory = HostMemory.zeroed(planes * wanted * MemoryLayout<UInt16>.stride) else { return false }
        let larger = memory.bindMemory(to: UInt16.self, capacity: planes * wanted)
        if let index {
            for plane in 0..<planes {
                (larger + plane * wanted).update(from: index + plane * cellCount, count: cellCount)
            }
            freeIndex()
        }
        (index, cellCount) = (larger, wanted)
        return true
    }

    /// The number of a region that is about to be added, before any other is.
    func takeNumber() -> UInt64 {
        defer { taken &+= 1 }
        return taken << 16 | UInt64(free.last ?? slots.count)
    }

    /// Adds a region for which there is room, and which is the latest; returns its slot.
    @discardableResult
    func add(_ region: Region) -> Int {
        let slot = free.popLast() ?? slots.count
        if slot < slots.count { slots[slot] = region } else { slots.append(region) }
        for plane in 0..<planes {
            guard let cells = region.cells(inPlane: plane), let index else { continue }
            (index + plane * cellCount + cells.lowerBound).update(repeating: UInt16(slot + 1), count: cells.count)
        }
        return slot
    }

    /// Takes a region out; nil if it is not in.
    @discardableResult
    func remove(_ number: UInt64) -> Region? {
        guard let slot = slot(of: number), let region = slots[slot] else { return nil }
        slots[slot] = nil
        free.append(slot)
        for plane in 0..<planes { region.cells(inPlane: plane).map { fill($0, plane) } }
        return region
    }

    /// Changes where a region lies; there is room for that.
    func move(_ number: UInt64, _ change: (inout Region) -> Void) {
        guard let slot = slot(of: number), var region = slots[slot] else { return }
        let old = (0..<planes).map { region.cells(inPlane: $0) }
        change(&region)
        slots[slot] = region
        for plane in 0..<planes {
            old[plane].map { fill($0, plane) }
            region.cells(inPlane: plane).map { fill($0, plane) }
        }
    }

    /// Changes anything of a region but where it lies.
    func update(slot: Int, _ change: (inout Region) -> Void) {
        guard var region = slots[slot] else { return }
        change(&region)
        slots[slot] = region
    }

    /// Looks up anew what lies at some cells: of several regions the latest.
    private func fill(_ cells: Range<Int>, _ plane: Int) {
        guard let index = index.map({ $0 + plane * cellCount }) else { return }
        (index + cells.lowerBound).update(repeating: 0, count: cells.count)
        var parts: [(number: UInt64, slot: Int, cells: Range<Int>)] = []
        for (slot, region) in slots.enumerated() {
            guard let region, let own = region.cells(inPlane: plane), own.overlaps(cells) else { continue }
            parts.append((region.number, slot, own.clamped(to: cells)))
        }
        for part in parts.sorted(by: { $0.number < $1.number }) {
            (index + part.cells.lowerBound).update(repeating: UInt16(part.slot + 1), count: part.cells.count)
        }
    }
}
