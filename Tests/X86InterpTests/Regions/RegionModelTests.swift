import TestSupport
import Testing

@testable import X86Interp

/// Random claims, moves, withdrawals and accesses, against models that look through a list.
@Suite(.timeLimit(.minutes(30))) struct RegionModelTests {
    // MARK: Memory

    private final class Window: MemoryDevice {
        let name = "window"
        var seen: [UInt32] = []
        let byte: UInt8
        init(_ byte: UInt8) { self.byte = byte }
        func readMemory(bank: UInt8, offset: UInt32, width: Width) -> UInt32 { UInt32(byte) &* 0x0101_0101 }
        func writeMemory(bank: UInt8, offset: UInt32, width: Width, value: UInt32) { seen.append(offset) }
        func peekMemory(bank: UInt8, offset: UInt32) -> UInt8? { byte }
    }

    /// A page of memory somewhere, by a list of regions in the order in which they were claimed.
    private struct Model {
        enum Kind {
            case rom(UInt8)
            case device(Window)
            case alias(UInt64)
            /// RAM by block and its first page.
            case ram(Int, Int)
        }
        struct Region {
            var id: RegionID
            var first: Int
            var count: Int
            var kind: Kind
            var rights = MemoryRights.all
            var shadow: ShadowMode?

            func hides(_ kind: AccessKind) -> Bool {
                switch shadow {
                case .off: false
                case .writeOnly: kind == .write
                default: true
                }
            }
            var allowed: MemoryRights { shadow == nil ? rights : shadow == .readOnly ? .readOnly : .all }
        }
        var regions: [Region] = []
        /// The byte in each page of each block; block 0 is RAM from 0 on, of 64 pages.
        var ram: [Int: [UInt8]] = [0: [UInt8](repeating: 0, count: 64)]

        enum Place {
            case ram(Int, Int)
            case rom(UInt8)
            case device(Window, UInt32)
            case nothing, ignored
        }

        func place(_ page: Int, _ kind: AccessKind, depth: Int = 0) -> Place {
            guard depth < 9 else { return .nothing }
            guard let region = regions.last(where: { $0.first..<$0.first + $0.count ~= page && $0.hides(kind) }) else {
                return page < 64 ? .ram(0, page) : .nothing
            }
            let offset = page - region.first
            let isAllowed = region.allowed.contains(.needed(for: kind))
            if !isAllowed { return kind == .write ? .ignored : .nothing }
            switch region.kind {
            case .rom(let byte): return .rom(byte)
            case .device(let window): return .device(window, UInt32(offset << 12))
            case .ram(let block, let first): return .ram(block, first + offset)
            case .alias(let source): return place(Int(source >> 12) + offset, kind, depth: depth + 1)
            }
        }

        func byte(_ page: Int, _ kind: AccessKind) -> UInt8 {
            switch place(page, kind) {
            case .ram(let block, let page): ram[block]?[page] ?? 0
            case .rom(let byte): byte
            case .device(let window, _): window.byte
            case .nothing, .ignored: 0xFF
            }
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>) func memoryIsWhatAListSays(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let memory = try PhysicalMemory(ramSize: 64 * 4096)
        var model = Model()
        var blocks = 0
        for step in 0..<3000 {
            try change(memory, &model, &blocks, &random)
            for _ in 0..<4 {
                let page = Int.random(in: 0..<128, using: &random)
                let address = UInt32(page << 12 | 0x10)
                if Bool.random(using: &random) {
                    let byte = UInt8.random(in: 0...255, using: &random)
                    [byte].withUnsafeBytes { memory.write($0, at: address) }
                    switch model.place(page, .write) {
                    case .ram(let block, let page): model.ram[block]?[page] = byte
                    case .device(let window, let offset):
                        #expect(window.seen.popLast() == offset + 0x10, "step \(step)")
                    case .rom, .nothing, .ignored: break
                    }
                }
                #expect(memory.peek(address) == model.byte(page, .read), "step \(step), page \(page)")
                let fetched = memory.look(UInt64(address), for: .execute)
                #expect(fetched == model.byte(page, .execute), "step \(step), page \(page), fetched")
            }
        }
        #expect(memory.map.regions.map { RegionID(number: $0.number) } == model.regions.map(\.id))
        #expect(memory.blocks.count == model.ram.count && memory.tables.pointee.count <= 4096)
    }

    /// Claims, moves, withdraws or changes something.
    private func change(
        _ memory: PhysicalMemory, _ model: inout Model, _ blocks: inout Int, _ random: inout SeededGenerator
    ) throws {
        let first = Int.random(in: 0..<120, using: &random)
        let count = Int.random(in: 1...8, using: &random)
        let (start, size) = (UInt64(first << 12), UInt64(count << 12))
        let victim = model.regions.indices.randomElement(using: &random)
        switch Int.random(in: model.regions.count > 12 ? 5..<10 : 0..<10, using: &random) {
        case 0:
            let byte = UInt8.random(in: 0...255, using: &random)
            let id = try memory.mapROM([UInt8](repeating: byte, count: count << 12), at: start, name: "rom")
            model.regions.append(.init(id: id, first: first, count: count, kind: .rom(byte), rights: .readOnly))
        case 1:
            let window = Window(UInt8.random(in: 0...255, using: &random))
            let id = try memory.claim(MemoryRegion(start: start, size: size), for: window)
            model.regions.append(.init(id: id, first: first, count: count, kind: .device(window)))
        case 2:
            let source = UInt64.random(in: 0..<120, using: &random) << 12
            guard source >= start + size || start >= source + size else { return }
            let id = try memory.addAlias(of: source, size: size, at: start)
            model.regions.append(.init(id: id, first: first, count: count, kind: .alias(source)))
        case 3:
            // Where no RAM is, and from there to anywhere.
            let id = try memory.addRAM(at: 0xF000_0000, size: size)
            try memory.move(id, to: start)
            blocks += 1
            model.ram[blocks] = [UInt8](repeating: 0, count: count)
            model.regions.append(.init(id: id, first: first, count: count, kind: .ram(blocks, 0)))
        case 4:
            guard first + count <= 64 else { return }
            let id = try memory.addShadow(at: start, size: size)
            model.regions.append(.init(id: id, first: first, count: count, kind: .ram(0, first), shadow: .off))
        case 5, 6:
            guard let victim else { return }
            try memory.move(model.regions[victim].id, to: start)
            model.regions[victim].first = first
        case 7:
            guard let victim else { return }
            let region = model.regions.remove(at: victim)
            #expect(memory.withdraw(region.id))
            if case .ram(let block, _) = region.kind, block > 0 { model.ram[block] = nil }
        case 8:
            guard let victim else { return }
            let rights = MemoryRights(rawValue: UInt8.random(in: 0...7, using: &random))
            try memory.setRights(rights, of: model.regions[victim].id)
            (model.regions[victim].rights, model.regions[victim].shadow) = (rights, nil)
        default:
            guard let victim, case .ram = model.regions[victim].kind,
                let mode = ShadowMode.allCases.randomElement(using: &random)
            else { return }
            try memory.setShadow(mode, of: model.regions[victim].id)
            model.regions[victim].shadow = mode
        }
    }

    // MARK: Ports

    @Test(arguments: 0..<4 as Range<UInt64>) func portsAreWhatAListSays(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let ports = PortMap()
        var list: [(id: RegionID, ports: ClosedRange<UInt16>, widths: WidthSet, device: ProbePort)] = []
        func owner(_ port: UInt16, _ width: Width) -> ProbePort? {
            list.first { $0.ports.contains(port) && $0.widths.contains(width) }?.device
        }
        for step in 0..<4000 {
            let first = UInt16.random(in: 0x100..<0x160, using: &random)
            let last = first + UInt16.random(in: 0..<9, using: &random)
            let widths = WidthSet(rawValue: UInt8.random(in: 1...7, using: &random))
            let victim = list.indices.randomElement(using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0, 1:
                let device = ProbePort("d\(step)")
                guard let id = try? ports.claim(first...last, for: device, widths: widths) else { break }
                let isFree = (first...last).allSatisfy { port in
                    Width.allCases.allSatisfy { !widths.contains($0) || owner(port, $0) == nil }
                }
                #expect(isFree, "step \(step)")
                list.append((id, first...last, widths, device))
            case 2:
                guard let victim else { break }
                let (own, old) = (list[victim].device, list[victim].ports)
                let new = first...first + (old.upperBound - old.lowerBound)
                let isFree = new.allSatisfy { port in
                    Width.allCases.allSatisfy {
                        !list[victim].widths.contains($0) || owner(port, $0) == nil || owner(port, $0) === own
                    }
                }
                let isMoved = (try? ports.move(list[victim].id, to: first)) != nil
                #expect(!isMoved || isFree, "step \(step)")
                if isMoved { list[victim].ports = new }
            default:
                guard let victim else { break }
                #expect(ports.withdraw(list.remove(at: victim).id))
            }
            for width in Width.allCases {
                let port = UInt16.random(in: 0xF0..<0x180, using: &random)
                let found = ports.claim(at: port, width)
                #expect(found?.device === owner(port, width), "step \(step)")
                let direct = ports.direct(at: port, width)
                #expect(direct.pointee.isThere == (owner(port, width) != nil))
                if direct.pointee.isThere {
                    #expect(direct.pointee.device === found?.device && direct.pointee.first == found?.ports.lowerBound)
                }
            }
        }
        #expect(ports.claims.map(\.id) == list.map(\.id) && !list.isEmpty)
    }
}
