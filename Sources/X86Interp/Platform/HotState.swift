/// State of a class behind a pointer, for what is touched at every character or access.
///
/// A variable of a class is guarded against two accesses at once, each time it is touched, at the price of a dozen
/// instructions of a guest. Nobody guards this one: no access may begin while another one changes it, such as in a
/// closure that is called with a part of it.
package struct HotState<Value>: ~Copyable {
    @usableFromInline let place: UnsafeMutablePointer<Value>

    /// A state that begins with a value.
    package init(_ value: Value) {
        place = .allocate(capacity: 1)
        place.initialize(to: value)
    }

    deinit {
        place.deinitialize(count: 1)
        place.deallocate()
    }

    /// The state.
    @inlinable package var value: Value {
        _read { yield place.pointee }
        nonmutating _modify { yield &place.pointee }
    }
}
