import DeviceContract
import Testing
import X86Interp

/// The contract finds each kind of mistake of a memory face, too.
@Suite struct ContractMemoryTests {
    /// What a device does wrong.
    enum Mistake: String, CaseIterable {
        case none, claimsNothing, hidesItsFace, readsTooWide, peekChanges, peekLies, resetForgets, hidesState
        case encodingForgets, knowsItsTier

        /// The rule that it breaks.
        var rule: Contract.Rule? {
            switch self {
            case .none: nil
            case .claimsNothing, .hidesItsFace: .claims
            case .readsTooWide: .widths
            case .peekChanges, .peekLies: .peek
            case .resetForgets: .reset
            case .hidesState: .restoring
            case .encodingForgets: .encoding
            case .knowsItsTier: .tiers
            }
        }
    }

    /// A page of one byte that counts its reads, with one mistake; it has no ports.
    private final class Page: Device, MemoryDevice {
        let name = "page"
        let mistake: Mistake
        let tier: Tier
        var state: CountedState
        private var hidden: UInt32 = 0

        init(_ mistake: Mistake, _ tier: Tier) {
            self.mistake = mistake
            self.tier = tier
            state = CountedState(isForgetful: mistake == .encodingForgets)
        }

        var memoryRegions: [MemoryRegion] {
            mistake == .claimsNothing ? [] : [MemoryRegion(start: 0xC_0000, size: 0x2000, widths: [.byte, .word])]
        }
        var asMemoryDevice: (any MemoryDevice)? { mistake == .hidesItsFace ? nil : self }

        func reset() {
            let reads = state.reads
            state = CountedState(isForgetful: mistake == .encodingForgets)
            if mistake == .resetForgets { state.reads = reads }
        }

        func readMemory(bank: UInt8, offset: UInt32, width: Width) -> UInt32 {
            state.reads &+= 1
            hidden &+= 1
            let value = UInt32(state.value) &+ state.reads
            switch mistake {
            case .readsTooWide: return value | 0x1_0000
            case .hidesState: return hidden & width.mask
            case .knowsItsTier: return tier == .user && state.reads == 3 ? 0 : value & width.mask
            default: return value & width.mask
            }
        }

        func writeMemory(bank: UInt8, offset: UInt32, width: Width, value: UInt32) {
            state.value = UInt8(truncatingIfNeeded: value)
        }

        func peekMemory(bank: UInt8, offset: UInt32) -> UInt8? {
            switch mistake {
            case .peekChanges: return UInt8(truncatingIfNeeded: readMemory(bank: bank, offset: offset, width: .byte))
            case .peekLies: return 0
            default: return nil
            }
        }

        var fields: [DeviceField] { [DeviceField("value", state.value, .decimal)] }
    }

    private static func contract(_ mistake: Mistake) -> Contract {
        Contract("page") { tier in
            let machine = try Machine(ramSize: 1 << 16)
            let page = Page(mistake, tier)
            try machine.add(page)
            if mistake == .hidesItsFace {
                try machine.memory.claim(MemoryRegion(start: 0xC_0000, size: 0x1000, tier: tier), for: page)
            }
            return Specimen(machine, page)
        }
    }

    @Test(arguments: Mistake.allCases) func eachMistakeIsFound(mistake: Mistake) throws {
        let contract = Self.contract(mistake)
        guard let rule = mistake.rule else { return #expect(contract.violations() == []) }
        let violation = try #require(contract.violation(of: rule))
        #expect(violation.rule == rule && violation.device == "page")
    }
}
