import X86Interp

// What devices of few ports, and the BIOS, show of themselves.

extension SystemControlPort {
    /// The bits that software sets.
    public var fields: [DeviceField] {
        [.init("timer 2 gate", state.control & 1 != 0), .init("speaker on", state.control & 2 != 0)]
    }
}

extension SystemControlPortA {
    /// The last value written.
    public var fields: [DeviceField] {
        [.init("control", state.control, .bits(8)), .init("A20 by this port", state.control & 2 != 0)]
    }
}

extension CoprocessorLines {
    /// The lines' levels.
    public var fields: [DeviceField] {
        [.init("error (FERR#)", state.isErrorAsserted), .init("interrupt requested", state.isRequested)]
    }
}

extension NMIMask {
    /// The gate, and what may wait behind it.
    public var fields: [DeviceField] {
        [.init("NMI let through", state.isOpen), .init("coprocessor's error", state.isErrorAsserted)]
    }
}

extension ParallelPort {
    /// The latches, and whether the printer takes a byte.
    public var fields: [DeviceField] {
        [
            .init("data", state.data, .hexadecimal(2)), .init("control", state.control, .bits(5)),
            .init("printing", state.isPrinting), .init("interrupt requested", state.isRequested),
        ]
    }
}

extension ResetControl {
    /// The last value written.
    public var fields: [DeviceField] { [.init("control", state.control, .bits(8))] }
}

extension PostCode {
    /// The last codes.
    public var fields: [DeviceField] {
        [.init("last code", state.last, .hexadecimal(2)), .init("codes", state.count, .decimal)]
    }
}

extension DebugConsole {
    /// How much was written.
    public var fields: [DeviceField] { [.init("bytes written", state.written, .decimal)] }
}

extension DebugExit {
    /// The code.
    public var fields: [DeviceField] { [.init("code", state.code, .hexadecimal(2))] }
}

extension ShutdownPort {
    /// How far the word has come.
    public var fields: [DeviceField] { [.init("letters of 'Shutdown'", state.matched, .decimal)] }
}

extension FirmwareConfig {
    /// What is selected.
    public var fields: [DeviceField] {
        [
            .init("selector", state.selector, .hexadecimal(4)), .init("offset", state.offset, .hexadecimal(1)),
            .init("DMA commands", state.commands, .decimal),
        ]
    }
}

extension ScratchCard {
    /// The index and the count.
    public var fields: [DeviceField] {
        [.init("index", state.index, .hexadecimal(4)), .init("cycles", state.cycles, .decimal)]
    }
}

extension ScriptedPort {
    /// Where the script is.
    public var fields: [DeviceField] {
        [
            .init("next answer", state.next, .decimal), .init("last value written", state.written, .hexadecimal(2)),
            .init("values written", state.writes, .decimal),
        ]
    }
}

extension DiskDrive {
    /// What is in it, and what the guest has changed.
    public var fields: [DeviceField] {
        [
            .init("kind", Drive.Kind.allCases.firstIndex(of: kind) ?? 0, .choice(["floppy", "hard disk", "CD"])),
            .init("sectors", sectorCount, .decimal),
            .init("read-only", isReadOnly),
            .init("inserted", state.isInserted),
            .init("changed since looked at", state.mediaChanged),
            .init("sectors written", state.written.count, .decimal),
        ]
    }
}

extension BIOS {
    /// What it waits for, and what the guest has changed.
    public var fields: [DeviceField] {
        [
            .init("waits for a key", state.isStarved),
            .init("clock set ahead by seconds", max(0, state.clockOffset), .decimal),
        ]
    }
}
