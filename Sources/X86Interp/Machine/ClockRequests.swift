/// What a machine's clock was asked for, as a snapshot keeps it.
///
/// Each request is known by who asked: as the object itself for the same machine, and by its place in a device for
/// another one. Unchecked, since the objects are only handed back to the clock that they come from.
struct ClockRequests: @unchecked Sendable {
    private struct Item {
        var time: UInt64
        /// Who asked, if the clock is that of this process.
        var event: (any ClockEvent)?
        var place: EventPlace?
    }

    /// The clock's rate.
    let ticksPerSecond: UInt64
    private let clock: VirtualClock?
    private let items: [Item]

    /// What is asked for now.
    init(_ machine: Machine) {
        clock = machine.clock
        ticksPerSecond = machine.clock.ticksPerSecond
        items = machine.clock.requests.map { request in
            Item(time: request.time, event: request.event, place: EventPlace(of: request.event, in: machine))
        }
    }

    /// The same requests as a machine's own devices would have made them.
    func requests(of machine: Machine) throws(RestoreError) -> [VirtualClock.Request] {
        guard ticksPerSecond == machine.clock.ticksPerSecond else {
            throw .clockRate(snapshot: ticksPerSecond, machine: machine.clock.ticksPerSecond)
        }
        var own: [VirtualClock.Request] = []
        for item in items {
            let event = clock === machine.clock ? item.event : item.place?.event(in: machine)
            guard let event else { throw .clockRequest(time: item.time) }
            own.append(VirtualClock.Request(time: item.time, event: event))
        }
        return own
    }

    // MARK: Written down

    /// A request as snapshot files have it.
    struct Written: Codable {
        /// When.
        var time: UInt64
        /// The device that asked.
        var device: String
        /// The way to the property that asked, if it was not the device itself.
        var path: [Int]
    }

    /// All requests in order, or the time of one that no device has asked for.
    var written: Result<[Written], RestoreError> {
        var written: [Written] = []
        for item in items {
            guard let place = item.place else { return .failure(.clockRequest(time: item.time)) }
            written.append(Written(time: item.time, device: place.device, path: place.path))
        }
        return .success(written)
    }

    /// Requests of a file; nil if they are not in order, or if the devices of a machine have nobody there.
    init?(_ written: [Written], ticksPerSecond: UInt64, for machine: Machine) {
        clock = nil
        self.ticksPerSecond = ticksPerSecond
        items = written.map { Item(time: $0.time, place: EventPlace(device: $0.device, path: $0.path)) }
        let events = items.compactMap { $0.place?.event(in: machine) }
        let isInOrder = zip(items, items.dropFirst()).allSatisfy { $0.time <= $1.time }
        guard isInOrder, Set(events.map { ObjectIdentifier($0) }).count == items.count else { return nil }
    }
}

/// Where an event is: a device, or what one of its properties holds.
///
/// Found by reflection, so that authors of devices have nothing to declare.
private struct EventPlace {
    let device: String
    /// The numbers of the properties that lead to it, from the device down; none for the device itself.
    let path: [Int]

    init(device: String, path: [Int]) {
        self.device = device
        self.path = path
    }

    /// The place of an event in a machine, or nil if no device has it.
    init?(of event: any ClockEvent, in machine: Machine) {
        for name in machine.order {
            guard let device = machine.devices[name], let path = Self.path(to: event, in: device) else { continue }
            self.device = name
            self.path = path
            return
        }
        return nil
    }

    /// What is at the same place in a machine.
    func event(in machine: Machine) -> (any ClockEvent)? {
        guard let device = machine.devices[device] else { return nil }
        var value: Any = device
        for (depth, number) in path.enumerated() {
            let children = Self.children(of: value, isDevice: depth == 0)
            guard depth < Self.maximumDepth, children.indices.contains(number) else { return nil }
            value = children[number]
        }
        return value as? any ClockEvent
    }

    /// Properties may hold an event in values within values, but not deeper.
    private static let maximumDepth = 4

    private static func path(to event: any ClockEvent, in value: Any, depth: Int = 0) -> [Int]? {
        if let object = value as? any ClockEvent, object === event { return [] }
        guard depth < maximumDepth else { return nil }
        for (number, child) in children(of: value, isDevice: depth == 0).enumerated() {
            if let rest = path(to: event, in: child, depth: depth + 1) { return [number] + rest }
        }
        return nil
    }

    /// What a device or a value holds; other objects, and what can be written down as states are, hold no events.
    private static func children(of value: Any, isDevice: Bool) -> [Any] {
        if let events = value as? [any ClockEvent] { return events }
        if !isDevice, value is any Encodable { return [] }
        var mirror: Mirror? = Mirror(reflecting: value)
        guard isDevice || [.struct, .tuple, .optional, .enum].contains(mirror?.displayStyle) else { return [] }
        var children: [Any] = []
        while let level = mirror {
            children += level.children.map(\.value)
            mirror = level.superclassMirror
        }
        return children
    }
}
