import Devices
import X86Interp

/// Reads the values of options; every error names the option, the value and the form that is wanted.
enum Values {
    /// A hexadecimal number, with or without `0x`, or a decimal one behind `0d`; nil if it is neither.
    static func hexadecimal(_ text: some StringProtocol) -> UInt64? {
        let text = text.lowercased()
        if text.hasPrefix("0d"), text.count > 2, let value = digits(text.dropFirst(2), radix: 10) { return value }
        return digits(text.hasPrefix("0x") ? text.dropFirst(2) : Substring(text), radix: 16)
    }

    /// A number in digits alone; nil if it is none or too large.
    static func digits(_ text: Substring, radix: Int) -> UInt64? {
        guard let first = text.first, first != "+", first != "-" else { return nil }
        return UInt64(text, radix: radix)
    }

    /// A number of things: decimal with an optional K, M or G (thousands), or `0x` and hexadecimal digits.
    static func count(_ text: String, _ option: String) throws(CommandError) -> UInt64 {
        guard let value = scaled(text, step: 1000) else {
            throw .usage("\(option): \(text.quoted) is no count; give a number such as 1000000 or 10M")
        }
        return value
    }

    /// A count that is at least 1.
    static func positive(_ text: String, _ option: String) throws(CommandError) -> UInt64 {
        let value = try count(text, option)
        guard value > 0 else { throw .usage("\(option): nothing would happen with 0; give at least 1") }
        return value
    }

    /// A size of memory in bytes: a number with K, M or G, MiB without a letter, or bytes behind `0x`.
    static func size(_ text: String, _ option: String) throws(CommandError) -> Int {
        let range = 4096...(0xFFFF_F000 as UInt64)
        let isPlain = text.allSatisfy { ("0"..."9").contains($0) }
        guard let value = scaled(isPlain ? text + "M" : text, step: 1024), range.contains(value) else {
            throw .usage("\(option): \(text.quoted) is no size of memory; give one from 4K to 4095M, such as 16M")
        }
        return Int(value)
    }

    private static func scaled(_ text: String, step: UInt64) -> UInt64? {
        let text = text.lowercased()
        if text.hasPrefix("0x") { return digits(text.dropFirst(2), radix: 16) }
        let powers: [Character: Int] = ["k": 1, "m": 2, "g": 3]
        let power = text.last.flatMap { powers[$0] }
        guard let value = digits(power == nil ? Substring(text) : text.dropLast(), radix: 10) else { return nil }
        var result = value
        for _ in 0..<(power ?? 0) {
            let (product, overflow) = result.multipliedReportingOverflow(by: step)
            guard !overflow else { return nil }
            result = product
        }
        return result
    }

    /// Seconds, above 0 and at most a year.
    static func seconds(_ text: String, _ option: String) throws(CommandError) -> Double {
        guard let value = Double(text), value > 0, value <= 31_536_000 else {
            throw .usage("\(option): \(text.quoted) is no time in seconds; give one such as 10 or 0.5")
        }
        return value
    }

    /// A time such as `2026-01-01T12:30:00` or a date, in seconds from 1970.
    static func time(_ text: String, _ option: String) throws(CommandError) -> Int64 {
        let parts = text.split(separator: "T", maxSplits: 1).map { $0.split(whereSeparator: { "-:".contains($0) }) }
        let numbers = parts.flatMap { $0.map { digits($0, radix: 10).flatMap { Int(exactly: $0) } ?? -1 } }
        let date = CalendarDate(numbers)
        guard let first = parts.first, first.count == 3, parts.count == 1 || parts[1].count >= 2, let date else {
            throw .usage("\(option): \(text.quoted) is no time; give host or one such as 2026-01-01T12:30:00")
        }
        return date.seconds
    }

    /// Year, month, day and maybe hour, minute and second, each within its bounds.
    private struct CalendarDate {
        let seconds: Int64

        /// Nil for what is in no calendar, such as 30 February.
        init?(_ numbers: [Int]) {
            let ranges = [1980...2099, 1...12, 1...31, 0...23, 0...59, 0...59]
            guard (3...6).contains(numbers.count), zip(numbers, ranges).allSatisfy({ $1.contains($0) }) else {
                return nil
            }
            let all = numbers + [0, 0, 0]
            guard let days = CalendarTime.days(year: all[0], month: all[1], day: all[2]) else { return nil }
            seconds = days * 86400 + Int64(all[3] * 3600 + all[4] * 60 + all[5])
        }
    }

    /// A port number in hexadecimal.
    static func port(_ text: String, _ option: String) throws(CommandError) -> UInt16 {
        guard let value = hexadecimal(text), let port = UInt16(exactly: value) else {
            throw .usage("\(option): \(text.quoted) is no port; give a hexadecimal number from 0 to ffff")
        }
        return port
    }

    /// A linear address in hexadecimal.
    static func address(_ text: String, _ option: String) throws(CommandError) -> UInt32 {
        guard let value = hexadecimal(text), let address = UInt32(exactly: value) else {
            throw .usage("\(option): \(text.quoted) is no address; give a hexadecimal number from 0 to ffffffff")
        }
        return address
    }

    /// A `SEG:OFF` in hexadecimal.
    static func far(_ text: String, _ option: String) throws(CommandError) -> FarAddress {
        guard let address = far(text) else {
            throw .usage("\(option): \(text.quoted) is no SEG:OFF; give hexadecimal numbers such as 1000:0100")
        }
        return address
    }

