extension CPU {
    /// Runs decoded blocks until the attention counter is reached: the hot loop.
    ///
    /// Within a block only `current` is kept up; `instructions` and `eip` are settled at its end, or from
    /// `current` by whoever catches an interruption.
    @inline(never)
    func runBlocks() throws(Interruption) {
        let core = core
        var block = try firstBlock()
        run: while true {
            let start = core.pointee.state.eip
            core.pointee.blockEIP = start
            // Whatever ends a block and goes elsewhere overwrites this.
            core.pointee.state.eip = start &+ block.pointee.byteLength
            let left = core.pointee.deadline &- core.pointee.state.instructions
            let first = block.pointee.instructions
            let count = UInt64(truncatingIfNeeded: block.pointee.count)
            var i = first
            core.pointee.start = first
            core.pointee.end = first + Int(truncatingIfNeeded: min(left, count))
            again: while true {
                taken: do {
                    repeat {
                        core.pointee.current = i
                        switch i.pointee.dispatch {
                        case .general: try executeGeneral(i)
                        case .addRR8: binaryRR(i, .add, UInt8.self)
                        case .addRR16: binaryRR(i, .add, UInt16.self)
                        case .addRR32: binaryRR(i, .add, UInt32.self)
                        case .addRM8: try binaryRM(i, .add, UInt8.self)
                        case .addRM16: try binaryRM(i, .add, UInt16.self)
                        case .addRM32: try binaryRM(i, .add, UInt32.self)
                        case .addMR8: try binaryMR(i, .add, UInt8.self)
                        case .addMR16: try binaryMR(i, .add, UInt16.self)
                        case .addMR32: try binaryMR(i, .add, UInt32.self)
                        case .addRI8: binaryRI(i, .add, UInt8.self)
                        case .addRI16: binaryRI(i, .add, UInt16.self)
                        case .addRI32: binaryRI(i, .add, UInt32.self)
                        case .addMI8: try binaryMI(i, .add, UInt8.self)
                        case .addMI16: try binaryMI(i, .add, UInt16.self)
                        case .addMI32: try binaryMI(i, .add, UInt32.self)
                        case .orRR8: binaryRR(i, .or, UInt8.self)
                        case .orRR16: binaryRR(i, .or, UInt16.self)
                        case .orRR32: binaryRR(i, .or, UInt32.self)
                        case .orRM8: try binaryRM(i, .or, UInt8.self)
                        case .orRM16: try binaryRM(i, .or, UInt16.self)
                        case .orRM32: try binaryRM(i, .or, UInt32.self)
                        case .orMR8: try binaryMR(i, .or, UInt8.self)
                        case .orMR16: try binaryMR(i, .or, UInt16.self)
                        case .orMR32: try binaryMR(i, .or, UInt32.self)
                        case .orRI8: binaryRI(i, .or, UInt8.self)
                        case .orRI16: binaryRI(i, .or, UInt16.self)
                        case .orRI32: binaryRI(i, .or, UInt32.self)
                        case .orMI8: try binaryMI(i, .or, UInt8.self)
                        case .orMI16: try binaryMI(i, .or, UInt16.self)
                        case .orMI32: try binaryMI(i, .or, UInt32.self)
                        case .adcRR8: binaryRR(i, .adc, UInt8.self)
                        case .adcRR16: binaryRR(i, .adc, UInt16.self)
                        case .adcRR32: binaryRR(i, .adc, UInt32.self)
                        case .adcRM8: try binaryRM(i, .adc, UInt8.self)
                        case .adcRM16: try binaryRM(i, .adc, UInt16.self)
                        case .adcRM32: try binaryRM(i, .adc, UInt32.self)
                        case .adcMR8: try binaryMR(i, .adc, UInt8.self)
                        case .adcMR16: try binaryMR(i, .adc, UInt16.self)
                        case .adcMR32: try binaryMR(i, .adc, UInt32.self)
                        case .adcRI8: binaryRI(i, .adc, UInt8.self)
                        case .adcRI16: binaryRI(i, .adc, UInt16.self)
                        case .adcRI32: binaryRI(i, .adc, UInt32.self)
                        case .adcMI8: try binaryMI(i, .adc, UInt8.self)
                        case .adcMI16: try binaryMI(i, .adc, UInt16.self)
                        case .adcMI32: try binaryMI(i, .adc, UInt32.self)
                        case .sbbRR8: binaryRR(i, .sbb, UInt8.self)
                        case .sbbRR16: binaryRR(i, .sbb, UInt16.self)
                        case .sbbRR32: binaryRR(i, .sbb, UInt32.self)
                        case .sbbRM8: try binaryRM(i, .sbb, UInt8.self)
                        case .sbbRM16: try binaryRM(i, .sbb, UInt16.self)
                        case .sbbRM32: try binaryRM(i, .sbb, UInt32.self)
                        case .sbbMR8: try binaryMR(i, .sbb, UInt8.self)
                        case .sbbMR16: try binaryMR(i, .sbb, UInt16.self)
                        case .sbbMR32: try binaryMR(i, .sbb, UInt32.self)
                        case .sbbRI8: binaryRI(i, .sbb, UInt8.self)
                        case .sbbRI16: binaryRI(i, .sbb, UInt16.self)
                        case .sbbRI32: binaryRI(i, .sbb, UInt32.self)
                        case .sbbMI8: try binaryMI(i, .sbb, UInt8.self)
                        case .sbbMI16: try binaryMI(i, .sbb, UInt16.self)
                        case .sbbMI32: try binaryMI(i, .sbb, UInt32.self)
                        case .andRR8: binaryRR(i, .and, UInt8.self)
                        case .andRR16: binaryRR(i, .and, UInt16.self)
                        case .andRR32: binaryRR(i, .and, UInt32.self)
                        case .andRM8: try binaryRM(i, .and, UInt8.self)
                        case .andRM16: try binaryRM(i, .and, UInt16.self)
                        case .andRM32: try binaryRM(i, .and, UInt32.self)
                        case .andMR8: try binaryMR(i, .and, UInt8.self)
                        case .andMR16: try binaryMR(i, .and, UInt16.self)
                        case .andMR32: try binaryMR(i, .and, UInt32.self)
                        case .andRI8: binaryRI(i, .and, UInt8.self)
                        case .andRI16: binaryRI(i, .and, UInt16.self)
                        case .andRI32: binaryRI(i, .and, UInt32.self)
                        case .andMI8: try binaryMI(i, .and, UInt8.self)
                        case .andMI16: try binaryMI(i, .and, UInt16.self)
                        case .andMI32: try binaryMI(i, .and, UInt32.self)
                        case .subRR8: binaryRR(i, .sub, UInt8.self)
                        case .subRR16: binaryRR(i, .sub, UInt16.self)
                        case .subRR32: binaryRR(i, .sub, UInt32.self)
                        case .subRM8: try binaryRM(i, .sub, UInt8.self)
                        case .subRM16: try binaryRM(i, .sub, UInt16.self)
                        case .subRM32: try binaryRM(i, .sub, UInt32.self)
                        case .subMR8: try binaryMR(i, .sub, UInt8.self)
                        case .subMR16: try binaryMR(i, .sub, UInt16.self)
                        case .subMR32: try binaryMR(i, .sub, UInt32.self)
                        case .subRI8: binaryRI(i, .sub, UInt8.self)
                        case .subRI16: binaryRI(i, .sub, UInt16.self)
                        case .subRI32: binaryRI(i, .sub, UInt32.self)
                        case .subMI8: try binaryMI(i, .sub, UInt8.self)
                        case .subMI16: try binaryMI(i, .sub, UInt16.self)
                        case .subMI32: try binaryMI(i, .sub, UInt32.self)
                        case .xorRR8: binaryRR(i, .xor, UInt8.self)
                        case .xorRR16: binaryRR(i, .xor, UInt16.self)
                        case .xorRR32: binaryRR(i, .xor, UInt32.self)
                        case .xorRM8: try binaryRM(i, .xor, UInt8.self)
                        case .xorRM16: try binaryRM(i, .xor, UInt16.self)
                        case .xorRM32: try binaryRM(i, .xor, UInt32.self)
                        case .xorMR8: try binaryMR(i, .xor, UInt8.self)
                        case .xorMR16: try binaryMR(i, .xor, UInt16.self)
                        case .xorMR32: try binaryMR(i, .xor, UInt32.self)
                        case .xorRI8: binaryRI(i, .xor, UInt8.self)
                        case .xorRI16: binaryRI(i, .xor, UInt16.self)
                        case .xorRI32: binaryRI(i, .xor, UInt32.self)
                        case .xorMI8: try binaryMI(i, .xor, UInt8.self)
                        case .xorMI16: try binaryMI(i, .xor, UInt16.self)
                        case .xorMI32: try binaryMI(i, .xor, UInt32.self)
                        case .cmpRR8: binaryRR(i, .cmp, UInt8.self)
                        case .cmpRR16: binaryRR(i, .cmp, UInt16.self)
                        case .cmpRR32: binaryRR(i, .cmp, UInt32.self)
                        case .cmpRM8: try binaryRM(i, .cmp, UInt8.self)
                        case .cmpRM16: try binaryRM(i, .cmp, UInt16.self)
                        case .cmpRM32: try binaryRM(i, .cmp, UInt32.self)
                        case .cmpMR8: try binaryMR(i, .cmp, UInt8.self)
                        case .cmpMR16: try binaryMR(i, .cmp, UInt16.self)
                        case .cmpMR32: try binaryMR(i, .cmp, UInt32.self)
                        case .cmpRI8: binaryRI(i, .cmp, UInt8.self)
                        case .cmpRI16: binaryRI(i, .cmp, UInt16.self)
                        case .cmpRI32: binaryRI(i, .cmp, UInt32.self)
                        case .cmpMI8: try binaryMI(i, .cmp, UInt8.self)
                        case .cmpMI16: try binaryMI(i, .cmp, UInt16.self)
                        case .cmpMI32: try binaryMI(i, .cmp, UInt32.self)
                        case .movRR8: movRR(i, UInt8.self)
                        case .movRR16: movRR(i, UInt16.self)
                        case .movRR32: movRR(i, UInt32.self)
                        case .movRM8: try movRM(i, UInt8.self)
                        case .movRM16: try movRM(i, UInt16.self)
                        case .movRM32: try movRM(i, UInt32.self)
                        case .movMR8: try movMR(i, UInt8.self)
                        case .movMR16: try movMR(i, UInt16.self)
                        case .movMR32: try movMR(i, UInt32.self)
                        case .movRI8: movRI(i, UInt8.self)
                        case .movRI16: movRI(i, UInt16.self)
                        case .movRI32: movRI(i, UInt32.self)
                        case .movMI8: try movMI(i, UInt8.self)
                        case .movMI16: try movMI(i, UInt16.self)
                        case .movMI32: try movMI(i, UInt32.self)
                        case .testRR8: testRR(i, UInt8.self)
                        case .testRR16: testRR(i, UInt16.self)
                        case .testRR32: testRR(i, UInt32.self)
                        case .testMR8: try testMR(i, UInt8.self)
                        case .testMR16: try testMR(i, UInt16.self)
                        case .testMR32: try testMR(i, UInt32.self)
                        case .testRI8: testRI(i, UInt8.self)
                        case .testRI16: testRI(i, UInt16.self)
                        case .testRI32: testRI(i, UInt32.self)
                        case .testMI8: try testMI(i, UInt8.self)
                        case .testMI16: try testMI(i, UInt16.self)
                        case .testMI32: try testMI(i, UInt32.self)
                        case .incR8: stepR(i, UInt8.self, by: 1)
                        case .incR16: stepR(i, UInt16.self, by: 1)
                        case .incR32: stepR(i, UInt32.self, by: 1)
                        case .incM8: try stepM(i, UInt8.self, by: 1)
                        case .incM16: try stepM(i, UInt16.self, by: 1)
                        case .incM32: try stepM(i, UInt32.self, by: 1)
                        case .decR8: stepR(i, UInt8.self, by: .max)
                        case .decR16: stepR(i, UInt16.self, by: .max)
                        case .decR32: stepR(i, UInt32.self, by: .max)
                        case .decM8: try stepM(i, UInt8.self, by: .max)
                        case .decM16: try stepM(i, UInt16.self, by: .max)
                        case .decM32: try stepM(i, UInt32.self, by: .max)
                        case .shlRI8: shiftRI(i, UInt8.self, .left)
                        case .shlRI16: shiftRI(i, UInt16.self, .left)
                        case .shlRI32: shiftRI(i, UInt32.self, .left)
                        case .shlR8: shiftRCL(i, UInt8.self, .left)
                        case .shlR16: shiftRCL(i, UInt16.self, .left)
                        case .shlR32: shiftRCL(i, UInt32.self, .left)
                        case .shrRI8: shiftRI(i, UInt8.self, .right)
                        case .shrRI16: shiftRI(i, UInt16.self, .right)
                        case .shrRI32: shiftRI(i, UInt32.self, .right)
                        case .shrR8: shiftRCL(i, UInt8.self, .right)
                        case .shrR16: shiftRCL(i, UInt16.self, .right)
                        case .shrR32: shiftRCL(i, UInt32.self, .right)
                        case .sarRI8: shiftRI(i, UInt8.self, .arithmetic)
                        case .sarRI16: shiftRI(i, UInt16.self, .arithmetic)
                        case .sarRI32: shiftRI(i, UInt32.self, .arithmetic)
                        case .sarR8: shiftRCL(i, UInt8.self, .arithmetic)
                        case .sarR16: shiftRCL(i, UInt16.self, .arithmetic)
                        case .sarR32: shiftRCL(i, UInt32.self, .arithmetic)
                        case .movzxRR8: movzxRR(i, UInt8.self)
                        case .movzxRM8: try movzxRM(i, UInt8.self)
                        case .movzxRR16: movzxRR(i, UInt16.self)
                        case .movzxRM16: try movzxRM(i, UInt16.self)
                        case .movsxRR8: movsxRR(i, UInt8.self)
                        case .movsxRM8: try movsxRM(i, UInt8.self)
                        case .movsxRR16: movsxRR(i, UInt16.self)
                        case .movsxRM16: try movsxRM(i, UInt16.self)
                        case .leaRM16: setRegister(i.pointee.first, UInt16(truncatingIfNeeded: address(i)))
                        case .leaRM32: setRegister(i.pointee.first, address(i))
                        case .imulRR32: imulRR32(i)
                        case .imulRM32: try imulRM32(i)
                        case .imulRI32: imulRI32(i)
                        case .negR32:
                            setRegister(
                                i.pointee.first, ALU.negate(register(i.pointee.first, UInt32.self), &core.pointee.flags)
                            )
                        case .notR32: setRegister(i.pointee.first, ~register(i.pointee.first, UInt32.self))
                        case .xchgRR32: exchangeRR32(i)
                        case .pushR16: try push(register(i.pointee.first, UInt16.self))
                        case .pushR32: try push(register(i.pointee.first, UInt32.self))
                        case .pushI16: try push(UInt16(truncatingIfNeeded: i.pointee.immediate))
                        case .pushI32: try push(i.pointee.immediate)
                        case .pushM32: try push(try load(i.pointee.segment, address(i), UInt32.self))
                        case .popR16: try popR(i, UInt16.self)
                        case .popR32: try popR(i, UInt32.self)
                        case .jo:
                            if core.pointee.flags.holds(0) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .jno:
                            if core.pointee.flags.holds(1) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .jb:
                            if core.pointee.flags.holds(2) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .jae:
                            if core.pointee.flags.holds(3) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .je:
                            if core.pointee.flags.holds(4) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .jne:
                            if core.pointee.flags.holds(5) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .jbe:
                            if core.pointee.flags.holds(6) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .ja:
                            if core.pointee.flags.holds(7) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .js:
                            if core.pointee.flags.holds(8) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .jns:
                            if core.pointee.flags.holds(9) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .jp:
                            if core.pointee.flags.holds(10) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .jnp:
                            if core.pointee.flags.holds(11) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .jl:
                            if core.pointee.flags.holds(12) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .jge:
                            if core.pointee.flags.holds(13) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .jle:
                            if core.pointee.flags.holds(14) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .jg:
                            if core.pointee.flags.holds(15) {
                                try jump(to: target(i))
                                break taken
                            }
                        case .jmpI:
                            try jump(to: target(i))
                            break taken
                        case .loopI: if try loopI(i) { break taken }
                        case .callI16:
                            try callI(i, UInt16.self)
                            break taken
                        case .callI32:
                            try callI(i, UInt32.self)
                            break taken
                        case .ret16: try retN(UInt16.self)
                        case .ret32: try retN(UInt32.self)
                        case .stos8: try storeOne(i, UInt8.self)
                        case .stos16: try storeOne(i, UInt16.self)
                        case .stos32: try storeOne(i, UInt32.self)
                        case .lods8: try loadOne(i, UInt8.self)
                        case .lods16: try loadOne(i, UInt16.self)
                        case .lods32: try loadOne(i, UInt32.self)
                        case .movs8: try moveOne(i, UInt8.self)
                        case .movs16: try moveOne(i, UInt16.self)
                        case .movs32: try moveOne(i, UInt32.self)
                        case .scas8: try scanOne(i, UInt8.self)
                        case .scas16: try scanOne(i, UInt16.self)
                        case .scas32: try scanOne(i, UInt32.self)
                        case .cmps8: try compareOne(i, UInt8.self)
                        case .cmps16: try compareOne(i, UInt16.self)
                        case .cmps32: try compareOne(i, UInt32.self)
                        case .portIn: try inPort(i)
                        case .portOut: try outPort(i)
                        case .nop: break
                        }
                        i += 1
                    } while i != core.pointee.end
                    let run = Self.distance(first, i)
                    core.pointee.state.instructions &+= run
                    if run != count {
                        core.pointee.state.eip = core.pointee.blockEIP &+ UInt32((i - 1).pointee.next)
                    }
                    if core.pointee.state.instructions >= core.pointee.deadline { return }
                    block = try successor(of: block)
                    continue run
                }
                core.pointee.state.instructions &+= Self.distance(first, i) &+ 1
                let left = core.pointee.deadline &- core.pointee.state.instructions
                // A loop within the block, the commonest jump of all, has little to set up again.
                if core.pointee.state.eip == start, Int64(bitPattern: left) >= Int64(bitPattern: count), isAtEIP(block)
                {
                    core.pointee.state.eip = start &+ block.pointee.byteLength
                    core.pointee.end = first + Int(truncatingIfNeeded: count)
                    i = first
                    continue again
                }
                if core.pointee.state.instructions >= core.pointee.deadline { return }
                block = try successor(of: i)
                continue run
            }
        }
    }

    /// Instructions from `first` up to `last`, which is not before it; cheaper than subtracting typed pointers.
    @inline(__always)
    static func distance(_ first: InstructionPointer, _ last: InstructionPointer) -> UInt64 {
        UInt64(UInt(bitPattern: last) &- UInt(bitPattern: first)) / UInt64(MemoryLayout<Instruction>.stride)
    }
}
