import Testing

@testable import Devices

/// The fields of the battery RAM against dumps of QEMU 7.2's board isapc, made by a ROM of our own that reads them.
@Suite struct CMOSContentsTests {
    /// What a machine consists of, and the registers that QEMU has for it unless they are 0.
    ///
    /// Time, status and register 37 are left out; QEMU's board always has a mouse.
    struct Dump: Sendable {
        var name: String
        var contents: CMOSContents
        var registers: [Int: UInt8]
    }

    private static func contents(_ megabytes: UInt64, _ change: (inout CMOSContents) -> Void = { _ in }) -> CMOSContents
    {
        var contents = CMOSContents()
        contents.ramSize = megabytes << 20
        contents.hasMouse = true
        change(&contents)
        return contents
    }

    private static let small = CMOSContents.HardDisk(cylinders: 203, heads: 16, sectors: 63)
    private static let large = CMOSContents.HardDisk(cylinders: 6241, heads: 16, sectors: 63)

    static let dumps: [Dump] = [
        .init(
            name: "16 MiB, a floppy of 1.44 MB, a disk of 100 MiB",
            contents: contents(16) {
                $0.floppies = [.m1440]
                $0.hardDisks = [0: small]
            },
            registers: [
                0x10: 0x40, 0x12: 0xF0, 0x14: 0x07, 0x15: 0x80, 0x16: 0x02, 0x18: 0x3C, 0x19: 0x2F, 0x1B: 0xCB,
                0x1D: 0x10,
                0x1E: 0xFF, 0x1F: 0xFF, 0x20: 0xC8, 0x21: 0xCB, 0x23: 0x3F, 0x31: 0x3C, 0x38: 0x30, 0x3D: 0x12,
            ]),
        .init(
            name: "128 MiB, no drives", contents: contents(128),
            registers: [
                0x14: 0x06, 0x15: 0x80, 0x16: 0x02, 0x17: 0xFF, 0x18: 0xFF, 0x30: 0xFF, 0x31: 0xFF, 0x35: 0x07,
                0x38: 0x30,
                0x3D: 0x12,
            ]),
        .init(
            name: "512 MiB, two floppies and two disks, -boot dca",
            contents: contents(512) {
                $0.floppies = [.m1440, .m1200]
                $0.hardDisks = [0: small, 1: large]
                $0.bootOrder = [.cd, .hardDisk, .floppy]
            },
            registers: [
                0x10: 0x42, 0x12: 0xFF, 0x14: 0x47, 0x15: 0x80, 0x16: 0x02, 0x17: 0xFF, 0x18: 0xFF, 0x19: 0x2F,
                0x1A: 0x2F,
                0x1B: 0xCB, 0x1D: 0x10, 0x1E: 0xFF, 0x1F: 0xFF, 0x20: 0xC8, 0x21: 0xCB, 0x23: 0x3F, 0x24: 0x61,
                0x25: 0x18,
                0x26: 0x10, 0x27: 0xFF, 0x28: 0xFF, 0x29: 0xC8, 0x2A: 0x61, 0x2B: 0x18, 0x2C: 0x3F, 0x30: 0xFF,
                0x31: 0xFF,
                0x35: 0x1F, 0x38: 0x10, 0x39: 0x04, 0x3D: 0x23,
            ]),
        .init(
            name: "1 MiB, floppies of 360 KB and 2.88 MB, a disk on the second channel, -boot c",
            contents: contents(1) {
                // Drives that take the images: QEMU has one of 1.2 MB for 360 KB.
                $0.floppies = [.m1200, .m2880]
                $0.hardDisks = [2: small]
                $0.bootOrder = [.hardDisk]
            }, registers: [0x10: 0x25, 0x14: 0x47, 0x15: 0x80, 0x16: 0x02, 0x3D: 0x02]),
        .init(
            name: "20 MiB, from the network",
            contents: contents(20) { $0.bootOrder = [.network] },
            registers: [0x14: 0x06, 0x15: 0x80, 0x16: 0x02, 0x18: 0x4C, 0x31: 0x4C, 0x34: 0x40, 0x3D: 0x04]),
        .init(
            name: "2000 MiB, a disk of 20 GiB",
            contents: contents(2000) {
                $0.hardDisks = [0: .init(cylinders: 16383, heads: 16, sectors: 63)]
            },
            registers: [
                0x12: 0xF0, 0x14: 0x06, 0x15: 0x80, 0x16: 0x02, 0x17: 0xFF, 0x18: 0xFF, 0x19: 0x2F, 0x1B: 0xFF,
                0x1C: 0x3F,
                0x1D: 0x10, 0x1E: 0xFF, 0x1F: 0xFF, 0x20: 0xC8, 0x21: 0xFF, 0x22: 0x3F, 0x23: 0x3F, 0x30: 0xFF,
                0x31: 0xFF,
                0x35: 0x7C, 0x38: 0x30, 0x39: 0x01, 0x3D: 0x12,
            ]),
    ]

    private func registers(_ contents: CMOSContents) -> [Int: UInt8] {
        Dictionary(contents.registers, uniquingKeysWith: { $1 }).filter { $0.value != 0 }
    }

    @Test(arguments: dumps) func fieldsAreThoseOfQEMU(dump: Dump) {
        #expect(registers(dump.contents) == dump.registers, "\(dump.name)")
    }

    /// What QEMU's board cannot have, by the fields' meaning.
    @Test func fieldsBeyondQEMUsBoard() {
        var contents = CMOSContents()
        contents.ramSize = 256 << 10
        contents.processors = 4
        contents.hasCoprocessor = false
        contents.hardDisks = [3: .init(cylinders: 2000, heads: 16, sectors: 63, translation: .large)]
        #expect(
            registers(contents) == [0x16: 0x01, 0x38: 0x30, 0x3D: 0x12, 0x39: 0x80, 0x5F: 0x03])
        contents = CMOSContents()
        contents.ramSize = 6 << 30
        let large = registers(contents)
        #expect(large[0x34] == nil && large[0x35] == 0xFF && large[0x5C] == 0x80 && large[0x5B] == nil)
    }

    @Test func numbersThatDoNotFitAreTheLargest() {
        var contents = CMOSContents()
        contents.ramSize = .max
        contents.processors = -5
        contents.floppies = [.none, .k720, .m1440]
        contents.hardDisks = [0: .init(cylinders: -1, heads: 1000, sectors: 1 << 40), 9: Self.small]
        let values = registers(contents)
        #expect(values[0x5B] == 0xFF && values[0x5D] == 0xFF && values[0x5F] == nil && values[0x10] == 0x03)
        #expect(values[0x1D] == 0xFF && values[0x23] == 0xFF && values[0x1B] == nil && values[0x14] == 0x03)
    }
}
