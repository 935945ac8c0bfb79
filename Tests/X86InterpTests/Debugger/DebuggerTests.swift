import Testing

@testable import X86Interp

/// What stops a guest and how it goes on, on short programs by hand.
@Suite(.timeLimit(.minutes(30))) struct DebuggerTests {
    @Test("I14 a breakpoint on a REP fires once, on arrival") func repeatedOnce() throws {
        // nop; mov cx,5; rep stosb; hlt
        let machine = try DebugMachine.real([0x90, 0xB9, 5, 0, 0xF3, 0xAA, 0xF4]) { $0.gpr.edi = 0x600 }
        let debugger = try Debugger(machine)
        let number = debugger.add(.code(.linear(0x7C04)))
        #expect(debugger.resume().reason == .breakpoint(number))
        #expect(debugger.position == 2 && machine.state.gpr.ecx == 5)
        #expect(debugger.resume().reason == .halted)
        #expect(debugger.breakpoint(number)?.hits == 1 && machine.state.gpr.ecx == 0)
        #expect(debugger.reverseResume().reason == .breakpoint(number))
        #expect(debugger.position == 2 && machine.state.gpr.ecx == 5)
    }

    @Test("I15 step is one iteration, next the whole instruction; T17 back over one iteration") func iterations() throws
    {
        let machine = try DebugMachine.real([0xF3, 0xAA, 0xF4]) {
            $0.gpr.ecx = 5
            $0.gpr.edi = 0x600
            $0.gpr.eax = 0x77
        }
        let debugger = try Debugger(machine)
        #expect(debugger.step().reason == .done)
        #expect(machine.state.gpr.ecx == 4 && machine.state.eip == 0x7C00)
        let hash = machine.hash()
        #expect(debugger.step().reason == .done && machine.state.gpr.ecx == 3)
        #expect(debugger.reverseStep().reason == .done && machine.hash() == hash)
        #expect(machine.memory.peek(0x601) == 0 && machine.state.gpr.edi == 0x601)
        #expect(debugger.next().reason == .done && machine.state.eip == 0x7C02 && machine.state.gpr.ecx == 0)
        #expect(debugger.reverseNext().reason == .done && machine.state.eip == 0x7C00 && machine.state.gpr.ecx == 5)
    }

    @Test func nextAndFinishGoOverCalls() throws {
        // call 7c10; int 20h; hlt; ... 7c10: call 7c20; ret; ... 7c20: ret
        var code: [UInt8] = [0xE8, 0x0D, 0, 0xCD, 0x20, 0xF4]
        code += [UInt8](repeating: 0x90, count: 0x10 - code.count) + [0xE8, 0x0D, 0, 0xC3]
        code += [UInt8](repeating: 0x90, count: 0x20 - code.count) + [0xC3]
        let machine = try DebugMachine.real(code)
        let debugger = try Debugger(machine)
        #expect(debugger.next().reason == .done && machine.state.eip == 0x7C03 && debugger.position == 4)
        #expect(debugger.reverseNext().reason == .done && machine.state.eip == 0x7C00 && debugger.position == 0)
        debugger.step(2)
        #expect(machine.state.eip == 0x7C20)
        #expect(debugger.finish().reason == .done && machine.state.eip == 0x7C13)
        #expect(debugger.finish().reason == .done && machine.state.eip == 0x7C03)
        #expect(debugger.next().reason == .done && machine.state.eip == 0x7C05)
        debugger.reverseStep(1)
        #expect(machine.state.eip == 0x500)
        #expect(debugger.reverseFinish().reason == .done && machine.state.eip == 0x7C03)
        #expect(debugger.run(to: .segmented(selector: 0, offset: 0x7C05)).reason == .done && debugger.position == 6)
        #expect(debugger.resume().reason == .halted)
        #expect(debugger.reverseStep().reason == .done && machine.state.eip == 0x7C05)
    }

    @Test func watchpointsTellOldAndNew() throws {
        // mov word [600],1234; mov ax,[600]; mov word [601],1234; hlt
        let machine = try DebugMachine.real([
            0xC7, 6, 0, 6, 0x34, 0x12, 0xA1, 0, 6, 0xC7, 6, 1, 6, 0x34, 0x12, 0xF4,
        ])
        let debugger = try Debugger(machine)
        let writes = debugger.add(.watch(.linear(0x600), length: 2, .write, onlyChanges: false))
        let reads = debugger.add(.watch(.linear(0x601), length: 1, .read, onlyChanges: false))
        guard case .watchpoint(writes, let first) = debugger.resume().reason else {
            Issue.record("no stop at the write")
            return
        }
        #expect(first.oldValue == 0 && first.newValue == 0x1234 && first.eip == 0x7C00 && machine.state.eip == 0x7C06)
        guard case .watchpoint(reads, let second) = debugger.resume().reason else {
            Issue.record("no stop at the read")
            return
        }
        #expect(!second.isWrite && second.newValue == 0x1234 && machine.state.eip == 0x7C09)
        guard case .watchpoint(writes, let third) = debugger.resume().reason else {
            Issue.record("no stop at the second write")
            return
        }
        #expect(third.linear == 0x601 && third.oldValue == 0x12 && third.newValue == 0x1234)
        // Back it stops before the instruction.
        #expect(debugger.resume().reason == .halted)
        #expect(debugger.reverseResume().hits == [writes] && machine.state.eip == 0x7C09)
        #expect(debugger.reverseResume().hits == [reads] && machine.state.eip == 0x7C06)
        #expect(debugger.reverseResume().hits == [writes] && machine.state.eip == 0x7C00)
        #expect(debugger.reverseResume().reason == .startOfHistory)
        debugger.resume(until: 3)
        let position = debugger.position
        #expect(debugger.lastWrite(to: 0x602...0x602) == nil)
        let cause = debugger.lastWrite(to: 0x600...0x600)
        #expect(cause?.eip == 0x7C00 && cause?.newValue == 0x1234 && debugger.position == position)
        #expect(debugger.lastChange(of: .word(.eax))?.eip == 0x7C06 || position < 2)
    }

    @Test func conditionsCountsLogsAndTemporaries() throws {
        // mov cx,10; inc ax; loop -3; hlt
        let machine = try DebugMachine.real([0xB9, 10, 0, 0x40, 0xE2, 0xFD, 0xF4])
        let debugger = try Debugger(machine)
        let at = Breakpoint.Kind.code(.linear(0x7C03))
        let conditional = debugger.add(at, if: .binary(.equal, .register(.word(.ecx)), .number(7)))
        let logged = debugger.add(at, isLogOnly: true)
        var lines = 0
        debugger.onLog = { breakpoint, _ in lines += breakpoint.number == logged ? 1 : 0 }
        #expect(debugger.resume().reason == .breakpoint(conditional))
        #expect(machine.state.gpr.ecx == 7 && lines == 4)
        debugger.remove(conditional)
        let temporary = debugger.add(at, isTemporary: true)
        debugger.change(temporary) { $0.ignoreCount = 2 }
        #expect(debugger.resume().reason == .breakpoint(temporary) && machine.state.gpr.ecx == 4)
        #expect(debugger.breakpoint(temporary) == nil)
        let broken = debugger.add(at, if: .binary(.divide, .number(1), .number(0)))
        #expect(debugger.resume().reason == .condition(broken, .divisionByZero))
        debugger.change(broken) { $0.isEnabled = false }
        let timed = debugger.add(.instructions(debugger.position + 2))
        #expect(debugger.resume().reason == .instructions(timed))
        // The instruction at hand when the time was up is passed.
        #expect(debugger.resume().reason == .halted && lines == 9 && machine.state.gpr.eax & 0xFFFF == 10)
    }

    @Test func interruptsExceptionsAndModes() throws {
        // int 21h; ud2; mov eax,cr0; or al,1; mov cr0,eax; hlt
        let machine = try DebugMachine.real([0xCD, 0x21, 0x0F, 0x0B, 0x0F, 0x20, 0xC0, 0x0C, 1, 0x0F, 0x22, 0xC0, 0xF4])
        // The handler of #UD skips it: add word [esp],2; iret
        machine.memory.load([0x40, 0x05], at: 6 * 4)
        machine.memory.load([0x67, 0x83, 0x04, 0x24, 2, 0xCF], at: 0x540)
        let debugger = try Debugger(machine)
        let interrupt = debugger.add(.interrupt(0x20...0x2F), if: .binary(.equal, .register(.byte(4)), .number(0)))
        let exception = debugger.add(.exception(nil))
        let mode = debugger.add(.modeSwitch)
        #expect(debugger.resume().reason == .interrupt(interrupt, vector: 0x21, isSoftware: true))
        #expect(machine.state.eip == 0x7C00)
        #expect(debugger.resume().reason == .exception(exception, vector: 6, errorCode: nil))
        #expect(machine.state.eip == 0x7C02 && machine.state.gpr.esp == 0x7000)
        #expect(debugger.resume().reason == .modeSwitch(mode) && machine.state.cr0 & 1 == 1)
        #expect(debugger.resume().reason == .halted)
        #expect(debugger.reverseResume().hits == [mode])
        #expect(debugger.reverseResume().hits == [exception] && machine.state.eip == 0x7C02)
        #expect(debugger.reverseResume().hits == [interrupt] && machine.state.eip == 0x7C00)
        #expect(debugger.reverseResume().reason == .startOfHistory)
    }

    @Test func editsMakeANewFuture() throws {
        let machine = try DebugMachine.real([0x40, 0x40, 0x40, 0x40, 0xF4])
        let debugger = try Debugger(machine)
        debugger.step(4)
        debugger.reverseStep(2)
        #expect(machine.state.gpr.eax & 0xFFFF == 2)
        debugger.setRegister(.word(.eax), 0x100)
        debugger.step(1)
        #expect(machine.state.gpr.eax & 0xFFFF == 0x101)
        debugger.go(to: 1)
        #expect(machine.state.gpr.eax & 0xFFFF == 1)
        // Through the same place again: the change is made again.
        #expect(debugger.go(to: 3).reason == .done && machine.state.gpr.eax & 0xFFFF == 0x101)
        #expect(debugger.resume().reason == .halted && machine.state.gpr.eax & 0xFFFF == 0x102)
        debugger.reverseStep(2)
        #expect(machine.state.gpr.eax & 0xFFFF == 0x101)
    }

    @Test func lookingChangesNothing() throws {
        let machine = try DebugMachine.real([0x90, 0xF4])
        let debugger = try Debugger(machine)
        debugger.step()
        let hash = machine.hash()
        let bytes = try machine.read(.segmented(selector: 0x7C0, offset: 0), count: 2)
        #expect(bytes == [0x90, 0xF4])
        #expect(try machine.peek(.physical(0xFFFF_FFFF), count: 2) == [0xFF, 0])
        #expect(try Expression.segmentMemory(.ds, .number(0x7C00), .word).value(on: machine) == 0xF490)
        #expect(throws: EvaluationError.addressTooWide(1 << 32)) {
            try Expression.memory(.number(1 << 32), .byte).value(on: machine)
        }
        #expect(machine.hash() == hash)
        #expect(throws: LookError.notWritable(physical: 0x8000_0000)) {
            try machine.poke([1], at: .linear(0x8000_0000))
        }
    }
}
