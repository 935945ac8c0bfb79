/// A display adapter as firmware of the host's sets it up and draws on it, whatever kind it is.
public protocol DisplayAdapter: AnyObject {
    /// Whether its memory is at a physical address.
    func holds(_ address: UInt32) -> Bool
    /// Bytes of its memory from a physical address on, without side effects.
    func bytes(at address: UInt32, count: Int) -> [UInt8]
    /// Writes bytes to its memory from a physical address on.
    func store(_ bytes: [UInt8], at address: UInt32)
    /// Sets a video mode of a BIOS; palette and colours stay if asked for and there are any.
    func setMode(_ mode: UInt8, keepsPalette: Bool)
    /// The address of the first character or group of pixels that is shown.
    var pictureStart: Int { get set }
    /// The address of the character that the cursor is on.
    var cursorPlace: Int { get set }
    /// Sets the registers for the first and the last line of the cursor.
    func setCursorLines(first: UInt8, last: UInt8)
}
