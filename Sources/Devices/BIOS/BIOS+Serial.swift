import X86Interp

extension BIOSService {
    /// INT 14h.
    ///
    /// Source: IBM PC AT technical reference.
    static let serial = BIOSService(
        0x14, "serial ports",
        [
            .init(0x00, "initialise") { $0.setUpSerial($1) },
            .init(0x01, "send") { $0.sendSerial($1) },
            .init(0x02, "receive") { $0.receiveSerial($1) },
            .init(0x03, "status") { $0.serialStatus($1) },
        ])

    /// INT 17h: there are no printers, all time out.
    static let printer = BIOSService(
        0x17, "printers",
        [
            .init(0x00, "print") { $1.ah = 0x01 },
            .init(0x01, "initialise") { $1.ah = 0x01 },
            .init(0x02, "status") { $1.ah = 0x01 },
        ])
}

extension BIOS {
    /// The port of serial line DX, or nil.
    private func serialPort(_ call: BIOSCall) -> UInt16? {
        guard call.dx < 4 else { return nil }
        let port = call.word(BDA.serialPorts + 2 * UInt32(call.dx))
        return port == 0 ? nil : port
    }

    func setUpSerial(_ call: BIOSCall) {
        guard let port = serialPort(call) else { return }
        // Bits 7-5 are the speed, 4-0 go to the line control register.
        let divisors: [UInt16] = [1047, 768, 384, 192, 96, 48, 24, 12]
        let divisor = divisors[Int(call.al >> 5)]
        call.output(port &+ 3, 0x80 | call.al & 0x1F)
        call.output(port, divisor.low)
        call.output(port &+ 1, divisor.high)
        call.output(port &+ 3, call.al & 0x1F)
        call.output(port &+ 1, 0)
        serialStatus(call)
    }

    func sendSerial(_ call: BIOSCall) {
        guard let port = serialPort(call) else {
            call.ah = 0x80
            return
        }
        call.output(port &+ 4, 0x03)
        let isReady = call.input(port &+ 5) & 0x20 != 0
        if isReady { call.output(port, call.al) }
        call.ah = call.input(port &+ 5) & 0x7F | (isReady ? 0 : 0x80)
    }

    /// A byte that waits, or the time-out at once.
    func receiveSerial(_ call: BIOSCall) {
        guard let port = serialPort(call) else {
            call.ah = 0x80
            return
        }
        call.output(port &+ 4, 0x01)
        let status = call.input(port &+ 5)
        guard status & 1 != 0 else {
            call.ah = status & 0x7F | 0x80
            return
        }
        call.al = call.input(port)
        call.ah = status & 0x1E
    }

    func serialStatus(_ call: BIOSCall) {
        guard let port = serialPort(call) else {
            call.ah = 0x80
            return
        }
        call.ah = call.input(port &+ 5)
        call.al = call.input(port &+ 6)
    }
}