    private static func far(_ text: String) -> FarAddress? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let segment = hexadecimal(parts[0]).flatMap({ UInt16(exactly: $0) }),
            let offset = hexadecimal(parts[1]).flatMap({ UInt16(exactly: $0) })
        else { return nil }
        return FarAddress(segment: segment, offset: offset)
    }

    /// A `FILE@SEG:OFF` or `FILE@LINEAR`; the last `@` counts.
    static func load(_ text: String, _ option: String) throws(CommandError) -> LoadRequest {
        guard let at = text.lastIndex(of: "@"), at > text.startIndex else {
            throw .usage("\(option): \(text.quoted) names no place; give FILE@SEG:OFF or FILE@LINEAR")
        }
        let path = String(text[..<at])
        let place = String(text[text.index(after: at)...])
        if let far = far(place) { return LoadRequest(path: path, address: far.linear, far: far) }
        guard let value = hexadecimal(place), let address = UInt32(exactly: value) else {
            throw .usage("\(option): \(place.quoted) is no place; give SEG:OFF or a linear address in hexadecimal")
        }
        return LoadRequest(path: path, address: address, far: nil)
    }

    /// A `FILE`, `FILE@SEG:OFF` or `FILE@LINEAR`; the last `@` counts.
    static func symbols(_ text: String, _ option: String) throws(CommandError) -> SymbolFile {
        guard text.contains("@") else { return SymbolFile(path: text) }
        let load = try load(text, option)
        return SymbolFile(path: load.path, base: load.far.map { .far($0) } ?? .linear(load.address))
    }

    /// The command line of a DOS program in code page 437.
    static func commandLine(_ text: String, _ option: String) throws(CommandError) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard scalar.value >= 0x20, let byte = CodePage437.byte(for: scalar) else {
                throw .usage("\(option): \(String(scalar).quoted) is no character of code page 437; leave it out")
            }
            bytes.append(byte)
        }
        guard bytes.count < DOSProcess.largestTail else {
            let limit = DOSProcess.largestTail - 1
            throw .usage("\(option): DOS has room for \(limit) characters, not \(bytes.count); shorten it")
        }
        return bytes
    }

    /// Comma-separated `NAME=VALUE` pairs of registers.
    static func registers(_ text: String, _ option: String) throws(CommandError) -> [RegisterValue] {
        var values: [RegisterValue] = []
        for pair in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = pair.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, let value = RegisterBits(parts[1]) else {
                throw .usage("\(option): \(String(pair).quoted) is no REG=VALUE; give pairs such as ax=1,es=1000")
            }
            guard let register = RegisterName(String(parts[0])) else {
                let name = String(parts[0]).quoted
                throw .usage(
                    "\(option): no register \(name); there are eax, ax, al, ds, eip, eflags, st0, fcw, xmm0 and so on")
            }
            guard value.fits(register.bits) else {
                throw .usage("\(option): \(String(parts[1]).quoted) does not fit into \(parts[0].lowercased())")
            }
            values.append(RegisterValue(register: register, value: value))
        }
        return values
    }

    /// `NAME=FILE` or `NAME=string:TEXT`.
    static func firmwareFile(_ text: String, _ option: String) throws(CommandError) -> FirmwareFile {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw .usage("\(option): \(text.quoted) is no NAME=FILE; give opt/config=FILE or opt/config=string:TEXT")
        }
        let name = String(text[..<equals])
        let value = String(text[text.index(after: equals)...])
        guard name.utf8.count <= 55 else {
            throw .usage("\(option): the name \(name.quoted) is longer than the 55 bytes that fw_cfg has room for")
        }
        guard value.hasPrefix("string:") else { return FirmwareFile(name: name, source: .file(value)) }
        return FirmwareFile(name: name, source: .text(String(value.dropFirst(7))))
    }

    /// One of the names of an enumeration.
    static func choice<Choice: RawRepresentable & CaseIterable>(
        _ text: String, _ option: String, _ type: Choice.Type = Choice.self
    ) throws(CommandError) -> Choice where Choice.RawValue == String {
        if let choice = Choice(rawValue: text.lowercased()) { return choice }
        throw unknown(text, option, Choice.allCases.map(\.rawValue))
    }

    /// One of some names.
    static func name(_ text: String, _ option: String, of names: [String]) throws(CommandError) -> String {
        guard names.contains(text.lowercased()) else { throw unknown(text, option, names) }
        return text.lowercased()
    }

    /// The error for a name that is none of `names`.
    static func unknown(_ text: String, _ option: String, _ names: [String]) -> CommandError {
        .usage("\(option): \(text.quoted) is none of \(names.joined(separator: ", "))")
    }

    /// What is done at keyboard and mouse.
    static func keys(_ text: String, _ option: String? = nil) throws(CommandError) -> [KeyScript.Step] {
        let (steps, part) = KeyScript.parse(text)
        let place = option.map { $0 + ": " } ?? ""
        guard let steps else {
            throw .usage(
                "\(place)\(part.quoted) is no key; there are {up}, {f1}, {esc}, {ctrl-c}, {{, {wait:TEXT}, {wait:5s}, "
                    + "{mouse:X,Y}, {click:left}")
        }
        guard steps.count <= KeyScript.limit else {
            throw .usage("\(place)\(KeyScript.limit) keys are enough; type the rest by a pipe")
        }
        return steps
    }
}
