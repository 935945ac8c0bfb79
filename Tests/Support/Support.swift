import X86Interp
