import Devices
import TestSupport
import Testing

@testable import X86Interp

/// The ledger of a guest that is busy with ports: it is made up for, and nobody notices.
@Suite(.timeLimit(.minutes(30))) struct BusyLedgerTests {
    /// A guest that counts in AX and writes it to port 80 over and over; of 64 KiB rounds one rests.
    ///
    ///     inc ax; out 80,al; jmp $-5; with AX zero: mov cx,0; loop $
    private static let counting: [UInt8] = [
        0x40, 0x74, 4, 0xE6, 0x80, 0xEB, 0xF9, 0x31, 0xC9, 0xE2, 0xFE, 0xEB, 0xF3,
    ]

    /// A debugger of a board's guest.
    private static func debugger(_ code: [UInt8] = counting, history: HistoryOptions? = HistoryOptions()) throws
        -> Debugger
    {
        let machine = try DebugMachine.real(code)
        _ = try Board(machine: machine)
        return try Debugger(machine, history: history)
    }

    /// The same guest told of at each access, at some moments.
    private static func transactions(at moments: UInt64...) throws -> [[PortTransaction]] {
        let debugger = try debugger(history: nil)
        return moments.map {
            debugger.resume(until: $0)
            return debugger.ledger.transactions
        }
    }

    @Test(arguments: (LongTests.areWanted ? [3_000_001, 2_600_000, 1_100_001] : []) + [700_000] as [UInt64])
    func theLedgerIsWhole(limit: UInt64) throws {
        let debugger = try Self.debugger()
        debugger.resume(until: limit)
        let hash = debugger.machine.hash()
        let reference = try Self.transactions(at: limit - 100_000, limit, limit + 5)
        let expected = reference[1]
        #expect(expected.count == 4096)
        #expect(debugger.ledger.transactions == expected)
        #expect(debugger.position == limit && debugger.machine.hash() == hash)
        // On from there, and back.
        debugger.step(5)
        #expect(debugger.ledger.transactions.suffix(1) == reference[2].suffix(1))
        debugger.go(to: limit - 100_000)
        #expect(debugger.ledger.transactions == reference[0])
        debugger.resume(until: limit)
        #expect(debugger.ledger.transactions == expected && debugger.machine.hash() == hash)
    }

    @Test func theLedgerIsWholeBeforeTheGuestIsBusy() throws {
        // mov si,20; mov cx,0; loop $; dec si; jnz $-6; then mov cx,30; loop $; inc ax; out 80,al; jmp $-8
        let debugger = try Self.debugger([
            0xBE, 20, 0, 0xB9, 0, 0, 0xE2, 0xFE, 0x4E, 0x75, 0xF8, 0xB9, 30, 0, 0xE2, 0xFE, 0x40, 0xE6, 0x80, 0xEB,
            0xF6,
        ])
        debugger.resume(until: 2_000_000)
        #expect(debugger.recorded.gap.map { $0.lowerBound > 1_300_000 } ?? false)
        debugger.go(to: 300_000)
        debugger.resume(until: 700_000)
        #expect(debugger.ledger.transactions.isEmpty && debugger.position == 700_000)
        debugger.resume(until: 2_000_000)
        let transactions = debugger.ledger.transactions
        #expect(transactions.count == 4096 && transactions.last.map { $0.instructions > 1_999_960 } ?? false)
        #expect(zip(transactions, transactions.dropFirst()).allSatisfy { $1.value == ($0.value &+ 1) & 0xFF })
    }

    @Test(arguments: [false, true]) func aGuestThatTurnsBusyIsNoticedAtOnce(isBurst: Bool) throws {
        // mov di,100; mov si,8; mov cx,0; loop $; dec si; jnz $-6; out 80,al; dec di; jnz $-3; jmp $; the other guest
        // has inc di; jmp $-6 at the end and goes on for ever.
        let count: UInt8 = isBurst ? 100 : 0
        let debugger = try Self.debugger([
            0xBF, count, 0, 0xBE, 8, 0, 0xB9, 0, 0, 0xE2, 0xFE, 0x4E, 0x75, 0xF8, 0xE6, 0x80, 0x4F, 0x75, 0xFB,
            isBurst ? 0xEB : 0x47, isBurst ? 0xFE : 0xEB, 0xF8,
        ])
        debugger.pollInterval = 1 << 25
        debugger.resume(until: 2_000_000)
        // Eight rounds of 65,539 instructions are quiet; some thousand accesses make it one in 512 on the whole.
        let busyFrom = debugger.recorded.gap?.lowerBound
        #expect(isBurst ? busyFrom == nil : busyFrom.map { 524_000...530_000 ~= $0 } ?? false)
        #expect(debugger.ledger.transactions.count == (isBurst ? 100 : 4096))
        #expect(debugger.position == 2_000_000)
    }

    @Test func anActionMayLookAtIt() throws {
        let debugger = try Self.debugger()
        debugger.resume(until: 700_000)
        var seen: [[PortTransaction]] = []
        debugger.add(
            .code(.linear(0x7C03)), if: .binary(.equal, .register(.word(.eax)), .number(0x1234)), isLogOnly: true)
        debugger.onLog = { _, _ in seen.append(debugger.ledger.transactions) }
        #expect(debugger.resume(until: 1_400_000).reason == .limit)
        #expect(!seen.isEmpty && seen.allSatisfy { $0.count == 4096 && $0.last?.value == 0x33 })
        let plain = try Self.debugger()
        plain.resume(until: 1_400_000)
        #expect(debugger.machine.hash() == plain.machine.hash())
    }

    @Test func portBreakpointsHearOfEachAccess() throws {
        let debugger = try Self.debugger()
        debugger.resume(until: 2_000_000)
        let number = debugger.add(
            .port(PortWatch(0x80...0x80)), if: .binary(.equal, .register(.word(.eax)), .number(0x7777)))
        #expect(debugger.resume(until: 9_000_000).hits == [number])
        #expect(debugger.machine.state.gpr.eax & 0xFFFF == 0x7777 && debugger.ledger.transactions.last?.value == 0x77)
    }
}
