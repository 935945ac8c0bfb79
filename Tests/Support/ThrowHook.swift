import Foundation

/// The test runner's wish to keep a backtrace of each error that is thrown.
public enum ThrowHook {
    /// Takes the wish back, in a process of its own: guests raise exceptions by the million, each a thrown error.
    ///
    /// The runtime calls what these two variables of it point to, if anything. Call it in exit tests only.
    public static func remove() {
        for name in ["_swift_willThrow", "_swift_willThrowTypedImpl"] {
            dlsym(nil, name)?.storeBytes(of: 0, as: Int.self)
        }
    }
}
