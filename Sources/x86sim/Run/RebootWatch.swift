import X86Interp

/// Notices that the guest begins anew: by RESET, or by a jump to the reset vector.
final class RebootWatch: Observer {
    /// A reboot.
    struct Reboot: Equatable {
        /// What it came by.
        var cause: ResetCause
        /// Where: `0000:7C05`.
        var place: String
        /// Guest time.
        var instructions: UInt64

        /// `FE to port 64 at 0000:7C05, 12 instructions`.
        var text: String {
            "\(cause.rawValue) at \(place), \(instructions == 1 ? "1 instruction" : "\(instructions) instructions")"
        }
    }

    /// How often the guest has begun anew.
    private(set) var count = 0
    /// The reboot that ended the run, as `--no-reboot` asks.
    private(set) var ending: Reboot?
    /// Told of each reboot that is none of the past and no end.
    var announce: (Reboot) -> Void = { _ in }

    // A weak reference would make every other one to the machine slow.
    private unowned let machine: Machine
    private let ends: Bool
    private var token: ObserverToken?
    /// Guest times at which the vector is where RESET leads to.
    private var expected: ClosedRange<UInt64>

    /// A watch on a machine before its first instruction; `ends` makes a reboot the end of the run.
    init(_ machine: Machine, ends: Bool) {
        self.machine = machine
        self.ends = ends
        expected = machine.cpu.position...machine.cpu.position
        machine.bus.resetRequested = { [weak self] in self?.note($0) ?? false }
    }

    /// Watches for jumps too, in a machine that no debugger runs.
    func watchJumps() {
        token =
            token ?? machine.cpu.observe(with: self, [.instructions(.physical(ResetCause.vector...ResetCause.vector))])
    }

    /// The guest begins anew; true if that shall be the end.
    func note(_ cause: ResetCause) -> Bool {
        let position = machine.cpu.position
        if cause == .jump, expected.contains(position) { return false }
        // The instruction that resets is counted.
        expected = position...(cause == .jump ? position : max(position, position &+ 1))
        guard !machine.inputs.isReplaying else { return ends }
        let (cs, eip) = machine.cpu.runningInstruction
        let place = cs.hex + ":" + eip.hex(digits: eip > 0xFFFF ? 8 : 4)
        let reboot = Reboot(cause: cause, place: place, instructions: position)
        count += 1
        if !ends { announce(reboot) }
        if ends {
            ending = reboot
            if cause != .jump { machine.bus.stop(.requested) }
        }
        return ends
    }

    /// The instruction at the reset vector is about to run.
    func willExecute(linear: UInt32, physical: UInt32) -> ObserverVerdict {
        if note(.jump) { machine.bus.stop(.requested) }
        return ending == nil ? .goOn : .stop
    }
}
