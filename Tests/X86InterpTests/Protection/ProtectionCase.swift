import Testing

@testable import X86Interp

/// One way to break one rule of protection, or to stay just within it.
///
///     .init(.stackAbsent, "MOV SS: absent data", "8E D0", "g100=13 ax=100", "#SS(100)")
///
/// What the words of `given` mean is at `ProtectionScene`; numbers are hexadecimal.
struct ProtectionCase: Sendable, CustomTestStringConvertible {
    /// How the exception comes about, and so what must be as before.
    enum Kind: Sendable {
        /// A fault of the instruction: nothing but the exception has happened.
        case fault
        /// A trap behind the instruction.
        case trap
        /// A fault in the delivery of an exception or external interrupt, itself delivered: `given` has the first.
        case delivery
        /// A fault behind the commit point of a task switch: state and CS:EIP are those of the new task.
        case newTask
        /// The same in the delivery of an exception or external interrupt through a task gate.
        case newTaskDelivery
    }

    let rule: Rule
    let name: String
    let code: [UInt8]
    let given: String
    let expect: String
    let mode: Case.Mode
    let kind: Kind
    let generation: Generation

    /// A case; see the properties.
    ///
    /// - Parameter expect: the exception, then words of `StateWords` that hold when it is raised.
    init(
        _ rule: Rule, _ name: String, _ code: String, _ given: String, _ expect: String, in mode: Case.Mode = .kernel,
        _ kind: Kind = .fault, on generation: Generation = .p6
    ) {
        self.rule = rule
        self.name = name
        self.code = Bench.bytes(code)
        self.given = given
        self.expect = expect
        self.mode = mode
        self.kind = kind
        self.generation = generation
    }

    var testDescription: String { "\(rule): \(name)" }

    /// The exception's mnemonic with its error code, such as `#GP(10)`.
    var exception: String { String(expect.split(separator: " ").first ?? "") }

    var model: CPUModel { CPUModel.all.last { $0.generation == generation } ?? .p6 }

    private var stateWords: String { expect.split(separator: " ").dropFirst().joined(separator: " ") }

    private func scene() throws -> ProtectionScene {
        var scene = ProtectionScene(mode, model)
        if isInNewTask { try scene.apply("iA=85>E0 iB=85>E0 iC=85>E0 iD=85>E0") }
        try scene.apply(given)
        scene.put(code: code)
        return scene
    }

    /// Runs the case; returns what is not as expected.
    func problems() throws -> [String] {
        let fault = try Scene.fault(exception)
        switch kind {
        case .fault, .trap, .newTask: return try stopped(fault) + (try delivered(fault))
        case .delivery, .newTaskDelivery: return try delivered(fault)
        }
    }

    /// Runs it up to the exception.
    private func stopped(_ fault: Fault) throws -> [String] {
        let scene = try scene()
        let bench = try Bench(scene.scene, model: model, faultPolicy: .stop)
        scene.prepare(bench)
        let before = bench.bytes
        let exit = try bench.cpu.step()
        var problems = reportProblems(bench, fault)
        guard case .stopped(.fault(let got)) = exit, got.vector == fault.vector, got.errorCode == fault.errorCode
        else { return problems + ["exit \(exit)"] }
        problems += StateWords.problems(stateWords, bench)
        if kind == .fault {
            var wanted = scene.scene.state
            if fault.vector == .debug { wanted.dr6 = bench.state.dr6 }
            problems += Bench.differences(bench.state, wanted)
            problems += bench.memoryDifferences(scene.withoutPageTables(before, bench.bytes))
        }
        return problems
    }

