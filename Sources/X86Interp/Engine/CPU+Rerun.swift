// The instruction at hand is run under the journal: see `CPU.Journal`.
extension CPU {
    /// Instructions of several accesses are run under the journal from their start: what they write before they meet a
    /// device would else be read by their second run.
    ///
    /// All others make at most one write, as their last access, and change no register before it.
    @inline(never)
    func journalFirst(_ op: OpPointer) throws(Interruption) {
        guard !core.pointee.isJournaling else { return }
        switch op.pointee.operation {
        case .pop, .pusha, .popa, .enter, .callFar, .jmpFar, .retFar, .iret, .int, .int1, .int3, .into, .ins,
            .movControl, .cmpxchg8b, .maskmovq, .maskmovdqu:
            throw .journal
        default:
            // Operands beyond 32 bits are written by parts.
            let operation = op.pointee.operation
            guard isMemory(op), operation.isX87 || operation.isVector else { return }
            throw .journal
        }
    }

    /// Makes the CPU run the instruction at CS:EIP under the journal, before anything else.
    func wantJournal(asksMarks: Bool) {
        journal.isWanted = true
        journal.asksMarks = asksMarks
        core.pointee.requestAttention()
    }

    /// Begins, or begins again, an instruction or a delivery under the journal.
    func beginJournal(_ boundary: BoundaryEvent? = nil) {
        core.pointee.state.eflags = eflags
        journal.isWanted = false
        journal.progress = core.pointee.state.memoryProgress
        journal.progress.boundary = journal.progress.boundary ?? boundary
        journal.response = core.pointee.state.latchedMemoryResponse
        (journal.accessesMet, journal.cyclesMet) = (0, 0)
        journal.isRepeated = false
        journal.request = nil
        core.pointee.state.abandonMemory()
        journal.checkpoint = core.pointee.state
        core.pointee.isJournaling = true
        core.pointee.codeTag = 1
        core.pointee.directWidth = 0
        useTranslations()
    }

    /// The block whose first instruction is run under the journal; from here on its bytes are known.
    func journaledBlock() throws(Interruption) -> UnsafeMutablePointer<Block> {
        if let waiting = parsedBlock(journal.progress.code) { return waiting }
        let isFirst = journal.progress.accesses.isEmpty && journal.isFresh
        let block =
            if !isFirst, let underWay = try fetchUnderWay() {
                underWay
            } else {
                try lookUpBlock(asksMarks: isFirst && journal.asksMarks)
            }
        journal.asksMarks = false
        if block != scratch { journal.progress.code = firstBytes(of: block.pointee) }
        // What was fetched is in there.
        journal.progress.accesses.removeAll(keepingCapacity: true)
        journal.accessesMet = 0
        return block
    }

    /// The bytes of a block's first instruction.
    @inline(never)
    private func firstBytes(of block: Block) -> [UInt8] {
        let address = block.key.page | UInt64(block.key.physical & 4095)
        let bytes = memory.contents(address, count: Int(block.ops.pointee.length), for: .execute)
        return bytes.map(Array.init) ?? []
    }
}
