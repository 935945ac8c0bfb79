// Made by Tests/handlers/generate.py; change that. The handlers for certain registers and for flat memory by name, and the
// tables in which they are found.
private typealias Raw = UnsafeMutableRawPointer

@inline(__always)
private func addEAXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EAX.self, EAX.self)
}
@inline(__always)
private func addEAXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EAX.self, ECX.self)
}
@inline(__always)
private func addEAXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EAX.self, EDX.self)
}
@inline(__always)
private func addEAXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EAX.self, EBX.self)
}
@inline(__always)
private func addEAXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EAX.self, ESP.self)
}
@inline(__always)
private func addEAXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EAX.self, EBP.self)
}
@inline(__always)
private func addEAXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EAX.self, ESI.self)
}
@inline(__always)
private func addEAXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EAX.self, EDI.self)
}
@inline(__always)
private func addECXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ECX.self, EAX.self)
}
@inline(__always)
private func addECXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ECX.self, ECX.self)
}
@inline(__always)
private func addECXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ECX.self, EDX.self)
}
@inline(__always)
private func addECXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ECX.self, EBX.self)
}
@inline(__always)
private func addECXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ECX.self, ESP.self)
}
@inline(__always)
private func addECXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ECX.self, EBP.self)
}
@inline(__always)
private func addECXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ECX.self, ESI.self)
}
@inline(__always)
private func addECXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ECX.self, EDI.self)
}
@inline(__always)
private func addEDXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDX.self, EAX.self)
}
@inline(__always)
private func addEDXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDX.self, ECX.self)
}
@inline(__always)
private func addEDXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDX.self, EDX.self)
}
@inline(__always)
private func addEDXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDX.self, EBX.self)
}
@inline(__always)
private func addEDXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDX.self, ESP.self)
}
@inline(__always)
private func addEDXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDX.self, EBP.self)
}
@inline(__always)
private func addEDXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDX.self, ESI.self)
}
@inline(__always)
private func addEDXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDX.self, EDI.self)
}
@inline(__always)
private func addEBXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBX.self, EAX.self)
}
@inline(__always)
private func addEBXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBX.self, ECX.self)
}
@inline(__always)
private func addEBXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBX.self, EDX.self)
}
@inline(__always)
private func addEBXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBX.self, EBX.self)
}
@inline(__always)
private func addEBXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBX.self, ESP.self)
}
@inline(__always)
private func addEBXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBX.self, EBP.self)
}
@inline(__always)
private func addEBXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBX.self, ESI.self)
}
@inline(__always)
private func addEBXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBX.self, EDI.self)
}
@inline(__always)
private func addESPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESP.self, EAX.self)
}
@inline(__always)
private func addESPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESP.self, ECX.self)
}
@inline(__always)
private func addESPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESP.self, EDX.self)
}
@inline(__always)
private func addESPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESP.self, EBX.self)
}
@inline(__always)
private func addESPESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESP.self, ESP.self)
}
@inline(__always)
private func addESPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESP.self, EBP.self)
}
@inline(__always)
private func addESPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESP.self, ESI.self)
}
@inline(__always)
private func addESPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESP.self, EDI.self)
}
@inline(__always)
private func addEBPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBP.self, EAX.self)
}
@inline(__always)
private func addEBPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBP.self, ECX.self)
}
@inline(__always)
private func addEBPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBP.self, EDX.self)
}
@inline(__always)
private func addEBPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBP.self, EBX.self)
}
@inline(__always)
private func addEBPESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBP.self, ESP.self)
}
@inline(__always)
private func addEBPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBP.self, EBP.self)
}
@inline(__always)
private func addEBPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBP.self, ESI.self)
}
@inline(__always)
private func addEBPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EBP.self, EDI.self)
}
@inline(__always)
private func addESIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESI.self, EAX.self)
}
@inline(__always)
private func addESIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESI.self, ECX.self)
}
@inline(__always)
private func addESIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESI.self, EDX.self)
}
@inline(__always)
private func addESIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESI.self, EBX.self)
}
@inline(__always)
private func addESIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESI.self, ESP.self)
}
@inline(__always)
private func addESIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESI.self, EBP.self)
}
@inline(__always)
private func addESIESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESI.self, ESI.self)
}
@inline(__always)
private func addESIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, ESI.self, EDI.self)
}
@inline(__always)
private func addEDIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDI.self, EAX.self)
}
@inline(__always)
private func addEDIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDI.self, ECX.self)
}
@inline(__always)
private func addEDIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDI.self, EDX.self)
}
@inline(__always)
private func addEDIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDI.self, EBX.self)
}
@inline(__always)
private func addEDIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDI.self, ESP.self)
}
@inline(__always)
private func addEDIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDI.self, EBP.self)
}
@inline(__always)
private func addEDIESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDI.self, ESI.self)
}
@inline(__always)
private func addEDIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.add, EDI.self, EDI.self)
}
@inline(__always)
private func orEAXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EAX.self, ECX.self)
}
@inline(__always)
private func orEAXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EAX.self, EDX.self)
}
@inline(__always)
private func orEAXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EAX.self, EBX.self)
}
@inline(__always)
private func orEAXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EAX.self, ESP.self)
}
@inline(__always)
private func orEAXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EAX.self, EBP.self)
}
@inline(__always)
private func orEAXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EAX.self, ESI.self)
}
@inline(__always)
private func orEAXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EAX.self, EDI.self)
}
@inline(__always)
private func orECXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ECX.self, EAX.self)
}
@inline(__always)
private func orECXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ECX.self, EDX.self)
}
@inline(__always)
private func orECXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ECX.self, EBX.self)
}
@inline(__always)
private func orECXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ECX.self, ESP.self)
}
@inline(__always)
private func orECXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ECX.self, EBP.self)
}
@inline(__always)
private func orECXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ECX.self, ESI.self)
}
@inline(__always)
private func orECXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ECX.self, EDI.self)
}
@inline(__always)
private func orEDXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EDX.self, EAX.self)
}
@inline(__always)
private func orEDXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EDX.self, ECX.self)
}
@inline(__always)
private func orEDXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EDX.self, EBX.self)
}
@inline(__always)
private func orEDXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EDX.self, ESP.self)
}
@inline(__always)
private func orEDXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EDX.self, EBP.self)
}
@inline(__always)
private func orEDXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EDX.self, ESI.self)
}
@inline(__always)
private func orEDXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EDX.self, EDI.self)
}
@inline(__always)
private func orEBXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EBX.self, EAX.self)
}
@inline(__always)
private func orEBXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EBX.self, ECX.self)
}
@inline(__always)
private func orEBXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EBX.self, EDX.self)
}
@inline(__always)
private func orEBXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EBX.self, ESP.self)
}
@inline(__always)
private func orEBXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EBX.self, EBP.self)
}
@inline(__always)
private func orEBXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EBX.self, ESI.self)
}
@inline(__always)
private func orEBXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EBX.self, EDI.self)
}
@inline(__always)
private func orESPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ESP.self, EAX.self)
}
@inline(__always)
private func orESPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ESP.self, ECX.self)
}
@inline(__always)
private func orESPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ESP.self, EDX.self)
}
@inline(__always)
private func orESPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ESP.self, EBX.self)
}
@inline(__always)
private func orESPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ESP.self, EBP.self)
}
@inline(__always)
private func orESPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ESP.self, ESI.self)
}
@inline(__always)
private func orESPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ESP.self, EDI.self)
}
@inline(__always)
private func orEBPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EBP.self, EAX.self)
}
@inline(__always)
private func orEBPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EBP.self, ECX.self)
}
@inline(__always)
private func orEBPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EBP.self, EDX.self)
}
@inline(__always)
private func orEBPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EBP.self, EBX.self)
}
@inline(__always)
private func orEBPESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EBP.self, ESP.self)
}
@inline(__always)
private func orEBPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EBP.self, ESI.self)
}
@inline(__always)
private func orEBPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EBP.self, EDI.self)
}
@inline(__always)
private func orESIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ESI.self, EAX.self)
}
@inline(__always)
private func orESIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ESI.self, ECX.self)
}
@inline(__always)
private func orESIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ESI.self, EDX.self)
}
@inline(__always)
private func orESIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ESI.self, EBX.self)
}
@inline(__always)
private func orESIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ESI.self, ESP.self)
}
@inline(__always)
private func orESIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ESI.self, EBP.self)
}
@inline(__always)
private func orESIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, ESI.self, EDI.self)
}
@inline(__always)
private func orEDIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EDI.self, EAX.self)
}
@inline(__always)
private func orEDIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EDI.self, ECX.self)
}
@inline(__always)
private func orEDIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EDI.self, EDX.self)
}
@inline(__always)
private func orEDIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EDI.self, EBX.self)
}
@inline(__always)
private func orEDIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EDI.self, ESP.self)
}
@inline(__always)
private func orEDIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EDI.self, EBP.self)
}
@inline(__always)
private func orEDIESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.or, EDI.self, ESI.self)
}
@inline(__always)
private func andEAXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EAX.self, ECX.self)
}
@inline(__always)
private func andEAXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EAX.self, EDX.self)
}
@inline(__always)
private func andEAXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EAX.self, EBX.self)
}
@inline(__always)
private func andEAXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EAX.self, ESP.self)
}
@inline(__always)
private func andEAXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EAX.self, EBP.self)
}
@inline(__always)
private func andEAXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EAX.self, ESI.self)
}
@inline(__always)
private func andEAXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EAX.self, EDI.self)
}
@inline(__always)
private func andECXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ECX.self, EAX.self)
}
@inline(__always)
private func andECXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ECX.self, EDX.self)
}
@inline(__always)
private func andECXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ECX.self, EBX.self)
}
@inline(__always)
private func andECXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ECX.self, ESP.self)
}
@inline(__always)
private func andECXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ECX.self, EBP.self)
}
@inline(__always)
private func andECXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ECX.self, ESI.self)
}
@inline(__always)
private func andECXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ECX.self, EDI.self)
}
@inline(__always)
private func andEDXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EDX.self, EAX.self)
}
@inline(__always)
private func andEDXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EDX.self, ECX.self)
}
@inline(__always)
private func andEDXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EDX.self, EBX.self)
}
@inline(__always)
private func andEDXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EDX.self, ESP.self)
}
@inline(__always)
private func andEDXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EDX.self, EBP.self)
}
@inline(__always)
private func andEDXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EDX.self, ESI.self)
}
@inline(__always)
private func andEDXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EDX.self, EDI.self)
}
@inline(__always)
private func andEBXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EBX.self, EAX.self)
}
@inline(__always)
private func andEBXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EBX.self, ECX.self)
}
@inline(__always)
private func andEBXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EBX.self, EDX.self)
}
@inline(__always)
private func andEBXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EBX.self, ESP.self)
}
@inline(__always)
private func andEBXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EBX.self, EBP.self)
}
@inline(__always)
private func andEBXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EBX.self, ESI.self)
}
@inline(__always)
private func andEBXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EBX.self, EDI.self)
}
@inline(__always)
private func andESPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ESP.self, EAX.self)
}
@inline(__always)
private func andESPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ESP.self, ECX.self)
}
@inline(__always)
private func andESPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ESP.self, EDX.self)
}
@inline(__always)
private func andESPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ESP.self, EBX.self)
}
@inline(__always)
private func andESPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ESP.self, EBP.self)
}
@inline(__always)
private func andESPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ESP.self, ESI.self)
}
@inline(__always)
private func andESPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ESP.self, EDI.self)
}
@inline(__always)
private func andEBPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EBP.self, EAX.self)
}
@inline(__always)
private func andEBPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EBP.self, ECX.self)
}
@inline(__always)
private func andEBPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EBP.self, EDX.self)
}
@inline(__always)
private func andEBPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EBP.self, EBX.self)
}
@inline(__always)
private func andEBPESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EBP.self, ESP.self)
}
@inline(__always)
private func andEBPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EBP.self, ESI.self)
}
@inline(__always)
private func andEBPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EBP.self, EDI.self)
}
@inline(__always)
private func andESIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ESI.self, EAX.self)
}
@inline(__always)
private func andESIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ESI.self, ECX.self)
}
@inline(__always)
private func andESIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ESI.self, EDX.self)
}
@inline(__always)
private func andESIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ESI.self, EBX.self)
}
@inline(__always)
private func andESIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ESI.self, ESP.self)
}
@inline(__always)
private func andESIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ESI.self, EBP.self)
}
@inline(__always)
private func andESIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, ESI.self, EDI.self)
}
@inline(__always)
private func andEDIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EDI.self, EAX.self)
}
@inline(__always)
private func andEDIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EDI.self, ECX.self)
}
@inline(__always)
private func andEDIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EDI.self, EDX.self)
}
@inline(__always)
private func andEDIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EDI.self, EBX.self)
}
@inline(__always)
private func andEDIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EDI.self, ESP.self)
}
@inline(__always)
private func andEDIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EDI.self, EBP.self)
}
@inline(__always)
private func andEDIESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.and, EDI.self, ESI.self)
}
@inline(__always)
private func subEAXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EAX.self, ECX.self)
}
@inline(__always)
private func subEAXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EAX.self, EDX.self)
}
@inline(__always)
private func subEAXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EAX.self, EBX.self)
}
@inline(__always)
private func subEAXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EAX.self, ESP.self)
}
@inline(__always)
private func subEAXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EAX.self, EBP.self)
}
@inline(__always)
private func subEAXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EAX.self, ESI.self)
}
@inline(__always)
private func subEAXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EAX.self, EDI.self)
}
@inline(__always)
private func subECXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ECX.self, EAX.self)
}
@inline(__always)
private func subECXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ECX.self, EDX.self)
}
@inline(__always)
private func subECXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ECX.self, EBX.self)
}
@inline(__always)
private func subECXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ECX.self, ESP.self)
}
@inline(__always)
private func subECXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ECX.self, EBP.self)
}
@inline(__always)
private func subECXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ECX.self, ESI.self)
}
@inline(__always)
private func subECXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ECX.self, EDI.self)
}
@inline(__always)
private func subEDXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EDX.self, EAX.self)
}
@inline(__always)
private func subEDXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EDX.self, ECX.self)
}
@inline(__always)
private func subEDXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EDX.self, EBX.self)
}
@inline(__always)
private func subEDXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EDX.self, ESP.self)
}
@inline(__always)
private func subEDXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EDX.self, EBP.self)
}
@inline(__always)
private func subEDXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EDX.self, ESI.self)
}
@inline(__always)
private func subEDXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EDX.self, EDI.self)
}
@inline(__always)
private func subEBXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EBX.self, EAX.self)
}
@inline(__always)
private func subEBXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EBX.self, ECX.self)
}
@inline(__always)
private func subEBXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EBX.self, EDX.self)
}
@inline(__always)
private func subEBXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EBX.self, ESP.self)
}
@inline(__always)
private func subEBXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EBX.self, EBP.self)
}
@inline(__always)
private func subEBXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EBX.self, ESI.self)
}
@inline(__always)
private func subEBXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EBX.self, EDI.self)
}
@inline(__always)
private func subESPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ESP.self, EAX.self)
}
@inline(__always)
private func subESPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ESP.self, ECX.self)
}
@inline(__always)
private func subESPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ESP.self, EDX.self)
}
@inline(__always)
private func subESPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ESP.self, EBX.self)
}
@inline(__always)
private func subESPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ESP.self, EBP.self)
}
@inline(__always)
private func subESPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ESP.self, ESI.self)
}
@inline(__always)
private func subESPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ESP.self, EDI.self)
}
@inline(__always)
private func subEBPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EBP.self, EAX.self)
}
@inline(__always)
private func subEBPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EBP.self, ECX.self)
}
@inline(__always)
private func subEBPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EBP.self, EDX.self)
}
@inline(__always)
private func subEBPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EBP.self, EBX.self)
}
@inline(__always)
private func subEBPESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EBP.self, ESP.self)
}
@inline(__always)
private func subEBPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EBP.self, ESI.self)
}
@inline(__always)
private func subEBPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EBP.self, EDI.self)
}
@inline(__always)
private func subESIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ESI.self, EAX.self)
}
@inline(__always)
private func subESIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ESI.self, ECX.self)
}
@inline(__always)
private func subESIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ESI.self, EDX.self)
}
@inline(__always)
private func subESIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ESI.self, EBX.self)
}
@inline(__always)
private func subESIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ESI.self, ESP.self)
}
@inline(__always)
private func subESIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ESI.self, EBP.self)
}
@inline(__always)
private func subESIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, ESI.self, EDI.self)
}
@inline(__always)
private func subEDIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EDI.self, EAX.self)
}
@inline(__always)
private func subEDIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EDI.self, ECX.self)
}
@inline(__always)
private func subEDIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EDI.self, EDX.self)
}
@inline(__always)
private func subEDIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EDI.self, EBX.self)
}
@inline(__always)
private func subEDIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EDI.self, ESP.self)
}
@inline(__always)
private func subEDIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EDI.self, EBP.self)
}
@inline(__always)
private func subEDIESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.sub, EDI.self, ESI.self)
}
@inline(__always)
private func xorEAXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EAX.self, EAX.self)
}
@inline(__always)
private func xorEAXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EAX.self, ECX.self)
}
@inline(__always)
private func xorEAXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EAX.self, EDX.self)
}
@inline(__always)
private func xorEAXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EAX.self, EBX.self)
}
@inline(__always)
private func xorEAXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EAX.self, ESP.self)
}
@inline(__always)
private func xorEAXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EAX.self, EBP.self)
}
@inline(__always)
private func xorEAXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EAX.self, ESI.self)
}
@inline(__always)
private func xorEAXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EAX.self, EDI.self)
}
@inline(__always)
private func xorECXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ECX.self, EAX.self)
}
@inline(__always)
private func xorECXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ECX.self, ECX.self)
}
@inline(__always)
private func xorECXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ECX.self, EDX.self)
}
@inline(__always)
private func xorECXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ECX.self, EBX.self)
}
@inline(__always)
private func xorECXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ECX.self, ESP.self)
}
@inline(__always)
private func xorECXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ECX.self, EBP.self)
}
@inline(__always)
private func xorECXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ECX.self, ESI.self)
}
@inline(__always)
private func xorECXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ECX.self, EDI.self)
}
@inline(__always)
private func xorEDXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDX.self, EAX.self)
}
@inline(__always)
private func xorEDXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDX.self, ECX.self)
}
@inline(__always)
private func xorEDXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDX.self, EDX.self)
}
@inline(__always)
private func xorEDXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDX.self, EBX.self)
}
@inline(__always)
private func xorEDXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDX.self, ESP.self)
}
@inline(__always)
private func xorEDXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDX.self, EBP.self)
}
@inline(__always)
private func xorEDXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDX.self, ESI.self)
}
@inline(__always)
private func xorEDXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDX.self, EDI.self)
}
@inline(__always)
private func xorEBXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBX.self, EAX.self)
}
@inline(__always)
private func xorEBXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBX.self, ECX.self)
}
@inline(__always)
private func xorEBXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBX.self, EDX.self)
}
@inline(__always)
private func xorEBXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBX.self, EBX.self)
}
@inline(__always)
private func xorEBXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBX.self, ESP.self)
}
@inline(__always)
private func xorEBXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBX.self, EBP.self)
}
@inline(__always)
private func xorEBXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBX.self, ESI.self)
}
@inline(__always)
private func xorEBXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBX.self, EDI.self)
}
@inline(__always)
private func xorESPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESP.self, EAX.self)
}
@inline(__always)
private func xorESPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESP.self, ECX.self)
}
@inline(__always)
private func xorESPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESP.self, EDX.self)
}
@inline(__always)
private func xorESPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESP.self, EBX.self)
}
@inline(__always)
private func xorESPESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESP.self, ESP.self)
}
@inline(__always)
private func xorESPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESP.self, EBP.self)
}
@inline(__always)
private func xorESPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESP.self, ESI.self)
}
@inline(__always)
private func xorESPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESP.self, EDI.self)
}
@inline(__always)
private func xorEBPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBP.self, EAX.self)
}
@inline(__always)
private func xorEBPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBP.self, ECX.self)
}
@inline(__always)
private func xorEBPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBP.self, EDX.self)
}
@inline(__always)
private func xorEBPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBP.self, EBX.self)
}
@inline(__always)
private func xorEBPESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBP.self, ESP.self)
}
@inline(__always)
private func xorEBPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBP.self, EBP.self)
}
@inline(__always)
private func xorEBPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBP.self, ESI.self)
}
@inline(__always)
private func xorEBPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EBP.self, EDI.self)
}
@inline(__always)
private func xorESIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESI.self, EAX.self)
}
@inline(__always)
private func xorESIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESI.self, ECX.self)
}
@inline(__always)
private func xorESIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESI.self, EDX.self)
}
@inline(__always)
private func xorESIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESI.self, EBX.self)
}
@inline(__always)
private func xorESIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESI.self, ESP.self)
}
@inline(__always)
private func xorESIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESI.self, EBP.self)
}
@inline(__always)
private func xorESIESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESI.self, ESI.self)
}
@inline(__always)
private func xorESIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, ESI.self, EDI.self)
}
@inline(__always)
private func xorEDIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDI.self, EAX.self)
}
@inline(__always)
private func xorEDIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDI.self, ECX.self)
}
@inline(__always)
private func xorEDIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDI.self, EDX.self)
}
@inline(__always)
private func xorEDIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDI.self, EBX.self)
}
@inline(__always)
private func xorEDIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDI.self, ESP.self)
}
@inline(__always)
private func xorEDIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDI.self, EBP.self)
}
@inline(__always)
private func xorEDIESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDI.self, ESI.self)
}
@inline(__always)
private func xorEDIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.xor, EDI.self, EDI.self)
}
@inline(__always)
private func cmpEAXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EAX.self, ECX.self)
}
@inline(__always)
private func cmpEAXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EAX.self, EDX.self)
}
@inline(__always)
private func cmpEAXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EAX.self, EBX.self)
}
@inline(__always)
private func cmpEAXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EAX.self, ESP.self)
}
@inline(__always)
private func cmpEAXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EAX.self, EBP.self)
}
@inline(__always)
private func cmpEAXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EAX.self, ESI.self)
}
@inline(__always)
private func cmpEAXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EAX.self, EDI.self)
}
@inline(__always)
private func cmpECXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ECX.self, EAX.self)
}
@inline(__always)
private func cmpECXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ECX.self, EDX.self)
}
@inline(__always)
private func cmpECXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ECX.self, EBX.self)
}
@inline(__always)
private func cmpECXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ECX.self, ESP.self)
}
@inline(__always)
private func cmpECXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ECX.self, EBP.self)
}
@inline(__always)
private func cmpECXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ECX.self, ESI.self)
}
@inline(__always)
private func cmpECXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ECX.self, EDI.self)
}
@inline(__always)
private func cmpEDXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EDX.self, EAX.self)
}
@inline(__always)
private func cmpEDXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EDX.self, ECX.self)
}
@inline(__always)
private func cmpEDXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EDX.self, EBX.self)
}
@inline(__always)
private func cmpEDXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EDX.self, ESP.self)
}
@inline(__always)
private func cmpEDXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EDX.self, EBP.self)
}
@inline(__always)
private func cmpEDXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EDX.self, ESI.self)
}
@inline(__always)
private func cmpEDXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EDX.self, EDI.self)
}
@inline(__always)
private func cmpEBXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EBX.self, EAX.self)
}
@inline(__always)
private func cmpEBXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EBX.self, ECX.self)
}
@inline(__always)
private func cmpEBXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EBX.self, EDX.self)
}
@inline(__always)
private func cmpEBXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EBX.self, ESP.self)
}
@inline(__always)
private func cmpEBXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EBX.self, EBP.self)
}
@inline(__always)
private func cmpEBXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EBX.self, ESI.self)
}
@inline(__always)
private func cmpEBXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EBX.self, EDI.self)
}
@inline(__always)
private func cmpESPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ESP.self, EAX.self)
}
@inline(__always)
private func cmpESPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ESP.self, ECX.self)
}
@inline(__always)
private func cmpESPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ESP.self, EDX.self)
}
@inline(__always)
private func cmpESPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ESP.self, EBX.self)
}
@inline(__always)
private func cmpESPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ESP.self, EBP.self)
}
@inline(__always)
private func cmpESPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ESP.self, ESI.self)
}
@inline(__always)
private func cmpESPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ESP.self, EDI.self)
}
@inline(__always)
private func cmpEBPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EBP.self, EAX.self)
}
@inline(__always)
private func cmpEBPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EBP.self, ECX.self)
}
@inline(__always)
private func cmpEBPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EBP.self, EDX.self)
}
@inline(__always)
private func cmpEBPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EBP.self, EBX.self)
}
@inline(__always)
private func cmpEBPESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EBP.self, ESP.self)
}
@inline(__always)
private func cmpEBPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EBP.self, ESI.self)
}
@inline(__always)
private func cmpEBPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EBP.self, EDI.self)
}
@inline(__always)
private func cmpESIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ESI.self, EAX.self)
}
@inline(__always)
private func cmpESIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ESI.self, ECX.self)
}
@inline(__always)
private func cmpESIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ESI.self, EDX.self)
}
@inline(__always)
private func cmpESIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ESI.self, EBX.self)
}
@inline(__always)
private func cmpESIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ESI.self, ESP.self)
}
@inline(__always)
private func cmpESIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ESI.self, EBP.self)
}
@inline(__always)
private func cmpESIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, ESI.self, EDI.self)
}
@inline(__always)
private func cmpEDIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EDI.self, EAX.self)
}
@inline(__always)
private func cmpEDIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EDI.self, ECX.self)
}
@inline(__always)
private func cmpEDIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EDI.self, EDX.self)
}
@inline(__always)
private func cmpEDIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EDI.self, EBX.self)
}
@inline(__always)
private func cmpEDIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EDI.self, ESP.self)
}
@inline(__always)
private func cmpEDIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EDI.self, EBP.self)
}
@inline(__always)
private func cmpEDIESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmetic(.cmp, EDI.self, ESI.self)
}
@inline(__always)
private func movEAXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EAX.self, ECX.self)
}
@inline(__always)
private func movEAXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EAX.self, EDX.self)
}
@inline(__always)
private func movEAXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EAX.self, EBX.self)
}
@inline(__always)
private func movEAXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EAX.self, ESP.self)
}
@inline(__always)
private func movEAXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EAX.self, EBP.self)
}
@inline(__always)
private func movEAXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EAX.self, ESI.self)
}
@inline(__always)
private func movEAXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EAX.self, EDI.self)
}
@inline(__always)
private func movECXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ECX.self, EAX.self)
}
@inline(__always)
private func movECXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ECX.self, EDX.self)
}
@inline(__always)
private func movECXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ECX.self, EBX.self)
}
@inline(__always)
private func movECXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ECX.self, ESP.self)
}
@inline(__always)
private func movECXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ECX.self, EBP.self)
}
@inline(__always)
private func movECXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ECX.self, ESI.self)
}
@inline(__always)
private func movECXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ECX.self, EDI.self)
}
@inline(__always)
private func movEDXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EDX.self, EAX.self)
}
@inline(__always)
private func movEDXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EDX.self, ECX.self)
}
@inline(__always)
private func movEDXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EDX.self, EBX.self)
}
@inline(__always)
private func movEDXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EDX.self, ESP.self)
}
@inline(__always)
private func movEDXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EDX.self, EBP.self)
}
@inline(__always)
private func movEDXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EDX.self, ESI.self)
}
@inline(__always)
private func movEDXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EDX.self, EDI.self)
}
@inline(__always)
private func movEBXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EBX.self, EAX.self)
}
@inline(__always)
private func movEBXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EBX.self, ECX.self)
}
@inline(__always)
private func movEBXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EBX.self, EDX.self)
}
@inline(__always)
private func movEBXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EBX.self, ESP.self)
}
@inline(__always)
private func movEBXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EBX.self, EBP.self)
}
@inline(__always)
private func movEBXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EBX.self, ESI.self)
}
@inline(__always)
private func movEBXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EBX.self, EDI.self)
}
@inline(__always)
private func movESPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ESP.self, EAX.self)
}
@inline(__always)
private func movESPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ESP.self, ECX.self)
}
@inline(__always)
private func movESPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ESP.self, EDX.self)
}
@inline(__always)
private func movESPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ESP.self, EBX.self)
}
@inline(__always)
private func movESPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ESP.self, EBP.self)
}
@inline(__always)
private func movESPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ESP.self, ESI.self)
}
@inline(__always)
private func movESPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ESP.self, EDI.self)
}
@inline(__always)
private func movEBPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EBP.self, EAX.self)
}
@inline(__always)
private func movEBPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EBP.self, ECX.self)
}
@inline(__always)
private func movEBPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EBP.self, EDX.self)
}
@inline(__always)
private func movEBPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EBP.self, EBX.self)
}
@inline(__always)
private func movEBPESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EBP.self, ESP.self)
}
@inline(__always)
private func movEBPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EBP.self, ESI.self)
}
@inline(__always)
private func movEBPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EBP.self, EDI.self)
}
@inline(__always)
private func movESIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ESI.self, EAX.self)
}
@inline(__always)
private func movESIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ESI.self, ECX.self)
}
@inline(__always)
private func movESIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ESI.self, EDX.self)
}
@inline(__always)
private func movESIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ESI.self, EBX.self)
}
@inline(__always)
private func movESIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ESI.self, ESP.self)
}
@inline(__always)
private func movESIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ESI.self, EBP.self)
}
@inline(__always)
private func movESIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(ESI.self, EDI.self)
}
@inline(__always)
private func movEDIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EDI.self, EAX.self)
}
@inline(__always)
private func movEDIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EDI.self, ECX.self)
}
@inline(__always)
private func movEDIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EDI.self, EDX.self)
}
@inline(__always)
private func movEDIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EDI.self, EBX.self)
}
@inline(__always)
private func movEDIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EDI.self, ESP.self)
}
@inline(__always)
private func movEDIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EDI.self, EBP.self)
}
@inline(__always)
private func movEDIESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).move(EDI.self, ESI.self)
}
@inline(__always)
private func testEAXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EAX.self, EAX.self)
}
@inline(__always)
private func testEAXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EAX.self, ECX.self)
}
@inline(__always)
private func testEAXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EAX.self, EDX.self)
}
@inline(__always)
private func testEAXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EAX.self, EBX.self)
}
@inline(__always)
private func testEAXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EAX.self, ESP.self)
}
@inline(__always)
private func testEAXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EAX.self, EBP.self)
}
@inline(__always)
private func testEAXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EAX.self, ESI.self)
}
@inline(__always)
private func testEAXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EAX.self, EDI.self)
}
@inline(__always)
private func testECXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(ECX.self, ECX.self)
}
@inline(__always)
private func testECXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(ECX.self, EDX.self)
}
@inline(__always)
private func testECXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(ECX.self, EBX.self)
}
@inline(__always)
private func testECXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(ECX.self, ESP.self)
}
@inline(__always)
private func testECXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(ECX.self, EBP.self)
}
@inline(__always)
private func testECXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(ECX.self, ESI.self)
}
@inline(__always)
private func testECXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(ECX.self, EDI.self)
}
@inline(__always)
private func testEDXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EDX.self, EDX.self)
}
@inline(__always)
private func testEDXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EDX.self, EBX.self)
}
@inline(__always)
private func testEDXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EDX.self, ESP.self)
}
@inline(__always)
private func testEDXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EDX.self, EBP.self)
}
@inline(__always)
private func testEDXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EDX.self, ESI.self)
}
@inline(__always)
private func testEDXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EDX.self, EDI.self)
}
@inline(__always)
private func testEBXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EBX.self, EBX.self)
}
@inline(__always)
private func testEBXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EBX.self, ESP.self)
}
@inline(__always)
private func testEBXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EBX.self, EBP.self)
}
@inline(__always)
private func testEBXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EBX.self, ESI.self)
}
@inline(__always)
private func testEBXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EBX.self, EDI.self)
}
@inline(__always)
private func testESPESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(ESP.self, ESP.self)
}
@inline(__always)
private func testESPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(ESP.self, EBP.self)
}
@inline(__always)
private func testESPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(ESP.self, ESI.self)
}
@inline(__always)
private func testESPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(ESP.self, EDI.self)
}
@inline(__always)
private func testEBPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EBP.self, EBP.self)
}
@inline(__always)
private func testEBPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EBP.self, ESI.self)
}
@inline(__always)
private func testEBPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EBP.self, EDI.self)
}
@inline(__always)
private func testESIESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(ESI.self, ESI.self)
}
@inline(__always)
private func testESIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(ESI.self, EDI.self)
}
@inline(__always)
private func testEDIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).test(EDI.self, EDI.self)
}
@inline(__always)
private func addEAXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.add, EAX.self)
}
@inline(__always)
private func addECXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.add, ECX.self)
}
@inline(__always)
private func addEDXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.add, EDX.self)
}
@inline(__always)
private func addEBXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.add, EBX.self)
}
@inline(__always)
private func addESPI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.add, ESP.self)
}
@inline(__always)
private func addEBPI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.add, EBP.self)
}
@inline(__always)
private func addESII(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.add, ESI.self)
}
@inline(__always)
private func addEDII(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.add, EDI.self)
}
@inline(__always)
private func orEAXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.or, EAX.self)
}
@inline(__always)
private func orECXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.or, ECX.self)
}
@inline(__always)
private func orEDXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.or, EDX.self)
}
@inline(__always)
private func orEBXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.or, EBX.self)
}
@inline(__always)
private func orESPI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.or, ESP.self)
}
@inline(__always)
private func orEBPI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.or, EBP.self)
}
@inline(__always)
private func orESII(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.or, ESI.self)
}
@inline(__always)
private func orEDII(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.or, EDI.self)
}
@inline(__always)
private func andEAXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.and, EAX.self)
}
@inline(__always)
private func andECXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.and, ECX.self)
}
@inline(__always)
private func andEDXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.and, EDX.self)
}
@inline(__always)
private func andEBXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.and, EBX.self)
}
@inline(__always)
private func andESPI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.and, ESP.self)
}
@inline(__always)
private func andEBPI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.and, EBP.self)
}
@inline(__always)
private func andESII(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.and, ESI.self)
}
@inline(__always)
private func andEDII(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.and, EDI.self)
}
@inline(__always)
private func subEAXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.sub, EAX.self)
}
@inline(__always)
private func subECXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.sub, ECX.self)
}
@inline(__always)
private func subEDXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.sub, EDX.self)
}
@inline(__always)
private func subEBXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.sub, EBX.self)
}
@inline(__always)
private func subESPI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.sub, ESP.self)
}
@inline(__always)
private func subEBPI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.sub, EBP.self)
}
@inline(__always)
private func subESII(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.sub, ESI.self)
}
@inline(__always)
private func subEDII(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.sub, EDI.self)
}
@inline(__always)
private func xorEAXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.xor, EAX.self)
}
@inline(__always)
private func xorECXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.xor, ECX.self)
}
@inline(__always)
private func xorEDXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.xor, EDX.self)
}
@inline(__always)
private func xorEBXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.xor, EBX.self)
}
@inline(__always)
private func xorESPI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.xor, ESP.self)
}
@inline(__always)
private func xorEBPI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.xor, EBP.self)
}
@inline(__always)
private func xorESII(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.xor, ESI.self)
}
@inline(__always)
private func xorEDII(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.xor, EDI.self)
}
@inline(__always)
private func cmpEAXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.cmp, EAX.self)
}
@inline(__always)
private func cmpECXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.cmp, ECX.self)
}
@inline(__always)
private func cmpEDXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.cmp, EDX.self)
}
@inline(__always)
private func cmpEBXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.cmp, EBX.self)
}
@inline(__always)
private func cmpESPI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.cmp, ESP.self)
}
@inline(__always)
private func cmpEBPI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.cmp, EBP.self)
}
@inline(__always)
private func cmpESII(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.cmp, ESI.self)
}
@inline(__always)
private func cmpEDII(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticI(.cmp, EDI.self)
}
@inline(__always)
private func movEAXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).moveI(EAX.self)
}
@inline(__always)
private func movECXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).moveI(ECX.self)
}
@inline(__always)
private func movEDXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).moveI(EDX.self)
}
@inline(__always)
private func movEBXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).moveI(EBX.self)
}
@inline(__always)
private func movESPRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).moveI(ESP.self)
}
@inline(__always)
private func movEBPRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).moveI(EBP.self)
}
@inline(__always)
private func movESIRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).moveI(ESI.self)
}
@inline(__always)
private func movEDIRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).moveI(EDI.self)
}
@inline(__always)
private func testEAXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testI(EAX.self)
}
@inline(__always)
private func testECXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testI(ECX.self)
}
@inline(__always)
private func testEDXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testI(EDX.self)
}
@inline(__always)
private func testEBXI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testI(EBX.self)
}
@inline(__always)
private func testESPI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testI(ESP.self)
}
@inline(__always)
private func testEBPI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testI(EBP.self)
}
@inline(__always)
private func testESII(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testI(ESI.self)
}
@inline(__always)
private func testEDII(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testI(EDI.self)
}
@inline(__always)
private func incEAXR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(EAX.self, by: 1)
}
@inline(__always)
private func incECXR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(ECX.self, by: 1)
}
@inline(__always)
private func incEDXR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(EDX.self, by: 1)
}
@inline(__always)
private func incEBXR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(EBX.self, by: 1)
}
@inline(__always)
private func incESPR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(ESP.self, by: 1)
}
@inline(__always)
private func incEBPR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(EBP.self, by: 1)
}
@inline(__always)
private func incESIR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(ESI.self, by: 1)
}
@inline(__always)
private func incEDIR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(EDI.self, by: 1)
}
@inline(__always)
private func decEAXR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(EAX.self, by: .max)
}
@inline(__always)
private func decECXR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(ECX.self, by: .max)
}
@inline(__always)
private func decEDXR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(EDX.self, by: .max)
}
@inline(__always)
private func decEBXR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(EBX.self, by: .max)
}
@inline(__always)
private func decESPR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(ESP.self, by: .max)
}
@inline(__always)
private func decEBPR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(EBP.self, by: .max)
}
@inline(__always)
private func decESIR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(ESI.self, by: .max)
}
@inline(__always)
private func decEDIR(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).step(EDI.self, by: .max)
}
@inline(__always)
private func shlEAXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.left, EAX.self)
}
@inline(__always)
private func shlECXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.left, ECX.self)
}
@inline(__always)
private func shlEDXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.left, EDX.self)
}
@inline(__always)
private func shlEBXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.left, EBX.self)
}
@inline(__always)
private func shlESPRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.left, ESP.self)
}
@inline(__always)
private func shlEBPRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.left, EBP.self)
}
@inline(__always)
private func shlESIRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.left, ESI.self)
}
@inline(__always)
private func shlEDIRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.left, EDI.self)
}
@inline(__always)
private func shrEAXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.right, EAX.self)
}
@inline(__always)
private func shrECXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.right, ECX.self)
}
@inline(__always)
private func shrEDXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.right, EDX.self)
}
@inline(__always)
private func shrEBXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.right, EBX.self)
}
@inline(__always)
private func shrESPRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.right, ESP.self)
}
@inline(__always)
private func shrEBPRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.right, EBP.self)
}
@inline(__always)
private func shrESIRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.right, ESI.self)
}
@inline(__always)
private func shrEDIRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.right, EDI.self)
}
@inline(__always)
private func sarEAXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.arithmetic, EAX.self)
}
@inline(__always)
private func sarECXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.arithmetic, ECX.self)
}
@inline(__always)
private func sarEDXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.arithmetic, EDX.self)
}
@inline(__always)
private func sarEBXRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.arithmetic, EBX.self)
}
@inline(__always)
private func sarESPRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.arithmetic, ESP.self)
}
@inline(__always)
private func sarEBPRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.arithmetic, EBP.self)
}
@inline(__always)
private func sarESIRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.arithmetic, ESI.self)
}
@inline(__always)
private func sarEDIRI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).shift(.arithmetic, EDI.self)
}
@inline(__always)
private func leaEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EAX.self, At<Base>.self)
}
@inline(__always)
private func leaECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ECX.self, At<Base>.self)
}
@inline(__always)
private func leaEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EDX.self, At<Base>.self)
}
@inline(__always)
private func leaEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EBX.self, At<Base>.self)
}
@inline(__always)
private func leaESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ESP.self, At<Base>.self)
}
@inline(__always)
private func leaEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EBP.self, At<Base>.self)
}
@inline(__always)
private func leaESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ESI.self, At<Base>.self)
}
@inline(__always)
private func leaEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EDI.self, At<Base>.self)
}
@inline(__always)
private func leaEAXBy1(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EAX.self, Scaled<By1>.self)
}
@inline(__always)
private func leaEAXBy2(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EAX.self, Scaled<By2>.self)
}
@inline(__always)
private func leaEAXBy4(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EAX.self, Scaled<By4>.self)
}
@inline(__always)
private func leaEAXBy8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EAX.self, Scaled<By8>.self)
}
@inline(__always)
private func leaECXBy1(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ECX.self, Scaled<By1>.self)
}
@inline(__always)
private func leaECXBy2(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ECX.self, Scaled<By2>.self)
}
@inline(__always)
private func leaECXBy4(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ECX.self, Scaled<By4>.self)
}
@inline(__always)
private func leaECXBy8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ECX.self, Scaled<By8>.self)
}
@inline(__always)
private func leaEDXBy1(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EDX.self, Scaled<By1>.self)
}
@inline(__always)
private func leaEDXBy2(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EDX.self, Scaled<By2>.self)
}
@inline(__always)
private func leaEDXBy4(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EDX.self, Scaled<By4>.self)
}
@inline(__always)
private func leaEDXBy8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EDX.self, Scaled<By8>.self)
}
@inline(__always)
private func leaEBXBy1(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EBX.self, Scaled<By1>.self)
}
@inline(__always)
private func leaEBXBy2(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EBX.self, Scaled<By2>.self)
}
@inline(__always)
private func leaEBXBy4(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EBX.self, Scaled<By4>.self)
}
@inline(__always)
private func leaEBXBy8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EBX.self, Scaled<By8>.self)
}
@inline(__always)
private func leaESPBy1(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ESP.self, Scaled<By1>.self)
}
@inline(__always)
private func leaESPBy2(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ESP.self, Scaled<By2>.self)
}
@inline(__always)
private func leaESPBy4(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ESP.self, Scaled<By4>.self)
}
@inline(__always)
private func leaESPBy8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ESP.self, Scaled<By8>.self)
}
@inline(__always)
private func leaEBPBy1(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EBP.self, Scaled<By1>.self)
}
@inline(__always)
private func leaEBPBy2(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EBP.self, Scaled<By2>.self)
}
@inline(__always)
private func leaEBPBy4(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EBP.self, Scaled<By4>.self)
}
@inline(__always)
private func leaEBPBy8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EBP.self, Scaled<By8>.self)
}
@inline(__always)
private func leaESIBy1(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ESI.self, Scaled<By1>.self)
}
@inline(__always)
private func leaESIBy2(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ESI.self, Scaled<By2>.self)
}
@inline(__always)
private func leaESIBy4(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ESI.self, Scaled<By4>.self)
}
@inline(__always)
private func leaESIBy8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(ESI.self, Scaled<By8>.self)
}
@inline(__always)
private func leaEDIBy1(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EDI.self, Scaled<By1>.self)
}
@inline(__always)
private func leaEDIBy2(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EDI.self, Scaled<By2>.self)
}
@inline(__always)
private func leaEDIBy4(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EDI.self, Scaled<By4>.self)
}
@inline(__always)
private func leaEDIBy8(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).effectiveAddress(EDI.self, Scaled<By8>.self)
}
@inline(__always)
private func loadEAXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EAX.self, At<EAX>.self)
}
@inline(__always)
private func loadEAXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EAX.self, At<ECX>.self)
}
@inline(__always)
private func loadEAXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EAX.self, At<EDX>.self)
}
@inline(__always)
private func loadEAXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EAX.self, At<EBX>.self)
}
@inline(__always)
private func loadEAXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EAX.self, At<ESP>.self)
}
@inline(__always)
private func loadEAXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EAX.self, At<EBP>.self)
}
@inline(__always)
private func loadEAXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EAX.self, At<ESI>.self)
}
@inline(__always)
private func loadEAXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EAX.self, At<EDI>.self)
}
@inline(__always)
private func loadEAXNone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EAX.self, At<Base>.self)
}
@inline(__always)
private func loadECXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ECX.self, At<EAX>.self)
}
@inline(__always)
private func loadECXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ECX.self, At<ECX>.self)
}
@inline(__always)
private func loadECXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ECX.self, At<EDX>.self)
}
@inline(__always)
private func loadECXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ECX.self, At<EBX>.self)
}
@inline(__always)
private func loadECXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ECX.self, At<ESP>.self)
}
@inline(__always)
private func loadECXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ECX.self, At<EBP>.self)
}
@inline(__always)
private func loadECXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ECX.self, At<ESI>.self)
}
@inline(__always)
private func loadECXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ECX.self, At<EDI>.self)
}
@inline(__always)
private func loadECXNone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ECX.self, At<Base>.self)
}
@inline(__always)
private func loadEDXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDX.self, At<EAX>.self)
}
@inline(__always)
private func loadEDXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDX.self, At<ECX>.self)
}
@inline(__always)
private func loadEDXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDX.self, At<EDX>.self)
}
@inline(__always)
private func loadEDXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDX.self, At<EBX>.self)
}
@inline(__always)
private func loadEDXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDX.self, At<ESP>.self)
}
@inline(__always)
private func loadEDXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDX.self, At<EBP>.self)
}
@inline(__always)
private func loadEDXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDX.self, At<ESI>.self)
}
@inline(__always)
private func loadEDXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDX.self, At<EDI>.self)
}
@inline(__always)
private func loadEDXNone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDX.self, At<Base>.self)
}
@inline(__always)
private func loadEBXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBX.self, At<EAX>.self)
}
@inline(__always)
private func loadEBXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBX.self, At<ECX>.self)
}
@inline(__always)
private func loadEBXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBX.self, At<EDX>.self)
}
@inline(__always)
private func loadEBXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBX.self, At<EBX>.self)
}
@inline(__always)
private func loadEBXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBX.self, At<ESP>.self)
}
@inline(__always)
private func loadEBXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBX.self, At<EBP>.self)
}
@inline(__always)
private func loadEBXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBX.self, At<ESI>.self)
}
@inline(__always)
private func loadEBXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBX.self, At<EDI>.self)
}
@inline(__always)
private func loadEBXNone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBX.self, At<Base>.self)
}
@inline(__always)
private func loadESPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESP.self, At<EAX>.self)
}
@inline(__always)
private func loadESPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESP.self, At<ECX>.self)
}
@inline(__always)
private func loadESPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESP.self, At<EDX>.self)
}
@inline(__always)
private func loadESPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESP.self, At<EBX>.self)
}
@inline(__always)
private func loadESPESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESP.self, At<ESP>.self)
}
@inline(__always)
private func loadESPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESP.self, At<EBP>.self)
}
@inline(__always)
private func loadESPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESP.self, At<ESI>.self)
}
@inline(__always)
private func loadESPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESP.self, At<EDI>.self)
}
@inline(__always)
private func loadESPNone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESP.self, At<Base>.self)
}
@inline(__always)
private func loadEBPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBP.self, At<EAX>.self)
}
@inline(__always)
private func loadEBPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBP.self, At<ECX>.self)
}
@inline(__always)
private func loadEBPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBP.self, At<EDX>.self)
}
@inline(__always)
private func loadEBPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBP.self, At<EBX>.self)
}
@inline(__always)
private func loadEBPESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBP.self, At<ESP>.self)
}
@inline(__always)
private func loadEBPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBP.self, At<EBP>.self)
}
@inline(__always)
private func loadEBPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBP.self, At<ESI>.self)
}
@inline(__always)
private func loadEBPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBP.self, At<EDI>.self)
}
@inline(__always)
private func loadEBPNone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBP.self, At<Base>.self)
}
@inline(__always)
private func loadESIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESI.self, At<EAX>.self)
}
@inline(__always)
private func loadESIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESI.self, At<ECX>.self)
}
@inline(__always)
private func loadESIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESI.self, At<EDX>.self)
}
@inline(__always)
private func loadESIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESI.self, At<EBX>.self)
}
@inline(__always)
private func loadESIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESI.self, At<ESP>.self)
}
@inline(__always)
private func loadESIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESI.self, At<EBP>.self)
}
@inline(__always)
private func loadESIESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESI.self, At<ESI>.self)
}
@inline(__always)
private func loadESIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESI.self, At<EDI>.self)
}
@inline(__always)
private func loadESINone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESI.self, At<Base>.self)
}
@inline(__always)
private func loadEDIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDI.self, At<EAX>.self)
}
@inline(__always)
private func loadEDIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDI.self, At<ECX>.self)
}
@inline(__always)
private func loadEDIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDI.self, At<EDX>.self)
}
@inline(__always)
private func loadEDIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDI.self, At<EBX>.self)
}
@inline(__always)
private func loadEDIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDI.self, At<ESP>.self)
}
@inline(__always)
private func loadEDIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDI.self, At<EBP>.self)
}
@inline(__always)
private func loadEDIESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDI.self, At<ESI>.self)
}
@inline(__always)
private func loadEDIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDI.self, At<EDI>.self)
}
@inline(__always)
private func loadEDINone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDI.self, At<Base>.self)
}
@inline(__always)
private func loadEAXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EAX.self, Indexed.self)
}
@inline(__always)
private func loadECXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ECX.self, Indexed.self)
}
@inline(__always)
private func loadEDXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDX.self, Indexed.self)
}
@inline(__always)
private func loadEBXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBX.self, Indexed.self)
}
@inline(__always)
private func loadESPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESP.self, Indexed.self)
}
@inline(__always)
private func loadEBPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EBP.self, Indexed.self)
}
@inline(__always)
private func loadESIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(ESI.self, Indexed.self)
}
@inline(__always)
private func loadEDIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).load(EDI.self, Indexed.self)
}
@inline(__always)
private func storeEAXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EAX.self, At<EAX>.self)
}
@inline(__always)
private func storeEAXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EAX.self, At<ECX>.self)
}
@inline(__always)
private func storeEAXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EAX.self, At<EDX>.self)
}
@inline(__always)
private func storeEAXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EAX.self, At<EBX>.self)
}
@inline(__always)
private func storeEAXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EAX.self, At<ESP>.self)
}
@inline(__always)
private func storeEAXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EAX.self, At<EBP>.self)
}
@inline(__always)
private func storeEAXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EAX.self, At<ESI>.self)
}
@inline(__always)
private func storeEAXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EAX.self, At<EDI>.self)
}
@inline(__always)
private func storeEAXNone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EAX.self, At<Base>.self)
}
@inline(__always)
private func storeECXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ECX.self, At<EAX>.self)
}
@inline(__always)
private func storeECXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ECX.self, At<ECX>.self)
}
@inline(__always)
private func storeECXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ECX.self, At<EDX>.self)
}
@inline(__always)
private func storeECXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ECX.self, At<EBX>.self)
}
@inline(__always)
private func storeECXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ECX.self, At<ESP>.self)
}
@inline(__always)
private func storeECXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ECX.self, At<EBP>.self)
}
@inline(__always)
private func storeECXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ECX.self, At<ESI>.self)
}
@inline(__always)
private func storeECXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ECX.self, At<EDI>.self)
}
@inline(__always)
private func storeECXNone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ECX.self, At<Base>.self)
}
@inline(__always)
private func storeEDXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDX.self, At<EAX>.self)
}
@inline(__always)
private func storeEDXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDX.self, At<ECX>.self)
}
@inline(__always)
private func storeEDXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDX.self, At<EDX>.self)
}
@inline(__always)
private func storeEDXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDX.self, At<EBX>.self)
}
@inline(__always)
private func storeEDXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDX.self, At<ESP>.self)
}
@inline(__always)
private func storeEDXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDX.self, At<EBP>.self)
}
@inline(__always)
private func storeEDXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDX.self, At<ESI>.self)
}
@inline(__always)
private func storeEDXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDX.self, At<EDI>.self)
}
@inline(__always)
private func storeEDXNone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDX.self, At<Base>.self)
}
@inline(__always)
private func storeEBXEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBX.self, At<EAX>.self)
}
@inline(__always)
private func storeEBXECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBX.self, At<ECX>.self)
}
@inline(__always)
private func storeEBXEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBX.self, At<EDX>.self)
}
@inline(__always)
private func storeEBXEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBX.self, At<EBX>.self)
}
@inline(__always)
private func storeEBXESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBX.self, At<ESP>.self)
}
@inline(__always)
private func storeEBXEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBX.self, At<EBP>.self)
}
@inline(__always)
private func storeEBXESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBX.self, At<ESI>.self)
}
@inline(__always)
private func storeEBXEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBX.self, At<EDI>.self)
}
@inline(__always)
private func storeEBXNone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBX.self, At<Base>.self)
}
@inline(__always)
private func storeESPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESP.self, At<EAX>.self)
}
@inline(__always)
private func storeESPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESP.self, At<ECX>.self)
}
@inline(__always)
private func storeESPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESP.self, At<EDX>.self)
}
@inline(__always)
private func storeESPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESP.self, At<EBX>.self)
}
@inline(__always)
private func storeESPESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESP.self, At<ESP>.self)
}
@inline(__always)
private func storeESPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESP.self, At<EBP>.self)
}
@inline(__always)
private func storeESPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESP.self, At<ESI>.self)
}
@inline(__always)
private func storeESPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESP.self, At<EDI>.self)
}
@inline(__always)
private func storeESPNone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESP.self, At<Base>.self)
}
@inline(__always)
private func storeEBPEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBP.self, At<EAX>.self)
}
@inline(__always)
private func storeEBPECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBP.self, At<ECX>.self)
}
@inline(__always)
private func storeEBPEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBP.self, At<EDX>.self)
}
@inline(__always)
private func storeEBPEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBP.self, At<EBX>.self)
}
@inline(__always)
private func storeEBPESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBP.self, At<ESP>.self)
}
@inline(__always)
private func storeEBPEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBP.self, At<EBP>.self)
}
@inline(__always)
private func storeEBPESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBP.self, At<ESI>.self)
}
@inline(__always)
private func storeEBPEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBP.self, At<EDI>.self)
}
@inline(__always)
private func storeEBPNone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBP.self, At<Base>.self)
}
@inline(__always)
private func storeESIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESI.self, At<EAX>.self)
}
@inline(__always)
private func storeESIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESI.self, At<ECX>.self)
}
@inline(__always)
private func storeESIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESI.self, At<EDX>.self)
}
@inline(__always)
private func storeESIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESI.self, At<EBX>.self)
}
@inline(__always)
private func storeESIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESI.self, At<ESP>.self)
}
@inline(__always)
private func storeESIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESI.self, At<EBP>.self)
}
@inline(__always)
private func storeESIESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESI.self, At<ESI>.self)
}
@inline(__always)
private func storeESIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESI.self, At<EDI>.self)
}
@inline(__always)
private func storeESINone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESI.self, At<Base>.self)
}
@inline(__always)
private func storeEDIEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDI.self, At<EAX>.self)
}
@inline(__always)
private func storeEDIECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDI.self, At<ECX>.self)
}
@inline(__always)
private func storeEDIEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDI.self, At<EDX>.self)
}
@inline(__always)
private func storeEDIEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDI.self, At<EBX>.self)
}
@inline(__always)
private func storeEDIESP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDI.self, At<ESP>.self)
}
@inline(__always)
private func storeEDIEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDI.self, At<EBP>.self)
}
@inline(__always)
private func storeEDIESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDI.self, At<ESI>.self)
}
@inline(__always)
private func storeEDIEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDI.self, At<EDI>.self)
}
@inline(__always)
private func storeEDINone(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDI.self, At<Base>.self)
}
@inline(__always)
private func storeEAXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EAX.self, Indexed.self)
}
@inline(__always)
private func storeECXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ECX.self, Indexed.self)
}
@inline(__always)
private func storeEDXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDX.self, Indexed.self)
}
@inline(__always)
private func storeEBXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBX.self, Indexed.self)
}
@inline(__always)
private func storeESPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESP.self, Indexed.self)
}
@inline(__always)
private func storeEBPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EBP.self, Indexed.self)
}
@inline(__always)
private func storeESIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(ESI.self, Indexed.self)
}
@inline(__always)
private func storeEDIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).store(EDI.self, Indexed.self)
}
@inline(__always)
private func addEAXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, EAX.self, At<Base>.self)
}
@inline(__always)
private func addEAXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, EAX.self, Indexed.self)
}
@inline(__always)
private func addECXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, ECX.self, At<Base>.self)
}
@inline(__always)
private func addECXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, ECX.self, Indexed.self)
}
@inline(__always)
private func addEDXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, EDX.self, At<Base>.self)
}
@inline(__always)
private func addEDXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, EDX.self, Indexed.self)
}
@inline(__always)
private func addEBXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, EBX.self, At<Base>.self)
}
@inline(__always)
private func addEBXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, EBX.self, Indexed.self)
}
@inline(__always)
private func addESPAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, ESP.self, At<Base>.self)
}
@inline(__always)
private func addESPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, ESP.self, Indexed.self)
}
@inline(__always)
private func addEBPAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, EBP.self, At<Base>.self)
}
@inline(__always)
private func addEBPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, EBP.self, Indexed.self)
}
@inline(__always)
private func addESIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, ESI.self, At<Base>.self)
}
@inline(__always)
private func addESIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, ESI.self, Indexed.self)
}
@inline(__always)
private func addEDIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, EDI.self, At<Base>.self)
}
@inline(__always)
private func addEDIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.add, EDI.self, Indexed.self)
}
@inline(__always)
private func orEAXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, EAX.self, At<Base>.self)
}
@inline(__always)
private func orEAXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, EAX.self, Indexed.self)
}
@inline(__always)
private func orECXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, ECX.self, At<Base>.self)
}
@inline(__always)
private func orECXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, ECX.self, Indexed.self)
}
@inline(__always)
private func orEDXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, EDX.self, At<Base>.self)
}
@inline(__always)
private func orEDXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, EDX.self, Indexed.self)
}
@inline(__always)
private func orEBXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, EBX.self, At<Base>.self)
}
@inline(__always)
private func orEBXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, EBX.self, Indexed.self)
}
@inline(__always)
private func orESPAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, ESP.self, At<Base>.self)
}
@inline(__always)
private func orESPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, ESP.self, Indexed.self)
}
@inline(__always)
private func orEBPAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, EBP.self, At<Base>.self)
}
@inline(__always)
private func orEBPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, EBP.self, Indexed.self)
}
@inline(__always)
private func orESIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, ESI.self, At<Base>.self)
}
@inline(__always)
private func orESIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, ESI.self, Indexed.self)
}
@inline(__always)
private func orEDIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, EDI.self, At<Base>.self)
}
@inline(__always)
private func orEDIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.or, EDI.self, Indexed.self)
}
@inline(__always)
private func andEAXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, EAX.self, At<Base>.self)
}
@inline(__always)
private func andEAXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, EAX.self, Indexed.self)
}
@inline(__always)
private func andECXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, ECX.self, At<Base>.self)
}
@inline(__always)
private func andECXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, ECX.self, Indexed.self)
}
@inline(__always)
private func andEDXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, EDX.self, At<Base>.self)
}
@inline(__always)
private func andEDXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, EDX.self, Indexed.self)
}
@inline(__always)
private func andEBXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, EBX.self, At<Base>.self)
}
@inline(__always)
private func andEBXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, EBX.self, Indexed.self)
}
@inline(__always)
private func andESPAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, ESP.self, At<Base>.self)
}
@inline(__always)
private func andESPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, ESP.self, Indexed.self)
}
@inline(__always)
private func andEBPAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, EBP.self, At<Base>.self)
}
@inline(__always)
private func andEBPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, EBP.self, Indexed.self)
}
@inline(__always)
private func andESIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, ESI.self, At<Base>.self)
}
@inline(__always)
private func andESIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, ESI.self, Indexed.self)
}
@inline(__always)
private func andEDIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, EDI.self, At<Base>.self)
}
@inline(__always)
private func andEDIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.and, EDI.self, Indexed.self)
}
@inline(__always)
private func subEAXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, EAX.self, At<Base>.self)
}
@inline(__always)
private func subEAXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, EAX.self, Indexed.self)
}
@inline(__always)
private func subECXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, ECX.self, At<Base>.self)
}
@inline(__always)
private func subECXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, ECX.self, Indexed.self)
}
@inline(__always)
private func subEDXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, EDX.self, At<Base>.self)
}
@inline(__always)
private func subEDXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, EDX.self, Indexed.self)
}
@inline(__always)
private func subEBXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, EBX.self, At<Base>.self)
}
@inline(__always)
private func subEBXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, EBX.self, Indexed.self)
}
@inline(__always)
private func subESPAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, ESP.self, At<Base>.self)
}
@inline(__always)
private func subESPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, ESP.self, Indexed.self)
}
@inline(__always)
private func subEBPAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, EBP.self, At<Base>.self)
}
@inline(__always)
private func subEBPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, EBP.self, Indexed.self)
}
@inline(__always)
private func subESIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, ESI.self, At<Base>.self)
}
@inline(__always)
private func subESIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, ESI.self, Indexed.self)
}
@inline(__always)
private func subEDIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, EDI.self, At<Base>.self)
}
@inline(__always)
private func subEDIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.sub, EDI.self, Indexed.self)
}
@inline(__always)
private func xorEAXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, EAX.self, At<Base>.self)
}
@inline(__always)
private func xorEAXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, EAX.self, Indexed.self)
}
@inline(__always)
private func xorECXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, ECX.self, At<Base>.self)
}
@inline(__always)
private func xorECXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, ECX.self, Indexed.self)
}
@inline(__always)
private func xorEDXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, EDX.self, At<Base>.self)
}
@inline(__always)
private func xorEDXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, EDX.self, Indexed.self)
}
@inline(__always)
private func xorEBXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, EBX.self, At<Base>.self)
}
@inline(__always)
private func xorEBXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, EBX.self, Indexed.self)
}
@inline(__always)
private func xorESPAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, ESP.self, At<Base>.self)
}
@inline(__always)
private func xorESPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, ESP.self, Indexed.self)
}
@inline(__always)
private func xorEBPAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, EBP.self, At<Base>.self)
}
@inline(__always)
private func xorEBPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, EBP.self, Indexed.self)
}
@inline(__always)
private func xorESIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, ESI.self, At<Base>.self)
}
@inline(__always)
private func xorESIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, ESI.self, Indexed.self)
}
@inline(__always)
private func xorEDIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, EDI.self, At<Base>.self)
}
@inline(__always)
private func xorEDIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.xor, EDI.self, Indexed.self)
}
@inline(__always)
private func cmpEAXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, EAX.self, At<Base>.self)
}
@inline(__always)
private func cmpEAXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, EAX.self, Indexed.self)
}
@inline(__always)
private func cmpECXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, ECX.self, At<Base>.self)
}
@inline(__always)
private func cmpECXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, ECX.self, Indexed.self)
}
@inline(__always)
private func cmpEDXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, EDX.self, At<Base>.self)
}
@inline(__always)
private func cmpEDXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, EDX.self, Indexed.self)
}
@inline(__always)
private func cmpEBXAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, EBX.self, At<Base>.self)
}
@inline(__always)
private func cmpEBXIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, EBX.self, Indexed.self)
}
@inline(__always)
private func cmpESPAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, ESP.self, At<Base>.self)
}
@inline(__always)
private func cmpESPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, ESP.self, Indexed.self)
}
@inline(__always)
private func cmpEBPAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, EBP.self, At<Base>.self)
}
@inline(__always)
private func cmpEBPIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, EBP.self, Indexed.self)
}
@inline(__always)
private func cmpESIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, ESI.self, At<Base>.self)
}
@inline(__always)
private func cmpESIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, ESI.self, Indexed.self)
}
@inline(__always)
private func cmpEDIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, EDI.self, At<Base>.self)
}
@inline(__always)
private func cmpEDIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).arithmeticM(.cmp, EDI.self, Indexed.self)
}
@inline(__always)
private func mov8RMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadPart(At<Base>.self, UInt8.self)
}
@inline(__always)
private func mov8RMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadPart(Indexed.self, UInt8.self)
}
@inline(__always)
private func mov16RMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadPart(At<Base>.self, UInt16.self)
}
@inline(__always)
private func mov16RMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadPart(Indexed.self, UInt16.self)
}
@inline(__always)
private func mov8MRAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storePart(At<Base>.self, UInt8.self)
}
@inline(__always)
private func mov8MRIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storePart(Indexed.self, UInt8.self)
}
@inline(__always)
private func mov16MRAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storePart(At<Base>.self, UInt16.self)
}
@inline(__always)
private func mov16MRIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storePart(Indexed.self, UInt16.self)
}
@inline(__always)
private func mov8MIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeI(At<Base>.self, UInt8.self)
}
@inline(__always)
private func mov8MIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeI(Indexed.self, UInt8.self)
}
@inline(__always)
private func mov16MIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeI(At<Base>.self, UInt16.self)
}
@inline(__always)
private func mov16MIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeI(Indexed.self, UInt16.self)
}
@inline(__always)
private func mov32MIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeI(At<Base>.self, UInt32.self)
}
@inline(__always)
private func mov32MIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeI(Indexed.self, UInt32.self)
}
@inline(__always)
private func movzx8RMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadZeroExtended(At<Base>.self, UInt8.self)
}
@inline(__always)
private func movzx8RMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadZeroExtended(Indexed.self, UInt8.self)
}
@inline(__always)
private func movzx16RMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadZeroExtended(At<Base>.self, UInt16.self)
}
@inline(__always)
private func movzx16RMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadZeroExtended(Indexed.self, UInt16.self)
}
@inline(__always)
private func movsx8RMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadSignExtended(At<Base>.self, UInt8.self)
}
@inline(__always)
private func movsx8RMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadSignExtended(Indexed.self, UInt8.self)
}
@inline(__always)
private func movsx16RMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadSignExtended(At<Base>.self, UInt16.self)
}
@inline(__always)
private func movsx16RMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadSignExtended(Indexed.self, UInt16.self)
}
@inline(__always)
private func imulRMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).multiplyM(At<Base>.self)
}
@inline(__always)
private func imulRMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).multiplyM(Indexed.self)
}
@inline(__always)
private func addMRAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).change(.add, At<Base>.self)
}
@inline(__always)
private func addMRIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).change(.add, Indexed.self)
}
@inline(__always)
private func orMRAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).change(.or, At<Base>.self)
}
@inline(__always)
private func orMRIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).change(.or, Indexed.self)
}
@inline(__always)
private func andMRAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).change(.and, At<Base>.self)
}
@inline(__always)
private func andMRIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).change(.and, Indexed.self)
}
@inline(__always)
private func subMRAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).change(.sub, At<Base>.self)
}
@inline(__always)
private func subMRIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).change(.sub, Indexed.self)
}
@inline(__always)
private func xorMRAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).change(.xor, At<Base>.self)
}
@inline(__always)
private func xorMRIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).change(.xor, Indexed.self)
}
@inline(__always)
private func addMIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).changeI(.add, At<Base>.self)
}
@inline(__always)
private func addMIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).changeI(.add, Indexed.self)
}
@inline(__always)
private func orMIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).changeI(.or, At<Base>.self)
}
@inline(__always)
private func orMIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).changeI(.or, Indexed.self)
}
@inline(__always)
private func andMIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).changeI(.and, At<Base>.self)
}
@inline(__always)
private func andMIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).changeI(.and, Indexed.self)
}
@inline(__always)
private func subMIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).changeI(.sub, At<Base>.self)
}
@inline(__always)
private func subMIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).changeI(.sub, Indexed.self)
}
@inline(__always)
private func xorMIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).changeI(.xor, At<Base>.self)
}
@inline(__always)
private func xorMIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).changeI(.xor, Indexed.self)
}
@inline(__always)
private func incMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepM(At<Base>.self, by: 1)
}
@inline(__always)
private func incMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepM(Indexed.self, by: 1)
}
@inline(__always)
private func decMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepM(At<Base>.self, by: .max)
}
@inline(__always)
private func decMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stepM(Indexed.self, by: .max)
}
@inline(__always)
private func cmp8MRAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(At<Base>.self, UInt8.self)
}
@inline(__always)
private func cmp8MRIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(Indexed.self, UInt8.self)
}
@inline(__always)
private func cmp32MRAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(At<Base>.self, UInt32.self)
}
@inline(__always)
private func cmp32MRIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(Indexed.self, UInt32.self)
}
@inline(__always)
private func cmp8RMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareWithM(At<Base>.self, UInt8.self)
}
@inline(__always)
private func cmp8RMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareWithM(Indexed.self, UInt8.self)
}
@inline(__always)
private func cmp8MIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareI(At<Base>.self, UInt8.self)
}
@inline(__always)
private func cmp8MIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareI(Indexed.self, UInt8.self)
}
@inline(__always)
private func cmp32MIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareI(At<Base>.self, UInt32.self)
}
@inline(__always)
private func cmp32MIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareI(Indexed.self, UInt32.self)
}
@inline(__always)
private func test8MIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testMI(At<Base>.self, UInt8.self)
}
@inline(__always)
private func test8MIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testMI(Indexed.self, UInt8.self)
}
@inline(__always)
private func test32MIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testMI(At<Base>.self, UInt32.self)
}
@inline(__always)
private func test32MIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).testMI(Indexed.self, UInt32.self)
}
@inline(__always)
private func pushMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPushM(At<Base>.self)
}
@inline(__always)
private func pushMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPushM(Indexed.self)
}
@inline(__always)
private func nearMov8RMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadPart(Near.self, UInt8.self)
}
@inline(__always)
private func nearMov8RMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadPart(NearIndexed.self, UInt8.self)
}
@inline(__always)
private func nearMov16RMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadPart(Near.self, UInt16.self)
}
@inline(__always)
private func nearMov16RMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loadPart(NearIndexed.self, UInt16.self)
}
@inline(__always)
private func nearMov8MRAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storePart(Near.self, UInt8.self)
}
@inline(__always)
private func nearMov8MRIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storePart(NearIndexed.self, UInt8.self)
}
@inline(__always)
private func nearMov16MRAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storePart(Near.self, UInt16.self)
}
@inline(__always)
private func nearMov16MRIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storePart(NearIndexed.self, UInt16.self)
}
@inline(__always)
private func nearMov8MIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeI(Near.self, UInt8.self)
}
@inline(__always)
private func nearMov8MIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeI(NearIndexed.self, UInt8.self)
}
@inline(__always)
private func nearMov16MIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeI(Near.self, UInt16.self)
}
@inline(__always)
private func nearMov16MIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).storeI(NearIndexed.self, UInt16.self)
}
@inline(__always)
private func nearCmp8MRAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(Near.self, UInt8.self)
}
@inline(__always)
private func nearCmp8MRIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(NearIndexed.self, UInt8.self)
}
@inline(__always)
private func nearCmp8RMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareWithM(Near.self, UInt8.self)
}
@inline(__always)
private func nearCmp8RMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareWithM(NearIndexed.self, UInt8.self)
}
@inline(__always)
private func nearCmp8MIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareI(Near.self, UInt8.self)
}
@inline(__always)
private func nearCmp8MIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareI(NearIndexed.self, UInt8.self)
}
@inline(__always)
private func nearCmp16MRAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(Near.self, UInt16.self)
}
@inline(__always)
private func nearCmp16MRIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareM(NearIndexed.self, UInt16.self)
}
@inline(__always)
private func nearCmp16RMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareWithM(Near.self, UInt16.self)
}
@inline(__always)
private func nearCmp16RMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareWithM(NearIndexed.self, UInt16.self)
}
@inline(__always)
private func nearCmp16MIAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareI(Near.self, UInt16.self)
}
@inline(__always)
private func nearCmp16MIIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).compareI(NearIndexed.self, UInt16.self)
}
@inline(__always)
private func nearAdd16RMAt(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).addM(Near.self, UInt16.self)
}
@inline(__always)
private func nearAdd16RMIndexed(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).addM(NearIndexed.self, UInt16.self)
}
@inline(__always)
private func stos8Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stos(UInt8.self, UInt16.self)
}
@inline(__always)
private func stos16Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stos(UInt16.self, UInt16.self)
}
@inline(__always)
private func stos32Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).stos(UInt32.self, UInt16.self)
}
@inline(__always)
private func lods8Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).lods(UInt8.self, UInt16.self)
}
@inline(__always)
private func lods16Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).lods(UInt16.self, UInt16.self)
}
@inline(__always)
private func lods32Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).lods(UInt32.self, UInt16.self)
}
@inline(__always)
private func movs8Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movs(UInt8.self, UInt16.self)
}
@inline(__always)
private func movs16Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movs(UInt16.self, UInt16.self)
}
@inline(__always)
private func movs32Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).movs(UInt32.self, UInt16.self)
}
@inline(__always)
private func scas8Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scas(UInt8.self, UInt16.self)
}
@inline(__always)
private func scas16Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scas(UInt16.self, UInt16.self)
}
@inline(__always)
private func scas32Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).scas(UInt32.self, UInt16.self)
}
@inline(__always)
private func cmps8Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).cmps(UInt8.self, UInt16.self)
}
@inline(__always)
private func cmps16Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).cmps(UInt16.self, UInt16.self)
}
@inline(__always)
private func cmps32Near(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).cmps(UInt32.self, UInt16.self)
}
@inline(__always)
private func pushEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPush(EAX.self)
}
@inline(__always)
private func pushECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPush(ECX.self)
}
@inline(__always)
private func pushEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPush(EDX.self)
}
@inline(__always)
private func pushEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPush(EBX.self)
}
@inline(__always)
private func pushEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPush(EBP.self)
}
@inline(__always)
private func pushESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPush(ESI.self)
}
@inline(__always)
private func pushEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPush(EDI.self)
}
@inline(__always)
private func popEAX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPop(EAX.self)
}
@inline(__always)
private func popECX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPop(ECX.self)
}
@inline(__always)
private func popEDX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPop(EDX.self)
}
@inline(__always)
private func popEBX(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPop(EBX.self)
}
@inline(__always)
private func popEBP(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPop(EBP.self)
}
@inline(__always)
private func popESI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPop(ESI.self)
}
@inline(__always)
private func popEDI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPop(EDI.self)
}
@inline(__always)
private func flatJo(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 0))
}
@inline(__always)
private func flatJno(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 1))
}
@inline(__always)
private func flatJb(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 2))
}
@inline(__always)
private func flatJae(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 3))
}
@inline(__always)
private func flatJe(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 4))
}
@inline(__always)
private func flatJne(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 5))
}
@inline(__always)
private func flatJbe(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 6))
}
@inline(__always)
private func flatJa(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 7))
}
@inline(__always)
private func flatJs(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 8))
}
@inline(__always)
private func flatJns(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 9))
}
@inline(__always)
private func flatJp(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 10))
}
@inline(__always)
private func flatJnp(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 11))
}
@inline(__always)
private func flatJl(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 12))
}
@inline(__always)
private func flatJge(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 13))
}
@inline(__always)
private func flatJle(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 14))
}
@inline(__always)
private func flatJg(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatBranch(if: Condition(opcode: 15))
}
@inline(__always)
private func flatPushI(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatPushI()
}
@inline(__always)
private func flatCall(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatCall()
}
@inline(__always)
private func flatReturn(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatReturn()
}
@inline(__always)
private func flatJump(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatJump()
}
@inline(__always)
private func loopNear(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).loop(UInt16.self)
}
@inline(__always)
private func flatEnd(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).flatFallThrough()
}

