import X86Interp

