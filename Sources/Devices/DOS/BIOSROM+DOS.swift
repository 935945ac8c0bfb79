import X86Interp

extension BIOSROM {
    /// What CALL 5 comes to, by a far jump in low memory.
    static let callGate: UInt16 = 0xEBC0
    /// A lone IRET, for interrupts of DOS that do nothing.
    static let dosReturn: UInt16 = 0xEBA0
    /// Direct reads and writes of disks: an error, the flags left on the stack as DOS does.
    static let absoluteDisk: UInt16 = 0xEBB0
    /// A critical error: the function fails.
    static let criticalError: UInt16 = 0xEBA8

    /// Interrupts of DOS that are there for others to hook.
    static let dosHooks: [UInt8] = [0x28, 0x2A, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x33]

    /// Offset and segment, as a vector has them.
    static func far(_ offset: UInt16) -> [UInt8] { [offset.low, offset.high, segment.low, segment.high] }

    /// Where the vector of an interrupt of DOS points.
    static func far(ofVector vector: UInt8) -> [UInt8] {
        switch vector {
        case 0x24: far(criticalError)
        case 0x25, 0x26: far(absoluteDisk)
        default: far(entries.first { $0.vector == vector }?.offset ?? dosReturn)
        }
    }

    /// Code of DOS that does not ask the host.
    static let dosCode: [(offset: UInt16, bytes: [UInt8])] = [
        (dosReturn, [0xCF]),
        // mov al, 3; iret
        (criticalError, [0xB0, 0x03, 0xCF]),
        // mov ax, 8002: no drive answers; stc; retf
        (absoluteDisk, [0xB8, 0x02, 0x80, 0xF9, 0xCB]),
        // CALL 5 has left two return addresses, the near one last: what INT would have left is made of them.
        // push ax; push bp; mov bp, sp; mov ax, [bp+8]; mov [bp+4], ax; pushf; pop ax; mov [bp+8], ax; pop bp; pop ax
        (
            callGate,
            [
                0x50, 0x55, 0x89, 0xE5, 0x8B, 0x46, 0x08, 0x89, 0x46, 0x04, 0x9C, 0x58, 0x89, 0x46, 0x08, 0x5D, 0x58,
                // mov ah, cl; cmp ah, 24; ja done; jmp far the services; done: mov al, 0; iret
                0x88, 0xCC, 0x80, 0xFC, 0x24, 0x77, 0x05, 0xEA,
            ] + far(ofVector: 0x21) + [0xB0, 0x00, 0xCF]
        ),
    ]
}

extension BIOS {
    /// Points the vectors of DOS to it.
    func setDOSVectors(_ call: BIOSCall) {
        for vector in BIOSService.dos.map(\.vector) + BIOSROM.dosHooks + [0x24, 0x25, 0x26] {
            call.setBytes(UInt32(vector) * 4, BIOSROM.far(ofVector: vector))
        }
    }
}

extension BIOSCall {
    /// Has the stub call INT 23h, whose answer decides whether it asks again.
    func signalBreak() { signal(again: false, never: true) }
}
