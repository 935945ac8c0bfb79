/// The files that firmware expects behind fw_cfg, whoever the machine is for.
///
/// They are those of QEMU's isapc. Source: QEMU 7.2, its trace of fw_cfg_add_file.
enum StandardFiles {
    /// Where RAM ends that is told of: above are frame buffers and ROM.
    private static let memoryEnd: UInt64 = 0xE000_0000

    /// The files of a machine without disks of a special geometry and order, which CMOS tells of.
    static func files(ramSize: Int) -> [FirmwareConfig.File] {
        [
            .init(name: "bios-geometry", contents: []),
            .init(name: "bootorder", contents: []),
            // Milliseconds until another try if nothing could be booted; all ones: never.
            .init(name: "etc/boot-fail-wait", contents: [0xFF, 0xFF, 0xFF, 0xFF]),
            .init(name: "etc/e820", contents: memoryMap(ramSize: ramSize)),
        ]
    }

    /// Start, size and kind 1, RAM; what is reserved firmware adds itself.
    private static func memoryMap(ramSize: Int) -> [UInt8] {
        FirmwareConfig.littleEndian(UInt64(0)) + FirmwareConfig.littleEndian(min(UInt64(max(ramSize, 0)), memoryEnd))
            + FirmwareConfig.littleEndian(UInt32(1))
    }
}
