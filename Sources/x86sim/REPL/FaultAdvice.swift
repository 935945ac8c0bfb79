import X86Interp

/// What somebody who wants to mend a fault would look at, by the rule that was broken.
enum FaultAdvice {
    /// The advice, without a full stop at its end.
    static func text(for report: FaultReport) -> String {
        switch report.rule {
        case .invalidOpcode, .registerMissing:
            "whether this was meant as code ('rstep' shows where control came from), and whether --cpu has it"
        case .lockNotAllowed: "the LOCK prefix; it wants a memory destination of an instruction that writes"
        case .wrongMode: "CR0.PE and EFLAGS.VM ('creg', 'flags')"
        case .instructionTooLong: "the prefixes; data may be run as code"
        case .privilegedInstruction, .fastCallMode: "CPL ('p cpl') and the code that lowered it"
        case .ioPrivilege, .portBitmapMissing, .portBeyondBitmap, .portRefused:
            "IOPL ('flags') and the TSS's port bitmap ('info tss')"
        case .virtual8086Privilege, .virtualInterruptPending: "IOPL, VIF and VIP ('flags'), and CR4.VME"
        case .divideError: "the divisor, and whether (E)DX was cleared or sign-extended before"
        case .boundExceeded: "the index register and the two bounds in memory"
        case .coprocessorMissing: "CR0.EM, TS and MP ('creg')"
        case .floatingPointError:
            "the operands of the instruction that raised it; FCW masks exceptions, FNCLEX and FNINIT clear them"
        case .breakpointInstruction, .overflowInstruction, .debugInstruction, .singleStep:
            "the handler; the instruction or TF asks for it"
        case .codeBreakpoint, .dataBreakpoint, .debugRegisterGuard, .debugRegisterAlias: "'dreg'"
        case .taskSwitchTrap: "the T bit in the TSS ('info tss')"
        case .controlReservedBits, .pagingWithoutProtection, .notWriteThroughWithoutCacheDisable,
            .pointerTableReserved:
            "the value that was to be loaded ('registers', 'creg')"
        case .modelRegisterMissing, .modelRegisterReserved: "ECX, and EDX:EAX; the processor may lack the register"
        case .timeStampDisabled, .counterDisabled: "CR4 ('creg') and CPL"
        case .fastCallSelector: "IA32_SYSENTER_CS (MSR 174), which was never written or is null"
        case .codeLimit: "the branch or return that led here, and the limit of CS ('sreg')"
        case .segmentLimit: "the offset against the limit ('sreg'); a limit of FFFF is what real mode left"
        case .nullSegment: "where the segment register was last loaded; it was nulled or never set up"
        case .writeProtectedSegment: "the type in the descriptor; code is never writable, use a data alias"
        case .executeOnlySegment: "the R bit in the descriptor of the code segment"
        case .misaligned: "CR0.AM and EFLAGS.AC, and the operand's address"
        case .pageAbsent:
            "the entry that is absent ('page \(report.fault.address.hex(digits: 1))'), who should have mapped it"
        case .pageReadOnly: "the R/W bits of the entries; with CR0.WP they hold for ring 0 too"
        case .pageSupervisor: "the U/S bits of the entries; all levels must let ring 3 in"
        case .pageReserved: "the entry's reserved bits; CR4.PSE and PAE say which those are"
        case .selectorBeyondTable: "the selector and the table's limit ('info gdt'; 'p gdtr.limit'): it wants 8*entry+7"
        case .localTableMissing: "LLDT, which has not been done or failed; bit 2 of the selector means the LDT"
        case .stackNull, .stackSelectorLevel, .stackType, .stackDescriptorLevel, .stackAbsent:
            "what was loaded into SS: RPL and DPL must be CPL, and the segment writable data"
        case .dataType, .dataPrivilege, .dataAbsent: "the descriptor ('info gdt') and the selector's RPL"
        case .localTableSelectorLocal, .localTableType, .localTableAbsent: "the operand of LLDT ('info gdt')"
        case .taskRegisterNull, .taskSelectorLocal, .taskType, .taskAbsent:
            "the operand of LTR ('info gdt'); an available TSS becomes busy when it is loaded"
        case .codeNull, .codeType, .codeConformingLevel, .codeLevel, .codeAbsent:
            "the target's selector and descriptor ('info gdt')"
        case .gatePrivilege, .gateAbsent, .gateCodeNull, .gateCodeType, .gateCodeLevel, .gateCodeAbsent:
            "the gate's DPL against CPL and RPL, and the code segment that it names ('info gdt')"
        case .taskPrivilege, .taskBusy, .taskGatePrivilege, .taskGateAbsent:
            "the descriptor of the task ('info gdt'): a busy one cannot be entered again"
        case .innerStackBeyondTask, .innerStackNull, .innerStackSelectorLevel, .innerStackDescriptorLevel,
            .innerStackType, .innerStackAbsent, .innerStackRoom:
            "SS0:ESP0 and their kin in the TSS ('info tss')"
        case .returnNull, .returnSelectorLevel, .returnType, .returnConformingLevel, .returnLevel, .returnAbsent:
            "CS on the stack ('stack'): it may not be a return address at all"
        case .returnStackNull, .returnStackSelectorLevel, .returnStackType, .returnStackDescriptorLevel,
            .returnStackAbsent:
            "SS on the stack ('stack'), which a return to an outer ring loads"
        case .backLinkLocal, .backLinkType, .backLinkAbsent: "the back link in the TSS ('info tss'), and EFLAGS.NT"
        case .vectorBeyondTable: "IDTR's limit ('p idtr.limit'): no handler is set up for this vector"
        case .vectorType, .vectorAbsent: "the entry of the IDT ('info idt')"
        case .vectorPrivilege: "the gate's DPL ('info idt'): INT n from ring 3 wants 3"
        case .handlerNull, .handlerType, .handlerLevel, .handlerAbsent:
            "the code segment that the gate names ('info idt')"
        case .handlerTaskLocal, .handlerTaskType, .handlerTaskAbsent: "the TSS that the task gate names ('info idt')"
        case .taskLimit, .newLocalTableInvalid, .newLocalTableAbsent, .newCodeInvalid, .newCodeLevel, .newCodeAbsent,
            .newStackInvalid, .newStackAbsent, .newStackLevel, .newDataInvalid, .newDataAbsent, .newDataPrivilege:
            "the selectors in the new task's TSS ('info tss')"
        case .doubleFault: "the first of the faults; the handler of the first could not be entered"
        }
    }
}
