/// A place in the guest's memory, as people name it.
public enum Address: Sendable, Hashable, Codable {
    /// Behind segmentation, before paging.
    case linear(UInt32)
    /// A selector (in real mode a paragraph) and an offset; the segment's base is looked up when it is used.
    case segmented(selector: UInt16, offset: UInt32)
    /// Behind paging.
    case physical(UInt32)
}

/// Why memory could not be looked at or changed.
public enum LookError: Error, Sendable, Equatable {
    /// No page is mapped at this linear address.
    case unmapped(linear: UInt32)
    /// Only a device could tell, and asking it might change it.
    case device(physical: UInt64)
    /// No segment has this selector: null, outside of its table, or a system descriptor.
    case noSegment(selector: UInt16)
    /// Nothing can be written there: a ROM's or device's window, or nothing at all.
    case notWritable(physical: UInt64)
}
