import X86Interp

// What the floppy controller and its DMA show of themselves.

extension DMA8237Pair {
    /// Addresses, counts and modes of the channels, commands and masks of the chips.
    public var fields: [DeviceField] {
        let chips = state
        return Self.fields("first", chips.first) + (hasSecond ? Self.fields("second", chips.second) : [])
            + (0..<(hasSecond ? 8 : 4)).flatMap { fields(of: $0, chips) }
    }

    private static func fields(_ name: String, _ chip: DMA8237) -> [DeviceField] {
        [
            .init("\(name) command", chip.command, .bits(8)),
            .init("\(name) mask", chip.mask, .bits(4)),
            .init("\(name) requests", chip.inputs | chip.requests, .bits(4)),
            .init("\(name) terminal counts", chip.terminalCounts, .bits(4)),
        ]
    }

    private func fields(of number: Int, _ chips: State) -> [DeviceField] {
        let place = UInt8(truncatingIfNeeded: number & 3)
        let channel = number < 4 ? chips.first[place] : chips.second[place]
        return [
            .init("channel \(number) page", page(number), .hexadecimal(2)),
            .init("channel \(number) address", channel.address, .hexadecimal(4)),
            .init("channel \(number) count", channel.count, .hexadecimal(4)),
            .init("channel \(number) mode", channel.mode, .bits(8)),
        ]
    }
}

extension FDC82077AA {
    /// Output and rate registers, what the chip is at, and where the heads are.
    public var fields: [DeviceField] {
        let chip = state
        let phase =
            switch chip.phase {
            case .reset: 0
            case .command: 1
            case .execution: 2
            case .result: 3
            }
        return [
            .init("digital output (DOR)", chip.digitalOutput, .bits(8)),
            .init("data rate (DSR)", chip.dataRateSelect, .bits(8)),
            .init("main status (MSR)", chip.mainStatus, .bits(8)),
            .init("phase", phase, .choice(["reset", "command", "execution", "result"])),
            .init("command bytes", chip.command.count, .decimal),
            .init("result bytes left", chip.results.count, .decimal),
            .init("without DMA", chip.isProgrammed),
            .init("interrupt", chip.interrupts),
            .init("drive 0 track", chip[0].track, .decimal),
            .init("drive 0 PCN", chip[0].presentCylinder, .decimal),
            .init("drive 1 track", chip[1].track, .decimal),
            .init("drive 1 PCN", chip[1].presentCylinder, .decimal),
        ]
    }
}
