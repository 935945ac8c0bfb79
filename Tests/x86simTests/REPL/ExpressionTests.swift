import Testing
import X86Interp

@testable import x86sim

@Suite("The debugger's expressions")
struct ExpressionTests {
    /// A session with EAX 12345678, BX 10, BP 7B00, a stack and memory that are known.
    private static func session() throws -> Session {
        let file = try TemporaryFile([0xF4])
        let registers = "eax=12345678,ebx=10,ebp=7b00,es=1000,ds=50"
        let (session, _) = try SessionRunner.session([file.path, "--boot", "flat", "--regs", registers])
        session.execute("e 7afe 34 12 78 56")
        session.execute("e 510 aa bb cc dd")
        session.symbols.add([Symbol(name: "start", address: 0x7C00), Symbol(name: "face", address: 0x7C10)])
        return session
    }

    /// An expression and its value.
    private static let values: [(String, UInt64)] = [
        ("10", 0x10), ("0d10", 10), ("0x10", 0x10), ("7c00h", 0x7C00), ("'A'", 0x41), ("cf", 0), ("0cf", 0xCF),
        ("eax", 0x1234_5678), ("ax", 0x5678), ("al", 0x78), ("ah", 0x56), ("$eax", 0x1234_5678), ("es", 0x1000),
        ("es.base", 0x10000), ("1+2*3", 7), ("(1+2)*3", 9), ("-1", 0xFFFF_FFFF), ("~0", 0xFFFF_FFFF), ("!5", 0),
        ("1<<4", 16), ("8>>1", 4), ("7&3|8", 11), ("6^3", 5), ("1==1", 1), ("1!=1", 0), ("2>=3", 0), ("1&&0", 0),
        ("1||0", 1), ("0d17%5", 2), ("0d17/5", 3), ("[bp-2]", 0x1234), ("byte [bp-2]", 0x34),
        ("dword [bp-2]", 0x5678_1234), ("word ptr [bp]", 0x5678), ("byte [bx]", 0xAA), ("[ds:bx+2]", 0xDDCC),
        ("[0050:0010]", 0xBBAA), ("[510]", 0xBBAA), ("start", 0x7C00), ("start+5", 0x7C05), ("face", 0x7C10),
        ("0face", 0xFACE), ("  1 +\t2 ", 3), ("bh", 0), ("icount", 0), ("cr0 & 1", 0), ("iopl", 0),
    ]

    @Test(arguments: values) func anExpressionHasItsValue(text: String, value: UInt64) throws {
        let session = try Self.session()
        var parser = ExpressionParser(Substring(text), names: session.names)
        let expression = try parser.expression()
        #expect(parser.rest.allSatisfy { $0 == " " })
        #expect(try session.evaluate(expression) == value)
        // What is printed can be read again.
        var again = ExpressionParser(Substring(expression.text), names: session.names)
        #expect(try session.evaluate(try again.expression()) == value)
    }

    /// An expression that is wrong, and a part of the message.
    private static let errors: [(String, String)] = [
        ("", "too early"), ("1+", "too early"), ("(1", "a ')' is missing"), ("[bp", "a ']' is missing"),
        ("xyz", "no register, symbol or hexadecimal number"), ("1/0", "division by zero"), ("@", "no register"),
        ("[10000000000]", "no address"), ("%", "begins no value"), ("'ab'", "a character is one"),
        ("[ax=1]", "write =="), ("[123456:0]", "no"),
        (String(repeating: "(", count: 5000), "too long"), (String(repeating: "1+", count: 5000) + "1", "too long"),
    ]

    @Test(arguments: errors) func aWrongExpressionIsAnError(text: String, part: String) throws {
        let session = try Self.session()
        #expect {
            var parser = ExpressionParser(Substring(text), names: session.names)
            _ = try session.evaluate(try parser.expression())
        } throws: { error in (error as? CommandError)?.message.contains(part) == true }
    }

    @Test func theRadixCanBeTen() throws {
        let session = try Self.session()
        session.execute("set radix 10")
        var parser = ExpressionParser("10 ", radix: session.radix)
        #expect(try parser.expression() == .number(10))
        var hexadecimal = ExpressionParser("0x10", radix: session.radix)
        #expect(try hexadecimal.expression() == .number(16))
        session.execute("set radix 16")
        #expect(session.radix == 16)
    }

    /// An address, its linear form, its text.
    private static let places: [(String, UInt32, String)] = [
        ("7c23", 0x7C23, "00007C23"), ("0000:7c23", 0x7C23, "0000:7C23"), ("7c0:23", 0x7C23, "07C0:0023"),
        ("es:bx+4", 0x10014, "1000:0014"), ("start", 0x7C00, "00007C00"), ("ffff:10", 0x10_0000, "FFFF:0010"),
    ]

    @Test(arguments: places) func anAddressIsFound(text: String, linear: UInt32, shown: String) throws {
        let session = try Self.session()
        var parser = ExpressionParser(Substring(text), names: session.names)
        let place = try session.resolve(try parser.place())
        #expect(place.linear == linear)
        #expect(place.text == shown)
    }
}
