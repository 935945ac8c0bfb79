// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "x86sim",
    products: [
        .library(name: "X86Interp", targets: ["X86Interp"]),
        .library(name: "Devices", targets: ["Devices"]),
        .library(name: "DeviceContract", targets: ["DeviceContract"]),
        .executable(name: "x86sim", targets: ["x86sim"]),
    ],
    targets: [
        .target(name: "X86Interp"),
        .target(name: "Devices", dependencies: ["X86Interp"]),
        .executableTarget(name: "x86sim", dependencies: ["X86Interp", "Devices"]),
        .target(name: "DeviceContract", dependencies: ["X86Interp"], path: "Tests/DeviceContract"),
        .target(name: "TestSupport", dependencies: ["X86Interp", "Devices", "DeviceContract"], path: "Tests/Support"),
        .testTarget(name: "X86InterpTests", dependencies: ["X86Interp", "Devices", "TestSupport"]),
        .testTarget(name: "DevicesTests", dependencies: ["X86Interp", "Devices", "DeviceContract", "TestSupport"]),
        .testTarget(name: "x86simTests", dependencies: ["x86sim", "X86Interp", "Devices", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
