import Devices
import X86Interp

/// The debugger in the middle of a run: it looks at an equal machine, whose state goes back into the run at its end.
enum DebugVisit {
    /// Has commands from the terminal until `quit`, which lets the guest run on from where it stands then.
    ///
    /// What goes wrong is told, and the guest runs on as it was.
    static func run(_ guest: Guest, _ settings: Settings, _ host: Host) {
        do throws(CommandError) {
            let session = try Session(settings, host)
            try session.load(guest.machine.snapshot(), "the guest")
            session.noteRegisters()
            session.say("x86sim: the guest stands here; 'quit' lets it run on. 'help' lists commands.")
            session.showPlace()
            Prompt(session).run()
            session.trace?.flush()
            session.output.startLine()
            session.output.flush()
            do {
                try guest.machine.restore(session.machine.snapshot())
            } catch {
                throw .load("the guest runs on as it was: \(error.description.oneLine)")
            }
            guest.board.keysHaveCome(on: guest.machine)
        } catch {
            host.complain(error.message)
        }
    }
}
