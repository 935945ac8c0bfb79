import Devices
import TestSupport
import Testing

@testable import X86Interp

/// Public calls with arguments at the ends of their types: each returns or throws, none traps or hangs.
///
/// A trap takes the process down, so that it cannot be overlooked; CI runs these in a release build too. What ends
/// with a sentence is in `SentenceTests`.
@Suite(.timeLimit(.minutes(30))) struct ExtremeCallTests {
    private static let integers: [Int] = [.min, .min + 1, -(1 << 32), -4097, -1, 0, 1, 4096, 1 << 31, .max - 1, .max]
    private static let words: [UInt32] = [0, 1, 0xFFF, 0x1000, 0x7FFF_FFFF, 0x8000_0000, .max - 4, .max - 1, .max]
    private static let longs: [UInt64] = [0, 1, 1 << 32, 1 << 62, 1 << 63, .max - 1, .max]
    /// Those with which no call asks for more memory than the host has.
    private static let counts = integers.filter { $0 <= 4096 }

    // MARK: Memory

    private final class Window: MemoryDevice {
        let name = "window"
        func readMemory(bank: UInt8, offset: UInt32, width: Width) -> UInt32 { .max }
        func writeMemory(bank: UInt8, offset: UInt32, width: Width, value: UInt32) {}
        func peekMemory(bank: UInt8, offset: UInt32) -> UInt8? { nil }
    }

    @Test func memory() throws {
        let memory = try PhysicalMemory(ramSize: 0x5000)
        for address in Self.words {
            for size in Self.words {
                _ = try? memory.claim(MemoryRegion(start: UInt64(address), size: UInt64(size)), for: Window())
            }
            _ = try? memory.mapROM([], at: address, name: "rom")
            _ = try? memory.mapROM([1, 2, 3], at: address, name: "rom")
            _ = memory.peek(address)
            memory.store(1, at: address)
            for count in [0, 1, 5, 4096, 9000] {
                let bytes = [UInt8](repeating: 7, count: count)
                memory.load(bytes, at: address)
                memory.load(bytes.lazy.map { $0 &+ 1 }, at: address)
                bytes.withUnsafeBytes { memory.write($0, at: address) }
            }
            for count in Self.counts { #expect(memory.peek(address, count: count).count == max(count, 0)) }
        }
    }

    @Test func endlessBytesAreLoadedAsFarAsTheyFit() throws {
        let memory = try PhysicalMemory(ramSize: 0x3000)
        #expect(memory.load(repeatElement(7, count: .max), at: 0x10) == 0x2FF0)
        #expect(memory.load(sequence(first: 1 as UInt8) { $0 &+ 1 }, at: 0x2FFE) == 2)
        #expect(memory.peek(0x2FFD, count: 3) == [7, 1, 2])
    }

    // MARK: Clocks, lines, ports

    private final class Event: ClockEvent {
        func clockFired(now: UInt64) {}
    }

    @Test func clocks() {
        for rate in Self.longs where rate > 0 {
            for time in Self.longs {
                let clock = VirtualClock(ticksPerSecond: rate)
                clock.schedule(Event(), at: time)
                for frequency in Self.longs {
                    _ = clock.periods(ofFrequency: frequency, in: time)
                    _ = clock.ticks(forPeriods: time, ofFrequency: frequency)
                }
                clock.advance(to: time)
                clock.advance(to: 0)
                clock.restore(now: time)
            }
        }
    }

    @Test func ports() throws {
        let ports = PortMap()
        let device = PostCode()
        try ports.claim(0...0, for: device, widths: .all)
        try ports.claim(0xFFFC...0xFFFF, for: device, bank: 255, widths: .all)
        for port in Self.words {
            for bytes in Self.integers { _ = ports.nextCycle(port: port, bytes: bytes) }
            for width in Width.allCases {
                let port = UInt16(truncatingIfNeeded: port)
                _ = ports.peek(port, width)
                for direction in [PortDirection.in, .out] {
                    _ = ports.serve(
                        PortRequest(
                            port: port, width: width, direction: direction, value: .max, element: .max, remaining: 0))
                }
            }
        }
    }

    @Test(arguments: DeviceCatalog.rows.map(\.name)) func devices(kind: String) throws {
        let row = try #require(DeviceCatalog.row(named: kind))
        for ramSize in Self.integers {
            var site = DeviceSite(ramSize: ramSize)
            let device = try row.make(&site)
            for bank in [0, 1, 2, 7, 128, 255] as [UInt8] {
                for offset in [0, 1, 3, 4, 0x7FFF, .max] as [UInt16] {
                    for width in Width.allCases {
                        for value in Self.words {
                            device.write(bank: bank, offset: offset, width: width, value: value)
                        }
                        _ = device.read(bank: bank, offset: offset, width: width)
                        _ = device.peek(bank: bank, offset: offset, width: width)
                        guard let block = device.asBlockDevice else { continue }
                        for count in 0...5 {
                            var bytes = [UInt8](repeating: 0xFF, count: count)
                            bytes.withUnsafeMutableBytes {
                                block.readBlock(bank: bank, offset: offset, width: width, into: $0)
                                block.writeBlock(
                                    bank: bank, offset: offset, width: width, from: UnsafeRawBufferPointer($0))
                            }
                        }
                    }
                }
            }
            device.reset()
        }
        for base in [0, 1, 0xFFFE, 0xFFFF] as [UInt16] { _ = row.claims(at: base) }
    }

    // MARK: Looking

    @Test func looking() throws {
        let machine = try DebugMachine.real([0xF4])
        var state = machine.state
        for isProtected in [false, true] {
            state.cr0 = isProtected ? 0x8000_0001 : 0
            state.gdtr.base = .max
            state.gdtr.limit = .max
            machine.state = state
            for offset in Self.words {
                let selector = UInt16(truncatingIfNeeded: offset)
                let far = Address.segmented(selector: selector, offset: offset)
                for address in [.linear(offset), .physical(offset), far] {
                    for count in Self.counts {
                        _ = try? machine.peek(address, count: count)
                        _ = try? machine.read(address, count: count)
                    }
                    _ = try? machine.linear(of: address)
                    _ = try? machine.physical(of: address)
                    try? machine.poke([1, 2, 3, 4, 5], at: address)
                }
                _ = try? machine.segment(selector: selector)
                _ = machine.cpu.linearToPhysical(offset)
                _ = machine.cpu.pageWalk(offset).text
            }
        }
    }

    @Test func texts() {
        for word in Self.words {
            let descriptor = Descriptor(low: word, high: ~word)
            _ = (descriptor.text, descriptor.limit, descriptor.kind, descriptor.segment(selector: .max))
            _ = PageWalk.Level(name: "", address: nil, entry: UInt64(word), isLarge: true).text
            _ = EFLAGS(rawValue: word).text
            for is32 in [false, true] {
                for count in [0, 1, 43, 44, 103, 104, 200] {
                    _ = TaskState([UInt8](repeating: UInt8(truncatingIfNeeded: word), count: count), is32: is32).text
                }
                let disassembler = Disassembler(code32: is32)
                for byte in UInt8.min ... .max {
                    for count in [1, 2, 15, 40] {
                        let bytes = [byte] + [UInt8](repeating: UInt8(truncatingIfNeeded: word), count: count - 1)
                        _ = disassembler.disassemble(bytes, at: word).text
                    }
                }
            }
            for number in UInt8.min ... .max {
                var state = CPUState()
                for register in [RegisterReference.byte(number), .control(number), .debug(number)] {
                    state.setValue(UInt64(word) << 20, of: register)
                    _ = state.value(of: register)
                }
            }
        }
    }

    // MARK: Expressions

    @Test func expressions() throws {
        let machine = try DebugMachine.real([0xF4])
        for a in Self.longs {
            for b in Self.longs {
                for operation in BinaryOperator.allCases {
                    _ = try? Expression.binary(operation, .number(a), .number(b)).value(on: machine)
                }
            }
            for operation in UnaryOperator.allCases {
                _ = try? Expression.unary(operation, .number(a)).value(on: machine)
            }
            for width in Width.allCases {
                _ = try? Expression.memory(.number(a), width).value(on: machine)
                _ = try? Expression.farMemory(selector: .number(a), offset: .number(a), width).value(on: machine)
            }
        }
    }

    @Test func expressionsWithinEachOther() throws {
        let machine = try DebugMachine.real([0xF4])
        var deep = Expression.number(1)
        for _ in 1..<Expression.maximumDepth { deep = .unary(.not, deep) }
        #expect(try deep.value(on: machine) == 0)
        for _ in 0..<200_000 { deep = .unary(.not, deep) }
        #expect(throws: EvaluationError.tooComplex) { try deep.value(on: machine) }
        #expect(deep == .unary(.negate, deep) && deep.hashValue == deep.hashValue)
        // Twice as many parts with each.
        var wide = Expression.number(1)
        for _ in 0..<200 { wide = .binary(.add, wide, wide) }
        #expect(throws: EvaluationError.tooComplex) { try wide.value(on: machine) }
        #expect(throws: EvaluationError.tooComplex) { try Expression.memory(wide, .byte).value(on: machine) }
    }

    // MARK: The debugger

    @Test func debuggers() throws {
        for interval in Self.longs {
            for limit in Self.integers {
                var options = HistoryOptions()
                options.interval = interval
                options.memoryLimit = limit
                options.checkpointLimit = limit
                let debugger = try Debugger(try DebugMachine.real([0x40, 0x40, 0xE4, 0x80, 0xF4]), history: options)
                debugger.pollInterval = interval
                for time in Self.longs { debugger.add(.instructions(time)) }
                for place in Self.words {
                    debugger.add(.watch(.linear(place), length: .max, .access, onlyChanges: true))
                    debugger.add(.watch(.physical(place), length: 0, .write, onlyChanges: false))
                    debugger.add(.code(.segmented(selector: .max, offset: place)))
                }
                for number in Self.integers where !debugger.breakpoints.contains(where: { $0.number == number }) {
                    #expect(!debugger.remove(number) && !debugger.change(number) { $0.isEnabled = false })
                }
                for count in Self.longs {
                    debugger.step(count)
                    debugger.reverseStep(count)
                    debugger.go(to: count)
                    debugger.resume(until: count)
                    debugger.next(until: count)
                    debugger.finish(until: count)
                    debugger.run(to: .linear(.max), until: count)
                }
                for number in Self.integers { _ = debugger.ledger.last(number) }
                _ = debugger.lastWrite(to: 0 ... .max)
                debugger.setRegister(.selector(.ss), .max)
            }
        }
    }

    // MARK: Devices' parts

    @Test func calendars() {
        for year in Self.integers {
            for month in Self.integers {
                for day in Self.integers {
                    let days = CalendarTime.days(year: year, month: month, day: day)
                    let isKnown = (year == 0 || year == 1 || year == 4096) && month == 1 && day == 1
                    #expect((days != nil) == isKnown)
                }
            }
            _ = CalendarTime(Int64(year))
        }
        #expect(CalendarTime.days(year: 2026, month: 2, day: 29) == nil)
        #expect(CalendarTime.days(year: 2024, month: 2, day: 29) == 19_782)
        #expect(CalendarTime.days(year: 0, month: 1, day: 1) == -719_528)
        #expect(CalendarTime.days(year: 9999, month: 12, day: 31) == 2_932_896)
    }

    private final class Disk: DiskBackend {
        let sectorCount: UInt64
        init(_ count: UInt64) { sectorCount = count }
        func read(sector: UInt64) -> [UInt8]? { [0x55] }
    }

    @Test func disksAndKeys() {
        for count in Self.longs {
            _ = Drive(floppy: Disk(count))
            _ = Drive(hardDisk: Disk(count))
            _ = MemoryDisk([1, 2, 3]).read(sector: count)
        }
        for number in Self.integers {
            _ = KeyList().key(at: number, waits: true)
            _ = LoggedKeys(KeyList(), InputLog(), name: "").key(at: number, waits: false)
            _ = InputLog().peek(number) { nil }
            _ = FirmwareConfig(ramSize: number)
            PIC8259Pair(bus: ControlBus()).lineChanged(number, level: true)
        }
        for text in ["", "{", "}", "{}", "\\", "\\\\", "{{", "{ctrl-", "\u{0}", String(repeating: "{", count: 10_000)] {
            _ = KeyStroke.parse(text)
            _ = try? DeviceOption(parsing: text)
            _ = try? PortOption(parsing: text)
            _ = try? TierOption(parsing: text)
            _ = try? ScriptedPort.Script(parsing: text)
        }
    }

    @Test func counters() {
        for control in UInt8.min ... .max {
            for clocks in Self.longs {
                var counter = TimerCounter(gate: true)
                counter.element = UInt32(truncatingIfNeeded: clocks)
                counter.writeControl(control)
                counter.writeCount(1)
                counter.writeCount(0)
                counter.setGate(false)
                counter.setGate(true)
                for _ in 0..<3 { counter.advance(clocks) }
                _ = (counter.clocksToChange, counter.read(), counter.status)
            }
        }
    }
}
