// Bodies of the handlers that are made for certain registers, and for memory that no segment restricts.

/// A register that a handler is made for, or a field of the op that names one.
protocol RegisterChoice {
    static func number(_ op: OpPointer) -> Int
}

/// The first operand's.
enum First: RegisterChoice {
    @inline(__always) static func number(_ op: OpPointer) -> Int { Int(op.pointee.first) }
}

/// The second operand's.
enum Second: RegisterChoice {
    @inline(__always) static func number(_ op: OpPointer) -> Int { Int(op.pointee.second) }
}

/// The base of the effective address.
enum Base: RegisterChoice {
    @inline(__always) static func number(_ op: OpPointer) -> Int { Int(op.pointee.base) }
}

enum EAX: RegisterChoice {
    @inline(__always) static func number(_ op: OpPointer) -> Int { 0 }
}

enum ECX: RegisterChoice {
    @inline(__always) static func number(_ op: OpPointer) -> Int { 1 }
}

enum EDX: RegisterChoice {
    @inline(__always) static func number(_ op: OpPointer) -> Int { 2 }
}

enum EBX: RegisterChoice {
    @inline(__always) static func number(_ op: OpPointer) -> Int { 3 }
}

enum ESP: RegisterChoice {
    @inline(__always) static func number(_ op: OpPointer) -> Int { 4 }
}

enum EBP: RegisterChoice {
    @inline(__always) static func number(_ op: OpPointer) -> Int { 5 }
}

enum ESI: RegisterChoice {
    @inline(__always) static func number(_ op: OpPointer) -> Int { 6 }
}

enum EDI: RegisterChoice {
    @inline(__always) static func number(_ op: OpPointer) -> Int { 7 }
}

/// How an effective address is made, and where in the host's memory it is.
protocol AddressForm {
    static func address(_ chain: Chain) -> UInt32
    /// The host address of an operand that may be read; any address if it is no hit.
    static func entryToRead<W>(_ chain: Chain, _ type: W.Type) -> (isHit: Bool, host: UnsafeMutableRawPointer)
    /// The same of one that may be written.
    static func entryToWrite<W>(_ chain: Chain, _ type: W.Type) -> (isHit: Bool, host: UnsafeMutableRawPointer)
}

/// An address of 32 bits in flat memory.
protocol FlatForm: AddressForm {}

extension FlatForm {
    @inline(__always)
    static func entryToRead<W>(_ chain: Chain, _ type: W.Type) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        chain.core.flatEntry(chain.core.pointee.readTLB, address(chain), W.self)
    }

    @inline(__always)
    static func entryToWrite<W>(_ chain: Chain, _ type: W.Type) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        chain.core.flatEntry(chain.core.pointee.writeTLB, address(chain), W.self)
    }
}

/// A base and a displacement.
enum At<B: RegisterChoice>: FlatForm {
    @inline(__always) static func address(_ chain: Chain) -> UInt32 {
        chain.value(B.self) &+ chain.op.pointee.displacement
    }
}

/// A base, a scaled index and a displacement.
enum Indexed: FlatForm {
    @inline(__always) static func address(_ chain: Chain) -> UInt32 {
        chain.indexedAddress(shift: UInt32(chain.op.pointee.scale))
    }
}

extension Chain {
    /// Base, index and displacement, the index shifted left.
    @inline(__always)
    fileprivate func indexedAddress(shift: UInt32) -> UInt32 {
        value(Base.self) &+ core.registers[Int(op.pointee.index)] &<< shift &+ op.pointee.displacement
    }
}

/// A scale that is known when a handler is made.
protocol ScaleChoice {
    /// The index is shifted left by so many bits.
    static var shift: UInt32 { get }
}

enum By1: ScaleChoice { @inline(__always) static var shift: UInt32 { 0 } }
enum By2: ScaleChoice { @inline(__always) static var shift: UInt32 { 1 } }
enum By4: ScaleChoice { @inline(__always) static var shift: UInt32 { 2 } }
enum By8: ScaleChoice { @inline(__always) static var shift: UInt32 { 3 } }

