import X86Interp

print("x86sim")
