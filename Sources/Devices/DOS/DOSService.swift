import X86Interp

extension BIOSService {
    /// DOS, for programs that it has started: their end, the console, memory, date and time.
    ///
    /// There are no files.
    ///
    /// Sources: Microsoft MS-DOS Programmer's Reference; Ralf Brown's Interrupt List.
    static let dos: [BIOSService] = [
        .init(0x20, "DOS: end", other: { $0.end(0, $1) }),
        .init(0x21, "DOS", console + process + clockAndDrives + memory, other: { $0.notProvided($1) }),
        .init(0x22, "DOS: end address", other: { $0.end(0, $1) }),
        .init(0x23, "DOS: Ctrl-C", other: { $0.end(0, $1) }),
        .init(0x27, "DOS: stay resident", other: { $0.end(0, $1) }),
        .init(0x29, "DOS: fast output", other: { $0.writeRaw($1.al, $1) }),
    ]

    private static let console: [BIOSFunction] = [
        .init(0x01, "read a key, echo it") { $0.readKey(echoes: true, breaks: true, $1) },
        .init(0x02, "write a character") { $0.writeCharacter($1) },
        .init(0x06, "write or poll, raw") { $0.directConsole($1) },
        .init(0x07, "read a key, raw") { $0.readKey(echoes: false, breaks: false, $1) },
        .init(0x08, "read a key") { $0.readKey(echoes: false, breaks: true, $1) },
        .init(0x09, "write a string") { $0.writeDollarString($1) },
        .init(0x0A, "read a line") { $0.readLine($1) },
        .init(0x0B, "is there a key") { $0.keyStatus($1) },
        .init(0x0C, "forget keys, then read") { $0.forgetAndRead($1) },
        .init(0x3E, "close a handle") { $0.closeHandle($1) },
        .init(0x3F, "read from a handle") { $0.readHandle($1) },
        .init(0x40, "write to a handle") { $0.writeHandle($1) },
        .init(0x44, al: 0x00, "what a handle is") { $0.handleKind($1) },
    ]

    private static let process: [BIOSFunction] = [
        .init(0x00, "end") { $0.end(0, $1) },
        .init(0x25, "set a vector") { $1.setDword(UInt32($1.al) * 4, UInt32($1.ds) << 16 | UInt32($1.dx)) },
        .init(0x30, "version") {
            $1.ax = UInt16(DOSVersion.minor) << 8 | UInt16(DOSVersion.major)
            $1.bx = 0xFF00
            $1.cx = 0
        },
        .init(0x31, "stay resident") { $0.end($1.al, $1) },
        .init(0x33, "BREAK") { $0.breakState($1) },
        .init(0x34, "where the busy flag is") { $1.setFar($0.place(DOSArea.inDOS)) },
        .init(0x35, "get a vector") { $1.setFar($1.dword(UInt32($1.al) * 4)) },
        .init(0x37, al: 0x00, "switch character") {
            $1.al = 0
            $1.dl = UInt8(ascii: "/")
        },
        .init(0x4C, "end with a status") { $0.end($1.al, $1) },
        .init(0x4D, "status of a child") { $1.ax = 0 },
        .init(0x50, "set the prefix") { $1.setWord(DOSArea.process, $1.bx) },
        .init(0x51, "get the prefix") { $1.bx = $1.word(DOSArea.process) },
        .init(0x52, "list of lists") { $1.setFar($0.place(DOSArea.lists)) },
        .init(0x62, "get the prefix") { $1.bx = $1.word(DOSArea.process) },
    ]

    private static let clockAndDrives: [BIOSFunction] = [
        .init(0x0D, "reset disks") { _, _ in },
        .init(0x0E, "choose a drive") { $0.chooseDrive($1) },
        .init(0x19, "current drive") { $1.al = $1.byte(DOSArea.drive) },
        .init(0x1A, "set the transfer area") {
            $1.setDword(DOSArea.transferArea, UInt32($1.ds) << 16 | UInt32($1.dx))
        },
        .init(0x2A, "get the date") { $0.getDate($1) },
        .init(0x2B, "set the date") { $0.setDOSDate($1) },
        .init(0x2C, "get the time") { $0.getTime($1) },
        .init(0x2D, "set the time") { $0.setDOSTime($1) },
        .init(0x2E, "set VERIFY") { $1.setByte(DOSArea.verifyFlag, $1.al & 1) },
        .init(0x2F, "get the transfer area") { $1.setFar($1.dword(DOSArea.transferArea)) },
        .init(0x54, "get VERIFY") { $1.al = $1.byte(DOSArea.verifyFlag) },
    ]

    private static let memory: [BIOSFunction] = [
        .init(0x48, "allocate memory") { $0.allocate($1) },
        .init(0x49, "free memory") { $0.free($1) },
        .init(0x4A, "resize memory") { $0.resize($1) },
        .init(0x58, "how to allocate") { $0.allocationStrategy($1) },
    ]
}

