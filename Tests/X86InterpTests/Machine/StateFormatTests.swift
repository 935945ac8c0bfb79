import TestSupport
import Testing

@testable import X86Interp

/// States as bytes: any value comes back, equal ones are equal bytes, and nothing else is taken.
@Suite struct StateFormatTests {
    private struct Empty: Codable, Equatable {}

    private indirect enum Tree: Codable, Equatable {
        case leaf
        case node(Tree, value: Int)
    }

    private class Base: Codable {
        var a: UInt8 = 1
    }

    private enum Word: String, Codable, CodingKeyRepresentable { case one, two }

    private struct All: Codable, Equatable {
        var numbers: [Int64] = [0, 1, -1, 127, 128, -128, .max, .min]
        var wide: [UInt64] = [0, .max]
        var small: Int8 = -128
        var flag = true
        var real = -0.25
        var single: Float = .infinity
        var text = "\u{0}é𝄞"
        var bytes: [UInt8] = [0, 255]
        var nothing: Int?
        var something: Int? = 3
        var maybe: [Bool?] = [nil, true, nil, false]
        var doubt: [[UInt8]?] = [nil, [], [7]]
        var tree = Tree.node(.node(.leaf, value: -2), value: 7)
        var empty = Empty()
        var empties = [Empty(), Empty()]
        var set: Set<UInt16> = [3, 1, 2]
        var byText: [String: [Int]] = ["b": [], "a": [1]]
        var byNumber: [Int: String] = [-5: "x", 10: "y", 9: "z"]
        var byByte: [UInt8: [UInt64: [UInt8]]] = [1: [2: [3]], 0: [:]]
        var byWord: [Word: Int] = [.two: 2, .one: 1]
        var vector = SIMD4<UInt32>(1, 2, 3, 4)
        var registers = CPUState()
        var stop: StopReason? = .guestExit(code: 3)
    }

    @Test func anyValueComesBack() throws {
        let bytes = try StateEncoder.bytes(All())
        #expect(try StateDecoder.value(All.self, from: bytes[...]) == All())
        var other = All()
        other.byText = ["a": [1]]
        other.byText["b"] = []
        other.set = Set([2, 3, 1, 9])
        other.set.remove(9)
        #expect(try StateEncoder.bytes(other) == bytes)
        other.real = 0.25
        #expect(try StateEncoder.bytes(other) != bytes)
        let base = try StateDecoder.value(Base.self, from: try StateEncoder.bytes(Base())[...])
        #expect(base.a == 1)
    }

    /// As the page about snapshots has it: files of today are read tomorrow.
    @Test func theFormIsThatOfThePage() throws {
        struct Example: Codable {
            var b = -300
            var a: [UInt8] = [1, 2]
            var set: Set<UInt8> = [9, 8]
            var pairs: [UInt8: Bool] = [7: true, 6: false]
            var text = "é"
            var half: Float = 0.5
        }
        let bytes: [UInt8] = [
            9, 6,
            1, 0x61, 7, 2, 1, 2,
            1, 0x62, 4, 0xAB, 0x02,
            4, 0x68, 0x61, 0x6C, 0x66, 5, 0x80, 0x80, 0x80, 0xF8, 0x03,
            5, 0x70, 0x61, 0x69, 0x72, 0x73, 8, 4, 3, 6, 1, 3, 7, 2,
            3, 0x73, 0x65, 0x74, 8, 2, 3, 8, 3, 9,
            4, 0x74, 0x65, 0x78, 0x74, 6, 2, 0xC3, 0xA9,
        ]
        #expect(try StateEncoder.bytes(Example()) == bytes)
    }

    @Test func nothingElseIsTaken() throws {
        let bytes = try StateEncoder.bytes(All())
        var random = SeededGenerator(seed: 5)
        var taken = 0
        for number in 0..<(LongTests.areWanted ? 20_000 : 600) {
            var damaged = bytes
            switch number % 4 {
            case 0: damaged.removeLast(Int.random(in: 1..<bytes.count, using: &random))
            case 1: damaged.append(UInt8.random(in: 0...255, using: &random))
            default:
                damaged[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let value = try? StateDecoder.value(All.self, from: damaged[...]) else { continue }
            taken += 1
            #expect(try StateEncoder.bytes(value) == damaged && number % 4 > 1)
        }
        #expect(taken > 10)
    }

    private static let wrong: [(bytes: [UInt8], what: String)] = [
        ([], "nothing"),
        ([99], "no kind"),
        ([3], "no number"),
        ([3, 0x80, 0x00], "a number in a longer form"),
        ([3] + [UInt8](repeating: 0xFF, count: 9) + [2], "more than 64 bits"),
        ([8, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0], "a list that is longer than the bytes"),
        ([7, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "bytes without end"),
        ([6, 2, 0xC3, 0x28], "text that is not UTF-8"),
        ([UInt8](repeating: 8, count: 1) + [1, 3, 1, 3, 1], "more behind its end"),
        ([UInt8]((0..<100_000).map { _ in [8, 1] }.joined()) + [0], "lists within lists"),
    ]

    @Test(arguments: wrong) func isRefused(bytes: [UInt8], what: String) {
        #expect(throws: StateError.self, "\(what)") { try StateDecoder.value([Int].self, from: bytes[...]) }
    }

    @Test func numbersHaveToFit() throws {
        let big = try StateEncoder.bytes(300)
        #expect(try StateDecoder.value(UInt16.self, from: big[...]) == 300)
        #expect(throws: StateError.self) { try StateDecoder.value(UInt8.self, from: big[...]) }
        let negative = try StateEncoder.bytes(-1)
        #expect(throws: StateError.self) { try StateDecoder.value(UInt64.self, from: negative[...]) }
        #expect(throws: StateError.self) { try StateDecoder.value(Tier.self, from: try StateEncoder.bytes("x")[...]) }
    }
}
