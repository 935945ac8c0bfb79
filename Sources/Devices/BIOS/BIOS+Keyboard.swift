import X86Interp

extension BIOSService {
    /// INT 16h.
    ///
    /// Source: IBM PS/2 BIOS reference.
    static let keyboard = BIOSService(
        0x16, "keyboard",
        [
            .init(0x00, "wait for a key") { $0.readKey($1) },
            .init(0x01, "look for a key") { $0.lookForKey($1) },
            .init(0x02, "shift flags") { $1.al = $1.byte(BDA.shiftFlags) },
            .init(0x03, "repeat rate") { $1.signal(again: false) },
            .init(0x05, "put a key into the buffer") { $1.al = $0.store($1.cx, $1) ? 0 : 1 },
            .init(0x09, "what there is", needs: .at) { $1.al = 0x20 },
            .init(0x10, "wait for a key, all keys") { $0.readKey($1) },
            .init(0x11, "look for a key, all keys") { $0.lookForKey($1) },
            .init(0x12, "shift flags, all keys") { $1.ax = $1.word(BDA.shiftFlags) },
        ])
}

extension BIOS {
    /// Functions 00 and 10: AX is the next key; the stub waits for it.
    func readKey(_ call: BIOSCall) {
        let isExtended = call.ah >= 0x10
        guard let key = awaitRawKey(call) else { return }
        call.ax = isExtended ? key : Self.plain(key)
        call.signal(again: false)
    }

    /// The next key; nil if there is none yet, and the stub waits for it.
    private func awaitRawKey(_ call: BIOSCall) -> UInt16? {
        fetchKey(call, waits: true)
        guard let key = takeKey(call) else {
            settle(call)
            state.isStarved = !isKeyToCome(call)
            call.signal(again: true, never: state.isStarved)
            return nil
        }
        return key
    }

    /// The same as function 00 has it.
    func awaitKey(_ call: BIOSCall) -> UInt16? { awaitRawKey(call).map(Self.plain) }

    /// Functions 01 and 11: ZF if there is no key, else AX is it, left where it is.
    func lookForKey(_ call: BIOSCall) {
        let isExtended = call.ah >= 0x10
        fetchKey(call, waits: false)
        call.signal(again: false)
        guard let place = headOfKeys(call) else {
            call.zero = true
            return
        }
        call.zero = false
        let key = call.word(0x400 + UInt32(place))
        call.ax = isExtended ? key : Self.plain(key)
    }

    /// A guest that had given up waiting for a key asks again.
    func askAgain(_ machine: Machine) {
        guard state.isStarved else { return }
        state.isStarved = false
        var cpu = machine.state
        let place = cpu.segments.cs.base &+ cpu.eip
        guard let stub = BIOSROM.entry(around: place), stub.stub == .waiting else { return }
        cpu.eip = UInt32(stub.offset)
        cpu.halted = false
        machine.state = cpu
    }

    /// A key as functions 00 and 01 have it: those that only later keyboards have are as their like on the keypad.
    private static func plain(_ key: UInt16) -> UInt16 {
        key.low == 0xE0 && key.high != 0 ? key & 0xFF00 : key.high == 0xE0 ? key.low == 0x0D ? 0x1C0D : 0x352F : key
    }

    /// Whether INT 09h is the BIOS's own.
    func ownsKeyboardInterrupt(_ call: BIOSCall) -> Bool {
        call.dword(0x09 * 4) == BIOSROM.keyboardVector
    }

    /// Whether there can be another key.
    private func isKeyToCome(_ call: BIOSCall) -> Bool {
        guard let keyboard else { return keys.key(at: state.keysTaken, waits: false) != .atEnd }
        return !keyboard.isExhausted
    }

    /// The next stroke of the source, where there is no keyboard: nobody pauses, and there is no mouse.
    private func nextStroke(waits: Bool) -> KeyStroke? {
        for _ in 0..<64 {
            let input = keys.key(at: state.keysTaken, waits: waits)
            guard input != .notYet, input != .atEnd else { return nil }
            state.keysTaken += 1
            if case .key(let stroke) = input { return stroke }
        }
        return nil
    }

