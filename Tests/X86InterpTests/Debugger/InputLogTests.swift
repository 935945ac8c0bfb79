import Devices
import Testing

@testable import X86Interp

/// What comes from outside enters by one door: noted while it is new, told again when the past is run again.
@Suite(.timeLimit(.minutes(30))) struct InputLogTests {
    // MARK: The log alone

    @Test func notesAreToldAtTheSameQuestions() {
        let log = InputLog()
        let source = log.addSource("keys")
        var host: [Int64?] = [nil, 5, nil, nil, 7]
        log.mode = .recording
        let start = log.position
        let first = (0..<5).map { _ in log.take(source) { host.removeFirst() } }
        #expect(first == [nil, 5, nil, nil, 7])
        log.seek(start)
        log.mode = .replaying
        let second = (0..<5).map { _ in
            log.take(source) {
                Issue.record("the host is asked again")
                return nil
            }
        }
        #expect(second == first)
    }

    @Test func whatWaitsIsLookedAtWithoutBeingAskedFor() {
        let log = InputLog()
        let source = log.addSource("serial")
        log.mode = .recording
        #expect(log.peek(source) { 9 } == 9)
        let held = log.position
        log.mode = .looking
        #expect(log.peek(source) { 1 } == 9)
        log.mode = .recording
        #expect(log.take(source) { 2 } == 9 && log.take(source) { 3 } == 3)
        // Back to where it waited.
        log.seek(held)
        log.mode = .looking
        #expect(log.take(source) { 4 } == 9 && log.take(source) { 5 } == nil)
        log.mode = .replaying
        #expect(log.take(source) { 6 } == 3)
    }

    @Test func liveNotesNothing() {
        let log = InputLog()
        let source = log.addSource("keys")
        for value in 0..<100 as Range<Int64> { #expect(log.take(source) { value } == value) }
        #expect(log.memoryUse == 0)
        #expect(log.take(99) { 1 } == nil)
    }

    @Test func futureAndPastAreForgotten() {
        let log = InputLog()
        let source = log.addSource("keys")
        log.mode = .recording
        var places: [InputLog.Position] = []
        for value in 0..<10 as Range<Int64> {
            places.append(log.position)
            #expect(log.take(source) { value } == value)
            log.record(answer: UInt32(value) + 100)
        }
        let size = log.memoryUse
        log.seek(places[6])
        log.forgetFuture()
        log.forget(before: places[2])
        #expect(log.memoryUse * 10 == size * 4)
        log.seek(places[2])
        log.mode = .replaying
        let told = (0..<5).map { _ in log.take(source) { 99 } }
        #expect(told == [2, 3, 4, 5, nil])
        let answers = (0..<5).map { _ in log.replayAnswer() }
        #expect(answers == [102, 103, 104, 105, nil])
    }

    // MARK: Within a machine

    /// Input of a machine that counts how often it is asked, with a text that comes later than the first question.
    private final class Typist: ByteStream {
        private var text: [UInt8]
        private(set) var questions = 0
        private(set) var written: [UInt8] = []
        init(_ text: String) { self.text = Array(text.utf8) }
        func write(_ byte: UInt8) { written.append(byte) }
        func write(contentsOf bytes: UnsafeRawBufferPointer) { written += Array(bytes) }
        func read() -> UInt8? {
            questions += 1
            // Each third question finds something.
            return questions % 3 == 0 && !text.isEmpty ? text.removeFirst() : nil
        }
        func peek() -> UInt8? { text.first }
        var isAtEnd: Bool { false }
    }

    /// A guest that polls the serial port, stores what comes, and says it again.
    private static func guest(_ typist: Typist, _ tier: Tier) throws -> Machine {
        let machine = try Machine(ramSize: 0x2_0000)
        var options = BoardOptions()
        options.machine = MachineCatalog.isapc
        options.serial = typist
        options.tiers = [TierOption("all", tier)]
        _ = try Board(machine: machine, options: options)
        // mov di,600; mov dx,3fd; in al,dx; test al,1; jz $-3; mov dx,3f8; in al,dx; stosb; out dx,al; jmp $-15
        machine.memory.load(
            [
                0xBF, 0, 6, 0xBA, 0xFD, 3, 0xEC, 0xA8, 1, 0x74, 0xFB, 0xBA, 0xF8, 3, 0xEC, 0xAA, 0xEE, 0xEB, 0xF0,
            ], at: 0x7C00)
        var state = machine.state
        state.segments = SegmentRegisters()
        state.eip = 0x7C00
        machine.state = state
        return machine
    }

    @Test(arguments: [Tier.kernel, .user]) func serialInputComesAgainAtTheSameMoments(tier: Tier) throws {
        let typist = Typist("hello")
        let machine = try Self.guest(typist, tier)
        var options = HistoryOptions()
        options.interval = 5000
        let debugger = try Debugger(machine, history: options)
        debugger.resume(until: 60_000)
        let (questions, written, hash) = (typist.questions, typist.written, machine.hash())
        // After power-on the line has five data bits.
        #expect(written == "hello".utf8.map { $0 & 0x1F })
        #expect(machine.memory.peek(0x600, count: 5) == written)
        var random = SeededMoments(seed: 3)
        for _ in 0..<20 {
            debugger.go(to: random.next(below: 60_000))
            #expect(typist.questions == questions)
        }
        debugger.go(to: 60_000)
        #expect(machine.hash() == hash)
        // The host was neither asked nor told again.
        #expect(typist.questions == questions && typist.written == written)
    }

    @Test func aNewFutureAsksAnew() throws {
        let typist = Typist("abcdef")
        let machine = try Self.guest(typist, .kernel)
        let debugger = try Debugger(machine)
        debugger.resume(until: 20_000)
        let before = typist.questions
        debugger.go(to: 2000)
        debugger.setRegister(.word(.edi), 0x700)
        debugger.resume(until: 30_000)
        #expect(typist.questions > before)
        // And that future is known from then on.
        let (hash, questions) = (machine.hash(), typist.questions)
        debugger.go(to: 5)
        debugger.go(to: 30_000)
        #expect(machine.hash() == hash && typist.questions == questions)
    }

    @Test func whatIsLoggedIsBounded() throws {
        let typist = Typist(String(repeating: "x", count: 100_000))
        let machine = try Self.guest(typist, .kernel)
        var options = HistoryOptions()
        options.interval = 1000
        options.memoryLimit = 200_000
        let debugger = try Debugger(machine, history: options)
        debugger.resume(until: 1_000_000)
        let history = try #require(debugger.history)
        #expect(history.memoryUse <= options.memoryLimit)
        #expect(typist.written.count > 100)
        debugger.go(to: history.start)
        #expect(debugger.position == history.start)
    }
}

/// Moments in a fixed random order.
private struct SeededMoments {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next(below bound: UInt64) -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 33) % bound
    }
}
