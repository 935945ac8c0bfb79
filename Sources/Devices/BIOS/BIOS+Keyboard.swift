import X86Interp

extension BIOSService {
    /// INT 16h.
    ///
    /// Source: IBM PS/2 BIOS reference.
    static let keyboard = BIOSService(
        0x16, "keyboard",
        [
            .init(0x00, "wait for a key") { $0.readKey(&$1) },
            .init(0x01, "look for a key") { $0.lookForKey(&$1) },
            .init(0x02, "shift flags") { $1.al = $1.byte(BDA.shiftFlags) },
            .init(0x03, "repeat rate") { $1.signal(again: false) },
            .init(0x05, "put a key into the buffer") { $1.al = $0.store($1.cx, $1) ? 0 : 1 },
            .init(0x09, "what there is") { $1.al = 0x20 },
            .init(0x10, "wait for a key, all keys") { $0.readKey(&$1) },
            .init(0x11, "look for a key, all keys") { $0.lookForKey(&$1) },
            .init(0x12, "shift flags, all keys") { $1.ax = $1.word(BDA.shiftFlags) },
        ])
}

extension BIOS {
    /// Functions 00 and 10: AX is the next key; the stub waits for it.
    func readKey(_ call: inout BIOSCall) {
        fetchKey(call, waits: true)
        guard let key = takeKey(call) else {
            let isOver = options.keys.key(at: state.keysTaken, waits: false) == .atEnd
            state.isStarved = isOver
            return call.signal(again: true, never: isOver)
        }
        call.ax = key
        call.signal(again: false)
    }

    /// Functions 01 and 11: ZF if there is no key, else AX is it, left where it is.
    func lookForKey(_ call: inout BIOSCall) {
        fetchKey(call, waits: false)
        call.signal(again: false)
        guard let place = headOfKeys(call) else {
            call.zero = true
            return
        }
        call.zero = false
        call.ax = call.word(0x400 + UInt32(place))
    }

    /// Moves a key stroke from its source to the buffer, if that is empty.
    func fetchKey(_ call: BIOSCall, waits: Bool) {
        guard headOfKeys(call) == nil,
            case .key(let stroke) = options.keys.key(at: state.keysTaken, waits: waits)
        else { return }
        state.keysTaken += 1
        _ = store(stroke.word, call)
    }

    // MARK: The ring buffer

    /// Where the buffer is in segment 40: as its pointers say, if they make sense.
    private func ring(_ call: BIOSCall) -> (start: UInt16, end: UInt16) {
        let (start, end) = (call.word(BDA.keyStart), call.word(BDA.keyEnd))
        return start < end && start >= 0x1E && (end - start) % 2 == 0 ? (start, end) : BDA.keyRing
    }

    /// The offset of the oldest key, or nil.
    private func headOfKeys(_ call: BIOSCall) -> UInt16? {
        let head = call.word(BDA.keyHead)
        return head == call.word(BDA.keyTail) ? nil : head
    }

    private func takeKey(_ call: BIOSCall) -> UInt16? {
        guard let head = headOfKeys(call) else { return nil }
        call.setWord(BDA.keyHead, next(head, call))
        return call.word(0x400 + UInt32(head))
    }

    private func next(_ place: UInt16, _ call: BIOSCall) -> UInt16 {
        let ring = ring(call)
        return place >= ring.start && place < ring.end - 2 ? place + 2 : ring.start
    }

    /// Puts a key into the buffer; false if it is full.
    func store(_ key: UInt16, _ call: BIOSCall) -> Bool {
        let tail = call.word(BDA.keyTail)
        let behind = next(tail, call)
        guard behind != call.word(BDA.keyHead) else { return false }
        call.setWord(0x400 + UInt32(tail), key)
        call.setWord(BDA.keyTail, behind)
        return true
    }

    // MARK: INT 09h

    /// Takes the scan code in AL, as the keyboard's interrupt hands it over.
    func takeScanCode(_ call: inout BIOSCall) {
        let code = call.al
        let modifiers: [UInt8: UInt8] = [0x36: 0x01, 0x2A: 0x02, 0x1D: 0x04, 0x38: 0x08]
        var flags = call.byte(BDA.shiftFlags)
        if let bit = modifiers[code & 0x7F] {
            flags = code < 0x80 ? flags | bit : flags & ~bit
            return call.setByte(BDA.shiftFlags, flags)
        }
        // Caps Lock, Num Lock and Scroll Lock change with each stroke.
        let locks: [UInt8: UInt8] = [0x3A: 0x40, 0x45: 0x20, 0x46: 0x10]
        if let bit = locks[code] {
            return call.setByte(BDA.shiftFlags, flags ^ bit)
        }
        guard code < 0x80 else { return }
        let stroke = KeyStroke(pressing: code, shift: flags & 3 != 0, control: flags & 4 != 0, alt: flags & 8 != 0)
        _ = store(stroke.word, call)
    }
}