/// The same as `Indexed`, by a certain scale.
enum Scaled<S: ScaleChoice>: FlatForm {
    @inline(__always) static func address(_ chain: Chain) -> UInt32 {
        chain.indexedAddress(shift: S.shift)
    }
}

/// An address in the op's segment.
protocol NearForm: AddressForm {}

extension NearForm {
    @inline(__always)
    static func entryToRead<W>(_ chain: Chain, _ type: W.Type) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        chain.core.readEntry(chain.op.pointee.segment, address(chain), W.self)
    }

    @inline(__always)
    static func entryToWrite<W>(_ chain: Chain, _ type: W.Type) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        chain.core.writeEntry(chain.op.pointee.segment, address(chain), W.self)
    }
}

/// A base and a displacement.
enum Near: NearForm {
    @inline(__always) static func address(_ chain: Chain) -> UInt32 {
        (chain.value(Base.self) &+ chain.op.pointee.displacement) & 0xFFFF
    }
}

/// A base, an index and a displacement.
enum NearIndexed: NearForm {
    @inline(__always) static func address(_ chain: Chain) -> UInt32 {
        chain.indexedAddress(shift: 0) & 0xFFFF
    }
}

/// Whatever the op says: any size of address, in the op's segment.
enum Anywhere: NearForm {
    @inline(__always) static func address(_ chain: Chain) -> UInt32 { chain.core.address(chain.op) }
}

/// The top of the stack, in flat memory.
enum FlatTop: FlatForm {
    @inline(__always) static func address(_ chain: Chain) -> UInt32 { chain.value(ESP.self) }
}

/// What is above the top of the stack when a dword is pushed, in flat memory.
enum FlatPush: FlatForm {
    @inline(__always) static func address(_ chain: Chain) -> UInt32 { chain.value(ESP.self) &- 4 }
}

extension Chain {
    // MARK: Operands

    @inline(__always)
    func value<R: RegisterChoice>(_ register: R.Type) -> UInt32 { core.registers[R.number(op)] }

    @inline(__always)
    func set<R: RegisterChoice>(_ register: R.Type, _ value: UInt32) { core.registers[R.number(op)] = value }

    @inline(__always)
    private func reading<A: AddressForm, W: Operand>(_ form: A.Type, _ type: W.Type, _ body: (W) -> Void) {
        let (isHit, host) = A.entryToRead(self, W.self)
        guard isHit else { return runByBody() }
        body(host.loadUnaligned(as: W.self))
    }

    @inline(__always)
    private func writing<A: AddressForm, W: Operand>(_ form: A.Type, _ value: W, then body: () -> Void) {
        let (isHit, host) = A.entryToWrite(self, W.self)
        guard isHit else { return runByBody() }
        host.storeBytes(of: value, as: W.self)
        body()
    }

    /// Reads, works out and writes.
    @inline(__always)
    private func changing<A: AddressForm, W: Operand>(
        _ form: A.Type, _ type: W.Type, _ body: (W, inout LazyFlags) -> W
    ) {
        let (isHit, host) = A.entryToWrite(self, W.self)
        guard isHit else { return runByBody() }
        var chain = self
        host.storeBytes(of: body(host.loadUnaligned(as: W.self), &chain.flags), as: W.self)
        chain.next()
    }

    // MARK: Registers

    @inline(__always)
    private func arithmetic<D: RegisterChoice>(_ operation: ALU.Binary, _ first: D.Type, _ b: UInt32) {
        var chain = self
        let result = ALU.apply(operation, value(D.self), b, &chain.flags)
        if operation != .cmp { set(D.self, result) }
        chain.next()
    }

    @inline(__always)
    func arithmetic<D: RegisterChoice, S: RegisterChoice>(_ operation: ALU.Binary, _ first: D.Type, _ second: S.Type) {
        arithmetic(operation, D.self, value(S.self))
    }

