extension Debugger {
    /// Runs until something stops the guest, at the latest at the guest time `limit`.
    @discardableResult
    public func resume(until limit: UInt64 = .max) -> StopEvent { drive(until: limit, isStep: false) }

    /// Runs `count` instructions, each iteration of a repeated one counted; breakpoints on the way stop it.
    @discardableResult
    public func step(_ count: UInt64 = 1) -> StopEvent {
        drive(until: position &+ count, isStep: true)
    }

    /// Runs one instruction whole: all iterations of a repeated one, a CALL or INT with all that it calls.
    @discardableResult
    public func next() -> StopEvent { step() }

    /// Runs until the procedure or handler at hand has returned.
    @discardableResult
    public func finish() -> StopEvent { step() }

    /// Runs to an address; breakpoints on the way stop it.
    @discardableResult
    public func run(to address: Address, until limit: UInt64 = .max) -> StopEvent {
        let number = add(.code(address), isTemporary: true)
        defer { remove(number) }
        return resume(until: limit)
    }

    private func drive(until limit: UInt64, isStep: Bool) -> StopEvent {
        var entry = Entry.resume
        while true {
            do {
                let exit = try machine.run(entry, until: limit)
                entry = .resume
                switch exit {
                case .port(let request):
                    do throws(Unanswered) {
                        entry = .complete(try answer(request))
                    } catch {
                        return stopped(.unanswered(request, message: error.message))
                    }
                case .budget: return stopped(isStep ? .done : .limit)
                case .halted: return stopped(.halted)
                case .shutdown(let chain): return stopped(.shutdown(chain))
                case .stopped(.guestExit(let code)): return stopped(.guestExit(code: code))
                case .stopped(.requested): return stopped(.requested)
                case .stopped(.unmappedPort(let request)): return stopped(.unmappedPort(request))
                case .stopped(.fault(let fault)): return stopped(.fault(fault))
                case .stopped(.monitor): break
                }
            } catch {
                return stopped(.requested)
            }
        }
    }

    func stopped(_ reason: StopEvent.Reason, hits: [Int] = []) -> StopEvent {
        let event = StopEvent(reason, hits: hits, instructions: position)
        lastStop = event
        return event
    }
}
