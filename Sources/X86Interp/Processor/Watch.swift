extension CPU {
    /// What is watched, by the debug registers and by observers, and how far those have been told.
    final class Watch {
        /// An observer and what it wants to hear of.
        final class Entry {
            let token: ObserverToken
            let observer: any Observer
            /// It has not been removed.
            fileprivate(set) var isActive = true
            private(set) var interests: Interests
            var list: [Interest] { didSet { interests = Interests(list) } }

            fileprivate init(_ token: ObserverToken, _ observer: any Observer, _ list: [Interest]) {
                self.token = token
                self.observer = observer
                self.list = list
                interests = Interests(list)
            }
        }

        /// A moment that has been announced.
        struct Round {
            var time: UInt64
            var linear: UInt32
            /// Who was told last; all have been if it is the highest number.
            var last: UInt64
        }

        /// A block that runs: where it leads to without a transfer of control, instruction by instruction.
        struct Running {
            var time: UInt64
            var boundaries: [UInt32]
        }

        /// The observers, in the order in which they were added.
        private(set) var entries: [Entry] = []
        private var lastNumber: UInt64 = 0
        /// An observer has come, has gone, or wants something else.
        var isOutdated = false
        /// Who has asked to stop.
        var stoppers: [ObserverToken] = []
        /// The breakpoints of the debug registers if any is enabled.
        private(set) var breakpoints: [DebugBreakpoint] = []
        /// What the debug registers and all observers want to hear of.
        private(set) var interests = Interests()
        private var list: [Interest] = []
        /// Ports that are watched, unless all are.
        private(set) var ports = RangeList<UInt16>()
        private(set) var watchesAllPorts = false
        /// Whether anybody wants to hear of port cycles, of memory cycles: asked at each, for which a look at
        /// `interests`, which is copied for that, would be too long.
        private(set) var hearsPorts = false
        private(set) var hearsMemory = false
        /// The last instruction and the last block that were announced.
        var instruction: Round?
        var block: Round?
        /// The deliveries that were announced at one guest time, and who was told last.
        var deliveries: (time: UInt64, told: [ObservedDelivery: UInt64]) = (0, [:])
        /// The block that was entered last, if blocks of its page are observed.
        var running: Running?
        /// How often the guest was put elsewhere.
        private(set) var moves: UInt64 = 0
        /// Guest time behind the last delivery that no instruction called.
        private(set) var lastDelivery: UInt64?
        /// The same of the last one that came in between two instructions.
        var lastBoundaryDelivery: UInt64?
        /// The line RESET is being obeyed behind an instruction, as a part of its step.
        var isResetting = false
        /// An observer has moved CS:EIP when they were last told of a delivery.
        var hasMoved = false
        /// The mode that observers know of.
        var mode: UInt32 = 0

        // MARK: Who observes

        func add(_ observer: any Observer, _ list: [Interest]) -> ObserverToken {
            lastNumber += 1
            let token = ObserverToken(number: lastNumber)
            entries.append(Entry(token, observer, list))
            return token
        }

        func entry(_ token: ObserverToken) -> Entry? { entries.first { $0.token == token } }

        func remove(_ token: ObserverToken) -> Bool {
            guard let place = entries.firstIndex(where: { $0.token == token }) else { return false }
            entries[place].isActive = false
            entries.remove(at: place)
            return true
        }

        /// The guest is elsewhere: the moment is a new one.
        func forgetMoment() {
            moves &+= 1
            instruction = nil
            block = nil
            deliveries = (0, [:])
            running = nil
        }

        /// Something that no instruction called was delivered; guest time is that behind it.
        func noteDelivery(at time: UInt64) {
            lastDelivery = time
            running = nil
        }

        // MARK: What is watched

        var watchesPortBreakpoints: Bool { breakpoints.contains { $0.isEnabled && $0.kind == .port } }

        /// Derives what is watched from the debug registers and the observers; false if nothing has changed.
        func refresh(_ state: CPUState, hasDebugRegisters: Bool) -> Bool {
            let isArmed = hasDebugRegisters && state.dr7 & 0xFF != 0
            guard isArmed || isOutdated || !breakpoints.isEmpty else { return false }
            breakpoints = isArmed ? (0..<4).compactMap { DebugBreakpoint($0, state) } : []
            isOutdated = false
            let list = entries.flatMap(\.list) + breakpoints.compactMap(\.interest)
            guard list != self.list else { return false }
            self.list = list
            interests = Interests(list)
            let all = interests.ports
            watchesAllPorts = all.isFull
            ports = watchesAllPorts ? RangeList() : all
            hearsPorts = !all.isEmpty
            hearsMemory = !interests.cycles.isEmpty
            return true
        }
    }

    /// Recomputes what is watched after a change of debug registers or observers.
    func refreshWatch() {
        let watch = watch
        let old = watch.interests
        guard watch.refresh(core.pointee.state, hasDebugRegisters: model.is32Bit) else { return }
        let new = watch.interests
        core.pointee.isWatching = new.watchesData
        core.pointee.hasCodeMarks = new.watchesCode
        core.pointee.codeMarkPlaces = new.instructions.places | new.blocks.places
        core.pointee.watchesBlocks = !new.blocks.isEmpty
        core.pointee.hasPortBreakpoints = watch.watchesPortBreakpoints
        core.pointee.watchesDeliveries = !new.vectors.isEmpty
        core.pointee.watchesModes = new.modes
        if new.modes, !old.modes { watch.mode = mode }
        watchPorts()
        let isOtherCode = (new.instructions, new.blocks) != (old.instructions, old.blocks)
        guard isOtherCode || (new.reads, new.writes) != (old.reads, old.writes) else { return }
        core.pointee.flushTranslations()
        if isOtherCode { blocks.pointee.isStale = true }
        core.pointee.endBlock()
    }

    /// Takes watched ports off the fast path.
    func watchPorts() {
        ports.watch(watch.ports)
        setDirectWidth()
    }

    /// The widest port access that needs no look beyond the claim.
    func setDirectWidth() {
        let isSlow = watch.watchesAllPorts || core.pointee.isJournaling
        core.pointee.directWidth = isSlow ? 0 : ports.busWidth.rawValue
    }
}
