import X86Interp

/// The whole user tier: runs a machine and answers its requests from the devices that claim them.
struct HostLoop {
    /// The machine that runs.
    let machine: Machine
    /// How many times a request is put off before it is answered; the same request comes back each time.
    var delays: (PortRequest) -> Int = { _ in 0 }
    /// The same of requests at memory.
    var memoryDelays: (MemoryRequest) -> Int = { _ in 0 }

    /// A user-tier device that cannot go on, or a machine that refused its answer.
    struct Failure: Error {
        /// What happened, in words.
        let message: String
    }

    /// Runs until the instruction count `until`, or to an exit that is no request.
    func run(until: UInt64) throws(Failure) -> Exit {
        var exit = try enter(.resume, until: until)
        while true {
            switch exit {
            case .port(let request):
                try putOff(exit, delays(request), until: until)
                exit = try enter(.complete(machine.serve(request)), until: until)
            case .memory(let request):
                try putOff(exit, memoryDelays(request), until: until)
                exit = try enter(.completeMemory(machine.serve(request)), until: until)
            case .halted, .budget, .stopped, .shutdown: return exit
            }
        }
    }

    private func putOff(_ request: Exit, _ count: Int, until: UInt64) throws(Failure) {
        for _ in 0..<count {
            let again = try enter(.resume, until: until)
            guard again == request else {
                throw Failure(message: "a put-off request came back as another: \(request), then \(again)")
            }
        }
    }

    private func enter(_ entry: Entry, until: UInt64) throws(Failure) -> Exit {
        do {
            return try machine.run(entry, until: until)
        } catch {
            throw Failure(message: "the machine refused an answer: \(error)")
        }
    }
}