/// The handlers by form; nil where the usual one serves.
enum RegisterHandlers {
    /// By 8 x first + second.
    static let addRR: [Handler?] = [
        addEAXEAX, addEAXECX, addEAXEDX, addEAXEBX, addEAXESP, addEAXEBP, addEAXESI, addEAXEDI, addECXEAX, addECXECX,
        addECXEDX, addECXEBX, addECXESP, addECXEBP, addECXESI, addECXEDI, addEDXEAX, addEDXECX, addEDXEDX, addEDXEBX,
        addEDXESP, addEDXEBP, addEDXESI, addEDXEDI, addEBXEAX, addEBXECX, addEBXEDX, addEBXEBX, addEBXESP, addEBXEBP,
        addEBXESI, addEBXEDI, addESPEAX, addESPECX, addESPEDX, addESPEBX, addESPESP, addESPEBP, addESPESI, addESPEDI,
        addEBPEAX, addEBPECX, addEBPEDX, addEBPEBX, addEBPESP, addEBPEBP, addEBPESI, addEBPEDI, addESIEAX, addESIECX,
        addESIEDX, addESIEBX, addESIESP, addESIEBP, addESIESI, addESIEDI, addEDIEAX, addEDIECX, addEDIEDX, addEDIEBX,
        addEDIESP, addEDIEBP, addEDIESI, addEDIEDI,
    ]
    /// By 8 x first + second.
    static let orRR: [Handler?] = [
        nil, orEAXECX, orEAXEDX, orEAXEBX, orEAXESP, orEAXEBP, orEAXESI, orEAXEDI, orECXEAX, nil, orECXEDX, orECXEBX,
        orECXESP, orECXEBP, orECXESI, orECXEDI, orEDXEAX, orEDXECX, nil, orEDXEBX, orEDXESP, orEDXEBP, orEDXESI,
        orEDXEDI, orEBXEAX, orEBXECX, orEBXEDX, nil, orEBXESP, orEBXEBP, orEBXESI, orEBXEDI, orESPEAX, orESPECX,
        orESPEDX, orESPEBX, nil, orESPEBP, orESPESI, orESPEDI, orEBPEAX, orEBPECX, orEBPEDX, orEBPEBX, orEBPESP, nil,
        orEBPESI, orEBPEDI, orESIEAX, orESIECX, orESIEDX, orESIEBX, orESIESP, orESIEBP, nil, orESIEDI, orEDIEAX,
        orEDIECX, orEDIEDX, orEDIEBX, orEDIESP, orEDIEBP, orEDIESI, nil,
    ]
    /// By 8 x first + second.
    static let andRR: [Handler?] = [
        nil, andEAXECX, andEAXEDX, andEAXEBX, andEAXESP, andEAXEBP, andEAXESI, andEAXEDI, andECXEAX, nil, andECXEDX,
        andECXEBX, andECXESP, andECXEBP, andECXESI, andECXEDI, andEDXEAX, andEDXECX, nil, andEDXEBX, andEDXESP,
        andEDXEBP, andEDXESI, andEDXEDI, andEBXEAX, andEBXECX, andEBXEDX, nil, andEBXESP, andEBXEBP, andEBXESI,
        andEBXEDI, andESPEAX, andESPECX, andESPEDX, andESPEBX, nil, andESPEBP, andESPESI, andESPEDI, andEBPEAX,
        andEBPECX, andEBPEDX, andEBPEBX, andEBPESP, nil, andEBPESI, andEBPEDI, andESIEAX, andESIECX, andESIEDX,
        andESIEBX, andESIESP, andESIEBP, nil, andESIEDI, andEDIEAX, andEDIECX, andEDIEDX, andEDIEBX, andEDIESP,
        andEDIEBP, andEDIESI, nil,
    ]
    /// By 8 x first + second.
    static let subRR: [Handler?] = [
        nil, subEAXECX, subEAXEDX, subEAXEBX, subEAXESP, subEAXEBP, subEAXESI, subEAXEDI, subECXEAX, nil, subECXEDX,
        subECXEBX, subECXESP, subECXEBP, subECXESI, subECXEDI, subEDXEAX, subEDXECX, nil, subEDXEBX, subEDXESP,
        subEDXEBP, subEDXESI, subEDXEDI, subEBXEAX, subEBXECX, subEBXEDX, nil, subEBXESP, subEBXEBP, subEBXESI,
        subEBXEDI, subESPEAX, subESPECX, subESPEDX, subESPEBX, nil, subESPEBP, subESPESI, subESPEDI, subEBPEAX,
        subEBPECX, subEBPEDX, subEBPEBX, subEBPESP, nil, subEBPESI, subEBPEDI, subESIEAX, subESIECX, subESIEDX,
        subESIEBX, subESIESP, subESIEBP, nil, subESIEDI, subEDIEAX, subEDIECX, subEDIEDX, subEDIEBX, subEDIESP,
        subEDIEBP, subEDIESI, nil,
    ]
    /// By 8 x first + second.
    static let xorRR: [Handler?] = [
        xorEAXEAX, xorEAXECX, xorEAXEDX, xorEAXEBX, xorEAXESP, xorEAXEBP, xorEAXESI, xorEAXEDI, xorECXEAX, xorECXECX,
        xorECXEDX, xorECXEBX, xorECXESP, xorECXEBP, xorECXESI, xorECXEDI, xorEDXEAX, xorEDXECX, xorEDXEDX, xorEDXEBX,
        xorEDXESP, xorEDXEBP, xorEDXESI, xorEDXEDI, xorEBXEAX, xorEBXECX, xorEBXEDX, xorEBXEBX, xorEBXESP, xorEBXEBP,
        xorEBXESI, xorEBXEDI, xorESPEAX, xorESPECX, xorESPEDX, xorESPEBX, xorESPESP, xorESPEBP, xorESPESI, xorESPEDI,
        xorEBPEAX, xorEBPECX, xorEBPEDX, xorEBPEBX, xorEBPESP, xorEBPEBP, xorEBPESI, xorEBPEDI, xorESIEAX, xorESIECX,
        xorESIEDX, xorESIEBX, xorESIESP, xorESIEBP, xorESIESI, xorESIEDI, xorEDIEAX, xorEDIECX, xorEDIEDX, xorEDIEBX,
        xorEDIESP, xorEDIEBP, xorEDIESI, xorEDIEDI,
    ]
    /// By 8 x first + second.
    static let cmpRR: [Handler?] = [
        nil, cmpEAXECX, cmpEAXEDX, cmpEAXEBX, cmpEAXESP, cmpEAXEBP, cmpEAXESI, cmpEAXEDI, cmpECXEAX, nil, cmpECXEDX,
        cmpECXEBX, cmpECXESP, cmpECXEBP, cmpECXESI, cmpECXEDI, cmpEDXEAX, cmpEDXECX, nil, cmpEDXEBX, cmpEDXESP,
        cmpEDXEBP, cmpEDXESI, cmpEDXEDI, cmpEBXEAX, cmpEBXECX, cmpEBXEDX, nil, cmpEBXESP, cmpEBXEBP, cmpEBXESI,
        cmpEBXEDI, cmpESPEAX, cmpESPECX, cmpESPEDX, cmpESPEBX, nil, cmpESPEBP, cmpESPESI, cmpESPEDI, cmpEBPEAX,
        cmpEBPECX, cmpEBPEDX, cmpEBPEBX, cmpEBPESP, nil, cmpEBPESI, cmpEBPEDI, cmpESIEAX, cmpESIECX, cmpESIEDX,
        cmpESIEBX, cmpESIESP, cmpESIEBP, nil, cmpESIEDI, cmpEDIEAX, cmpEDIECX, cmpEDIEDX, cmpEDIEBX, cmpEDIESP,
        cmpEDIEBP, cmpEDIESI, nil,
    ]
    /// By 8 x first + second.
    static let movRR: [Handler?] = [
        nil, movEAXECX, movEAXEDX, movEAXEBX, movEAXESP, movEAXEBP, movEAXESI, movEAXEDI, movECXEAX, nil, movECXEDX,
        movECXEBX, movECXESP, movECXEBP, movECXESI, movECXEDI, movEDXEAX, movEDXECX, nil, movEDXEBX, movEDXESP,
        movEDXEBP, movEDXESI, movEDXEDI, movEBXEAX, movEBXECX, movEBXEDX, nil, movEBXESP, movEBXEBP, movEBXESI,
        movEBXEDI, movESPEAX, movESPECX, movESPEDX, movESPEBX, nil, movESPEBP, movESPESI, movESPEDI, movEBPEAX,
        movEBPECX, movEBPEDX, movEBPEBX, movEBPESP, nil, movEBPESI, movEBPEDI, movESIEAX, movESIECX, movESIEDX,
        movESIEBX, movESIESP, movESIEBP, nil, movESIEDI, movEDIEAX, movEDIECX, movEDIEDX, movEDIEBX, movEDIESP,
        movEDIEBP, movEDIESI, nil,
    ]
    /// By 8 x first + second.
    static let testRR: [Handler?] = [
        testEAXEAX, testEAXECX, testEAXEDX, testEAXEBX, testEAXESP, testEAXEBP, testEAXESI, testEAXEDI, testEAXECX,
        testECXECX, testECXEDX, testECXEBX, testECXESP, testECXEBP, testECXESI, testECXEDI, testEAXEDX, testECXEDX,
        testEDXEDX, testEDXEBX, testEDXESP, testEDXEBP, testEDXESI, testEDXEDI, testEAXEBX, testECXEBX, testEDXEBX,
        testEBXEBX, testEBXESP, testEBXEBP, testEBXESI, testEBXEDI, testEAXESP, testECXESP, testEDXESP, testEBXESP,
        testESPESP, testESPEBP, testESPESI, testESPEDI, testEAXEBP, testECXEBP, testEDXEBP, testEBXEBP, testESPEBP,
        testEBPEBP, testEBPESI, testEBPEDI, testEAXESI, testECXESI, testEDXESI, testEBXESI, testESPESI, testEBPESI,
        testESIESI, testESIEDI, testEAXEDI, testECXEDI, testEDXEDI, testEBXEDI, testESPEDI, testEBPEDI, testESIEDI,
        testEDIEDI,
    ]
    /// By first.
    static let addRI: [Handler?] = [
        addEAXI, addECXI, addEDXI, addEBXI, addESPI, addEBPI, addESII, addEDII,
    ]
    /// By first.
    static let orRI: [Handler?] = [
        orEAXI, orECXI, orEDXI, orEBXI, orESPI, orEBPI, orESII, orEDII,
    ]
    /// By first.
    static let andRI: [Handler?] = [
        andEAXI, andECXI, andEDXI, andEBXI, andESPI, andEBPI, andESII, andEDII,
    ]
    /// By first.
    static let subRI: [Handler?] = [
        subEAXI, subECXI, subEDXI, subEBXI, subESPI, subEBPI, subESII, subEDII,
    ]
    /// By first.
    static let xorRI: [Handler?] = [
        xorEAXI, xorECXI, xorEDXI, xorEBXI, xorESPI, xorEBPI, xorESII, xorEDII,
    ]
    /// By first.
    static let cmpRI: [Handler?] = [
        cmpEAXI, cmpECXI, cmpEDXI, cmpEBXI, cmpESPI, cmpEBPI, cmpESII, cmpEDII,
    ]
    /// By first.
    static let movRI: [Handler?] = [
        movEAXRI, movECXRI, movEDXRI, movEBXRI, movESPRI, movEBPRI, movESIRI, movEDIRI,
    ]
    /// By first.
    static let testRI: [Handler?] = [
        testEAXI, testECXI, testEDXI, testEBXI, testESPI, testEBPI, testESII, testEDII,
    ]
    /// By first.
    static let incR: [Handler?] = [
        incEAXR, incECXR, incEDXR, incEBXR, incESPR, incEBPR, incESIR, incEDIR,
    ]
    /// By first.
    static let decR: [Handler?] = [
        decEAXR, decECXR, decEDXR, decEBXR, decESPR, decEBPR, decESIR, decEDIR,
    ]
    /// By first.
    static let shlRI: [Handler?] = [
        shlEAXRI, shlECXRI, shlEDXRI, shlEBXRI, shlESPRI, shlEBPRI, shlESIRI, shlEDIRI,
    ]
    /// By first.
    static let shrRI: [Handler?] = [
        shrEAXRI, shrECXRI, shrEDXRI, shrEBXRI, shrESPRI, shrEBPRI, shrESIRI, shrEDIRI,
    ]
    /// By first.
    static let sarRI: [Handler?] = [
        sarEAXRI, sarECXRI, sarEDXRI, sarEBXRI, sarESPRI, sarEBPRI, sarESIRI, sarEDIRI,
    ]
    /// A base and a displacement, by first.
    static let leaRM: [Handler?] = [
        leaEAX, leaECX, leaEDX, leaEBX, leaESP, leaEBP, leaESI, leaEDI,
    ]
    /// A base, a scaled index and a displacement, by 4 x first + scale.
    static let leaScaled: [Handler?] = [
        leaEAXBy1, leaEAXBy2, leaEAXBy4, leaEAXBy8, leaECXBy1, leaECXBy2, leaECXBy4, leaECXBy8, leaEDXBy1, leaEDXBy2,
        leaEDXBy4, leaEDXBy8, leaEBXBy1, leaEBXBy2, leaEBXBy4, leaEBXBy8, leaESPBy1, leaESPBy2, leaESPBy4, leaESPBy8,
        leaEBPBy1, leaEBPBy2, leaEBPBy4, leaEBPBy8, leaESIBy1, leaESIBy2, leaESIBy4, leaESIBy8, leaEDIBy1, leaEDIBy2,
        leaEDIBy4, leaEDIBy8,
    ]
    /// By 9 x register + base, of which the last is none.
    static let loadAt: [Handler?] = [
        loadEAXEAX, loadEAXECX, loadEAXEDX, loadEAXEBX, loadEAXESP, loadEAXEBP, loadEAXESI, loadEAXEDI, loadEAXNone,
        loadECXEAX, loadECXECX, loadECXEDX, loadECXEBX, loadECXESP, loadECXEBP, loadECXESI, loadECXEDI, loadECXNone,
        loadEDXEAX, loadEDXECX, loadEDXEDX, loadEDXEBX, loadEDXESP, loadEDXEBP, loadEDXESI, loadEDXEDI, loadEDXNone,
        loadEBXEAX, loadEBXECX, loadEBXEDX, loadEBXEBX, loadEBXESP, loadEBXEBP, loadEBXESI, loadEBXEDI, loadEBXNone,
        loadESPEAX, loadESPECX, loadESPEDX, loadESPEBX, loadESPESP, loadESPEBP, loadESPESI, loadESPEDI, loadESPNone,
        loadEBPEAX, loadEBPECX, loadEBPEDX, loadEBPEBX, loadEBPESP, loadEBPEBP, loadEBPESI, loadEBPEDI, loadEBPNone,
        loadESIEAX, loadESIECX, loadESIEDX, loadESIEBX, loadESIESP, loadESIEBP, loadESIESI, loadESIEDI, loadESINone,
        loadEDIEAX, loadEDIECX, loadEDIEDX, loadEDIEBX, loadEDIESP, loadEDIEBP, loadEDIESI, loadEDIEDI, loadEDINone,
    ]
    /// By register.
    static let loadIndexed: [Handler?] = [
        loadEAXIndexed, loadECXIndexed, loadEDXIndexed, loadEBXIndexed, loadESPIndexed, loadEBPIndexed, loadESIIndexed,
        loadEDIIndexed,
    ]
    /// By 9 x register + base, of which the last is none.
    static let storeAt: [Handler?] = [
        storeEAXEAX, storeEAXECX, storeEAXEDX, storeEAXEBX, storeEAXESP, storeEAXEBP, storeEAXESI, storeEAXEDI,
        storeEAXNone, storeECXEAX, storeECXECX, storeECXEDX, storeECXEBX, storeECXESP, storeECXEBP, storeECXESI,
        storeECXEDI, storeECXNone, storeEDXEAX, storeEDXECX, storeEDXEDX, storeEDXEBX, storeEDXESP, storeEDXEBP,
        storeEDXESI, storeEDXEDI, storeEDXNone, storeEBXEAX, storeEBXECX, storeEBXEDX, storeEBXEBX, storeEBXESP,
        storeEBXEBP, storeEBXESI, storeEBXEDI, storeEBXNone, storeESPEAX, storeESPECX, storeESPEDX, storeESPEBX,
        storeESPESP, storeESPEBP, storeESPESI, storeESPEDI, storeESPNone, storeEBPEAX, storeEBPECX, storeEBPEDX,
        storeEBPEBX, storeEBPESP, storeEBPEBP, storeEBPESI, storeEBPEDI, storeEBPNone, storeESIEAX, storeESIECX,
        storeESIEDX, storeESIEBX, storeESIESP, storeESIEBP, storeESIESI, storeESIEDI, storeESINone, storeEDIEAX,
        storeEDIECX, storeEDIEDX, storeEDIEBX, storeEDIESP, storeEDIEBP, storeEDIESI, storeEDIEDI, storeEDINone,
    ]
    /// By register.
    static let storeIndexed: [Handler?] = [
        storeEAXIndexed, storeECXIndexed, storeEDXIndexed, storeEBXIndexed, storeESPIndexed, storeEBPIndexed,
        storeESIIndexed, storeEDIIndexed,
    ]
    /// By 2 x first + 1 with an index.
    static let addRM: [Handler?] = [
        addEAXAt, addEAXIndexed, addECXAt, addECXIndexed, addEDXAt, addEDXIndexed, addEBXAt, addEBXIndexed, addESPAt,
        addESPIndexed, addEBPAt, addEBPIndexed, addESIAt, addESIIndexed, addEDIAt, addEDIIndexed,
    ]
    /// By 2 x first + 1 with an index.
    static let orRM: [Handler?] = [
        orEAXAt, orEAXIndexed, orECXAt, orECXIndexed, orEDXAt, orEDXIndexed, orEBXAt, orEBXIndexed, orESPAt,
        orESPIndexed, orEBPAt, orEBPIndexed, orESIAt, orESIIndexed, orEDIAt, orEDIIndexed,
    ]
    /// By 2 x first + 1 with an index.
    static let andRM: [Handler?] = [
        andEAXAt, andEAXIndexed, andECXAt, andECXIndexed, andEDXAt, andEDXIndexed, andEBXAt, andEBXIndexed, andESPAt,
        andESPIndexed, andEBPAt, andEBPIndexed, andESIAt, andESIIndexed, andEDIAt, andEDIIndexed,
    ]
    /// By 2 x first + 1 with an index.
    static let subRM: [Handler?] = [
        subEAXAt, subEAXIndexed, subECXAt, subECXIndexed, subEDXAt, subEDXIndexed, subEBXAt, subEBXIndexed, subESPAt,
        subESPIndexed, subEBPAt, subEBPIndexed, subESIAt, subESIIndexed, subEDIAt, subEDIIndexed,
    ]
    /// By 2 x first + 1 with an index.
    static let xorRM: [Handler?] = [
        xorEAXAt, xorEAXIndexed, xorECXAt, xorECXIndexed, xorEDXAt, xorEDXIndexed, xorEBXAt, xorEBXIndexed, xorESPAt,
        xorESPIndexed, xorEBPAt, xorEBPIndexed, xorESIAt, xorESIIndexed, xorEDIAt, xorEDIIndexed,
    ]
    /// By 2 x first + 1 with an index.
    static let cmpRM: [Handler?] = [
        cmpEAXAt, cmpEAXIndexed, cmpECXAt, cmpECXIndexed, cmpEDXAt, cmpEDXIndexed, cmpEBXAt, cmpEBXIndexed, cmpESPAt,
        cmpESPIndexed, cmpEBPAt, cmpEBPIndexed, cmpESIAt, cmpESIIndexed, cmpEDIAt, cmpEDIIndexed,
    ]
    /// Without and with an index.
    static let mov8RM: [Handler?] = [
        mov8RMAt, mov8RMIndexed,
    ]
    /// Without and with an index.
    static let mov16RM: [Handler?] = [
        mov16RMAt, mov16RMIndexed,
    ]
    /// Without and with an index.
    static let mov8MR: [Handler?] = [
        mov8MRAt, mov8MRIndexed,
    ]
    /// Without and with an index.
    static let mov16MR: [Handler?] = [
        mov16MRAt, mov16MRIndexed,
    ]
    /// Without and with an index.
    static let mov8MI: [Handler?] = [
        mov8MIAt, mov8MIIndexed,
    ]
    /// Without and with an index.
    static let mov16MI: [Handler?] = [
        mov16MIAt, mov16MIIndexed,
    ]
    /// Without and with an index.
    static let mov32MI: [Handler?] = [
        mov32MIAt, mov32MIIndexed,
    ]
    /// Without and with an index.
    static let movzx8RM: [Handler?] = [
        movzx8RMAt, movzx8RMIndexed,
    ]
    /// Without and with an index.
    static let movzx16RM: [Handler?] = [
        movzx16RMAt, movzx16RMIndexed,
    ]
    /// Without and with an index.
    static let movsx8RM: [Handler?] = [
        movsx8RMAt, movsx8RMIndexed,
    ]
    /// Without and with an index.
    static let movsx16RM: [Handler?] = [
        movsx16RMAt, movsx16RMIndexed,
    ]
    /// Without and with an index.
    static let imulRM: [Handler?] = [
        imulRMAt, imulRMIndexed,
    ]
    /// Without and with an index.
    static let addMR: [Handler?] = [
        addMRAt, addMRIndexed,
    ]
    /// Without and with an index.
    static let orMR: [Handler?] = [
        orMRAt, orMRIndexed,
    ]
    /// Without and with an index.
    static let andMR: [Handler?] = [
        andMRAt, andMRIndexed,
    ]
    /// Without and with an index.
    static let subMR: [Handler?] = [
        subMRAt, subMRIndexed,
    ]
    /// Without and with an index.
    static let xorMR: [Handler?] = [
        xorMRAt, xorMRIndexed,
    ]
    /// Without and with an index.
    static let addMI: [Handler?] = [
        addMIAt, addMIIndexed,
    ]
    /// Without and with an index.
    static let orMI: [Handler?] = [
        orMIAt, orMIIndexed,
    ]
    /// Without and with an index.
    static let andMI: [Handler?] = [
        andMIAt, andMIIndexed,
    ]
    /// Without and with an index.
    static let subMI: [Handler?] = [
        subMIAt, subMIIndexed,
    ]
    /// Without and with an index.
    static let xorMI: [Handler?] = [
        xorMIAt, xorMIIndexed,
    ]
    /// Without and with an index.
    static let incM: [Handler?] = [
        incMAt, incMIndexed,
    ]
    /// Without and with an index.
    static let decM: [Handler?] = [
        decMAt, decMIndexed,
    ]
    /// Without and with an index.
    static let cmp8MR: [Handler?] = [
        cmp8MRAt, cmp8MRIndexed,
    ]
    /// Without and with an index.
    static let cmp32MR: [Handler?] = [
        cmp32MRAt, cmp32MRIndexed,
    ]
    /// Without and with an index.
    static let cmp8RM: [Handler?] = [
        cmp8RMAt, cmp8RMIndexed,
    ]
    /// Without and with an index.
    static let cmp8MI: [Handler?] = [
        cmp8MIAt, cmp8MIIndexed,
    ]
    /// Without and with an index.
    static let cmp32MI: [Handler?] = [
        cmp32MIAt, cmp32MIIndexed,
    ]
    /// Without and with an index.
    static let test8MI: [Handler?] = [
        test8MIAt, test8MIIndexed,
    ]
    /// Without and with an index.
    static let test32MI: [Handler?] = [
        test32MIAt, test32MIIndexed,
    ]
    /// Without and with an index.
    static let pushM: [Handler?] = [
        pushMAt, pushMIndexed,
    ]
    /// Without and with an index.
    static let nearMov8RM: [Handler?] = [
        nearMov8RMAt, nearMov8RMIndexed,
    ]
    /// Without and with an index.
    static let nearMov16RM: [Handler?] = [
        nearMov16RMAt, nearMov16RMIndexed,
    ]
    /// Without and with an index.
    static let nearMov8MR: [Handler?] = [
        nearMov8MRAt, nearMov8MRIndexed,
    ]
    /// Without and with an index.
    static let nearMov16MR: [Handler?] = [
        nearMov16MRAt, nearMov16MRIndexed,
    ]
    /// Without and with an index.
    static let nearMov8MI: [Handler?] = [
        nearMov8MIAt, nearMov8MIIndexed,
    ]
    /// Without and with an index.
    static let nearMov16MI: [Handler?] = [
        nearMov16MIAt, nearMov16MIIndexed,
    ]
    /// Without and with an index.
    static let nearCmp8MR: [Handler?] = [
        nearCmp8MRAt, nearCmp8MRIndexed,
    ]
    /// Without and with an index.
    static let nearCmp8RM: [Handler?] = [
        nearCmp8RMAt, nearCmp8RMIndexed,
    ]
    /// Without and with an index.
    static let nearCmp8MI: [Handler?] = [
        nearCmp8MIAt, nearCmp8MIIndexed,
    ]
    /// Without and with an index.
    static let nearCmp16MR: [Handler?] = [
        nearCmp16MRAt, nearCmp16MRIndexed,
    ]
    /// Without and with an index.
    static let nearCmp16RM: [Handler?] = [
        nearCmp16RMAt, nearCmp16RMIndexed,
    ]
    /// Without and with an index.
    static let nearCmp16MI: [Handler?] = [
        nearCmp16MIAt, nearCmp16MIIndexed,
    ]
    /// Without and with an index.
    static let nearAdd16RM: [Handler?] = [
        nearAdd16RMAt, nearAdd16RMIndexed,
    ]
    /// By operation and width, as they are in Dispatch.
    static let nearStrings: [Handler?] = [
        stos8Near, stos16Near, stos32Near, lods8Near, lods16Near, lods32Near, movs8Near, movs16Near, movs32Near,
        scas8Near, scas16Near, scas32Near, cmps8Near, cmps16Near, cmps32Near,
    ]
    /// By register.
    static let pushR: [Handler?] = [
        pushEAX, pushECX, pushEDX, pushEBX, nil, pushEBP, pushESI, pushEDI,
    ]
    /// By register.
    static let popR: [Handler?] = [
        popEAX, popECX, popEDX, popEBX, nil, popEBP, popESI, popEDI,
    ]
    /// By condition.
    static let jcc: [Handler?] = [
        flatJo, flatJno, flatJb, flatJae, flatJe, flatJne, flatJbe, flatJa, flatJs, flatJns, flatJp, flatJnp, flatJl,
        flatJge, flatJle, flatJg,
    ]
    static let pushI: Handler = flatPushI
    static let call: Handler = flatCall
    static let ret: Handler = flatReturn
    static let jump: Handler = flatJump
    static let nearLoop: Handler = loopNear
    static let blockEnd: Handler = flatEnd

