/// The checks of the manual that raise an exception: each raise site names one.
///
/// What a rule demands and where the manual says so is in `summary` and `chapter`.
public enum Rule: String, Sendable, Codable, CaseIterable {
    // Instructions
    case invalidOpcode, lockNotAllowed, wrongMode, instructionTooLong, registerMissing
    case privilegedInstruction, ioPrivilege, virtual8086Privilege, virtualInterruptPending
    case divideError, boundExceeded, coprocessorMissing, floatingPointError, breakpointInstruction, overflowInstruction
    // Ports
    case portBitmapMissing, portBeyondBitmap, portRefused
    // Debugging
    case singleStep, debugInstruction, codeBreakpoint, dataBreakpoint, debugRegisterGuard, taskSwitchTrap
    case debugRegisterAlias
    // Control state
    case controlReservedBits, pagingWithoutProtection, notWriteThroughWithoutCacheDisable, pointerTableReserved
    case modelRegisterMissing, modelRegisterReserved, timeStampDisabled, counterDisabled
    case fastCallSelector, fastCallMode
    // Memory
    case codeLimit, segmentLimit, nullSegment, writeProtectedSegment, executeOnlySegment, misaligned
    case pageAbsent, pageReadOnly, pageSupervisor, pageReserved
    // Descriptor tables
    case selectorBeyondTable, localTableMissing
    // Loads of data and stack segments
    case stackNull, stackSelectorLevel, stackType, stackDescriptorLevel, stackAbsent
    case dataType, dataPrivilege, dataAbsent
    // LLDT and LTR
    case localTableSelectorLocal, localTableType, localTableAbsent
    case taskRegisterNull, taskSelectorLocal, taskType, taskAbsent
    // Far JMP and CALL
    case codeNull, codeType, codeConformingLevel, codeLevel, codeAbsent
    case gatePrivilege, gateAbsent, gateCodeNull, gateCodeType, gateCodeLevel, gateCodeAbsent
    case taskPrivilege, taskBusy, taskGatePrivilege, taskGateAbsent
    // The stack of an inner ring
    case innerStackBeyondTask, innerStackNull, innerStackSelectorLevel, innerStackDescriptorLevel, innerStackType
    case innerStackAbsent, innerStackRoom
    // RET and IRET
    case returnNull, returnSelectorLevel, returnType, returnConformingLevel, returnLevel, returnAbsent
    case returnStackNull, returnStackSelectorLevel, returnStackType, returnStackDescriptorLevel, returnStackAbsent
    case backLinkLocal, backLinkType, backLinkAbsent
    // Interrupts
    case vectorBeyondTable, vectorType, vectorPrivilege, vectorAbsent
    case handlerNull, handlerType, handlerLevel, handlerAbsent
    case handlerTaskLocal, handlerTaskType, handlerTaskAbsent
    // Task switches
    case taskLimit, newLocalTableInvalid, newLocalTableAbsent
    case newCodeInvalid, newCodeLevel, newCodeAbsent
    case newStackInvalid, newStackAbsent, newStackLevel
    case newDataInvalid, newDataAbsent, newDataPrivilege
    // Exceptions in the delivery of others
    case doubleFault
}