    @inline(__always)
    func arithmeticI<D: RegisterChoice>(_ operation: ALU.Binary, _ first: D.Type) {
        arithmetic(operation, D.self, op.pointee.immediate)
    }

    @inline(__always)
    func test<D: RegisterChoice, S: RegisterChoice>(_ first: D.Type, _ second: S.Type) {
        test(value(D.self), value(S.self))
    }

    @inline(__always)
    func testI<D: RegisterChoice>(_ first: D.Type) { test(value(D.self), op.pointee.immediate) }

    @inline(__always)
    func move<D: RegisterChoice, S: RegisterChoice>(_ first: D.Type, _ second: S.Type) {
        set(D.self, value(S.self))
        next()
    }

    @inline(__always)
    func moveI<D: RegisterChoice>(_ first: D.Type) {
        set(D.self, op.pointee.immediate)
        next()
    }

    /// INC and DEC.
    @inline(__always)
    func step<D: RegisterChoice>(_ first: D.Type, by delta: UInt32) {
        var chain = self
        set(D.self, ALU.step(value(D.self), by: delta, &chain.flags))
        chain.next()
    }

    /// A shift by 1 to 31.
    @inline(__always)
    func shift<D: RegisterChoice>(_ kind: ALU.Shift, _ first: D.Type) {
        var chain = self
        set(D.self, ALU.shift(kind, value(D.self), by: op.pointee.immediate & 31, &chain.flags))
        chain.next()
    }

    @inline(__always)
    func effectiveAddress<D: RegisterChoice, A: AddressForm>(_ first: D.Type, _ form: A.Type) {
        set(D.self, A.address(self))
        next()
    }

    // MARK: Memory

    @inline(__always)
    func load<D: RegisterChoice, A: AddressForm>(_ first: D.Type, _ form: A.Type) {
        reading(A.self, UInt32.self) {
            set(D.self, $0)
            next()
        }
    }

    @inline(__always)
    func store<S: RegisterChoice, A: AddressForm>(_ second: S.Type, _ form: A.Type) {
        writing(A.self, value(S.self), then: next)
    }

    /// MOV to a register of 8 or 16 bits.
    @inline(__always)
    func loadPart<A: AddressForm, W: Operand>(_ form: A.Type, _ type: W.Type) {
        reading(A.self, W.self) {
            core.setRegister(op.pointee.first, $0)
            next()
        }
    }

    /// MOV from a register of 8 or 16 bits.
    @inline(__always)
    func storePart<A: AddressForm, W: Operand>(_ form: A.Type, _ type: W.Type) {
        writing(A.self, core.register(op.pointee.second, W.self), then: next)
    }

    @inline(__always)
    func storeI<A: AddressForm, W: Operand>(_ form: A.Type, _ type: W.Type) {
        writing(A.self, W(truncatingIfNeeded: op.pointee.immediate), then: next)
    }

    @inline(__always)
    func loadZeroExtended<A: AddressForm, W: Operand>(_ form: A.Type, _ type: W.Type) {
        reading(A.self, W.self) {
            set(First.self, UInt32(truncatingIfNeeded: $0))
            next()
        }
    }

    @inline(__always)
    func loadSignExtended<A: AddressForm, W: Operand>(_ form: A.Type, _ type: W.Type) {
        reading(A.self, W.self) {
            set(First.self, ALU.signExtend($0))
            next()
        }
    }

    @inline(__always)
    func arithmeticM<D: RegisterChoice, A: AddressForm>(_ operation: ALU.Binary, _ first: D.Type, _ form: A.Type) {
        reading(A.self, UInt32.self) { arithmetic(operation, D.self, $0) }
    }

