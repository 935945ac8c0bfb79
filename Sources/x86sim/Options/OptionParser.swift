import X86Interp

/// Turns arguments into settings, by the rows of `Option`.
struct OptionParser {
    /// The subcommand whose options are accepted.
    let subcommand: Subcommand

    /// Reads all arguments behind the subcommand's name.
    ///
    /// - Throws: `CommandError` that names the argument and the remedy.
    func parse(_ arguments: [String]) throws(CommandError) -> Settings {
        var settings = Settings()
        var rest = arguments[...]
        var onlyOperands = false
        while let argument = rest.popFirst() {
            if argument == "--", !onlyOperands {
                onlyOperands = true
            } else if onlyOperands || !argument.hasPrefix("-") || argument == "-" {
                settings.operands.append(argument)
            } else {
                try parse(option: argument, &rest, &settings)
            }
        }
        if settings.wantsHelp || settings.wantsVersion { return settings }
        try checkOperands(settings)
        if let defective = settings.defectiveModel, let chosen = settings.chosenModel,
            defective.generation != chosen.generation
        {
            throw .usage("--errata: these defects are the \(defective.name)'s; leave out --cpu \(chosen.name)")
        }
        if let chosen = settings.chosenX87 { try check(chosen, beside: settings.model) }
        return settings
    }

    /// Which x87 can be beside which processor: of its own bus, and none beside one that has its own.
    private func check(_ chip: X87Model, beside model: CPUModel) throws(CommandError) {
        if model.generation >= .i486 {
            let earlier = CPUModel.all.filter { $0.x87 == .none }.map(\.name).joined(separator: ", ")
            throw .usage("--fpu: the \(model.name) has its own x87; leave out --fpu, or choose --cpu \(earlier)")
        }
        guard model.accepts(chip) else {
            let fitting = model.generation < .i80286 ? "8087" : model.generation == .i80286 ? "287" : "287 or 387"
            throw .usage("--fpu: that x87 does not fit the \(model.name); use --fpu \(fitting) or none")
        }
    }

    private func parse(
        option argument: String, _ rest: inout ArraySlice<String>, _ settings: inout Settings
    ) throws(CommandError) {
        let parts = argument.drop { $0 == "-" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let key = parts.first ?? ""
        guard let option = Option.all.first(where: { $0.key == key || $0.key == "help" && key == "h" }) else {
            throw unknown(argument, key: String(key))
        }
        guard subcommand.topics.contains(option.topic) else {
            let own = "'x86sim \(subcommand.name) --help' lists its own"
            throw .usage("'\(subcommand.name)' has no option \(option.name); \(own)")
        }
        guard let name = option.argument else {
            guard parts.count == 1 else {
                throw .usage("\(option.name) takes no value; leave out '=' and what follows")
            }
            return try option.enter("", in: &settings)
        }
        if parts.count == 2 { return try option.enter(String(parts[1]), in: &settings) }
        guard let value = rest.popFirst() else {
            throw .usage("\(option.name) needs a value; write \(option.name) \(name)")
        }
        try option.enter(value, in: &settings)
    }

    private func unknown(_ argument: String, key: String) -> CommandError {
        let candidates = Option.all.filter { subcommand.topics.contains($0.topic) }
        let nearest = Nearest.name(to: key, in: candidates.map { String($0.key) })
        let option = candidates.first { $0.key == nearest ?? "" }
        let remedy = option.map { "did you mean \($0.name)?" } ?? "'x86sim \(subcommand.name) --help' lists all"
        return .usage("unknown option \(argument.quoted); \(remedy)")
    }

    private func checkOperands(_ settings: Settings) throws(CommandError) {
        let operands = settings.operands
        let hint = "write x86sim \(subcommand.name) \(subcommand.operands.text) [options]"
        switch subcommand.operands {
        case .none:
            guard let first = operands.first else { return }
            throw .usage("'\(subcommand.name)' takes no operand such as \(first.quoted); leave it out")
        case .blob:
            guard operands.count <= 1 else {
                throw .usage("\(operands[1].quoted) is one blob too many; \(hint), and --load for more files")
            }
            if operands.isEmpty, settings.loads.isEmpty, settings.disks.isEmpty, !settings.firmware.isROM {
                throw .usage("no blob is named; \(hint)")
            }
        case .paths:
            if operands.isEmpty { throw .usage("no path is named; \(hint)") }
        case .cases:
            if operands.isEmpty { throw .usage("no case is named; \(hint)") }
        case .topic: break
        }
    }
}
