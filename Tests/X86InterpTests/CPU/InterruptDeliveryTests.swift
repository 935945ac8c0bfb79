import Testing

@testable import X86Interp

/// How exceptions, INT n and interrupts enter their handlers.
///
/// Handlers are at 2000:3000 in real mode and at CS:3000 in protected mode; gates are written as quadwords.
@Suite struct InterruptDeliveryTests {
    private func none(_ problems: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(problems.isEmpty, sourceLocation: sourceLocation)
    }

    // MARK: Real mode

    @Test func faultPushesItsOwnAddress() throws {
        let bench = try Bench(code: "2E F6 F3", "bl=0 IF @0=20003000")
        none(try bench.step(expecting: "cs=2000 ip=3000 if sp=7FA ss:07FA=0100 ss:07FC=1000 ss:07FE=0202"))
    }

    @Test func trapPushesTheNextAddress() throws {
        let bench = try Bench(code: "CC", "IF TF CF @C=20003000")
        none(try bench.step(expecting: "cs=2000 ip=3000 if tf sp=7FA ss:07FA=0101 ss:07FC=1000 ss:07FE=0303"))
    }

    @Test func anyVectorGoesThroughTheTable() throws {
        let bench = try Bench(code: "CD FF", "@3FC=20003000")
        none(try bench.step(expecting: "cs=2000 ip=3000 sp=7FA ss:07FA=0102 ss:07FC=1000 ss:07FE=0002"))
    }

    @Test func overflowAndBoundHaveTheirVectors() throws {
        let into = try Bench(code: "CE", "OF @10=20003000")
        none(try into.step(expecting: "cs=2000 ip=3000 sp=7FA ss:07FA=0101 ss:07FC=1000 ss:07FE=0802"))
        let bound = try Bench(code: "62 07", "bx=10 ax=1 @14=20003000")
        none(try bound.step(expecting: "cs=2000 ip=3000 sp=7FA ss:07FA=0100 ss:07FC=1000 ss:07FE=0002"))
    }

    @Test func tableRegisterMovesTheTable() throws {
        let bench = try Bench(code: "CD 01", "idtr=71000/7 @71004=20003000")
        none(try bench.step(expecting: "cs=2000 ip=3000 sp=7FA ss:07FA=0102 ss:07FC=1000 ss:07FE=0002"))
    }

    @Test func vectorBeyondTheTableIsAFaultOfTheINT() throws {
        let bench = try Bench(code: "CD 21", "idtr=0/37 @34=20003000")
        none(try bench.step(expecting: "cs=2000 ip=3000 sp=7FA ss:07FA=0100 ss:07FC=1000 ss:07FE=0002"))
    }

    /// INT, an exception, and the #DB itself: the frame is data like any other.
    @Test(arguments: ["CD 21", "0F 0B", "CC"]) func aDataBreakpointOnTheFrameTraps(code: String) throws {
        let bench = try Bench(code: code, "@84=20003000 @18=20003000 @C=20003000 @4=20004000")
        var state = bench.cpu.state
        // Two bytes, written: the flags of the first frame, the flags of the second.
        (state.dr0, state.dr1, state.dr7) = (0x407FE, 0x407F8, 0x0055_0405)
        bench.cpu.state = state
        // What is due behind an instruction is delivered with it.
        #expect(try bench.cpu.step() == .budget)
        #expect(bench.word(0x407F4) == 0x3000 && bench.word(0x407F6) == 0x2000)
        #expect(bench.state.eip == 0x4000 && bench.state.dr6 & 15 == 1 && bench.state.gpr.esp & 0xFFFF == 0x7F4)
        #expect(try bench.cpu.step() == .budget)
        #expect(bench.state.eip == 0x4000 && bench.state.dr6 & 15 == 2 && bench.state.gpr.esp & 0xFFFF == 0x7EE)
    }

    @Test(arguments: [CPUModel.p6, CPUModel.all[2]])
    func noRoomForTheFrameIsAShutdown(model: CPUModel) throws {
        let bench = try Bench(code: "0F 0B", "sp=3", on: model)
        let before = bench.bytes
        guard case .shutdown(let chain) = try bench.cpu.step() else {
            Issue.record("no shutdown")
            return
        }
        #expect(chain.first?.vector == .invalidOpcode && chain.dropLast().last?.vector == .doubleFault)
        #expect(bench.bytes == before)
        #expect(bench.state.eip == 0x100 && bench.state.gpr.esp & 0xFFFF == 3)
    }

