import X86Interp

extension BIOSService {
    /// INT 15h.
    ///
    /// Sources: IBM PS/2 BIOS reference; ACPI specification, E820; RBIL for 24xx and E801.
    static let system = BIOSService(
        0x15, "system",
        [
            .init(0x24, al: 0x00, "A20 off", needs: .at) { $0.setA20(false, $1) },
            .init(0x24, al: 0x01, "A20 on", needs: .at) { $0.setA20(true, $1) },
            .init(0x24, al: 0x02, "A20 state", needs: .at) {
                $1.al = $1.machine.bus.a20 ? 1 : 0
                $0.succeed($1)
            },
            .init(0x24, al: 0x03, "how A20 is switched", needs: .at) {
                $1.bx = 3
                $0.succeed($1)
            },
            .init(0x4F, "keyboard intercept") {
                $1.signal(again: false)
                $1.carry = true
            },
            .init(0x80, "device open") { $0.succeed($1) },
            .init(0x81, "device close") { $0.succeed($1) },
            .init(0x82, "program end") { $0.succeed($1) },
            .init(0x83, al: 0x00, "event wait", needs: .at) { $0.startEventWait($1) },
            .init(0x83, al: 0x01, "cancel the event wait", needs: .at) { $0.cancelEventWait($1) },
            .init(0x85, "system request key") { $0.succeed($1) },
            .init(0x86, "wait", needs: .at) { $0.wait($1) },
            .init(0x87, "move a block", needs: .at) { $0.moveBlock($1) },
            .init(0x88, "memory above 1 MiB", needs: .at) { $0.extendedMemory($1) },
            .init(0x90, "device busy") { $0.succeed($1) },
            .init(0x91, "device ready") { $0.succeed($1) },
            .init(0xC0, "configuration") {
                $1.es = BIOSROM.segment
                $1.bx = BIOSROM.configuration
                $0.succeed($1)
            },
            .init(0xC1, "extended data area", needs: .at) { $0.extendedDataArea($1) },
            .init(0xE8, al: 0x01, "memory in two ranges", needs: .at) { $0.memoryRanges($1) },
            .init(0xE8, al: 0x20, "memory map", needs: .at) { $0.memoryMap($1) },
        ], other: { $0.refuse($1) })
}

extension BIOS {
    /// CF clear, AH 00.
    func succeed(_ call: BIOSCall) {
        call.ah = 0
        call.carry = false
        call.signal(again: false)
    }

    /// CF set, AH 86: there is no such function.
    func refuse(_ call: BIOSCall) { refuse(0x86, call) }

    /// CF set, AH is the reason.
    func refuse(_ status: UInt8, _ call: BIOSCall) {
        call.ah = status
        call.carry = true
        call.signal(again: false)
    }

    func setA20(_ enabled: Bool, _ call: BIOSCall) {
        call.machine.bus.setA20(enabled)
        succeed(call)
    }

    /// Function 87: CX words, from where to where descriptors at ES:SI say.
    func moveBlock(_ call: BIOSCall) {
        let table = call.physical(call.es, call.si)
        func base(_ descriptor: UInt32) -> UInt32 {
            let low = call.dword(table &+ descriptor &+ 2) & 0xFF_FFFF
            return low | UInt32(call.byte(table &+ descriptor &+ 7)) << 24
        }
        guard call.cx <= 0x8000 else {
            call.ah = 0x02
            call.carry = true
            return call.signal(again: false)
        }
        let bytes = call.memory.peek(base(0x10), count: Int(call.cx) * 2)
        call.setBytes(base(0x18), bytes)
        succeed(call)
    }

    /// KiB above 1 MiB.
    private func above(_ call: BIOSCall) -> Int { max(0, ramSize(call) / 1024 - 1024) }

    func extendedMemory(_ call: BIOSCall) {
        call.ax = UInt16(clamping: min(above(call), 63 * 1024))
        call.carry = false
        call.signal(again: false)
    }

    func extendedDataArea(_ call: BIOSCall) {
        let segment = call.word(BDA.ebdaSegment)
        guard segment != 0 else { return refuse(call) }
        call.es = segment
        call.carry = false
        call.signal(again: false)
    }

    /// Function E801: KiB from 1 to 16 MiB, and 64-KiB blocks above.
    func memoryRanges(_ call: BIOSCall) {
        let low = UInt16(clamping: min(above(call), 15 * 1024))
        let high = UInt16(clamping: max(0, above(call) - 15 * 1024) / 64)
        call.ax = low
        call.cx = low
        call.bx = high
        call.dx = high
        call.carry = false
        call.signal(again: false)
    }

    /// Function E820: one range a call, EBX counts.
    func memoryMap(_ call: BIOSCall) {
        let magic: UInt32 = 0x534D_4150
        let ranges = Self.memoryMap(ramSize(call))
        let number = Int(call.ebx)
        guard call.edx == magic, ranges.indices.contains(number), call.ecx >= 20 else {
            return refuse(call)
        }
        let place = call.physical(call.es, call.di)
        let range = ranges[number]
        for (index, word) in [range.start, 0, range.length, 0, range.type].enumerated() {
            call.setDword(place &+ UInt32(index * 4), word)
        }
        call.eax = magic
        call.ebx = number + 1 < ranges.count ? UInt32(number + 1) : 0
        call.ecx = 20
        call.carry = false
        call.signal(again: false)
    }

    /// What function E820 tells of RAM of a size: 1 is RAM that programs may use, 2 what they may not.
    package static func memoryMap(_ size: Int) -> [(start: UInt32, length: UInt32, type: UInt32)] {
        let (usable, reserved): (UInt32, UInt32) = (1, 2)
        guard size >= 0xA0000 else { return [(0, UInt32(size), usable), (0xF0000, 0x10000, reserved)] }
        var ranges: [(start: UInt32, length: UInt32, type: UInt32)] = [
            (start: 0, length: 0x9FC00, type: usable), (0x9FC00, 0x400, reserved), (0xF0000, 0x10000, reserved),
        ]
        if size > 0x10_0000 { ranges.append((0x10_0000, UInt32(size - 0x10_0000), usable)) }
        ranges.append((0xFFFC_0000, 0x40000, reserved))
        return ranges
    }
}
