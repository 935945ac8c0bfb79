import TestSupport
import Testing
import X86Interp

@testable import Devices

/// What standard output gets of text that is printed by INT 10h.
@Suite("BIOS echo") struct BIOSEchoTests {
    private func guest() throws -> BIOSGuest {
        let guest = try BIOSGuest([])
        _ = try BIOSGuest.call(0x10, ax: 0x0003, on: guest)
        return guest
    }

    private func moveCursor(_ row: Int, _ column: Int, on guest: BIOSGuest) throws {
        _ = try BIOSGuest.call(0x10, ax: 0x0200, dx: UInt16(row << 8 | column), on: guest)
    }

    private func print(_ text: String, on guest: BIOSGuest) throws {
        for byte in text.utf8 { _ = try BIOSGuest.call(0x10, ax: 0x0E00 | UInt16(byte), bx: 7, on: guest) }
    }

    private func clear(on guest: BIOSGuest) throws {
        _ = try BIOSGuest.call(0x10, ax: 0x0600, bx: 0x0700, dx: 0x184F, on: guest)
        try moveCursor(0, 0, on: guest)
    }

    /// Half a second and more of guest time.
    private func wait(on guest: BIOSGuest) throws {
        _ = try BIOSGuest.call(0x15, ax: 0x8600, cx: 0x000A, on: guest)
    }

    @Test func textThatGoesOnIsToldAtOnce() throws {
        let guest = try guest()
        try print("one\r\ntwo", on: guest)
        #expect(guest.console.text == "one\ntwo")
        // A line feed of the guest's own making.
        try moveCursor(2, 0, on: guest)
        try print("three", on: guest)
        #expect(guest.console.text == "one\ntwo\nthree")
        #expect(!guest.bios.showsMore(guest.board.screen))
        try clear(on: guest)
        try print("four", on: guest)
        #expect(guest.console.text == "one\ntwo\nthree\nfour")
    }

    @Test(arguments: [[2, 4, 5], [5, 4, 2], [4, 2, 5]])
    func textAtPlacesIsLeftToTheLastScreen(rows: [Int]) throws {
        let guest = try guest()
        for row in rows {
            try moveCursor(row, 5, on: guest)
            try print("row \(row)", on: guest)
        }
        #expect(guest.console.text.isEmpty && guest.bios.showsMore(guest.board.screen))
        #expect(guest.board.screen.lines == ["", "", "     row 2", "", "     row 4", "     row 5"])
    }

    @Test func textFurtherInTheRowIsToldAtOnce() throws {
        let guest = try guest()
        try moveCursor(0, 3, on: guest)
        try print("name", on: guest)
        try moveCursor(0, 10, on: guest)
        try print("value\r\n", on: guest)
        #expect(guest.console.text == "   name   value\n")
        // What a row has already is told with it.
        try moveCursor(0, 0, on: guest)
        try print("*", on: guest)
        #expect(guest.console.text == "   name   value\n" && guest.bios.hasToldPartOfPage)
        #expect(guest.bios.untoldRows(of: guest.machine) == Array("*  name   value\n".utf8))
    }

    @Test func aLineThatIsOpenIsEndedBeforeAPage() throws {
        let guest = try guest()
        try print("loading", on: guest)
        try moveCursor(3, 9, on: guest)
        try print("menu", on: guest)
        #expect(guest.console.text == "loading\n")
        try wait(on: guest)
        #expect(guest.console.text == "loading\n         menu")
    }

    @Test func aPageIsToldWhenItIsClearedOrScrolledAwayAndWhenItStays() throws {
        let guest = try guest()
        try moveCursor(1, 2, on: guest)
        try print("first", on: guest)
        try clear(on: guest)
        #expect(guest.console.text == "  first\n")
        try moveCursor(24, 0, on: guest)
        try print("status", on: guest)
        try moveCursor(0, 1, on: guest)
        try print("top", on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0601, bx: 0x0700, dx: 0x184F, on: guest)
        #expect(guest.console.text == "  first\n top\n")
        try wait(on: guest)
        #expect(guest.console.text == "  first\n top\nstatus\n")
        #expect(!guest.bios.showsMore(guest.board.screen))
        try moveCursor(10, 3, on: guest)
        try print("12:00", on: guest)
        try wait(on: guest)
        try moveCursor(10, 3, on: guest)
        try print("12:01", on: guest)
        _ = try BIOSGuest.call(0x10, ax: 0x0013, on: guest)
        #expect(guest.console.text == "  first\n top\nstatus\n   12:00\n   12:01\n")
    }

    @Test func textThatGoesOnWhereItWasIsNotKeptBack() throws {
        let guest = try guest()
        try print("start\r\n", on: guest)
        for line in ["one", "two", "three"] {
            let cursor = UInt16(guest.word(0x450))
            try moveCursor(0, 70, on: guest)
            try print("12:00", on: guest)
            _ = try BIOSGuest.call(0x10, ax: 0x0200, dx: cursor, on: guest)
            try print(line + "\r\n", on: guest)
        }
        #expect(guest.console.text.hasPrefix("start\none\ntwo\nthree\n") && guest.bios.showsMore(guest.board.screen))
    }

    @Test func aGuestThatWaitsForAKeyIsSeenAndMayGoOn() throws {
        let guest = try guest()
        try moveCursor(2, 4, on: guest)
        try print("name:", on: guest)
        try moveCursor(2, 10, on: guest)
        _ = try BIOSGuest.call(0x16, on: guest)
        #expect(guest.bios.state.isStarved && guest.console.text == "    name: ")
        try print("x", on: guest)
        #expect(guest.console.text == "    name: x" && !guest.bios.showsMore(guest.board.screen))
    }

    @Test func otherPagesAndPixels() throws {
        let guest = try guest()
        try print("zero", on: guest)
        guest.machine.memory.load(Array("one".utf8), at: 0x600)
        guest.machine.state.gpr.ebp = 0x600
        _ = try BIOSGuest.call(0x10, ax: 0x1300, bx: 0x0107, cx: 3, dx: 0, on: guest)
        #expect(guest.console.text == "zero")
        _ = try BIOSGuest.call(0x10, ax: 0x0501, on: guest)
        #expect(guest.bios.showsMore(guest.board.screen))
        _ = try BIOSGuest.call(0x10, ax: 0x0013, on: guest)
        try moveCursor(5, 5, on: guest)
        try print("a", on: guest)
        try moveCursor(3, 5, on: guest)
        try print("b", on: guest)
        #expect(guest.console.text == "zero\na\nb", "pixels are told at once, a line a place")
    }

    @Test func snapshotsHoldWhatHasBeenTold() throws {
        let guest = try guest()
        try moveCursor(2, 5, on: guest)
        try print("menu", on: guest)
        let saved = guest.machine.snapshot()
        let echo = guest.bios.state.echo
        try wait(on: guest)
        #expect(guest.bios.state.echo != echo)
        try guest.machine.restore(saved)
        #expect(guest.bios.state.echo == echo && guest.bios.showsMore(guest.board.screen))
    }
}
