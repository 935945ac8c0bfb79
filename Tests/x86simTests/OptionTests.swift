import Devices
import Testing
import X86Interp

@testable import x86sim

private func parse(_ text: String) throws -> Settings {
    let words = text.split(separator: " ").map(String.init)
    return try OptionParser(subcommand: X86Sim.named("run")).parse(words)
}

@Suite("Options")
struct OptionTests {
    @Test func aBareBlobHasTheDefaults() throws {
        let settings = try parse("blob")
        #expect(settings.operands == ["blob"])
        #expect(settings.model.name == "pentium4" && settings.ramSize == 16 << 20 && settings.a20)
        #expect(settings.machine.name == "isapc" && settings.fuel == nil && settings.exitMap == .raw)
    }

    @Test(arguments: [
        "--fuel 10M blob", "--fuel=10M blob", "-fuel 10M blob", "blob -fuel=10000k", "--fuel 1 --fuel 10000000 blob",
        "--fuel 0x989680 blob",
    ])
    func oneAndTwoDashesAndTheLastValueCount(text: String) throws {
        let settings = try parse(text)
        #expect(settings.fuel == 10_000_000)
        #expect(settings.operands == ["blob"])
    }

    @Test func everythingBehindTwoDashesIsAnOperand() throws {
        #expect(try parse("-- --fuel").operands == ["--fuel"])
    }

    @Test(arguments: [
        ("16", 16 << 20), ("640K", 640 << 10), ("16M", 16 << 20), ("1g", 1 << 30), ("4k", 4096), ("0x10000", 65536),
    ])
    func memorySizes(text: String, size: Int) throws {
        #expect(try parse("blob -m \(text)").ramSize == size)
    }

