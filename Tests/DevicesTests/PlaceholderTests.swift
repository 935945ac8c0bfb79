import Testing

@testable import X86Interp

@Test func placeholder() { #expect(Encoding.all.count > 100) }
