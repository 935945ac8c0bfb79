import X86Interp

/// A die: each read of port 0 throws it, a write there seeds it; port 1 counts the throws.
final class Dice: Device, PortDevice {
    struct State: Codable, Equatable, Sendable {
        var seed: UInt16 = 1
        var throwCount: UInt8 = 0
        var face: UInt32 { UInt32(seed % 6) + 1 }
    }

    let name: String
    var state = State()

    init(name: String) { self.name = name }

    func reset() { state = State() }

    func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        guard offset == 0 else { return UInt32(state.throwCount) }
        defer {
            state.seed = state.seed &* 25173 &+ 13849
            state.throwCount &+= 1
        }
        return state.face
    }

    func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        offset == 0 ? state.face : UInt32(state.throwCount)
    }

    func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        if offset == 0 { state.seed = UInt16(truncatingIfNeeded: value) }
    }

    var fields: [DeviceField] {
        [DeviceField("seed", state.seed, .hexadecimal(4)), DeviceField("throws", state.throwCount, .decimal)]
    }
}
