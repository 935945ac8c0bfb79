/// Whether and how the way back is kept.
public struct HistoryOptions: Sendable, Equatable {
    /// Instructions between two checkpoints; more where the guest writes so much that checkpoints would slow it down,
    /// down to a sixteenth where its instructions take long, so that running them again does not.
    public var interval: UInt64 = 6 << 20
    /// The bound of what checkpoints and logged input take, in bytes; the oldest and the latest are kept whatever.
    public var memoryLimit = 256 << 20
    /// The bound of checkpoints.
    public var checkpointLimit = 512

    /// The defaults: every 6 million instructions, 256 MiB, 512 checkpoints.
    public init() {}
}

/// The way back: checkpoints of the whole machine, and what came from outside in between.
///
/// A checkpoint keeps the pages of RAM that were written since the one before it. The way to a moment is the checkpoint
/// before it and running on from there, with the input from the log: the same instructions, and the same end. When the
/// bound is reached, checkpoints go where they are closest for their age, and at last the oldest moments.
public final class History {
    /// One moment that can be restored at once.
    struct Checkpoint {
        var serial: Int
        var position: UInt64
        var chips: ChipStates
        var input: InputLog.Position
        var rom: ROMImage
        /// Pages whose versions begin here.
        var pages: [Int]
        /// Somebody changed the machine from outside here: running from before does not lead here.
        var isEdit: Bool
    }

    /// Its options.
    public let options: HistoryOptions
    /// The newest moment that has been run; behind the present one when the guest stands in its past.
    public private(set) var end: UInt64
    private let machine: Machine
    private var store: PageStore
    private(set) var checkpoints: [Checkpoint] = []
    private var nextSerial = 1
    private var nextCheckpoint: UInt64 = 0
    /// Where it is decided whether the next checkpoint is due early: a sixteenth of the way to it, an eighth and so on.
    private var nextLook: UInt64 = 0
    /// The CPU's detours at the latest checkpoint.
    private var detours: UInt64 = 0
    /// How often the interval is doubled at present.
    private var doublings = 0
    /// Somebody has changed the machine since the last slice.
    private var hasEdit = false
    /// The latest checkpoint that the machine's present state goes back to.
    private var lineage = 0
    /// ROM as it is now, or as it was before the last change.
    private var rom: ROMImage

    init(_ machine: Machine, _ options: HistoryOptions) {
        self.machine = machine
        self.options = options
        store = PageStore(machine.memory)
        rom = ROMImage(machine.memory)
        end = machine.state.instructions
    }

    /// The oldest moment that can be gone to.
    public var start: UInt64 { checkpoints.first?.position ?? now }

    /// How many checkpoints there are.
    public var checkpointCount: Int { checkpoints.count }

    /// Bytes that checkpoints and logged input take: 4 KiB a page kept, an allowance for the chips of each, and ROM
    /// anew where it was changed.
    public var memoryUse: Int {
        var roms = 0
        var last: ROMImage?
        for checkpoint in checkpoints where checkpoint.rom !== last {
            roms += checkpoint.rom.size
            last = checkpoint.rom
        }
        return store.imageCount * PageImage.size + checkpoints.count * Self.chipAllowance + roms
            + machine.inputs.memoryUse
    }

    private static let chipAllowance = 8192
    private var now: UInt64 { machine.cpu.position }

    /// Forgets everything before the present moment, as after a reload or restart.
    public func restart() {
        checkpoints = []
        store = PageStore(machine.memory)
        machine.inputs.forgetFuture()
        machine.inputs.forget(before: machine.inputs.position)
        end = now
        hasEdit = false
        lineage = 0
    }

    // MARK: While the guest runs

    /// Whether the guest stands in its past: what it does next is known.
    var isReplaying: Bool { now < end }

