/// The PC's own character set.
///
/// Source: IBM's code page 437 with the graphics below 20.
package enum CodePage437 {
    /// All 256 characters; 00 and FF look like spaces.
    private static let scalars: [Unicode.Scalar] = Array(
        (" ☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼"
            + " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~⌂"
            + "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
            + "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ").unicodeScalars)

    /// How a character looks on the screen.
    package static func scalar(_ byte: UInt8) -> Unicode.Scalar { scalars[Int(byte)] }

    /// The character of a Unicode scalar, control characters as they are; nil if the set lacks it.
    package static func byte(for scalar: Unicode.Scalar) -> UInt8? {
        if scalar.isASCII { return UInt8(truncatingIfNeeded: scalar.value) }
        return scalars.firstIndex(of: scalar).map { UInt8($0) }
    }
}
