import Devices
import TestSupport

@testable import X86Interp

/// A random program that gets somewhere: loops over port accesses of all kinds, repetitions, calls, timer interrupts,
/// waits, faults with handlers, single-step traps, self-modifying code and, from the 80386 on, mode switches.
///
/// Real mode, everything in segment 0: vectors, handlers from 600h, data from 1000h, code from 8000h.
struct BusyGuest {
    /// What lies at 8000h.
    private(set) var code: [UInt8] = []
    private let model: CPUModel
    private var random: SeededGenerator

    static let start: UInt32 = 0x8000
    static let data: UInt32 = 0x1000
    private static let claims = DeviceCatalog.rows.filter { $0.name != "bios" && $0.name != "shutdown" }
        .flatMap(\.claims)

    init(number: Int, model: CPUModel) {
        self.model = model
        random = SeededGenerator(seed: UInt64(number) &* 6271 &+ 11)
        // Both interrupt controllers with vectors from 8 and 70h, only the timer and the serial port let through.
        for (port, value) in [
            (0x20, 0x11), (0x21, 8), (0x21, 4), (0x21, 1), (0xA0, 0x11), (0xA1, 0x70), (0xA1, 2), (0xA1, 1),
            (0x21, 0xEE), (0xA1, 0xFF),
        ] as [(UInt8, UInt8)] {
            code += [0xB0, value, 0xE6, port]
        }
        let loop = code.count
        for _ in 0..<Int.random(in: 12...40, using: &random) { addPiece() }
        let back = loop - (code.count + 3)
        code += [0xE9] + RandomGuest.little(UInt32(bitPattern: Int32(back)), 2)
    }

    /// Vectors and handlers, to lie at 0.
    var tables: [UInt8] {
        var bytes: [UInt8] = []
        for vector in 0..<256 as Range<UInt32> {
            let handler: UInt32 =
                switch vector {
                case 0, 6: 0x610
                case 1: 0x620
                case 8...15: 0x630
                default: 0x600
                }
            bytes += RandomGuest.little(handler, 4)
        }
        bytes += [UInt8](repeating: 0, count: 0x600 - bytes.count)
        func add(_ handler: [UInt8]) { bytes += handler + [UInt8](repeating: 0x90, count: 16 - handler.count) }
        add([0xCF])
        // Skips two bytes: push bp; mov bp,sp; add word [bp+2],2; pop bp; iret
        add([0x55, 0x89, 0xE5, 0x83, 0x46, 2, 2, 0x5D, 0xCF])
        // Ends single steps: push bp; mov bp,sp; and word [bp+6],0feffh; pop bp; iret
        add([0x55, 0x89, 0xE5, 0x81, 0x66, 6, 0xFF, 0xFE, 0x5D, 0xCF])
        // End of interrupt: push ax; mov al,20; out 20,al; pop ax; iret
        add([0x50, 0xB0, 0x20, 0xE6, 0x20, 0x58, 0xCF])
        // What is called, at 640h: inc bx; ret
        add([0x43, 0xC3])
        return bytes
    }

    private mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: random.next()) }
    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    private mutating func register() -> UInt8 { [0, 1, 2, 3, 6, 7][below(6)] }
    private mutating func place() -> [UInt8] { RandomGuest.little(Self.data + UInt32(below(64)), 2) }
    private var here: UInt32 { Self.start + UInt32(code.count) }

    /// MOV DI, SI to the data, MOV CX to a small count, CLD or STD.
    private mutating func pointers() -> [UInt8] {
        [0xBF] + place() + [0xBE] + place() + [0xB9, UInt8(below(12)), 0, [0xFC, 0xFC, 0xFC, 0xFD][below(4)]]
    }

    private mutating func addPiece() {
        switch below(18) {
        case 0, 1: code += [0x40 + register(), 0x48 + register(), 0x01, 0xC0 | register() << 3 | register()]
        case 2, 3: code += [0xB8, byte(), byte(), 0xA3] + place()
        case 4: code += [0xA1] + place() + [0x02, 0x06] + place() + [0x30, 0x06] + place()
        case 5: code += [0x50 + register(), 0x58 + register()]
        case 6:
            let distance = 0x640 &- (here &+ 3)
            code += [0xE8] + RandomGuest.little(distance, 2)
        case 7: code += pointers() + [0xF3, [0xA4, 0xA5, 0xAA, 0xAB, 0xA6, 0xAE][below(6)]]
        case 8, 9: addPortAccess()
        case 10: code += [0xCD, UInt8(0x20 + below(0xE0))]
        case 11: code += [0x31, 0xDB, 0xF6, 0xF3, 0x90, 0x90]
        case 12:
            // mov byte [next instruction's immediate],n; mov al,n
            code += [0xC6, 0x06] + RandomGuest.little(here &+ 6, 2) + [byte(), 0xB0, byte()]
        case 13:
            // The timer's mode 2 with a short period.
            code += [0xB0, 0x34, 0xE6, 0x43, 0xB0, UInt8(2 + below(20)), 0xE6, 0x40, 0xB0, 0, 0xE6, 0x40, 0xFB]
        case 14: code += [[0xFA, 0xFB, 0xFB][below(3)]]
        case 15: code += below(3) == 0 ? [0xFB, 0xF4] : [0xB9, UInt8(1 + below(9)), 0, 0xE2, 0xFE]
        case 16:
            // pushf; or word [ss:sp],100 by way of BP; popf
            code += [0x9C, 0x89, 0xE5, 0x80, 0x4E, 1, 1, 0x9D, 0x90]
        default:
            guard model.is32Bit else {
                code += [0x90]
                return
            }
            // Protected mode and back, segments as they are: cli; mov eax,cr0; or al,1; mov cr0,eax; ...
            code += [0xFA, 0x0F, 0x20, 0xC0, 0x0C, 1, 0x0F, 0x22, 0xC0, 0x40 + register()]
            code += [0x0F, 0x20, 0xC0, 0x24, 0xFE, 0x0F, 0x22, 0xC0]
        }
    }

    private mutating func addPortAccess() {
        let ports = Self.claims[below(Self.claims.count)].ports
        let port = UInt16.random(in: ports, using: &random)
        let accesses: [UInt8] = [0xEC, 0xED, 0xEE, 0xEF]
        // The chips that make interrupts are set up elsewhere: here they are only read.
        let isRead = port < 0x100 && ![0x80, 0xE9, 0xF4].contains(port)
        code += pointers() + [0xBA] + RandomGuest.little(UInt32(port), 2)
        switch below(3) {
        case 0 where model.generation > .i8086: code += [0xF3, isRead ? 0x6C : [0x6C, 0x6D, 0x6E, 0x6F][below(4)]]
        default: code += [accesses[isRead ? below(2) : below(4)]]
        }
        code += [0xFC]
    }
}
