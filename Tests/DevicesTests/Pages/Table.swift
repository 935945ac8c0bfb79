import DeviceContract
import X86Interp

/// A new machine with a die at ports 300 and 301, served in a tier.
func table(_ tier: Tier) throws -> Specimen {
    let machine = try Machine(ramSize: 1 << 16)
    let dice = Dice(name: "dice")
    try machine.add(dice)
    try machine.ports.claim(0x300...0x301, for: dice, tier: tier)
    return Specimen(machine, dice)
}

/// What five throws by one instruction leave at address 600.
func fiveThrows(_ tier: Tier) throws -> [UInt8] {
    let machine = try table(tier).machine
    // mov dx, 300h; mov di, 600h; mov cx, 5; rep insb; hlt
    machine.memory.load([0xBA, 0x00, 0x03, 0xBF, 0x00, 0x06, 0xB9, 0x05, 0x00, 0xF3, 0x6C, 0xF4], at: 0x7C00)
    machine.state.segments.cs = Segment(realMode: 0)
    machine.state.eip = 0x7C00
    var exit = try machine.run(.resume, until: 1000)
    while case .port(let request) = exit {
        exit = try machine.run(.complete(machine.serve(request)), until: 1000)
    }
    return machine.memory.peek(0x600, count: 5)
}
