/// What a machine's clock was asked for, as a snapshot keeps it.
///
/// Each request is known by who asked: as the object itself for the same machine, and by its place in a device for
/// another one. Unchecked, since the objects are only handed back to the clock that they come from.
struct ClockRequests: @unchecked Sendable {
    private let clock: VirtualClock
    private let requests: [(request: VirtualClock.Request, place: EventPlace?)]

    /// What is asked for now.
    init(_ machine: Machine) {
        clock = machine.clock
        requests = machine.clock.requests.map { ($0, EventPlace(of: $0.event, in: machine)) }
    }

    /// The same requests as a machine's own devices would have made them.
    func requests(of machine: Machine) throws(RestoreError) -> [VirtualClock.Request] {
        guard clock !== machine.clock else { return requests.map(\.request) }
        guard clock.ticksPerSecond == machine.clock.ticksPerSecond else {
            throw .clockRate(snapshot: clock.ticksPerSecond, machine: machine.clock.ticksPerSecond)
        }
        var own: [VirtualClock.Request] = []
        for (request, place) in requests {
            guard let event = place?.event(in: machine) else { throw .clockRequest(time: request.time) }
            own.append(VirtualClock.Request(time: request.time, event: event))
        }
        return own
    }
}

/// Where an event is: a device, or what one of its properties holds.
///
/// Found by reflection, so that authors of devices have nothing to declare.
private struct EventPlace {
    private let device: String
    /// The numbers of the properties that lead to it, from the device down; none for the device itself.
    private let path: [Int]

    /// The place of an event in a machine, or nil if no device has it.
    init?(of event: any ClockEvent, in machine: Machine) {
        for (name, device) in machine.devices {
            guard let path = Self.path(to: event, in: device) else { continue }
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
            guard let next = Self.children(of: value, isDevice: depth == 0).dropFirst(number).first else { return nil }
            value = next
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
