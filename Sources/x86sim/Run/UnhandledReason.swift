import Devices
import X86Interp

extension UnhandledInterrupt {
    /// `nothing handles interrupt 21 at 0000:7C05 (no DOS here, try --boot com)`.
    func text(_ reason: String) -> String {
        "nothing handles interrupt \(vector.hex) at \(cs.hex):\(eip.hex(digits: eip > 0xFFFF ? 8 : 4)) (\(reason))"
    }

    /// Why nobody handles it, most likely.
    func reason(on guest: Guest) -> String {
        switch source {
        case .chip: return "a chip asked for it; install a handler, or mask it"
        case .exception:
            let name = ExceptionVector(rawValue: vector)?.mnemonic ?? "an exception"
            return "\(name), the instruction there failed"
        case .instruction: break
        }
        let hasBIOS = guest.board.bios != nil
        switch vector {
        case 0x01, 0x03: return "a breakpoint, and the guest has no debugger in it"
        case 0x04: return "INTO, an overflow"
        case 0x08...0x1C, 0x40...0x4A:
            return hasBIOS ? "the BIOS here does not have it" : "no BIOS here, try --boot sector or --boot com"
        case 0x20...0x2F: return Self.hasDOS(guest) ? "the DOS here does not have it" : "no DOS here, try --boot com"
        case 0x33: return "no mouse driver here"
        case 0x67: return "no expanded memory here"
        case 0x80: return "no Linux here, whose system calls these are"
        default: return "nobody has installed it"
        }
    }

    /// Whether somebody handles INT 21h.
    private static func hasDOS(_ guest: Guest) -> Bool {
        let entry = guest.machine.memory.peek(0x21 * 4, count: 4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return entry != 0 && !guest.machine.cpu.defaultHandlers.all.contains(entry)
    }
}
