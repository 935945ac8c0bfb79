// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "x86sim",
    products: [
        .library(name: "X86Interp", targets: ["X86Interp"]),
        .library(name: "Devices", targets: ["Devices"]),
        .executable(name: "x86sim", targets: ["x86sim"]),
    ],
    targets: [
        .target(name: "X86Interp"),
        .target(name: "Devices", dependencies: ["X86Interp"]),
        .executableTarget(name: "x86sim", dependencies: ["X86Interp", "Devices"]),
        .target(name: "TestSupport", dependencies: ["X86Interp", "Devices"], path: "Tests/Support"),
        .testTarget(name: "X86InterpTests", dependencies: ["X86Interp", "Devices", "TestSupport"]),
        .testTarget(name: "DevicesTests", dependencies: ["X86Interp", "Devices", "TestSupport"]),
        .testTarget(name: "x86simTests", dependencies: ["x86sim", "X86Interp", "Devices", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
