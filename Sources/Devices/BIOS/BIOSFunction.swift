/// What a function of the BIOS is about that not all machines have.
enum BIOSNeed: Sendable {
    /// Nothing: it is on all machines.
    case nothing
    /// Chips of an AT: its clock, memory above 1 MiB.
    case at
    /// A VGA's registers, or a machine whose display nobody knows.
    case vga
}

/// One row: a function of a service and its body.
struct BIOSFunction: Sendable {
    /// AH.
    let number: UInt8
    /// AL, where that is a part of the number.
    let sub: UInt8?
    /// What it is called.
    let name: String
    /// What the machine has to have; where that is missing there is no such function.
    let needs: BIOSNeed
    /// Does it.
    let body: @Sendable (BIOS, BIOSCall) -> Void

    /// A row of a service's table.
    init(
        _ number: UInt8, al sub: UInt8? = nil, _ name: String, needs: BIOSNeed = .nothing,
        _ body: @escaping @Sendable (BIOS, BIOSCall) -> Void
    ) {
        self.number = number
        self.sub = sub
        self.name = name
        self.needs = needs
        self.body = body
    }
}

/// One row: a service of the BIOS.
final class BIOSService: Sendable {
    /// The interrupt's number.
    let vector: UInt8
    /// What it is called.
    let name: String
    /// Its functions by AH; a service without numbers has its body in `other` alone.
    let functions: [BIOSFunction]
    /// What becomes of all others.
    let other: @Sendable (BIOS, BIOSCall) -> Void
    /// Where in `functions` those of a number begin, behind its end if there are none.
    private let first: [Int]

    /// A row of the BIOS's table.
    init(
        _ vector: UInt8, _ name: String, _ functions: [BIOSFunction] = [],
        other: @escaping @Sendable (BIOS, BIOSCall) -> Void = { _, _ in }
    ) {
        self.vector = vector
        self.name = name
        self.functions = functions
        self.other = other
        first = (0...0xFF).map { number in functions.firstIndex { $0.number == number } ?? functions.count }
    }

    /// All services, by the number of their interrupt.
    static let all: [BIOSService] =
        [
            .init(0x05, "print screen", other: { $0.printScreen($1) }),
            .init(0x08, "timer", other: { $0.tick($1) }),
            .init(0x09, "keyboard interrupt", other: { $0.takeScanCode($1) }),
            .init(0x0A, "IRQ 2", other: { $0.unexpected(0x0A, $1) }),
            .init(0x0B, "IRQ 3", other: { $0.unexpected(0x0B, $1) }),
            .init(0x0C, "IRQ 4", other: { $0.unexpected(0x0C, $1) }),
            .init(0x0D, "IRQ 5", other: { $0.unexpected(0x0D, $1) }),
            .init(0x0E, "IRQ 6", other: { $0.unexpected(0x0E, $1) }),
            .init(0x0F, "IRQ 7", other: { $0.unexpected(0x0F, $1) }),
            video,
            .init(0x11, "equipment", other: { $1.ax = $1.word(BDA.equipment) }),
            .init(0x12, "memory size", other: { $1.ax = $1.word(BDA.memorySize) }),
            disk, serial, system, keyboard, printer,
            .init(0x18, "no boot device", other: { $0.nothingToBoot($1) }),
            .init(0x19, "boot", other: { $0.boot($1) }),
            clock,
            .init(0x70, "IRQ 8", other: { $0.unexpected(0x70, $1) }),
            .init(0x71, "IRQ 9", other: { $0.unexpected(0x71, $1) }),
            .init(0x72, "IRQ 10", other: { $0.unexpected(0x72, $1) }),
            .init(0x73, "IRQ 11", other: { $0.unexpected(0x73, $1) }),
            .init(0x74, "IRQ 12", other: { $0.unexpected(0x74, $1) }),
            .init(0x75, "IRQ 13", other: { $0.coprocessorError($1) }),
            .init(0x76, "IRQ 14", other: { $0.unexpected(0x76, $1) }),
            .init(0x77, "IRQ 15", other: { $0.unexpected(0x77, $1) }),
        ] + dos

    /// Does the function that the caller's AH and AL ask for.
    func serve(_ bios: BIOS, _ call: BIOSCall) {
        let ax = call.ax
        var place = first[Int(ax.high)]
        while place < functions.count {
            if functions[place].number == ax.high, (functions[place].sub ?? ax.low) == ax.low {
                guard functions[place].needs == .nothing || bios.has(functions[place].needs) else { break }
                return functions[place].body(bios, call)
            }
            place += 1
        }
        other(bios, call)
    }
}
