import X86Interp

extension PortGuest {
    /// Where `enterPaging` puts the page directory, its table, and the handler of #PF.
    static let pageDirectory: UInt32 = 0x4_0000
    static let pageTable: UInt32 = 0x4_1000
    static let faultHandler: UInt32 = 0x9000
    /// Where `enterRing3` puts the TSS and the GDT.
    static let task: UInt32 = 0xA000
    static let descriptors: UInt32 = 0xB000

    /// Little-endian bytes of words of 32 bits.
    static func little(_ words: [UInt32]) -> [UInt8] {
        words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    }

    /// Turns paging on, over flat segments: 4 MiB mapped to themselves for everybody.
    func enterPaging() {
        state.cr0 |= 1 << 31
        state.cr3 = Self.pageDirectory
        load(Self.little([Self.pageTable | 7]), at: Self.pageDirectory)
        load(Self.little((0..<1024).map { UInt32($0) << 12 | 7 }), at: Self.pageTable)
    }

    /// Sets the entry of a page.
    func setPage(_ linear: UInt32, _ rights: UInt32) {
        load(Self.little([linear & ~4095 | rights]), at: Self.pageTable + linear >> 12 * 4)
    }

    /// The lower bits of a page's entry behind the run.
    func pageRights(_ linear: UInt32) -> UInt8 { bytes(Self.pageTable + linear >> 12 * 4, 1)[0] }

    /// Flat protected mode in a ring with a TSS whose permission bitmap is open from port 0 to `ports`; or V86.
    ///
    /// Exceptions end the run.
    func enterRing3(
        virtual: Bool = false, iopl: UInt32 = 0, limit: UInt32? = nil, bitmap: UInt16 = 0x68, type: UInt16 = 0x8B
    ) {
        enterProtectedMode()
        state.cpl = 3
        state.eflags = EFLAGS(rawValue: 2 | iopl << 12 | (virtual ? 1 << 17 : 0))
        for register in SegmentRegister.allCases {
            if virtual {
                state.segments[register] = Segment(virtual8086: 0)
            } else {
                state.segments[register].access.formUnion(.dpl3)
                state.segments[register].selector |= 3
            }
        }
        let end = limit ?? UInt32(bitmap) + 0x2000
        state.tr = Segment(selector: 0x28, base: Self.task, limit: end, access: SegmentAccess(rawValue: type))
        load([UInt8(truncatingIfNeeded: bitmap), UInt8(bitmap >> 8)], at: Self.task + 0x66)
        fuel = 1
    }

    /// Refuses a port in the bitmap at 68h.
    func refuse(_ port: UInt32, bitmap: UInt32 = 0x68) {
        let address = Self.task + bitmap + port >> 3
        load([bytes(address, 1)[0] | 1 << UInt8(port & 7)], at: address)
    }

    /// Whether #GP(0) ended the run before anything happened.
    var isRefused: Bool {
        exit == .stopped(.fault(Fault(.generalProtection))) && probe.log.isEmpty && requests.isEmpty
            && state.eip == origin && transactions.isEmpty
    }
}
