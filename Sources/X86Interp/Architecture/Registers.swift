/// A general register, numbered as ModRM numbers it.
public enum GeneralRegister: UInt8, Sendable, Codable, CaseIterable {
    case eax, ecx, edx, ebx, esp, ebp, esi, edi

    /// The register's name at a width; as bytes, numbers 4 to 7 are AH, CH, DH and BH.
    public func name(_ width: Width) -> String {
        switch width {
        case .byte: ["al", "cl", "dl", "bl", "ah", "ch", "dh", "bh"][Int(rawValue)]
        case .word: ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"][Int(rawValue)]
        case .dword: ["eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"][Int(rawValue)]
        }
    }
}

/// A register of one byte, numbered as ModRM numbers it.
enum ByteRegister: UInt8 {
    case al, cl, dl, bl, ah, ch, dh, bh
}

/// A register of one word, numbered as ModRM numbers it.
enum WordRegister: UInt8 {
    case ax, cx, dx, bx, sp, bp, si, di
}

/// A segment register, numbered as ModRM numbers it.
public enum SegmentRegister: UInt8, Sendable, Codable, CaseIterable {
    case es, cs, ss, ds, fs, gs

    /// The register's name in lower case.
    public var name: String { ["es", "cs", "ss", "ds", "fs", "gs"][Int(rawValue)] }
}

/// The eight general registers, in ModRM order.
public struct GeneralRegisters: Sendable, Codable, Equatable {
    /// The accumulator.
    public var eax: UInt32 = 0
    /// The counter.
    public var ecx: UInt32 = 0
    /// The data register, and the port of IN and OUT.
    public var edx: UInt32 = 0
    /// The base register.
    public var ebx: UInt32 = 0
    /// The stack pointer.
    public var esp: UInt32 = 0
    /// The frame pointer.
    public var ebp: UInt32 = 0
    /// The source index.
    public var esi: UInt32 = 0
    /// The destination index.
    public var edi: UInt32 = 0
    /// Reads as zero: an absent base or index in an address addresses this slot.
    var zero: UInt32 = 0

    /// All registers zero.
    public init() {}

    /// A register by its ModRM number.
    public subscript(_ register: GeneralRegister) -> UInt32 {
        get {
            switch register {
            case .eax: eax
            case .ecx: ecx
            case .edx: edx
            case .ebx: ebx
            case .esp: esp
            case .ebp: ebp
            case .esi: esi
            case .edi: edi
            }
        }
        set {
            switch register {
            case .eax: eax = newValue
            case .ecx: ecx = newValue
            case .edx: edx = newValue
            case .ebx: ebx = newValue
            case .esp: esp = newValue
            case .ebp: ebp = newValue
            case .esi: esi = newValue
            case .edi: edi = newValue
            }
        }
    }
}
