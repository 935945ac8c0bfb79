import Foundation
import Testing

/// Every row of the port I/O checklist: what IN, OUT, INS and OUTS must do, by section.
enum PortChecklist {
    /// A section's letter and the titles of its rows, from 1.
    static let sections: [(letter: String, titles: [String])] = [
        ("V", values), ("R", repeats), ("S", segments), ("F", faults), ("P", permissions), ("I", interrupts),
        ("W", widths), ("T", tiers), ("G", generations),
    ]

    /// All row numbers, such as `V8`.
    static var ids: [String] {
        sections.flatMap { section in section.titles.indices.map { "\(section.letter)\($0 + 1)" } }
    }

    static let values = [
        "in al changes AL alone", "in ax changes AX alone", "in eax changes EAX", "out shows exactly its bits",
        "EFLAGS stay", "insb leaves EAX alone", "outsb leaves EAX alone", "rep insb of a signature keeps EAX",
        "the same in all tiers and after delays", "tier change within a REP", "a read request leaks no register",
        "a wrong answer is refused", "a second answer is refused", "immediate ports are zero-extended",
        "EDX above DX is ignored",
    ]
    static let repeats = [
        "count 0", "CX is the count of 16-bit addresses", "upper halves stay", "32-bit addresses", "no REP",
        "F2 repeats", "F2 with F3", "ZF is ignored", "REP IN and REP OUT", "DF", "DI wraps up", "DI wraps down",
        "65,535 iterations", "1024 elements into pages and a window", "count 0 in 64-bit mode",
    ]
    static let segments = [
        "INS ignores overrides", "OUTS takes overrides", "the last override", "overrides end",
        "INS over the end: #GP first", "OUTS over the end: #GP", "OUTS over the stack's end: #SS",
        "32-bit offset in real mode", "big real mode", "null ES", "read-only destination", "execute-only source",
        "expand-down", "dword over the limit", "A20", "80286 at FFFF",
    ]
    static let faults = [
        "#PF within REP INS", "restart after #PF", "#PF of OUTS", "#PF on the second page", "error codes",
        "accessed and dirty", "one store an iteration", "#AC", "ROM and open bus", "self-modification",
        "#PF in the bitmap", "permission first", "triple fault within a REP",
    ]
    static let permissions = [
        "real mode", "CPL <= IOPL", "clear bits allow", "set bits refuse", "V86", "16-bit TSS", "short TSS",
        "bitmap behind the limit", "last byte", "crossing a byte", "port FFFF", "REP with count 0",
        "change between iterations", "once, before memory", "no port for all rings",
    ]
    static let interrupts = [
        "between iterations", "IRET resumes", "around a single INS", "STI's shadow", "MOV SS's shadow", "TF",
        "TF and the user tier", "RF", "I/O breakpoints", "without DE", "length and alignment", "data breakpoints",
        "NMI", "the host's breakpoint", "step and next", "time by the iteration",
    ]
    static let widths = [
        "word at an odd port", "dword split", "word over two devices", "half mapped", "unmapped", "byte device",
        "word device", "port FFFF", "CF8 and CF9", "data port of words", "selector over data", "overlap refused",
        "hot plug", "claims end at FFFF",
    ]
    static let tiers = [
        "reset from a handler", "IP and patching from a handler", "interrupt from a handler", "snapshots",
        "blocks count elements", "several blocks", "no read-ahead", "fields of a request", "equal logs",
        "deferring", "nobody", "a failing user tier", "endless REP", "re-entrance", "peek", "replay", "reverse step",
    ]
    static let generations = [
        "8086: jumps", "80186: INS and OUTS", "80286: INSW at FFFF", "80286: OUTSW at FFFF", "80286: LOCK",
        "80386: LOCK is #UD", "66 before bytes", "66 and 67 repeated", "too long", "REX.W", "80386 erratum",
        "80286 erratum",
    ]
}

/// The checklist and the tests in this folder name each other.
@Suite("Port I/O: the checklist is complete")
struct PortChecklistTests {
    /// The names of the tests in this folder by their first word, and whether they are disabled.
    private func named() throws -> (enabled: Set<String>, disabled: Set<String>) {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        var (enabled, disabled): (Set<String>, Set<String>) = ([], [])
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            for piece in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "@Test(").dropFirst() {
                let attribute = piece.components(separatedBy: "func ")[0]
                guard let name = attribute.components(separatedBy: "\"").dropFirst().first,
                    let id = name.split(separator: " ").first.map(String.init)
                else { continue }
                if attribute.contains(".disabled(") { disabled.insert(id) } else { enabled.insert(id) }
            }
        }
        return (enabled, disabled)
    }

    @Test func everyRowIsTestedOrWaitsWithAReason() throws {
        let (enabled, disabled) = try named()
        let missing = PortChecklist.ids.filter { !enabled.contains($0) && !disabled.contains($0) }
        #expect(missing == [])
        #expect(enabled.intersection(disabled) == [], "a row that is tested no longer waits")
    }

    @Test func theTableHasAllRows() {
        #expect(PortChecklist.sections.map(\.titles.count) == [15, 15, 16, 13, 15, 16, 14, 17, 12])
        #expect(PortChecklist.sections.allSatisfy { Set($0.titles).count == $0.titles.count })
    }
}
