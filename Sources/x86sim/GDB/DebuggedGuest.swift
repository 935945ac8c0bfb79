import Devices
import X86Interp

/// A guest as the packets see it: the debugger engine in gdb's terms.
final class DebuggedGuest {
    /// More breakpoints than that are a client gone wild.
    private static let maximumPoints = 1024

    /// The engine.
    let debugger: Debugger
    /// What runs.
    let guest: Guest
    /// The guest time at which a run ends.
    private let fuel: UInt64
    /// The engine's numbers of what the client has set.
    private var points: [GDBPoint: Int] = [:]

    /// A guest that only the engine runs from now on.
    init(_ guest: Guest, fuel: UInt64 = .max) throws(CommandError) {
        self.guest = guest
        self.fuel = fuel
        debugger = try guest.makeDebugger()
        debugger.onReboot = { guest.reboots.note(.jump) }
    }

    private var machine: Machine { guest.machine }

    // MARK: Looking and changing

    /// Everything that an instruction can see or change of the processor.
    var state: CPUState {
        get { machine.state }
        set { debugger.edit { $0.state = newValue } }
    }

    /// The processor.
    var model: CPUModel { machine.cpu.model }
    /// Its registers in gdb's numbering.
    var registers: Registers { .of(model) }

    /// Bytes at a linear address, up to the first that has no page or that only a device could tell.
    func peek(_ address: UInt32, count: Int) -> [UInt8] {
        let room = Int(UInt32.max - address) + 1
        let bytes = (try? machine.peek(.linear(address), count: min(count, room))) ?? []
        return bytes.prefix { $0 != nil }.compactMap { $0 }
    }

    /// The segment that a selector names by its descriptor, or nil.
    func segment(selector: UInt16) -> Segment? { try? machine.segment(selector: selector) }

    /// Changes RAM and ROM at a linear address; false, and nothing changed, if any byte is neither.
    func poke(_ address: UInt32, _ bytes: [UInt8]) -> Bool {
        guard bytes.count <= Int(UInt32.max - address) + 1 else { return false }
        do {
            try debugger.edit { (machine: Machine) throws(LookError) in try machine.poke(bytes, at: .linear(address)) }
            return true
        } catch {
            return false
        }
    }

    /// RESET for the processor and the chips.
    func reset() { debugger.edit { $0.reset() } }

    // MARK: Breakpoints

    /// Sets a breakpoint; returns why it cannot be set.
    func insert(_ point: GDBPoint) -> String? {
        guard points[point] == nil else { return nil }
        guard points.count < Self.maximumPoints else { return "there are \(points.count) breakpoints already" }
        points[point] = debugger.add(point.engineKind)
        return nil
    }

    /// Clears a breakpoint if there is such.
    func remove(_ point: GDBPoint) {
        if let number = points.removeValue(forKey: point) { debugger.remove(number) }
    }

    /// Clears all breakpoints.
    func removePoints() {
        for point in Array(points.keys) { remove(point) }
    }

    // MARK: Running

    /// Lets the guest run until something stops it; nil if that was the engine's `poll`.
    func advance(_ motion: Motion) -> GuestStop? {
        switch motion {
        case .run: stop(debugger.resume(until: fuel))
        case .step: stop(debugger.step(until: fuel))
        case .stepWithin(let range): step(within: range)
        case .runBackwards: stop(debugger.reverseResume())
        case .stepBackwards: stop(debugger.reverseStep())
        }
    }

    private func step(within range: Range<UInt32>) -> GuestStop? {
        for count in 1... {
            let reason = stop(debugger.step(until: fuel))
            guard reason == .stepped, range.contains(machine.state.programCounter) else { return reason }
            if count % 4096 == 0, debugger.poll() { return nil }
        }
        return .stepped
    }

    /// What a stop of the engine is to gdb.
    private func stop(_ event: StopEvent) -> GuestStop? {
        switch event.reason {
        case .done, .port, .interrupt, .exception, .modeSwitch, .instructions, .condition: .stepped
        case .breakpoint(let number): .breakpoint(point(number)?.kind ?? .code)
        case .watchpoint(let number, let access): watchpoint(number, access)
        case .limit, .halted, .shutdown, .guestExit, .unmappedPort, .unmappedMemory, .fault, .unhandled,
            .unanswered:
            RunEnd(event, guest).map { .ended($0) } ?? .stepped
        case .requested:
            if let reboot = guest.reboots.ending {
                .ended(.reboot(reboot))
            } else {
                guest.limit?.isExceeded == true ? .ended(.outputLimit) : nil
            }
        case .startOfHistory, .noHistory: .beginOfHistory
        case .busy: nil
        }
    }

    private func point(_ number: Int) -> GDBPoint? { points.first { $0.value == number }?.key }

    /// The address must be one that gdb watches: an access may start before it.
    private func watchpoint(_ number: Int, _ access: WatchedAccess) -> GuestStop {
        guard let point = point(number) else { return .stepped }
        return .watchpoint(point.kind, address: max(access.linear, point.address))
    }
}

extension GDBPoint {
    /// The engine's name for it.
    fileprivate var engineKind: Breakpoint.Kind {
        switch kind {
        case .code, .hardwareCode: .code(.linear(address))
        case .write: .watch(.linear(address), length: count, .write, onlyChanges: false)
        case .read: .watch(.linear(address), length: count, .read, onlyChanges: false)
        case .access: .watch(.linear(address), length: count, .access, onlyChanges: false)
        }
    }
}

extension RunEnd {
    /// The end of a run that a stop of the debugger's engine means, or nil if it is none.
    init?(_ event: StopEvent, _ guest: Guest) {
        let exit: Exit
        switch event.reason {
        case .limit:
            self = .fuel
            return
        case .unanswered(_, let message):
            self = .userDevice(message)
            return
        case .halted: exit = .halted
        case .shutdown(let faults): exit = .shutdown(faults)
        case .guestExit(let code): exit = .stopped(.guestExit(code: code))
        case .unmappedPort(let request): exit = .stopped(.unmappedPort(request))
        case .unmappedMemory(let request): exit = .stopped(.unmappedMemory(request))
        case .fault(let fault): exit = .stopped(.fault(fault))
        case .unhandled(let found): exit = .stopped(.unhandled(found))
        case .requested: exit = .stopped(.requested)
        case .done, .breakpoint, .watchpoint, .port, .interrupt, .exception, .modeSwitch, .instructions, .condition,
            .startOfHistory, .noHistory, .busy:
            return nil
        }
        self.init(exit, guest)
    }
}