    /// The next change from outside that has not been made again.
    private var nextEdit: Checkpoint? {
        var range = 0..<checkpoints.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            let isAhead = checkpoints[middle].serial > lineage
            range = isAhead ? range.lowerBound..<middle : middle + 1..<range.upperBound
        }
        return checkpoints[range.lowerBound...].first(where: \.isEdit)
    }

    /// Called before each slice: takes the checkpoint that is due, or the one that somebody's change makes.
    ///
    /// Returns where the slice has to end at the latest.
    func prepare() -> UInt64 {
        if checkpoints.isEmpty {
            end = now
            take(isEdit: false)
        } else if hasEdit {
            take(isEdit: true)
        } else if isReplaying || nextEdit != nil {
            redoEdits()
            if isReplaying { return min(end, nextEdit?.position ?? .max) }
        } else if now >= nextLook, !machine.cpu.isDeliveryDue {
            // Elsewhere it would be a moment in the middle of a step.
            if now >= nextCheckpoint || hasTakenLong {
                take(isEdit: false)
            } else {
                let length = now &- (checkpoints.last?.position ?? now)
                nextLook = min(nextCheckpoint, now &+ length)
            }
        }
        hasEdit = false
        return max(nextLook, now &+ 1)
    }

    /// Whether what has been run since the latest checkpoint takes long already: some 0.1 s with the default interval.
    private var hasTakenLong: Bool { machine.cpu.options.detours &- detours > options.interval / 16 }

    /// Called behind each slice.
    func endSlice() {
        end = max(end, now)
        redoEdits()
    }

    /// Where the guest has come to a change of old, it is made again.
    private func redoEdits() {
        while let edit = nextEdit, edit.position <= now, !hasEdit { restore(edit) }
    }

    private func take(isEdit: Bool) {
        var isEdit = isEdit
        if let last = checkpoints.last, last.position == now {
            // Another change at the same moment replaces it.
            checkpoints.removeLast()
            store.dropLast(serial: last.serial, pages: last.pages)
            isEdit = isEdit || last.isEdit
        }
        let serial = nextSerial
        nextSerial += 1
        lineage = serial
        let pages = store.keep(serial: serial)
        rom = rom.updated(machine.memory)
        // Going on from here is going on from there: with no translation cached.
        machine.cpu.flushTranslations()
        checkpoints.append(
            Checkpoint(
                serial: serial, position: now, chips: machine.chips(), input: machine.inputs.position, rom: rom,
                pages: pages, isEdit: isEdit))
        if !isEdit { adjustInterval(pages: pages.count) }
        let distance = max(options.interval, 1).multipliedReportingOverflow(by: 1 << UInt64(doublings))
        let (sum, isBeyond) = now.addingReportingOverflow(distance.partialValue)
        nextCheckpoint = distance.overflow || isBeyond ? .max : sum
        nextLook = min(nextCheckpoint, now &+ max(distance.partialValue / 16, 1))
        detours = machine.cpu.options.detours
        thin()
    }

    /// More pages than this are many: keeping 2048 takes about as long as a million instructions.
    private static let manyPages = 1024
    private static let maximumDoublings = 4

    /// Checkpoints become more seldom step by step while each has many pages: that one has is no reason.
    private func adjustInterval(pages: Int) {
        let isHeavy = pages > Self.manyPages << doublings
        doublings = isHeavy ? min(doublings + 1, Self.maximumDoublings) : max(doublings - 1, 0)
    }

    // MARK: Changes from outside

    /// Called before somebody changes the machine: a new future, what was behind the present moment does not happen.
    func willEdit() {
        guard !checkpoints.isEmpty else { return }
        if isReplaying { forgetFuture() }
        hasEdit = true
    }

    private func forgetFuture() {
        while checkpoints.count > 1, let last = checkpoints.last, last.position > now {
            checkpoints.removeLast()
            store.dropLast(serial: last.serial, pages: last.pages)
        }
        machine.inputs.forgetFuture()
        end = now
        nextCheckpoint = now
        nextLook = now
    }

    // MARK: Going back

    /// The latest checkpoint that is not behind `position`.
    func checkpoint(before position: UInt64) -> Checkpoint? { checkpoints.last { $0.position <= position } }

    /// Makes a change that nobody has run yet a moment to come back to.
    func keepEdit() {
        if hasEdit, !checkpoints.isEmpty { take(isEdit: true) }
        hasEdit = false
    }

    /// Puts the machine where it was at a checkpoint.
    func restore(_ checkpoint: Checkpoint) {
        end = max(end, now)
        machine.restore(checkpoint.chips) {
            store.restore(serial: checkpoint.serial)
            put(checkpoint.rom)
        }
        machine.cpu.forgetIdle()
        machine.inputs.seek(checkpoint.input)
        lineage = checkpoint.serial
    }

    private func put(_ image: ROMImage) {
        guard rom.updated(machine.memory) !== image else { return }
        image.restore(machine.memory)
        rom = image
    }

    /// The present moment, wherever it is.
    struct Bookmark {
        fileprivate var rom: ROMImage
        fileprivate var chips: ChipStates
        fileprivate var input: InputLog.Position
        fileprivate var pages: PageStore.Bookmark
        fileprivate var lineage: Int
    }

    func bookmark() -> Bookmark {
        rom = rom.updated(machine.memory)
        return Bookmark(
            rom: rom, chips: machine.chips(), input: machine.inputs.position, pages: store.bookmark(), lineage: lineage)
    }

    func restore(_ bookmark: Bookmark) {
        machine.restore(bookmark.chips) {
            store.restore(bookmark.pages)
            put(bookmark.rom)
        }
        machine.cpu.forgetIdle()
        machine.inputs.seek(bookmark.input)
        lineage = bookmark.lineage
    }

    // MARK: The bound

    private func thin() {
        while checkpoints.count > 2, memoryUse > options.memoryLimit || checkpoints.count > options.checkpointLimit {
            drop(at: mostCrowded() ?? 0)
        }
    }

    /// The checkpoint between whose neighbours the way is shortest for its age; nil if none but the oldest can go.
    private func mostCrowded() -> Int? {
        var best: (place: Int, score: Double)?
        for place in 1..<checkpoints.count - 1 where !checkpoints[place].isEdit {
            let gap = Double(checkpoints[place + 1].position &- checkpoints[place - 1].position)
            let age = Double(now &- checkpoints[place].position) + Double(options.interval)
            let score = gap / age
            if score < best?.score ?? .infinity { best = (place, score) }
        }
        // Where each way is as long as its age allows, the oldest moments go.
        guard let best, best.score < 1 else { return nil }
        return best.place
    }

    private func drop(at place: Int) {
        let gone = checkpoints[place]
        let next = checkpoints[place + 1].serial
        checkpoints[place + 1].pages += store.drop(serial: gone.serial, pages: gone.pages, next: next)
        checkpoints.remove(at: place)
        if place == 0, let first = checkpoints.first { machine.inputs.forget(before: first.input) }
    }
}
