import X86Interp

/// A CPU with 16 MiB of memory that runs one test after the other: memory is zero before and behind each.
struct VectorMachine: ~Copyable {
    /// How the run of one test ended.
    enum Ending: Equatable {
        /// The instruction, or the HLT behind it, is over.
        case completed
        /// An exception is about to be delivered.
        case fault(Fault)
        /// Something else: in words.
        case other(String)
    }

    /// Bytes of memory.
    static let memorySize = 16 << 20
    private static let maximumIterations = 100_000
    /// The processor; its state is set and read by the state models.
    let cpu: CPU
    private let memory: PhysicalMemory
    /// The state after RESET, from which each test starts.
    let resetState: CPUState
    /// Ports of the chip itself.
    let chipPorts: ChipPorts

    /// A machine with zeroed memory.
    ///
    /// - Throws: `CommandError` if the host has no memory for it.
    init(_ model: CPUModel, _ engine: CPU.Engine) throws(CommandError) {
        let chip = ChipPorts()
        let ports = try chip.map()
        do {
            memory = try PhysicalMemory(ramSize: Self.memorySize)
        } catch {
            throw .load("the host has no 16 MiB of memory left; close other programs")
        }
        chipPorts = chip
        cpu = CPU(model: model, memory: memory, ports: ports, engine: engine)
        cpu.reset()
        resetState = cpu.state
    }

    // MARK: Memory

    /// The byte at an address; FF beyond memory.
    func byte(at address: UInt32) -> UInt8 {
        Int(address) < Self.memorySize ? memory.ramBytes[Int(address)] : 0xFF
    }

    /// Writes a byte; ignored beyond memory.
    func store(_ byte: UInt8, at address: UInt32) { memory.store(byte, at: address) }

    /// Whether all memory is zero.
    var memoryIsZero: Bool { HostDirectory.isZero(memory.ramBytes) }

    /// The pages that are not zero, by number.
    func dirtyPages() -> [Int] {
        (0..<Self.memorySize / 4096).filter { !pageIsZero($0) }
    }

    /// Zeroes pages; returns the lowest byte that was not zero.
    func clean(_ pages: [Int]) -> MemoryByte? {
        var first: MemoryByte?
        for page in pages where !pageIsZero(page) {
            for address in UInt32(page * 4096)..<UInt32(page * 4096 + 4096) where byte(at: address) != 0 {
                if first == nil { first = MemoryByte(address: address, value: byte(at: address)) }
                store(0, at: address)
            }
        }
        return first
    }

    private func pageIsZero(_ page: Int) -> Bool {
        HostDirectory.isZero(UnsafeRawBufferPointer(rebasing: memory.ramBytes[page * 4096..<page * 4096 + 4096]))
    }

    // MARK: Execution

    /// Executes one whole instruction, or until an exception is about to be delivered.
    func executeOne() -> Ending {
        cpu.faultPolicy = .stop
        return executeInstruction()
    }

    /// Executes one whole instruction, or delivers the exception that it raises.
    func executeToBoundary() -> Ending {
        cpu.faultPolicy = .deliver
        return executeInstruction()
    }

    /// Executes one instruction with all its iterations, of which no test has more than some hundreds.
    private func executeInstruction() -> Ending {
        do {
            for _ in 0..<Self.maximumIterations {
                let exit = try cpu.run(.resume, until: cpu.state.instructions &+ 1)
                if exit != .budget || !cpu.state.portProgress.isRepeating { return ending(of: exit) }
            }
            return .other("more than \(Self.maximumIterations) iterations")
        } catch {
            return .other("the CPU refused to run: \(error)")
        }
    }

    /// Executes until a HLT is over, exceptions included; at most `limit` instructions and iterations.
    func executeToHalt(limit: UInt64) -> Ending {
        cpu.faultPolicy = .deliver
        do {
            switch try cpu.run(.resume, until: cpu.state.instructions &+ limit) {
            case .halted: return .completed
            case .budget: return .other("no HLT within \(limit) instructions")
            case let exit: return ending(of: exit)
            }
        } catch {
            return .other("the CPU refused to run: \(error)")
        }
    }

    private func ending(of exit: Exit) -> Ending {
        switch exit {
        case .budget, .halted: .completed
        case .stopped(.fault(let fault)): .fault(fault)
        case .stopped(let reason): .other("stopped: \(reason)")
        case .port(let request): .other("a request at port \(request.port.hex)")
        case .memory(let request): .other("a request at memory \(request.address)")
        case .shutdown(let faults): .other("shutdown by " + faults.map(\.text).joined(separator: ", "))
        }
    }
}

/// The one register of the 80386EX that its ports show at power-on (REMAPCFG, read as 427F); all others float.
///
/// The suite of the 80386 was recorded on that chip: IN AX,21 sees it.
final class ChipPorts: PortDevice {
    /// Where it is.
    static let ports: ClosedRange<UInt16> = 0x22...0x23
    /// Whether this chip has it.
    var isPresent = false
    let name = "remapcfg"

    /// A map with nothing else in it.
    func map() throws(CommandError) -> PortMap {
        let ports = PortMap()
        do {
            try ports.claim(Self.ports, for: self)
        } catch {
            throw .load("the test machine cannot have its own ports: \(error)")
        }
        return ports
    }

    func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        isPresent ? [0x7F, 0x42][Int(offset & 1)] : 0xFF
    }

    func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {}

    func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { read(bank: bank, offset: offset, width: width) }
}
