import Foundation
import TestSupport

@testable import x86sim

/// Another PC to compare with: QEMU with SeaBIOS, if it is there.
enum QEMU {
    private static let path = "/usr/bin/qemu-system-i386"

    /// Whether there is one.
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// Boots a floppy; returns what the guest writes to the debug console until it ends or time is over.
    static func run(floppy: [UInt8], hardDisk: [UInt8]? = nil, seconds: Double = 60) throws -> String {
        let image = try TemporaryFile(floppy + [UInt8](repeating: 0, count: 1_474_560 - floppy.count), extension: "img")
        let disk = try hardDisk.map { try TemporaryFile($0, extension: "img") }
        let text = image.sibling(".csv")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = [
            "-display", "none", "-no-reboot", "-drive", "if=floppy,file=\(image.path),format=raw", "-boot", "a",
            "-parallel", "none", "-serial", "null", "-debugcon", "file:" + text,
            "-device", "isa-debug-exit,iobase=0xf4,iosize=4",
            // Not the host's day: QEMU's clock carries each register over as it is written, so that a guest that sets
            // the month to February on a 30th finds March.
            "-rtc", "base=2024-02-01T12:00:00",
        ]
        if let disk { process.arguments? += ["-drive", "if=ide,file=\(disk.path),format=raw"] }
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let limit = Date(timeIntervalSinceNow: seconds)
        while process.isRunning, Date() < limit { Thread.sleep(forTimeInterval: 0.05) }
        // Test processes may hand on a mask that holds SIGTERM back.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return String(decoding: try HostFile.read(text), as: UTF8.self)
    }

    /// Runs a ROM without other firmware until it writes to the debug console; returns its screen then, as a PPM.
    static func screen(rom: String, seconds: Double = 60) throws -> [UInt8] {
        let file = try TemporaryFile([])
        let (text, picture) = (file.sibling(".csv"), file.sibling(".jsonl"))
        let process = Process()
        let input = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = [
            "-M", "isapc", "-cpu", "pentium3", "-vga", "std", "-display", "none", "-net", "none", "-bios", rom,
            "-serial", "none", "-parallel", "none", "-debugcon", "file:" + text, "-monitor", "stdio",
        ]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let limit = Date(timeIntervalSinceNow: seconds)
        while (try? HostFile.read(text))?.isEmpty != false, Date() < limit { Thread.sleep(forTimeInterval: 0.02) }
        input.fileHandleForWriting.write(Data("screendump \(picture)\nquit\n".utf8))
        while process.isRunning, Date() < limit { Thread.sleep(forTimeInterval: 0.02) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return try HostFile.read(picture)
    }
}
