import Devices
import X86Interp

/// The code of the page about embedding, and what it prints.
struct Embedding {
    private(set) var printed: [String] = []

    private mutating func print(_ values: Any...) {
        printed.append(values.map { "\($0)" }.joined(separator: " "))
    }

    mutating func runsABlob() throws {
        let machine = try Machine(model: .p6, ramSize: 1 << 20)
        let blob: [UInt8] = [0xB8, 0x34, 0x12, 0xA3, 0x00, 0x06, 0xF4]  // mov ax, 1234h; mov [600h], ax; hlt
        machine.memory.load(blob, at: 0x7C00)
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.eip = 0x7C00
        let exit = try machine.run(.resume, until: 1_000_000)
        print(exit, machine.state.instructions)

        let state = machine.state
        print(String(state.gpr.eax, radix: 16), state.segments.ds.base, state.eip)
        print(machine.memory.peek(0x600, count: 2))
    }

    mutating func runsABoard() throws {
        let machine = try Machine(ramSize: 1 << 20)
        let console = BufferStream(limit: 1 << 16)
        var options = BoardOptions()
        options.machine = MachineCatalog.bare
        options.console = console
        let board = try Board(machine: machine, options: options)
        // mov al, 'A'; out 0E9h, al; mov al, 7; out 0F4h, al
        machine.memory.load([0xB0, 0x41, 0xE6, 0xE9, 0xB0, 0x07, 0xE6, 0xF4], at: 0x7C00)
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.eip = 0x7C00
        let exit = try machine.run(.resume, until: 1_000_000)
        print(exit == .stopped(.guestExit(code: 7)), console.text)
        for device in board.devices where device.name == "debugexit" {
            print(device.fields.map { "\($0.name) \($0.text)" })
        }
    }

    mutating func answers() throws {
        let machine = try Machine(ramSize: 1 << 16)
        let sensor = Sensor()
        try machine.ports.claim(0x40...0x41, for: sensor, widths: .word, tier: .user)
        // in ax, 40h; out 40h, ax; hlt
        machine.memory.load([0xE5, 0x40, 0xE7, 0x40, 0xF4], at: 0x7C00)
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.eip = 0x7C00

        var exit = try machine.run(.resume, until: 1_000_000)
        while case .port(let request) = exit {
            let answer: PortResponse
            switch request.direction {
            case .in: answer = PortResponse(to: request, value: 0x2A)
            case .out:
                print("the guest writes", request.value, "to port", request.port)
                answer = PortResponse(to: request)
            }
            exit = try machine.run(.complete(answer), until: 1_000_000)
        }
    }

    mutating func slices() throws {
        let machine = try Machine(ramSize: 1 << 16)
        machine.memory.load([0x40, 0xEB, 0xFD], at: 0x7C00)  // again: inc ax; jmp again
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.eip = 0x7C00
        var exit = Exit.budget
        while exit == .budget, machine.clock.now < 1_000_000 {
            exit = try machine.run(.resume, until: machine.clock.now + 100_000)
        }
        print(machine.state.gpr.eax, exit)
    }
}

/// A device that is only asked in the kernel tier: its claim sends all accesses to the host.
final class Sensor: PortDevice {
    let name = "sensor"
    func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { 0 }
    func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {}
    func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { nil }
}

/// Why a run ended, in words.
func sentence(_ exit: Exit) -> String {
    switch exit {
    case .port(let request): "the host is asked about port \(request.port)"
    case .memory(let request): "the host is asked about address \(request.address)"
    case .halted: "HLT, and nothing will end it"
    case .budget: "the instruction count is reached: run again to go on"
    case .stopped(.guestExit(let code)): "the guest ended with code \(code)"
    case .stopped(let reason): "stopped: \(reason)"
    case .shutdown(let faults): "shutdown after \(faults.count) exceptions: only RESET leaves it"
    }
}
