/// Runs a machine for someone who watches: steps, breakpoints, looks, and the way back.
///
///     let debugger = try Debugger(machine)
///     debugger.add(.code(.segmented(selector: 0, offset: 0x7C23)))
///     let stop = debugger.resume()
///
/// It has no text and no terminal; front ends turn `StopEvent`s into words. While it lives it observes the CPU,
/// and the machine is run through it alone. What a front end changes it changes within `edit`, so that the
/// history knows. See <doc:Debugger>.
public final class Debugger {
    /// A user tier that cannot answer.
    public struct Unanswered: Error, Sendable, Equatable {
        /// Why, in words.
        public let message: String

        /// A reason in words.
        public init(_ message: String) { self.message = message }
    }

    /// A machine that has a debugger already.
    public struct MachineTaken: Error, Sendable, Equatable, CustomStringConvertible {
        /// What is wrong and what helps, in one line.
        public var description: String {
            "the machine has a debugger already: use that, or let go of it first"
        }
    }

    /// Answers a user-tier request.
    public typealias Answer = (PortRequest) throws(Unanswered) -> PortResponse

    /// What is debugged.
    public let machine: Machine
    /// The breakpoints, in ascending order of their numbers.
    public internal(set) var breakpoints: [Breakpoint] = []
    /// What it takes to go back; nil if none is kept.
    public let history: History?
    /// Why the guest stands where it does; nil before the first run.
    public internal(set) var lastStop: StopEvent?
    /// Called when a log-only breakpoint is hit, the guest standing still; it cannot run it: see `StopEvent.Reason.busy`.
    public var onLog: ((Breakpoint, StopEvent) -> Void)?
    /// Called between slices of a run, however short its steps; true stops it.
    ///
    /// The reason is `.requested` then. A way back that is stopped leaves the guest where it stood before.
    public var poll: () -> Bool = { false }
    /// Instructions between two calls of `poll`; checkpoints may make it fewer.
    ///
    /// Half a million take a millisecond or two, or fifty in a guest that rewrites its code all the time. A front end
    /// that has a clock can do better: see `Pace` of x86sim.
    public var pollInterval: UInt64 = 1 << 19
    /// Called before each instruction that runs forwards, the guest standing still; nil costs nothing.
    ///
    /// Not when the past is run again to go somewhere. It cannot run the guest: see `StopEvent.Reason.busy`.
    public var onInstruction: (() -> Void)?
    /// The last search of the past (`lastWrite` and its kin) was ended by `poll`: that it found nothing says nothing.
    public internal(set) var isSearchInterrupted = false
    /// Called before an instruction at the reset vector that the guest has jumped to; true stops there.
    ///
    /// Not when the past is run again.
    public var onReboot: (() -> Bool)?
    /// Answers user-tier requests at memory; nil is whoever claims the address.
    ///
    /// As with ports, its answers come from the log when the past is run again.
    public var answerMemory: ((MemoryRequest) -> MemoryResponse)?

    let answer: Answer
    let watcher: Watcher
    /// What the watcher is called at the CPU.
    let token: ObserverToken
    /// What `ledger` is made from.
    var recorded = Recorded()
    var nextNumber = 1
    /// Somebody wants the present call to end.
    var wantsStop = false
    /// Somebody else's code is being called in the middle of a run.
    private var isCallingOut = false
    /// Work since `poll` was asked, in instructions.
    var workSincePoll: UInt64 = 0

    /// A debugger of a machine, which it does not change.
    ///
    /// - Parameters:
    ///   - answer: answers user-tier requests; by default the devices that claim them do. Devices that were added to
    ///     the machine are asked again when the past is run again, answers of all others come from the log then.
    ///   - history: whether and how the way back is kept.
    /// - Throws: `MachineTaken` while the machine has another debugger; nothing has changed then.
    public init(
        _ machine: Machine, history: HistoryOptions? = HistoryOptions(), answer: Answer? = nil
    ) throws(MachineTaken) {
        guard !machine.cpu.watch.entries.contains(where: { $0.observer is Watcher }) else { throw MachineTaken() }
        self.machine = machine
        self.answer = answer ?? { [unowned machine] request in machine.serve(request) }
        self.history = history.map { History(machine, $0) }
        watcher = Watcher()
        token = machine.cpu.observe(with: watcher, [])
        watcher.debugger = self
    }

