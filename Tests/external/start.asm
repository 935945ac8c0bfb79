; start - from real mode (x86sim --boot flat) or from a multiboot loader to flat protected mode with x87 and SSE, then C.
;
; The image is at 10000h, in real mode CS is 1000h, and the block was loaded at BLOCK.

BLOCK   equ     0x100000
ANSWERS equ     0x800000
STACK   equ     0x90000
CODE    equ     8
DATA    equ     16

        extern  guest
        global  start, multiboot_start, gdt

        section .start
        bits    16
start:
        cli
        mov     ax, 0x1000
        mov     ds, ax
        lgdt    [gdt_register - start]
        mov     eax, cr0
        or      al, 1
        mov     cr0, eax
        jmp     dword CODE:protected

        align   4
        dd      0x1BADB002, 0, -0x1BADB002

        align   8
gdt:    dq      0, 0x00CF9A000000FFFF, 0x00CF92000000FFFF, 0   ; the last is for a program's thread
gdt_register:
        dw      31
        dd      gdt

        bits    32
multiboot_start:
        cli
        lgdt    [gdt_register]
        jmp     CODE:protected
protected:
        mov     ax, DATA
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     esp, STACK
        cld
        mov     eax, cr0
        and     al, ~0x0C               ; no EM, no TS
        or      al, 0x22                ; NE, MP
        mov     cr0, eax
        mov     eax, cr4
        or      eax, 0x600              ; OSFXSR, OSXMMEXCPT
        mov     cr4, eax
        push    dword ANSWERS
        push    dword BLOCK
        call    guest
        mov     al, 0
        out     0xF4, al
        cli
        hlt