    // MARK: Protected mode

    /// A handler in ring 3 whose frame is misaligned: each delivery of #AC raises the next one, none is a double fault.
    @Test func exceptionsWithoutEndAreAShutdown() throws {
        let bench = try Bench(
            code: "8B 03", "cr0=40011 AC ebx=102 esp=802 @71088=00008F0000283000", in: .user)
        let before = bench.bytes
        guard case .shutdown(let chain) = try bench.cpu.step() else {
            Issue.record("no shutdown")
            return
        }
        #expect(!chain.isEmpty && chain.count <= 16)
        #expect(chain.allSatisfy { $0.vector == .alignmentCheck })
        #expect(Fault.text(ofShutdown: chain).hasPrefix("exceptions without end"))
        #expect(bench.cpu.faultChain.count <= 16)
        #expect(bench.bytes == before)
        #expect(bench.state.eip == 0x100 && bench.state.gpr.esp == 0x802)
    }

    @Test func interruptGateClearsIFAndPushesTheErrorCode() throws {
        let bench = try Bench(code: "8E D8", "eax=58 IF NT @71058=00008E0000083000", in: .kernel)
        none(
            try bench.step(
                expecting: "eip=3000 if nt esp=7F0 ss:07F0=0000010000000058 ss:07F8=0001420200000008"))
    }

    @Test func trapGateKeepsIF() throws {
        let bench = try Bench(code: "0F 0B", "IF TF @71030=00008F0000083000", in: .kernel)
        none(
            try bench.step(
                expecting: "eip=3000 tf esp=7F4 ss:07F4=0000000800000100 ss:07FC=00010302"))
    }

    @Test func sixteenBitGatePushesWords() throws {
        let bench = try Bench(code: "8E D8", "eax=58 @71058=FFFF860000083000", in: .kernel)
        none(
            try bench.step(expecting: "eip=3000 esp=7F8 ss:07F8=0002000801000058"))
    }

    @Test func handlerIn16BitCode() throws {
        let bench = try Bench(code: "0F 0B", "@71030=00008E0000483000", in: .kernel)
        none(
            try bench.step(
                expecting: "cs=48 eip=3000 esp=7F4 ss:07F4=0000000800000100 ss:07FC=00010002"))
    }

    @Test func softwareInterruptHasNoResumeFlag() throws {
        let bench = try Bench(code: "CD 21", "@71108=00008E0000083000", in: .kernel)
        none(
            try bench.step(
                expecting: "eip=3000 esp=7F4 ss:07F4=0000000800000102 ss:07FC=00000002"))
    }

    @Test func softwareInterruptNeedsAGateOfItsLevel() throws {
        let bench = try Bench(
            code: "CD 21", "@71108=00008E00002B3000 @71068=00008E00002B3000", in: .user)
        none(
            try bench.step(
                expecting: "eip=3000 esp=7F0 ss:07F0=000001000000010A ss:07F8=000100020000002B"))
        let allowed = try Bench(code: "CD 21", "@71108=0000EE00002B3000", in: .user)
        none(
            try allowed.step(
                expecting: "eip=3000 esp=7F4 ss:07F4=0000002B00000102 ss:07FC=00000002"))
    }

    @Test func int1IsExemptFromTheGatesLevel() throws {
        let bench = try Bench(code: "F1", "@71008=00008E00002B3000", in: .user)
        none(
            try bench.step(
                expecting: "eip=3000 esp=7F4 ss:07F4=0000002B00000101 ss:07FC=00000002"))
    }

    @Test func exceptionNeedsNoGateOfItsLevel() throws {
        let bench = try Bench(code: "0F 0B", "@71030=00008E00002B3000", in: .user)
        none(
            try bench.step(
                expecting: "eip=3000 esp=7F4 ss:07F4=0000002B00000100 ss:07FC=00010002"))
    }

