import Devices
import X86Interp

extension Values {
    /// Files for a kernel: `FILE,FILE ARGUMENTS`.
    static func modules(_ text: String, _ option: String) throws(CommandError) -> [KernelModule] {
        let modules = KernelModule.parse(text)
        guard modules.allSatisfy({ !$0.path.isEmpty }) else {
            throw .usage("\(option): \(text.quoted) has an empty name; give FILE or \"FILE ARGUMENTS,FILE\"")
        }
        guard modules.count <= KernelModule.maximumCount else {
            throw .usage("\(option): there are \(modules.count) files, at most \(KernelModule.maximumCount) are loaded")
        }
        return modules
    }
}

extension Settings {
    /// Tells a format what the options for kernels say, the files read.
    ///
    /// - Throws: `CommandError` that names a file that cannot be read.
    func enterKernel(in context: inout LoadingContext) throws(CommandError) {
        context.wantsKernel = wantsKernel
        context.commandLine = commandLine
        context.linuxEntry = linuxEntry
        context.hasDisplay = hasDisplay
        var size = 0
        for var module in modules {
            module.bytes = try HostFile.read(module.path)
            size += module.bytes.count
            guard size <= ramSize else {
                throw .load("-initrd: the files have more bytes than RAM; give more with -m")
            }
            context.modules.append(module)
        }
    }

    /// Whether the board has the display that text is on.
    private var hasDisplay: Bool { machine.devices.contains("vga") && !devices.contains { $0.kind == "vga" && $0.off } }

    /// Refuses options for kernels that what was loaded does not take.
    ///
    /// - Throws: `CommandError` that names the option.
    func checkKernel(_ plan: BootPlan) throws(CommandError) {
        if linuxEntry != nil, plan.format != Loader.linux.name {
            throw .usage("--linux-entry: this is no Linux kernel; leave it out")
        }
        guard plan.surroundings != .firmware else { return }
        for option in ["append", "initrd"] where given.contains(where: { $0.key == option }) {
            throw .usage("-\(option): this is no kernel; leave it out")
        }
    }
}
