/// A name for a place in the guest, or for a number that its source calls by a name.
struct Symbol: Equatable, Sendable {
    /// The name as its source spells it; local labels in full: `start.loop`.
    var name: String
    /// Linear address; of a constant its value.
    var address: UInt32
    /// The same place as `SEG:OFF`, if the file was loaded at one.
    var far: FarAddress?
    /// Bytes of the thing, where the file tells; 0 if not.
    var size: UInt32 = 0
    /// Whether it is a number (`equ`) and no place: expressions know it, no address is called after it.
    var isConstant = false
}

/// The names of places in a guest: by name, and the nearest one at or below an address.
///
/// Names are compared as they are spelled. Of two symbols with one name the one added last counts, so that
/// a file named later on the command line overrules an earlier one.
struct SymbolTable: Sendable {
    /// How far behind a symbol without a size an address is still called after it.
    static let reach: UInt32 = 0x1000

    private var byName: [String: Symbol] = [:]
    /// The places by ascending address.
    private var places: [Symbol] = []

    /// An empty table.
    init() {}

    /// A table of these symbols.
    init(_ symbols: [Symbol]) { add(symbols) }

    /// How many names there are.
    var count: Int { byName.count }

    /// Whether there is no name.
    var isEmpty: Bool { byName.isEmpty }

    /// Every symbol by ascending address, constants behind the places.
    var symbols: [Symbol] {
        places + byName.values.filter(\.isConstant).sorted { ($0.address, $0.name) < ($1.address, $1.name) }
    }

    /// The symbol with a name, or nil.
    subscript(name: String) -> Symbol? { byName[name] }

    /// Adds symbols; each replaces one of its name.
    mutating func add(_ symbols: [Symbol]) {
        for symbol in symbols { byName[symbol.name] = symbol }
        places = byName.values.filter { !$0.isConstant }.sorted { Self.precedes($0, $1) }
    }

    /// The names that start with some text, sorted: what completion offers.
    func names(startingWith prefix: String) -> [String] {
        byName.keys.filter { $0.hasPrefix(prefix) }.sorted()
    }

    /// The symbol at or below an address, and how far the address is behind it.
    ///
    /// Nil if there is none, or if the nearest ends before the address: a symbol with a size reaches so far,
    /// one without `reach` bytes.
    func nearest(at address: UInt32) -> (symbol: Symbol, offset: UInt32)? {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle].address <= address { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let symbol = places[low - 1]
        let offset = address - symbol.address
        return offset < (symbol.size > 0 ? symbol.size : Self.reach) ? (symbol, offset) : nil
    }

    /// `print` or `print+5` for an address, or nil.
    func text(for address: UInt32) -> String? {
        nearest(at: address).map { $0.offset == 0 ? $0.symbol.name : "\($0.symbol.name)+\($0.offset.hex(digits: 1))" }
    }

    /// Ascending addresses; of several names for one, the one that is shown comes last: not local, then the first.
    private static func precedes(_ a: Symbol, _ b: Symbol) -> Bool {
        if a.address != b.address { return a.address < b.address }
        let (localA, localB) = (a.name.contains("."), b.name.contains("."))
        return localA != localB ? localA : a.name > b.name
    }
}
