import Devices
import Testing
import X86Interp

@Suite struct FirmwareConfigTests {
    let device = FirmwareConfig(ramSize: 0x1234_5000)

    private func item(_ key: UInt16, count: Int) -> [UInt8] {
        device.write(bank: FirmwareConfig.selectorBank, offset: 0, width: .word, value: UInt32(key))
        return (0..<count).map { _ in
            UInt8(truncatingIfNeeded: device.read(bank: FirmwareConfig.dataBank, offset: 0, width: .byte))
        }
    }

    private func block(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0xAA, count: count)
        bytes.withUnsafeMutableBytes {
            device.readBlock(bank: FirmwareConfig.dataBank, offset: 0, width: .byte, into: $0)
        }
        return bytes
    }

    @Test func signatureThenZeros() {
        #expect(item(0, count: 7) == Array("QEMU".utf8) + [0, 0, 0])
        #expect(item(0, count: 1) == Array("Q".utf8), "selecting again starts over")
    }

    @Test func powerOnSelectsTheSignature() { #expect(block(4) == Array("QEMU".utf8)) }

    @Test func numbersAreLittleEndian() {
        #expect(item(1, count: 5) == [1, 0, 0, 0, 0])
        #expect(item(3, count: 8) == [0, 0x50, 0x34, 0x12, 0, 0, 0, 0])
        #expect(item(5, count: 2) == [1, 0])
        #expect(item(0x0F, count: 2) == [1, 0])
    }

    @Test(arguments: [UInt16(0x06), 0x20, 0x3FFF, 0x8000, 0xC000, 0xFFFF])
    func unknownItemsReadZero(key: UInt16) {
        #expect(item(key, count: 3) == [0, 0, 0])
    }

    @Test func writeModeBitIsIgnored() { #expect(item(0x4000, count: 4) == Array("QEMU".utf8)) }

    @Test func dataIsReadOnlyAndSelectorWriteOnly() {
        _ = item(0, count: 1)
        device.write(bank: FirmwareConfig.dataBank, offset: 0, width: .byte, value: 0x58)
        #expect(block(3) == Array("EMU".utf8))
        #expect(device.read(bank: FirmwareConfig.selectorBank, offset: 0, width: .word) == 0xFFFF)
    }

    @Test func directoryListsFilesByName() throws {
        try device.add(.init(name: "opt/b", contents: [1, 2, 3]))
        try device.add(.init(name: "etc/z", contents: []))
        try device.add(.init(name: "opt/a", contents: [UInt8](repeating: 7, count: 0x102)))
        let names = ["etc/z", "opt/a", "opt/b"]
        let sizes: [[UInt8]] = [[0, 0, 0, 0], [0, 0, 1, 2], [0, 0, 0, 3]]
        var expected: [UInt8] = [0, 0, 0, 3]
        for (number, name) in names.enumerated() {
            expected += sizes[number] + [0, 0x20 + UInt8(number), 0, 0]
            expected += Array(name.utf8) + [UInt8](repeating: 0, count: 56 - name.utf8.count)
        }
        #expect(item(0x19, count: expected.count + 1) == expected + [0])
        #expect(item(0x22, count: 4) == [1, 2, 3, 0])
        #expect(device.files.map(\.name) == names)
    }

    @Test func badFilesAreRefusedByName() throws {
        let long = String(repeating: "x", count: 55)
        try device.add(.init(name: long, contents: []))
        #expect(throws: FirmwareConfig.FileError.duplicate(long)) { try device.add(.init(name: long, contents: [])) }
        #expect(throws: FirmwareConfig.FileError.name(long + "y")) {
            try device.add(.init(name: long + "y", contents: []))
        }
        #expect(throws: FirmwareConfig.FileError.name("")) { try device.add(.init(name: "", contents: [])) }
        #expect(throws: FirmwareConfig.FileError.name("a\0b")) { try device.add(.init(name: "a\0b", contents: [])) }
        #expect(device.files.count == 1)
        #expect(FirmwareConfig.FileError.duplicate("opt/a").description.contains("opt/a"))
    }

    @Test func blocksEndWithTheItem() {
        _ = item(0, count: 1)
        #expect(block(2) == Array("EM".utf8))
        #expect(block(4) == Array("U".utf8) + [0, 0, 0])
        #expect(block(2) == [0, 0])
    }

    @Test func restoredOffsetBeyondTheItemReadsZero() {
        device.state.offset = .max
        #expect(block(2) == [0, 0])
        #expect(device.read(bank: FirmwareConfig.dataBank, offset: 0, width: .byte) == 0)
        #expect(device.state.offset == .max)
    }

    @Test func widthDecidesBetweenSelectorAndData() throws {
        let ports = PortMap()
        let row = try #require(DeviceCatalog.row(named: "fw_cfg"))
        for claim in try #require(row.claims(at: nil)) {
            try ports.claim(claim.ports, for: device, bank: claim.bank, widths: claim.widths)
        }
        #expect(ports.claim(at: 0x510, .word)?.bank == FirmwareConfig.selectorBank)
        #expect(ports.claim(at: 0x511, .byte)?.bank == FirmwareConfig.dataBank)
        #expect(ports.claim(at: 0x510, .byte) == nil)
    }
}