    /// Calls somebody else's code in the middle of a run: it is refused to run the guest.
    func callingOut<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let before = isCallingOut
        isCallingOut = true
        defer { isCallingOut = before }
        return try body()
    }

    /// The answer to who wants to run the guest while it runs already; else nil.
    var refusal: StopEvent? {
        isCallingOut || machine.cpu.core.pointee.isRunning ? StopEvent(.busy, instructions: position) : nil
    }

    deinit {
        machine.cpu.ignore(token)
    }

    // MARK: Breakpoints

    /// Adds a breakpoint and returns its number.
    @discardableResult
    public func add(
        _ kind: Breakpoint.Kind, if condition: Expression? = nil, isTemporary: Bool = false, action: String? = nil,
        isLogOnly: Bool = false
    ) -> Int {
        var breakpoint = Breakpoint(number: nextNumber, kind: kind)
        breakpoint.condition = condition
        breakpoint.isTemporary = isTemporary
        breakpoint.action = action
        breakpoint.isLogOnly = isLogOnly
        nextNumber += 1
        breakpoints.append(breakpoint)
        return breakpoint.number
    }

    /// The breakpoint with a number, or nil.
    public func breakpoint(_ number: Int) -> Breakpoint? { breakpoints.first { $0.number == number } }

    /// Removes a breakpoint; false if there is none with this number.
    @discardableResult
    public func remove(_ number: Int) -> Bool {
        guard let place = breakpoints.firstIndex(where: { $0.number == number }) else { return false }
        breakpoints.remove(at: place)
        return true
    }

    /// Changes a breakpoint's condition, counts, or whether it is enabled; false if there is none with this number.
    @discardableResult
    public func change(_ number: Int, _ body: (inout Breakpoint) -> Void) -> Bool {
        guard let place = breakpoints.firstIndex(where: { $0.number == number }) else { return false }
        body(&breakpoints[place])
        return true
    }

    // MARK: Changes

    /// Changes the machine from outside: registers, memory, devices, live port accesses, lines.
    ///
    /// In the past this makes a new future; the old one is forgotten. Where it puts the guest at another time, as a
    /// snapshot does, the history begins anew.
    public func edit<Result, Failure: Error>(
        _ body: (Machine) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        history?.willEdit()
        machine.inputs.mode = history == nil ? .live : .recording
        let before = position
        defer {
            machine.inputs.mode = .looking
            if position != before {
                history?.restart()
                watcher.forgetPassed()
                // Why the guest stood elsewhere.
                lastStop = nil
                recorded.close()
                recorded.truncate(from: position)
            }
        }
        return try body(machine)
    }

    /// Sets a register within `edit`; a selector in protected mode loads its descriptor if there is one.
    public func setRegister(_ register: RegisterReference, _ value: UInt64) {
        edit { machine in
            var state = machine.state
            state.setValue(value, of: register)
            if case .selector(let name) = register,
                let segment = try? machine.segment(selector: UInt16(truncatingIfNeeded: value), in: machine.state)
            {
                state.segments[name] = segment
            }
            machine.state = state
        }
    }

    /// Sets a wide register within `edit`; one of the x87's stack is in use afterwards.
    public func setRegister(_ register: WideRegister, low: UInt64, high: UInt64) {
        edit { $0.state.setValue((low, high), of: register) }
    }

    /// Guest time, in instructions: where the guest stands.
    public var position: UInt64 { machine.cpu.position }

    /// The guest runs through its past again: what it puts out has been seen, and what it asks for is known.
    ///
    /// Streams of `Board` know it already.
    public var isReplaying: Bool { machine.inputs.isReplaying }

    /// Linear address of the next instruction.
    public var instructionPointer: UInt32 {
        let state = machine.state
        return state.segments.cs.base &+ (machine.cpu.model.hasSegmentLimits ? state.eip : state.eip & 0xFFFF)
    }
}