    @Test func absentGateIsNotPresentWithItsVector() throws {
        let bench = try Bench(
            code: "CD 21", "@71108=00000E0000083000 @71058=00008E0000083000", in: .kernel)
        none(
            try bench.step(
                expecting: "eip=3000 esp=7F0 ss:07F0=000001000000010A ss:07F8=0001000200000008"))
    }

    @Test func badGateOfAnExceptionCarriesTheExternalBit() throws {
        let bench = try Bench(code: "0F 0B", "@71068=00008E0000083000", in: .kernel)
        none(
            try bench.step(
                expecting: "eip=3000 esp=7F0 ss:07F0=0000010000000033 ss:07F8=0001000200000008"))
    }

    @Test func absentHandlerSegment() throws {
        let bench = try Bench(
            code: "0F 0B", "@71030=00008E0000603000 @71058=00008E0000083000", in: .kernel)
        none(
            try bench.step(
                expecting: "eip=3000 esp=7F0 ss:07F0=0000010000000061 ss:07F8=0001000200000008"))
    }

    @Test func handlerBeyondItsSegment() throws {
        let bench = try Bench(
            code: "0F 0B", "@71030=00018E0000083000 @71068=00008E0000083000", in: .kernel)
        none(
            try bench.step(
                expecting: "eip=3000 esp=7F0 ss:07F0=0000010000000001 ss:07F8=0001000200000008"))
    }

    @Test func externalInterruptWithoutAGate() throws {
        let bench = try Bench(code: "90", "IF @71068=00008E0000083000", in: .kernel)
        bench.bus.acknowledge = { 0x20 }
        bench.bus.setINTR(true)
        none(
            try bench.step(
                expecting: "eip=3000 if esp=7F0 ss:07F0=0000010000000103 ss:07F8=0001020200000008"))
    }

    // MARK: Double and triple faults

    @Test func contributoryFaultsMakeADoubleFault() throws {
        // #NP while #NP has no gate: #GP on the way, both contributory.
        let bench = try Bench(code: "8E D8", "eax=58 @71040=00008E0000083000", in: .kernel)
        none(
            try bench.step(
                expecting: "eip=3000 esp=7F0 ss:07F0=0000010000000000 ss:07F8=0001000200000008"))
    }

    @Test func benignFaultMakesNoDoubleFault() throws {
        // #UD has no gate: #GP follows, with the vector in its error code.
        let bench = try Bench(
            code: "0F 0B", "@71040=00008E0000084000 @71068=00008E0000083000", in: .kernel)
        none(
            try bench.step(
                expecting: "eip=3000 esp=7F0 ss:07F0=0000010000000033 ss:07F8=0001000200000008"))
    }

    @Test func tripleFaultReportsItsChain() throws {
        let bench = try Bench(code: "8E D8", "eax=58", in: .kernel)
        let chain = [
            Fault(.segmentNotPresent, errorCode: 0x58), Fault(.generalProtection, errorCode: 0x5B),
            Fault(.doubleFault), Fault(.generalProtection, errorCode: 0x43),
        ]
        #expect(try bench.cpu.step() == .shutdown(chain))
        #expect(bench.state.shutdown == chain)
        #expect(bench.state.eip == 0x100 && bench.state.gpr.esp == 0x800)
        #expect(try bench.run(10) == .shutdown(chain))
        bench.cpu.reset()
        #expect(bench.state.shutdown.isEmpty)
    }

    @Test func tripleFaultInRealModeReportsItsChain() throws {
        let bench = try Bench(code: "0F 0B", "idtr=0/0")
        guard case .shutdown(let chain) = try bench.cpu.step() else {
            Issue.record("no shutdown")
            return
        }
        #expect(
            chain.map(\.vector) == [
                .invalidOpcode, .generalProtection, .generalProtection, .doubleFault, .generalProtection,
            ])
    }

    @Test func pulseOnRESETLeavesAShutdown() throws {
        let bench = try Bench(code: "0F 0B", "idtr=0/0")
        _ = try bench.cpu.step()
        bench.bus.pulseReset()
        try bench.run(0)
        #expect(bench.state.shutdown.isEmpty)
        #expect(bench.state.segments.cs.selector == 0xF000)
    }
}