    /// ADD of memory to a register of 8 or 16 bits.
    @inline(__always)
    func addM<A: AddressForm, W: Operand>(_ form: A.Type, _ type: W.Type) {
        reading(A.self, W.self) {
            var chain = self
            let sum = ALU.apply(.add, core.register(op.pointee.first, W.self), $0, &chain.flags)
            core.setRegister(op.pointee.first, sum)
            chain.next()
        }
    }

    @inline(__always)
    func multiplyM<A: AddressForm>(_ form: A.Type) {
        reading(A.self, UInt32.self) {
            var chain = self
            set(First.self, ALU.multiplySigned(value(First.self), $0, &chain.flags))
            chain.next()
        }
    }

    /// An operation on memory, but for CMP.
    @inline(__always)
    private func change<A: AddressForm>(_ operation: ALU.Binary, _ form: A.Type, _ b: UInt32) {
        changing(A.self, UInt32.self) { ALU.apply(operation, $0, b, &$1) }
    }

    @inline(__always)
    func change<A: AddressForm>(_ operation: ALU.Binary, _ form: A.Type) {
        change(operation, A.self, value(Second.self))
    }

    @inline(__always)
    func changeI<A: AddressForm>(_ operation: ALU.Binary, _ form: A.Type) {
        change(operation, A.self, op.pointee.immediate)
    }

    /// INC and DEC.
    @inline(__always)
    func stepM<A: AddressForm>(_ form: A.Type, by delta: UInt32) {
        changing(A.self, UInt32.self) { ALU.step($0, by: delta, &$1) }
    }

    /// CMP of memory with a register.
    @inline(__always)
    func compareM<A: AddressForm, W: Operand>(_ form: A.Type, _ type: W.Type) {
        reading(A.self, W.self) { compare($0, core.register(op.pointee.second, W.self)) }
    }

    /// CMP of a register with memory.
    @inline(__always)
    func compareWithM<A: AddressForm, W: Operand>(_ form: A.Type, _ type: W.Type) {
        reading(A.self, W.self) { compare(core.register(op.pointee.first, W.self), $0) }
    }

    @inline(__always)
    func compareI<A: AddressForm, W: Operand>(_ form: A.Type, _ type: W.Type) {
        reading(A.self, W.self) { compare($0, W(truncatingIfNeeded: op.pointee.immediate)) }
    }

    @inline(__always)
    func testMI<A: AddressForm, W: Operand>(_ form: A.Type, _ type: W.Type) {
        reading(A.self, W.self) { test($0, W(truncatingIfNeeded: op.pointee.immediate)) }
    }

    // MARK: Flat stack and control

    @inline(__always)
    private func flatPush(_ value: UInt32, then body: () -> Void) {
        writing(FlatPush.self, value) {
            set(ESP.self, FlatPush.address(self))
            body()
        }
    }

    @inline(__always)
    func flatPush<S: RegisterChoice>(_ first: S.Type) { flatPush(value(S.self), then: next) }

    @inline(__always)
    func flatPushI() { flatPush(op.pointee.immediate, then: next) }

    @inline(__always)
    func flatPushM<A: AddressForm>(_ form: A.Type) {
        reading(A.self, UInt32.self) { flatPush($0, then: next) }
    }

    /// POP to a register that is not ESP.
    @inline(__always)
    func flatPop<D: RegisterChoice>(_ first: D.Type) {
        let top = value(ESP.self)
        reading(FlatTop.self, UInt32.self) {
            set(ESP.self, top &+ 4)
            set(D.self, $0)
            next()
        }
    }

    @inline(__always)
    func flatCall() {
        let landing = linked()
        guard landing.left >= 0 else { return leadsOutOfPage ? runByBody() : leave() }
        flatPush(eip &+ UInt32(op.pointee.next)) { go(landing) }
    }

    @inline(__always)
    func flatReturn() {
        let top = value(ESP.self)
        reading(FlatTop.self, UInt32.self) { target in
            let landing = flatInPage(target)
            guard landing.left >= 0 else { return runByBody() }
            set(ESP.self, top &+ 4)
            go(landing)
        }
    }
}
