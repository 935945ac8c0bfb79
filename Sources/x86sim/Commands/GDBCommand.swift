import Devices
import X86Interp

/// `x86sim gdb`: `x86sim run -s -S`.
enum GDBCommand {
    /// The end of its help.
    static var notes: String {
        var text =
            "In gdb: target remote :\(Settings.usualGDBPort), or target remote | x86sim gdb --stdio BLOB. $pc is linear\n"
        text += "(CS base plus EIP), $ip is EIP, $sp is ESP, $stack is the linear address of the top of the stack. In\n"
        text += "32-bit code: set architecture i386.\n"
        text += "A client that detaches lets the guest run on; if it is cut off, the guest waits for the next one.\n"
        text += "\nMonitor commands:\n"
        text += Help.columns(MonitorRow.all.map { ("  " + $0.usage, $0.summary) })
        text += "\nThe exit status is that of 'x86sim run'; 130 also says that gdb has ended the guest (kill).\n"
        return text
    }

    /// Loads, waits for gdb, serves it; returns the exit status.
    static func run(_ settings: Settings, _ host: Host) throws(CommandError) -> Int32 {
        var (settings, host) = (settings, host)
        if settings.servesStandardIO {
            // Standard output is gdb's: what the guest prints goes where gdb's terminal shows it too.
            host.output = host.errors
            host.keys = KeyList()
        }
        settings.gdbPort = settings.gdbPort ?? Settings.usualGDBPort
        settings.startsStopped = true
        return try RunCommand.run(settings, host)
    }
}