    /// All of them.
    static var all: [Handler] {
        let tables = [
            addRR, orRR, andRR, subRR, xorRR, cmpRR, movRR, testRR, addRI, orRI, andRI, subRI, xorRI, cmpRI, movRI,
            testRI, incR, decR, shlRI, shrRI, sarRI, leaRM, leaScaled, loadAt, loadIndexed, storeAt, storeIndexed,
            addRM, orRM, andRM, subRM, xorRM, cmpRM, mov8RM, mov16RM, mov8MR, mov16MR, mov8MI, mov16MI, mov32MI,
            movzx8RM, movzx16RM, movsx8RM, movsx16RM, imulRM, addMR, orMR, andMR, subMR, xorMR, addMI, orMI, andMI,
            subMI, xorMI, incM, decM, cmp8MR, cmp32MR, cmp8RM, cmp8MI, cmp32MI, test8MI, test32MI, pushM, nearMov8RM,
            nearMov16RM, nearMov8MR, nearMov16MR, nearMov8MI, nearMov16MI, nearCmp8MR, nearCmp8RM, nearCmp8MI,
            nearCmp16MR, nearCmp16RM, nearCmp16MI, nearAdd16RM, nearStrings, pushR, popR, jcc, [pushI], [call], [ret],
            [jump], [nearLoop], [blockEnd],
        ]
        return tables.joined().compactMap { $0 }
    }
}
