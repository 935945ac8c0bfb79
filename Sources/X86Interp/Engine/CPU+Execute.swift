extension CPU {
    /// Runs decoded blocks until the attention counter is reached: the hot loop.
    ///
    /// Within a block only `current` is kept up; `instructions` and `eip` are brought up at its end, or from
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
            let first = block.pointee.ops
            let count = UInt64(truncatingIfNeeded: block.pointee.count)
            var op = first
            core.pointee.start = first
            core.pointee.end = first + Int(truncatingIfNeeded: min(left, count))
            again: while true {
                taken: do {
                    repeat {
                        core.pointee.current = op
                        switch op.pointee.dispatch {
                        case .general: try executeGeneral(op)
                        case .addRR8: binaryRR(op, .add, UInt8.self)
                        case .addRR16: binaryRR(op, .add, UInt16.self)
                        case .addRR32: binaryRR(op, .add, UInt32.self)
                        case .addRM8: try binaryRM(op, .add, UInt8.self)
                        case .addRM16: try binaryRM(op, .add, UInt16.self)
                        case .addRM32: try binaryRM(op, .add, UInt32.self)
                        case .addMR8: try binaryMR(op, .add, UInt8.self)
                        case .addMR16: try binaryMR(op, .add, UInt16.self)
                        case .addMR32: try binaryMR(op, .add, UInt32.self)
                        case .addRI8: binaryRI(op, .add, UInt8.self)
                        case .addRI16: binaryRI(op, .add, UInt16.self)
                        case .addRI32: binaryRI(op, .add, UInt32.self)
                        case .addMI8: try binaryMI(op, .add, UInt8.self)
                        case .addMI16: try binaryMI(op, .add, UInt16.self)
                        case .addMI32: try binaryMI(op, .add, UInt32.self)
                        case .orRR8: binaryRR(op, .or, UInt8.self)
                        case .orRR16: binaryRR(op, .or, UInt16.self)
                        case .orRR32: binaryRR(op, .or, UInt32.self)
                        case .orRM8: try binaryRM(op, .or, UInt8.self)
                        case .orRM16: try binaryRM(op, .or, UInt16.self)
                        case .orRM32: try binaryRM(op, .or, UInt32.self)
                        case .orMR8: try binaryMR(op, .or, UInt8.self)
                        case .orMR16: try binaryMR(op, .or, UInt16.self)
                        case .orMR32: try binaryMR(op, .or, UInt32.self)
                        case .orRI8: binaryRI(op, .or, UInt8.self)
                        case .orRI16: binaryRI(op, .or, UInt16.self)
                        case .orRI32: binaryRI(op, .or, UInt32.self)
                        case .orMI8: try binaryMI(op, .or, UInt8.self)
                        case .orMI16: try binaryMI(op, .or, UInt16.self)
                        case .orMI32: try binaryMI(op, .or, UInt32.self)
                        case .adcRR8: binaryRR(op, .adc, UInt8.self)
                        case .adcRR16: binaryRR(op, .adc, UInt16.self)
                        case .adcRR32: binaryRR(op, .adc, UInt32.self)
                        case .adcRM8: try binaryRM(op, .adc, UInt8.self)
                        case .adcRM16: try binaryRM(op, .adc, UInt16.self)
                        case .adcRM32: try binaryRM(op, .adc, UInt32.self)
                        case .adcMR8: try binaryMR(op, .adc, UInt8.self)
                        case .adcMR16: try binaryMR(op, .adc, UInt16.self)
                        case .adcMR32: try binaryMR(op, .adc, UInt32.self)
                        case .adcRI8: binaryRI(op, .adc, UInt8.self)
                        case .adcRI16: binaryRI(op, .adc, UInt16.self)
                        case .adcRI32: binaryRI(op, .adc, UInt32.self)
                        case .adcMI8: try binaryMI(op, .adc, UInt8.self)
                        case .adcMI16: try binaryMI(op, .adc, UInt16.self)
                        case .adcMI32: try binaryMI(op, .adc, UInt32.self)
                        case .sbbRR8: binaryRR(op, .sbb, UInt8.self)
                        case .sbbRR16: binaryRR(op, .sbb, UInt16.self)
                        case .sbbRR32: binaryRR(op, .sbb, UInt32.self)
                        case .sbbRM8: try binaryRM(op, .sbb, UInt8.self)
                        case .sbbRM16: try binaryRM(op, .sbb, UInt16.self)
                        case .sbbRM32: try binaryRM(op, .sbb, UInt32.self)
                        case .sbbMR8: try binaryMR(op, .sbb, UInt8.self)
                        case .sbbMR16: try binaryMR(op, .sbb, UInt16.self)
                        case .sbbMR32: try binaryMR(op, .sbb, UInt32.self)
                        case .sbbRI8: binaryRI(op, .sbb, UInt8.self)
                        case .sbbRI16: binaryRI(op, .sbb, UInt16.self)
                        case .sbbRI32: binaryRI(op, .sbb, UInt32.self)
                        case .sbbMI8: try binaryMI(op, .sbb, UInt8.self)
                        case .sbbMI16: try binaryMI(op, .sbb, UInt16.self)
                        case .sbbMI32: try binaryMI(op, .sbb, UInt32.self)
                        case .andRR8: binaryRR(op, .and, UInt8.self)
                        case .andRR16: binaryRR(op, .and, UInt16.self)
                        case .andRR32: binaryRR(op, .and, UInt32.self)
                        case .andRM8: try binaryRM(op, .and, UInt8.self)
                        case .andRM16: try binaryRM(op, .and, UInt16.self)
                        case .andRM32: try binaryRM(op, .and, UInt32.self)
                        case .andMR8: try binaryMR(op, .and, UInt8.self)
                        case .andMR16: try binaryMR(op, .and, UInt16.self)
                        case .andMR32: try binaryMR(op, .and, UInt32.self)
                        case .andRI8: binaryRI(op, .and, UInt8.self)
                        case .andRI16: binaryRI(op, .and, UInt16.self)
                        case .andRI32: binaryRI(op, .and, UInt32.self)
                        case .andMI8: try binaryMI(op, .and, UInt8.self)
                        case .andMI16: try binaryMI(op, .and, UInt16.self)
                        case .andMI32: try binaryMI(op, .and, UInt32.self)
                        case .subRR8: binaryRR(op, .sub, UInt8.self)
                        case .subRR16: binaryRR(op, .sub, UInt16.self)
                        case .subRR32: binaryRR(op, .sub, UInt32.self)
                        case .subRM8: try binaryRM(op, .sub, UInt8.self)
                        case .subRM16: try binaryRM(op, .sub, UInt16.self)
                        case .subRM32: try binaryRM(op, .sub, UInt32.self)
                        case .subMR8: try binaryMR(op, .sub, UInt8.self)
                        case .subMR16: try binaryMR(op, .sub, UInt16.self)
                        case .subMR32: try binaryMR(op, .sub, UInt32.self)
                        case .subRI8: binaryRI(op, .sub, UInt8.self)
                        case .subRI16: binaryRI(op, .sub, UInt16.self)
                        case .subRI32: binaryRI(op, .sub, UInt32.self)
                        case .subMI8: try binaryMI(op, .sub, UInt8.self)
                        case .subMI16: try binaryMI(op, .sub, UInt16.self)
                        case .subMI32: try binaryMI(op, .sub, UInt32.self)
                        case .xorRR8: binaryRR(op, .xor, UInt8.self)
                        case .xorRR16: binaryRR(op, .xor, UInt16.self)
                        case .xorRR32: binaryRR(op, .xor, UInt32.self)
                        case .xorRM8: try binaryRM(op, .xor, UInt8.self)
                        case .xorRM16: try binaryRM(op, .xor, UInt16.self)
                        case .xorRM32: try binaryRM(op, .xor, UInt32.self)
                        case .xorMR8: try binaryMR(op, .xor, UInt8.self)
                        case .xorMR16: try binaryMR(op, .xor, UInt16.self)
                        case .xorMR32: try binaryMR(op, .xor, UInt32.self)
                        case .xorRI8: binaryRI(op, .xor, UInt8.self)
                        case .xorRI16: binaryRI(op, .xor, UInt16.self)
                        case .xorRI32: binaryRI(op, .xor, UInt32.self)
                        case .xorMI8: try binaryMI(op, .xor, UInt8.self)
                        case .xorMI16: try binaryMI(op, .xor, UInt16.self)
                        case .xorMI32: try binaryMI(op, .xor, UInt32.self)
                        case .cmpRR8: binaryRR(op, .cmp, UInt8.self)
                        case .cmpRR16: binaryRR(op, .cmp, UInt16.self)
                        case .cmpRR32: binaryRR(op, .cmp, UInt32.self)
                        case .cmpRM8: try binaryRM(op, .cmp, UInt8.self)
                        case .cmpRM16: try binaryRM(op, .cmp, UInt16.self)
                        case .cmpRM32: try binaryRM(op, .cmp, UInt32.self)
                        case .cmpMR8: try binaryMR(op, .cmp, UInt8.self)
                        case .cmpMR16: try binaryMR(op, .cmp, UInt16.self)
                        case .cmpMR32: try binaryMR(op, .cmp, UInt32.self)
                        case .cmpRI8: binaryRI(op, .cmp, UInt8.self)
                        case .cmpRI16: binaryRI(op, .cmp, UInt16.self)
                        case .cmpRI32: binaryRI(op, .cmp, UInt32.self)
                        case .cmpMI8: try binaryMI(op, .cmp, UInt8.self)
                        case .cmpMI16: try binaryMI(op, .cmp, UInt16.self)
                        case .cmpMI32: try binaryMI(op, .cmp, UInt32.self)
                        case .movRR8: movRR(op, UInt8.self)
                        case .movRR16: movRR(op, UInt16.self)
                        case .movRR32: movRR(op, UInt32.self)
                        case .movRM8: try movRM(op, UInt8.self)
                        case .movRM16: try movRM(op, UInt16.self)
                        case .movRM32: try movRM(op, UInt32.self)
                        case .movMR8: try movMR(op, UInt8.self)
                        case .movMR16: try movMR(op, UInt16.self)
                        case .movMR32: try movMR(op, UInt32.self)
                        case .movRI8: movRI(op, UInt8.self)
                        case .movRI16: movRI(op, UInt16.self)
                        case .movRI32: movRI(op, UInt32.self)
                        case .movMI8: try movMI(op, UInt8.self)
                        case .movMI16: try movMI(op, UInt16.self)
                        case .movMI32: try movMI(op, UInt32.self)
                        case .testRR8: testRR(op, UInt8.self)
                        case .testRR16: testRR(op, UInt16.self)
                        case .testRR32: testRR(op, UInt32.self)
                        case .testMR8: try testMR(op, UInt8.self)
                        case .testMR16: try testMR(op, UInt16.self)
                        case .testMR32: try testMR(op, UInt32.self)
                        case .testRI8: testRI(op, UInt8.self)
                        case .testRI16: testRI(op, UInt16.self)
                        case .testRI32: testRI(op, UInt32.self)
                        case .testMI8: try testMI(op, UInt8.self)
                        case .testMI16: try testMI(op, UInt16.self)
                        case .testMI32: try testMI(op, UInt32.self)
                        case .incR8: stepR(op, UInt8.self, by: 1)
                        case .incR16: stepR(op, UInt16.self, by: 1)
                        case .incR32: stepR(op, UInt32.self, by: 1)
                        case .incM8: try stepM(op, UInt8.self, by: 1)
                        case .incM16: try stepM(op, UInt16.self, by: 1)
                        case .incM32: try stepM(op, UInt32.self, by: 1)
                        case .decR8: stepR(op, UInt8.self, by: .max)
                        case .decR16: stepR(op, UInt16.self, by: .max)
                        case .decR32: stepR(op, UInt32.self, by: .max)
                        case .decM8: try stepM(op, UInt8.self, by: .max)
                        case .decM16: try stepM(op, UInt16.self, by: .max)
                        case .decM32: try stepM(op, UInt32.self, by: .max)
                        case .shlRI8: shiftRI(op, UInt8.self, .left)
                        case .shlRI16: shiftRI(op, UInt16.self, .left)
                        case .shlRI32: shiftRI(op, UInt32.self, .left)
                        case .shlR8: shiftRCL(op, UInt8.self, .left)
                        case .shlR16: shiftRCL(op, UInt16.self, .left)
                        case .shlR32: shiftRCL(op, UInt32.self, .left)
                        case .shrRI8: shiftRI(op, UInt8.self, .right)
                        case .shrRI16: shiftRI(op, UInt16.self, .right)
                        case .shrRI32: shiftRI(op, UInt32.self, .right)
                        case .shrR8: shiftRCL(op, UInt8.self, .right)
                        case .shrR16: shiftRCL(op, UInt16.self, .right)
                        case .shrR32: shiftRCL(op, UInt32.self, .right)
                        case .sarRI8: shiftRI(op, UInt8.self, .arithmetic)
                        case .sarRI16: shiftRI(op, UInt16.self, .arithmetic)
                        case .sarRI32: shiftRI(op, UInt32.self, .arithmetic)
                        case .sarR8: shiftRCL(op, UInt8.self, .arithmetic)
                        case .sarR16: shiftRCL(op, UInt16.self, .arithmetic)
                        case .sarR32: shiftRCL(op, UInt32.self, .arithmetic)
                        case .movzxRR8: movzxRR(op, UInt8.self)
                        case .movzxRM8: try movzxRM(op, UInt8.self)
                        case .movzxRR16: movzxRR(op, UInt16.self)
                        case .movzxRM16: try movzxRM(op, UInt16.self)
                        case .movsxRR8: movsxRR(op, UInt8.self)
                        case .movsxRM8: try movsxRM(op, UInt8.self)
                        case .movsxRR16: movsxRR(op, UInt16.self)
                        case .movsxRM16: try movsxRM(op, UInt16.self)
                        case .leaRM16: setRegister(op.pointee.first, UInt16(truncatingIfNeeded: address(op)))
                        case .leaRM32: setRegister(op.pointee.first, address(op))
                        case .imulRR32: imulRR32(op)
                        case .imulRM32: try imulRM32(op)
                        case .imulRI32: imulRI32(op)
                        case .negR32:
                            setRegister(
                                op.pointee.first,
                                ALU.negate(register(op.pointee.first, UInt32.self), &core.pointee.flags)
                            )
                        case .notR32: setRegister(op.pointee.first, ~register(op.pointee.first, UInt32.self))
                        case .xchgRR32: exchangeRR32(op)
                        case .pushR16: try push(register(op.pointee.first, UInt16.self))
                        case .pushR32: try push(register(op.pointee.first, UInt32.self))
                        case .pushI16: try push(UInt16(truncatingIfNeeded: op.pointee.immediate))
                        case .pushI32: try push(op.pointee.immediate)
                        case .pushM32: try push(try load(op.pointee.segment, address(op), UInt32.self))
                        case .popR16: try popR(op, UInt16.self)
                        case .popR32: try popR(op, UInt32.self)
                        case .jo:
                            if core.pointee.flags.holds(.overflow) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .jno:
                            if core.pointee.flags.holds(.notOverflow) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .jb:
                            if core.pointee.flags.holds(.below) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .jae:
                            if core.pointee.flags.holds(.aboveOrEqual) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .je:
                            if core.pointee.flags.holds(.equal) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .jne:
                            if core.pointee.flags.holds(.notEqual) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .jbe:
                            if core.pointee.flags.holds(.belowOrEqual) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .ja:
                            if core.pointee.flags.holds(.above) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .js:
                            if core.pointee.flags.holds(.sign) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .jns:
                            if core.pointee.flags.holds(.notSign) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .jp:
                            if core.pointee.flags.holds(.parity) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .jnp:
                            if core.pointee.flags.holds(.notParity) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .jl:
                            if core.pointee.flags.holds(.less) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .jge:
                            if core.pointee.flags.holds(.greaterOrEqual) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .jle:
                            if core.pointee.flags.holds(.lessOrEqual) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .jg:
                            if core.pointee.flags.holds(.greater) {
                                try jump(to: target(op))
                                break taken
                            }
                        case .jmpI:
                            try jump(to: target(op))
                            break taken
                        case .loopI: if try loopI(op) { break taken }
                        case .callI16:
                            try callI(op, UInt16.self)
                            break taken
                        case .callI32:
                            try callI(op, UInt32.self)
                            break taken
                        case .ret16: try retN(UInt16.self)
                        case .ret32: try retN(UInt32.self)
                        case .stos8: try storeOne(op, UInt8.self)
                        case .stos16: try storeOne(op, UInt16.self)
                        case .stos32: try storeOne(op, UInt32.self)
                        case .lods8: try loadOne(op, UInt8.self)
                        case .lods16: try loadOne(op, UInt16.self)
                        case .lods32: try loadOne(op, UInt32.self)
                        case .movs8: try moveOne(op, UInt8.self)
                        case .movs16: try moveOne(op, UInt16.self)
                        case .movs32: try moveOne(op, UInt32.self)
                        case .scas8: try scanOne(op, UInt8.self)
                        case .scas16: try scanOne(op, UInt16.self)
                        case .scas32: try scanOne(op, UInt32.self)
                        case .cmps8: try compareOne(op, UInt8.self)
                        case .cmps16: try compareOne(op, UInt16.self)
                        case .cmps32: try compareOne(op, UInt32.self)
                        case .portIn: try inPort(op)
                        case .portOut: try outPort(op)
                        case .nop: break
                        }
                        op += 1
                    } while op != core.pointee.end
                    let run = Core.distance(first, op)
                    core.pointee.state.instructions &+= run
                    if run != count {
                        core.pointee.state.eip = core.pointee.blockEIP &+ UInt32((op - 1).pointee.next)
                    }
                    if core.pointee.state.instructions >= core.pointee.deadline { return }
                    block = try successor(of: block)
                    continue run
                }
                core.pointee.state.instructions &+= Core.distance(first, op) &+ 1
                let left = core.pointee.deadline &- core.pointee.state.instructions
                // A loop within the block, the commonest jump of all, has little to set up again.
                if core.pointee.state.eip == start, Int64(bitPattern: left) >= Int64(bitPattern: count), isAtEIP(block)
                {
                    core.pointee.state.eip = start &+ block.pointee.byteLength
                    core.pointee.end = first + Int(truncatingIfNeeded: count)
                    op = first
                    continue again
                }
                if core.pointee.state.instructions >= core.pointee.deadline { return }
                block = try successor(of: op)
                continue run
            }
        }
    }
}
