import X86Interp

/// The whole user tier: runs a machine and answers its port requests from the devices that claim them.
struct HostLoop {
    /// The machine that runs.
    let machine: Machine
    /// How many times a request is put off before it is answered; the same request comes back each time.
    var delays: (PortRequest) -> Int = { _ in 0 }

    /// A user-tier device that cannot go on, or a machine that refused its answer.
    struct Failure: Error {
        /// What happened, in words.
        let message: String
    }

    /// Runs until the instruction count `until`, or to an exit that is no port request.
    func run(until: UInt64) throws(Failure) -> Exit {
        var exit = try enter(.resume, until: until)
        while case .port(let request) = exit {
            for _ in 0..<delays(request) {
                let again = try enter(.resume, until: until)
                guard again == exit else {
                    throw Failure(message: "a put-off request came back as another: \(exit), then \(again)")
                }
            }
            exit = try enter(.complete(machine.serve(request)), until: until)
        }
        return exit
    }

    private func enter(_ entry: Entry, until: UInt64) throws(Failure) -> Exit {
        do {
            return try machine.run(entry, until: until)
        } catch {
            throw Failure(message: "the machine refused an answer: \(error)")
        }
    }
}