    @Test func places() throws {
        let settings = try parse("blob --load a@b@1000:0010 --load c@fff0 --entry f000:FFF0")
        #expect(
            settings.loads == [
                LoadRequest(path: "a@b", address: 0x10010, far: FarAddress(segment: 0x1000, offset: 0x10)),
                LoadRequest(path: "c", address: 0xFFF0, far: nil),
            ])
        #expect(settings.entry == FarAddress(segment: 0xF000, offset: 0xFFF0))
    }

    @Test func registersKeepTheBitsThatTheirNamesDoNotCover() throws {
        let settings = try parse("blob --regs eax=11223344,ah=AA --regs bx=0xffff,es=1000,eflags=ed5,dl=0d16")
        var state = CPUState()
        state.gpr.ebx = 0x5555_0000
        for value in settings.registers { value.register.set(value.value, in: &state, of: .p6) }
        #expect(state.gpr.eax == 0x1122_AA44)
        #expect(state.gpr.ebx == 0x5555_FFFF)
        #expect(state.gpr.edx == 16)
        #expect(state.segments.es.base == 0x10000)
        #expect(state.eflags.rawValue == 0xED7)
    }

    @Test func registersOfX87AndSSE() throws {
        let settings = try parse(
            "blob --regs fcw=27f,fsw=3800,st0=3FFF:8000000000000000,st1=4000c90fdaa22168c235,mm3=0d16 "
                + "--regs xmm1=1:2,xmm2=000102030405060708090a0b0c0d0e0f,xmm3=7,mxcsr=1fa0,fip=12345678")
        var state = CPUState()
        for value in settings.registers { value.register.set(value.value, in: &state, of: .newest) }
        #expect(state.x87.control == 0x27F | 0x40 && state.x87.top == 7)
        #expect(state.x87.registers.r7 == Extended(signExponent: 0x3FFF, significand: 1 << 63))
        #expect(state.x87.registers.r0 == Extended(signExponent: 0x4000, significand: 0xC90F_DAA2_2168_C235))
        #expect(state.x87.registers.r3 == Extended(signExponent: 0xFFFF, significand: 16))
        #expect(state.x87.inUse == 0b1000_1001 && state.x87.instructionOffset == 0x1234_5678)
        #expect(state.sse.xmm1 == SIMD2(2, 1) && state.sse.xmm3 == SIMD2(7, 0) && state.sse.mxcsr == 0x1FA0)
        #expect(state.sse.xmm2 == SIMD2(0x0809_0A0B_0C0D_0E0F, 0x0001_0203_0405_0607))
        for value in settings.registers {
            let text = value.value.hex(bits: value.register.bits)
            #expect(RegisterBits(text) == value.value, "\(text)")
        }
    }

    @Test(arguments: [
        ("st0=1:2:3", "is no REG=VALUE"), ("st0=", "is no REG=VALUE"), ("st0=10000:0", "does not fit into st0"),
        ("xmm0=1ffffffffffffffffffffffffffffffff", "is no REG=VALUE"), ("fop=800", "does not fit into fop"),
        ("fcw=10000", "does not fit into fcw"), ("mm0=1:0", "does not fit into mm0"),
        ("ax=1:0", "does not fit into ax"),
        ("st8=1", "no register 'st8'"), ("st0.sig=1", "no register 'st0.sig'"),
    ])
    func valuesThatAreNoneAreRefused(word: String, reason: String) throws {
        let host = TestHost()
        #expect(host.run(["run", "blob", "--regs", word]) == 1)
        #expect(host.errors.text.contains(reason), "\(host.errors.text)")
    }

    @Test(arguments: [
        ("8086", "st0=1", "no x87"), ("80386", "fcw=37f", "no x87"), ("p6", "mm0=1", "no MMX"),
        ("pentium2", "xmm0=1", "no SSE"), ("pentium-mmx", "mxcsr=1f80", "no SSE"), ("80286", "eax=1", "32-bit"),
    ])
    func registersThatTheProcessorLacksAreRefused(cpu: String, word: String, reason: String) throws {
        let file = try TemporaryFile([0xF4])
        let host = TestHost()
        #expect(host.run(["run", file.path, "--cpu", cpu, "--regs", word]) == 1)
        #expect(host.errors.text.contains("--regs: the \(cpu) has ") && host.errors.text.contains(reason))
    }

    @Test func devicesTiersAndPorts() throws {
        let settings = try parse(
            "blob --machine bare --device post,base=90 --tier all=user --port 3da=seq:08,00 --debugcon e8 --bus 16 "
                + "--fw-cfg opt/a=string:b=c --fw-cfg opt/f=file --unmapped stop --unmapped-memory log --exit-map qemu --debug-exit 501"
        )
        #expect(settings.machine.name == "bare")
        #expect(settings.devices == [DeviceOption("post", base: 0x90)])
        #expect(settings.tiers == [TierOption("all", .user)])
        #expect(settings.scriptedPorts == [PortOption(0x3DA, .sequence([8, 0]))])
        #expect(settings.debugConsole == [0xE8] && settings.debugExit == 0x501 && settings.busWidth == .word)
        #expect(
            settings.firmwareFiles == [
                FirmwareFile(name: "opt/a", source: .text("b=c")), FirmwareFile(name: "opt/f", source: .file("file")),
            ])
        #expect(settings.unmapped == .stop && settings.unmappedMemory == .log && settings.exitMap == .qemu)
    }

    @Test func limitsAndOutputs() throws {
        let settings = try parse(
            "blob --timeout 0.5 --max-output 100 --halt-ok --fault stop --io-log x.csv --json --quiet --cpu 8086 --a20 off"
        )
        #expect(settings.timeout == 0.5 && settings.maximumOutput == 100 && settings.acceptsAnyHalt)
        #expect(settings.stopsAtFault && settings.ioLog == "x.csv" && settings.json && settings.quiet)
        #expect(settings.model.generation == .i8086 && !settings.a20)
    }

    @Test func chipsBesideTheirProcessors() throws {
        #expect(try parse("blob --cpu 80386").model.x87 == .none)
        #expect(try parse("blob --cpu 80386 --fpu 287").model.x87 == .i80287)
        #expect(try parse("blob --fpu 387 --errata 386").model.x87 == .i80387)
        #expect(try parse("blob --cpu 80386 --fpu none").model == CPUModel.named("80386"))
    }

    @Test func errataNameTheirProcessor() throws {
        #expect(try parse("blob --errata 386").model == CPUModel.named("80386")?.withErrata())
        #expect(try parse("blob --cpu 80286 --errata 286").model.errata == .faultBehindInput)
        #expect(try parse("blob --cpu 80386").model.errata == [])
    }

    @Test func noSubcommandHasTwoOptionsOfOneName() {
        for subcommand in X86Sim.subcommands {
            let keys = Option.all.filter { subcommand.topics.contains($0.topic) }.map { String($0.key) }
            #expect(Set(keys).count == keys.count, "\(subcommand.name)")
        }
    }

    @Test func everyOptionBelongsToASubcommandAndItsHelp() {
        for option in Option.all {
            let owners = X86Sim.subcommands.filter { $0.topics.contains(option.topic) }
            #expect(owners.allSatisfy { Help.text(for: $0).contains("  \(option.name)") }, "\(option.name)")
        }
    }

    @Test(arguments: X86Sim.subcommands.map(\.name))
    func everySubcommandHelps(name: String) {
        for arguments in [[name, "--help"], [name, "-h"], ["help", name], [name, "-help", "x", "y"]] {
            let host = TestHost()
            #expect(host.run(arguments) == 0)
            #expect(host.output.text.hasPrefix("usage: x86sim \(name)"))
            #expect(host.errors.text.isEmpty)
        }
        #expect(Help.overview.contains("\n  \(name)"))
    }

    @Test func theOverviewNamesEverySubcommand() {
        let host = TestHost()
        #expect(host.run(["--help"]) == 0)
        #expect(host.output.text == Help.overview)
        #expect(TestHost().run(["help"]) == 0)
    }

    @Test func helpFitsATerminal() {
        for text in [Help.overview] + X86Sim.subcommands.map({ Help.text(for: $0) }) {
            for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        }
    }
}

@Suite("Nearest name")
struct NearestTests {
    @Test(arguments: [
        ("fule", "fuel"), ("timeuot", "timeout"), ("io-lgo", "io-log"), ("halt", "halt-ok"), ("cpus", "cpu"),
    ])
    func slipsAreFound(typed: String, meant: String) {
        #expect(Nearest.name(to: typed, in: ["fuel", "timeout", "io-log", "halt-ok", "cpu", "m"]) == meant)
    }

    @Test(arguments: ["", "zzzzzz", "x", String(repeating: "a", count: 10_000)])
    func nonsenseSuggestsNothing(typed: String) {
        #expect(Nearest.name(to: typed, in: ["fuel", "timeout"]) == nil)
    }

    @Test func distanceCountsEdits() {
        #expect(Nearest.distance("", "abc") == 3)
        #expect(Nearest.distance("abc", "acb") == 1)
        #expect(Nearest.distance("kitten", "sitting") == 3)
    }
}