    /// Runs it into the exception's handler, and looks at the frame that it finds.
    private func delivered(_ fault: Fault) throws -> [String] {
        let scene = try scene()
        let bench = try Bench(scene.scene, model: model, faultPolicy: .deliver)
        scene.prepare(bench)
        let exit = try bench.cpu.step()
        var problems = exit == .budget ? [] : ["delivery ended in \(exit)"]
        problems += reportProblems(bench, fault)
        if isInNewTask { return problems + newTaskProblems(bench, fault) }
        if kind == .delivery { problems += StateWords.problems(stateWords, bench) }
        let state = bench.state
        let vector = UInt32(fault.vector.rawValue)
        if state.eip != ProtectionScene.handler(vector) {
            problems.append("EIP \(String(state.eip, radix: 16)) is no handler of \(fault.text)")
        }
        guard problems.isEmpty else { return problems }
        let isBig = state.segments.ss.access.contains(.big)
        var frame = state.segments.ss.base &+ (isBig ? state.gpr.esp : state.gpr.esp & 0xFFFF)
        let isNarrow = mode == .real || generation == .i80286
        func pop() -> UInt32 {
            defer { frame &+= isNarrow ? 2 : 4 }
            return isNarrow ? UInt32(bench.word(frame)) : bench.dword(frame)
        }
        if fault.vector.pushesErrorCode, mode != .real {
            let code = pop()
            if code != fault.errorCode { problems.append("pushed error code \(String(code, radix: 16))") }
        }
        guard kind != .trap else { return problems }
        let (eip, cs) = (pop(), pop() & 0xFFFF)
        let old = scene.scene.state
        if eip != old.eip || cs != UInt32(old.segments.cs.selector) {
            problems.append("pushed CS:EIP \(String(cs, radix: 16)):\(String(eip, radix: 16))")
        }
        return problems
    }

    private var isInNewTask: Bool { kind == .newTask || kind == .newTaskDelivery }

    /// A new task that may have no stack yet takes its exception in a task of its own, E0, whose back link names it.
    private func newTaskProblems(_ bench: Bench, _ fault: Fault) -> [String] {
        var problems = StateWords.problems("tr=E0 eip=200 NT", bench)
        let target = stateWords.split(separator: " ").first { $0.hasPrefix("tr=") }?.dropFirst(3) ?? ""
        if bench.word(ProtectionScene.handlerTask) != UInt16(target, radix: 16) { problems.append("wrong back link") }
        let code = bench.word(bench.state.segments.ss.base &+ bench.state.gpr.esp & 0xFFFF)
        if code != fault.errorCode { problems.append("pushed error code \(String(code, radix: 16))") }
        return problems
    }

    private func reportProblems(_ bench: Bench, _ fault: Fault) -> [String] {
        guard let report = bench.cpu.lastFault else { return ["no report"] }
        let isExpected =
            report.rule == rule && report.fault.vector == fault.vector && report.fault.errorCode == fault.errorCode
        return isExpected ? [] : ["reported \(report.rule) \(report.text)"]
    }
}

/// Something that protection allows: the instruction must succeed and leave what `expect` says.
struct PermittedCase: Sendable, CustomTestStringConvertible {
    let name: String
    let code: [UInt8]
    let given: String
    let expect: String
    let mode: Case.Mode
    let generation: Generation

    init(
        _ name: String, _ code: String, _ given: String, _ expect: String, in mode: Case.Mode = .kernel,
        on generation: Generation = .p6
    ) {
        self.name = name
        self.code = Bench.bytes(code)
        self.given = given
        self.expect = expect
        self.mode = mode
        self.generation = generation
    }

    var testDescription: String { name }

    /// Runs the case; returns what is not as expected.
    func problems() throws -> [String] {
        let model = CPUModel.all.first { $0.generation == generation } ?? .p6
        var scene = ProtectionScene(mode, model)
        try scene.apply(given)
        scene.put(code: code)
        let bench = try Bench(scene.scene, model: model, faultPolicy: .stop)
        scene.prepare(bench)
        let exit = try bench.cpu.step()
        let report = bench.cpu.lastFault.map { [$0.text] } ?? []
        return (exit == .budget ? [] : ["exit \(exit)"] + report) + StateWords.problems(expect, bench)
    }
}
