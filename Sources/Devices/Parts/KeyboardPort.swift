/// A keyboard at its controller as firmware of the host's uses it: bytes in set 1, and who types them.
public protocol KeyboardPort: AnyObject {
    /// Asked before a stroke is typed: firmware that still holds the one before says no.
    var isWanted: () -> Bool { get set }
    /// Whether nothing was typed that has not been read, and nothing ever will be.
    var isExhausted: Bool { get }
    /// The next byte of the keyboard at once, for firmware that has been asked for a key; nil if nobody types one.
    ///
    /// `waits` tells that the typist may think about it for a moment.
    func takeByte(waits: Bool) -> UInt8?
    /// Takes the next stroke from the source if the typist has nothing to do, as far as that is allowed.
    ///
    /// For firmware that has been asked for a key while the guest handles the keyboard's interrupts.
    func look(waits: Bool)
    /// The typist goes on behind what had been the end.
    func keysHaveCome()
}
