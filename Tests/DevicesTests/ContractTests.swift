import DeviceContract
import Testing
import X86Interp

/// The contract finds each kind of mistake, and blames nobody who keeps it.
@Suite struct ContractTests {
    /// What a device does wrong.
    enum Mistake: String, CaseIterable {
        case none, claimsNothing, isNotAdded, readsTooWide, peekChanges, peekLies, peekIsHeard, resetForgets
        case restoringForgets, restoringIsHeard, hidesState, encodingForgets, blockForgets, knowsItsTier, namesTwice,
            showsNothing

        /// The rule that it breaks.
        var rule: Contract.Rule? {
            switch self {
            case .none: nil
            case .claimsNothing, .isNotAdded: .claims
            case .readsTooWide: .widths
            case .peekChanges, .peekLies, .peekIsHeard: .peek
            case .resetForgets: .reset
            case .restoringForgets, .restoringIsHeard, .hidesState: .restoring
            case .encodingForgets: .encoding
            case .blockForgets: .blocks
            case .knowsItsTier: .tiers
            case .namesTwice, .showsNothing: .fields
            }
        }
    }

    /// A register that counts its reads and sends what is written, with one mistake.
    private final class Counter: Device, BlockPortDevice {
        let name = "counter"
        let mistake: Mistake
        let tier: Tier
        private(set) var sent: [UInt8] = []
        private var kept: CountedState
        private var hidden: UInt32 = 0

        init(_ mistake: Mistake, _ tier: Tier) {
            self.mistake = mistake
            self.tier = tier
            kept = CountedState(isForgetful: mistake == .encodingForgets)
        }

        var state: CountedState {
            get { kept }
            set {
                kept = newValue
                if mistake == .restoringIsHeard { sent.append(0) }
            }
        }

        func reset() {
            let reads = kept.reads
            kept = CountedState(isForgetful: mistake == .encodingForgets)
            if mistake == .resetForgets { kept.reads = reads }
            if mistake == .restoringForgets { hidden = 0 }
        }

        func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
            kept.reads &+= 1
            hidden &+= 1
            let value = UInt32(kept.value) &+ kept.reads
            switch mistake {
            case .readsTooWide: return value | 0x100
            case .restoringForgets, .hidesState: return hidden & width.mask
            case .knowsItsTier: return tier == .user && kept.reads == 3 ? 0 : value & width.mask
            default: return value & width.mask
            }
        }

        func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
            switch mistake {
            case .peekChanges: return read(bank: bank, offset: offset, width: width)
            case .peekLies: return 0
            case .peekIsHeard: sent.append(1)
            case .restoringForgets, .hidesState, .readsTooWide, .knowsItsTier: return nil
            default: break
            }
            return (UInt32(kept.value) &+ kept.reads &+ 1) & width.mask
        }

        func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
            kept.value = UInt8(truncatingIfNeeded: value)
            if mistake != .hidesState { sent.append(kept.value) }
        }

        func readBlock(bank: UInt8, offset: UInt16, width: Width, into buffer: UnsafeMutableRawBufferPointer) {
            for place in buffer.indices {
                buffer[place] = UInt8(truncatingIfNeeded: read(bank: bank, offset: offset, width: width))
            }
        }

        func writeBlock(bank: UInt8, offset: UInt16, width: Width, from buffer: UnsafeRawBufferPointer) {
            for byte in buffer.dropFirst(mistake == .blockForgets ? 1 : 0) {
                write(bank: bank, offset: offset, width: width, value: UInt32(byte))
            }
        }

        var fields: [DeviceField] {
            switch mistake {
            case .showsNothing: []
            case .namesTwice: [DeviceField("value", 1, .decimal), DeviceField("value", 2, .decimal)]
            default: [DeviceField("value", kept.value, .decimal)]
            }
        }
    }

    private static func contract(_ mistake: Mistake) -> Contract {
        Contract("counter") { tier in
            let machine = try Machine(ramSize: 1 << 16)
            let device = Counter(mistake, tier)
            if mistake != .isNotAdded { try machine.add(device) }
            if mistake != .claimsNothing { try machine.ports.claim(0x300...0x303, for: device, tier: tier) }
            return Specimen(machine, device) { "\(device.sent.count) \(device.sent.suffix(100))" }
        }
    }

    @Test(arguments: Mistake.allCases) func eachMistakeIsFound(mistake: Mistake) throws {
        let contract = Self.contract(mistake)
        guard let rule = mistake.rule else { return #expect(contract.violations() == []) }
        let violation = try #require(contract.violation(of: rule))
        #expect(violation.rule == rule && violation.device == "counter")
        #expect(violation.description.hasPrefix("counter (\(rule)): "))
    }

    @Test func aMachineThatCannotBeMadeIsSaid() throws {
        let contract = Contract("nothing") { _ in
            let machine = try Machine(ramSize: 0)
            return Specimen(machine, Counter(.none, .kernel))
        }
        let violation = try #require(contract.violation(of: .reset))
        #expect(violation.sentence.hasPrefix("it cannot be checked: RAM of 0 bytes"))
    }
}