    /// Moves a key to the buffer, if that is empty: from the keyboard, unless the guest takes the keyboard's interrupt
    /// itself, or from the source if there is no keyboard.
    func fetchKey(_ call: BIOSCall, waits: Bool) {
        guard headOfKeys(call) == nil else { return }
        guard let keyboard else {
            if let stroke = nextStroke(waits: waits) { _ = store(stroke.word, call) }
            return
        }
        guard ownsKeyboardInterrupt(call) else { return keyboard.look(waits: waits) }
        // The longest stroke, by Alt and digits, has far fewer codes.
        for _ in 0..<64 where headOfKeys(call) == nil {
            guard let code = keyboard.takeByte(waits: waits) else { return }
            take(scanCode: code, call)
        }
    }

    // MARK: The ring buffer

    /// Where the buffer is in segment 40: as its pointers say, if they make sense.
    private func ring(_ call: BIOSCall) -> (start: UInt16, end: UInt16) {
        let (start, end) = (call.word(BDA.keyStart), call.word(BDA.keyEnd))
        return start < end && start >= 0x1E && (end - start) % 2 == 0 ? (start, end) : BDA.keyRing
    }

    /// The offset of the oldest key, or nil.
    func headOfKeys(_ call: BIOSCall) -> UInt16? {
        let head = call.word(BDA.keyHead)
        return head == call.word(BDA.keyTail) ? nil : head
    }

    func takeKey(_ call: BIOSCall) -> UInt16? {
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

    /// Bits of the shift flags by key: while it is down, and changed by each stroke.
    private static let shiftBits: [UInt8: UInt8] = [0x36: 0x01, 0x2A: 0x02, 0x1D: 0x04, 0x38: 0x08]
    private static let lockBits: [UInt8: UInt8] = [0x3A: 0x40, 0x45: 0x20, 0x46: 0x10]

    /// INT 09h: takes the scan code in AL, as the keyboard's interrupt hands it over.
    func takeScanCode(_ call: BIOSCall) { take(scanCode: call.al, call) }

    /// Takes a byte of the keyboard: shift flags, a key for the buffer, or an answer to a command.
    private func take(scanCode code: UInt8, _ call: BIOSCall) {
        let kind = call.byte(BDA.keyboardKind)
        // E0 begins a key that the first keyboards did not have, E1 the Pause key; answers are nobody's.
        if code == 0xE0 || code == 0xE1 { return call.setByte(BDA.keyboardKind, kind | (code == 0xE0 ? 2 : 1)) }
        call.setByte(BDA.keyboardKind, kind & ~3)
        guard code != 0xFA, code != 0xFE, code != 0xEE, kind & 1 == 0 else { return }
        let isExtended = kind & 2 != 0
        var flags = call.byte(BDA.shiftFlags)
        if let bit = Self.shiftBits[code & 0x7F] {
            // The keypad's own shift keys are made up by the keyboard.
            if isExtended, bit < 4 { return }
            flags = code < 0x80 ? flags | bit : flags & ~bit
            call.setByte(BDA.shiftFlags, flags)
            if bit == 0x08, code >= 0x80, let number = state.altNumber {
                state.altNumber = nil
                _ = store(UInt16(number), call)
            }
            return
        }
        if let bit = Self.lockBits[code & 0x7F], !isExtended {
            if code < 0x80 { call.setByte(BDA.shiftFlags, flags ^ bit) }
            return
        }
        if code < 0x80 { take(key: code, isExtended: isExtended, flags: flags, call) }
    }

    private func take(key code: UInt8, isExtended: Bool, flags: UInt8, _ call: BIOSCall) {
        let digit = isExtended ? nil : ScanCodes.digits.firstIndex(of: code)
        if let digit, flags & 0x08 != 0 {
            state.altNumber = (state.altNumber ?? 0) &* 10 &+ UInt8(digit)
            return
        }
        var stroke = KeyStroke(
            pressing: code, shift: flags & 3 != 0, control: flags & 4 != 0, alt: flags & 8 != 0,
            capsLock: flags & 0x40 != 0)
        let isNumber = flags & 0x20 != 0 && flags & 3 == 0 && flags & 0x0C == 0
        switch code {
        case 0x1C where isExtended && flags & 8 == 0: stroke.scan = 0xE0
        case 0x35 where isExtended && flags & 8 == 0: stroke = KeyStroke(scan: 0xE0, character: 0x2F)
        case _ where isExtended && ScanCodes.extended.contains(code) && flags & 8 == 0: stroke.character = 0xE0
        case 0x53 where !isExtended && isNumber: stroke.character = 0x2E
        case _ where digit != nil && isNumber: stroke.character = 0x30 + UInt8(digit ?? 0)
        default: break
        }
        _ = store(stroke.word, call)
    }
}
