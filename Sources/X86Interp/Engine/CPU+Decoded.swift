/// An instruction that the CPU has decoded and keeps.
public struct DecodedInstruction: Sendable, Equatable {
    /// Physical address of its first byte.
    public var address: UInt32
    /// Its bytes.
    public var length: Int
    /// The D bit of the code segment that it was run in.
    public var code32: Bool
}

extension CPU {
    /// The instructions with a byte at a physical address that were decoded lately.
    ///
    /// Nothing of it is state: code that ran long ago may be forgotten, code that was overwritten is.
    public func decodedInstructions(at physical: UInt32) -> [DecodedInstruction] {
        blocks.pointee.instructions(at: physical)
    }
}

extension BlockCache {
    /// The instructions of live blocks that have a byte at a physical address.
    func instructions(at physical: UInt32) -> [DecodedInstruction] {
        var found: [DecodedInstruction] = []
        for number in 0..<liveCount {
            let block = pool[number]
            let start = block.key.physical
            guard block.key != .none, !block.key.isBeyond4GiB, physical &- start < block.byteLength else { continue }
            var address = start
            for place in 0..<block.count {
                let length = UInt32(block.ops[place].length)
                if physical &- address < length {
                    let instruction = DecodedInstruction(
                        address: address, length: Int(length), code32: block.key.isCode32)
                    if !found.contains(instruction) { found.append(instruction) }
                }
                address = address &+ length
            }
        }
        return found
    }
}