extension BIOS {
    /// The interrupt by which a DOS program has ended.
    public struct ProcessEnd: Codable, Equatable, Sendable {
        /// Where it is.
        public var cs: UInt16
        /// Where it is.
        public var ip: UInt16
    }
}

/// Numbers of errors in AX, CF set.
enum DOSError {
    static let noFunction: UInt16 = 1
    static let badHandle: UInt16 = 6
    static let chainDestroyed: UInt16 = 7
    static let noMemory: UInt16 = 8
    static let badBlock: UInt16 = 9
}

extension BIOSCall {
    /// ES:BX, from segment and offset.
    fileprivate func setFar(_ place: UInt32) {
        es = UInt16(truncatingIfNeeded: place >> 16)
        bx = UInt16(truncatingIfNeeded: place)
    }

    /// CF set, an error's number in AX.
    func fail(_ error: UInt16) {
        ax = error
        carry = true
    }
}

extension BIOS {
    /// Segment and offset of a place in DOS's area.
    fileprivate func place(_ address: UInt32) -> UInt32 {
        UInt32(DOSArea.segment) << 16 | address &- UInt32(DOSArea.segment) << 4
    }

    /// The program is over; there is no shell that it would return to.
    func end(_ status: UInt8, _ call: BIOSCall) {
        let caller = call.caller
        state.processEnd = ProcessEnd(cs: caller.cs, ip: caller.ip &- 2)
        call.machine.bus.stop(.guestExit(code: UInt32(status)))
        call.signal(again: true, never: true)
    }

    /// A function that is not here: an error for the program, a note for the summary.
    func notProvided(_ call: BIOSCall) {
        let number = call.ah
        if !state.missingDOSFunctions.contains(number) {
            state.missingDOSFunctions = (state.missingDOSFunctions + [number]).sorted()
        }
        call.fail(DOSError.noFunction)
    }

    /// Function 33.
    func breakState(_ call: BIOSCall) {
        let old = call.byte(DOSArea.breakFlag)
        switch call.al {
        case 0: call.dl = old
        case 1: call.setByte(DOSArea.breakFlag, call.dl & 1)
        case 2:
            call.setByte(DOSArea.breakFlag, call.dl & 1)
            call.dl = old
        case 5: call.dl = 3
        case 6:
            call.bx = UInt16(DOSVersion.minor) << 8 | UInt16(DOSVersion.major)
            call.dx = 0
        default: call.al = 0xFF
        }
    }

    /// Function 0E: AL is how many drive letters there are.
    func chooseDrive(_ call: BIOSCall) {
        let number = call.dl < 2 ? call.dl : call.dl &+ 0x7E
        if call.dl == 2 || drives[number] != nil { call.setByte(DOSArea.drive, call.dl) }
        call.al = 5
    }

    // MARK: Date and time

    /// Function 2A: AL is the day of the week, 0 for Sunday.
    func getDate(_ call: BIOSCall) {
        let time = CalendarTime(seconds(call))
        call.cx = UInt16(truncatingIfNeeded: time.year)
        call.dh = UInt8(truncatingIfNeeded: time.month)
        call.dl = UInt8(truncatingIfNeeded: time.day)
        // 1 January 1970 was a Thursday.
        call.al = UInt8(truncatingIfNeeded: ((time.dayNumber + 4) % 7 + 7) % 7)
    }

    /// Function 2B: AL is FF for a date that is none.
    func setDOSDate(_ call: BIOSCall) {
        let (year, month, day) = (Int(call.cx), Int(call.dh), Int(call.dl))
        let now = CalendarTime(seconds(call))
        guard 1980...2099 ~= year, let days = CalendarTime.days(year: year, month: month, day: day) else {
            call.al = 0xFF
            return
        }
        state.clockOffset &+= (days - now.dayNumber) * 86400
        call.al = 0
    }

    /// Function 2C: DL counts hundredths.
    func getTime(_ call: BIOSCall) {
        let time = CalendarTime(seconds(call))
        let clock = call.machine.clock
        call.ch = UInt8(truncatingIfNeeded: time.hour)
        call.cl = UInt8(truncatingIfNeeded: time.minute)
        call.dh = UInt8(truncatingIfNeeded: time.second)
        let (high, low) = (clock.now % clock.ticksPerSecond).multipliedFullWidth(by: 100)
        call.dl = UInt8(truncatingIfNeeded: clock.ticksPerSecond.dividingFullWidth((high, low)).quotient)
        call.al = 0
    }

    /// Function 2D: AL is FF for a time that is none; hundredths are not kept.
    func setDOSTime(_ call: BIOSCall) {
        guard call.ch < 24, call.cl < 60, call.dh < 60, call.dl < 100 else {
            call.al = 0xFF
            return
        }
        let now = CalendarTime(seconds(call)).secondOfDay
        state.clockOffset &+= Int64(Int(call.ch) * 3600 + Int(call.cl) * 60 + Int(call.dh) - now)
        call.al = 0
    }
}
