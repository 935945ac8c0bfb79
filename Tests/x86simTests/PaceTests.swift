import Testing

@testable import x86sim

/// How often a run is interrupted to look after its host.
@Suite struct PaceTests {
    /// Stretches of a guest that takes so many picoseconds an instruction.
    private static func stretches(_ count: Int, picoseconds: UInt64, pace: inout Pace, now: inout UInt64) -> [UInt64] {
        (0..<count).map { _ in
            let length = pace.instructions
            now += length * picoseconds / 1000
            pace.look(at: now)
            return length
        }
    }

    @Test(arguments: [2000, 90_000, 500_000] as [UInt64]) func aStretchTakesAsLongAsNobodyNotices(picoseconds: UInt64) {
        var now: UInt64 = 5
        var pace = Pace(from: now)
        let lengths = Self.stretches(20, picoseconds: picoseconds, pace: &pace, now: &now)
        #expect(20_000_000...80_000_000 ~= lengths[19] * picoseconds / 1000)
        // The guest becomes a hundred times as slow, and fast again.
        let slow = Self.stretches(20, picoseconds: picoseconds * 100, pace: &pace, now: &now)
        #expect(20_000_000...80_000_000 ~= slow[19] * picoseconds / 10)
        #expect(Self.stretches(20, picoseconds: picoseconds, pace: &pace, now: &now)[19] >= lengths[19] / 2)
    }

    @Test func timeInWhichTheGuestStandsDoesNotCount() {
        var pace = Pace(from: 0)
        let length = pace.instructions
        pace.begin(at: 10_000_000_000)
        pace.look(at: 10_030_000_000)
        #expect(pace.instructions == length)
        // A clock that goes back is no reason to stop, and there are bounds.
        pace.look(at: 0)
        for _ in 0..<100 { pace.look(at: 0) }
        #expect(pace.instructions == 1 << 25)
        for time in 1...100 { pace.look(at: UInt64(time) << 40) }
        #expect(pace.instructions == 1 << 10)
    }
}
