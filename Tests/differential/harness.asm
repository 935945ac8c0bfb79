; The guest side of the differential test: loads cases, runs them one instruction at a time, writes what it sees.
;
; The image is a ROM that ends at 4 GiB: cases first, this file in its last 64 KiB. At reset it copies its 32-bit part to
; RAM and walks through the cases. Each entry of a case is started by IRETD with TF set, so that every instruction ends
; in a trap or a fault at a "safe" gate of the case's IDT; the handler writes to port E9 what has changed since the last
; record: registers, control and debug registers, and each dword of the case's tables and data. The handler touches no
; segment register but CS and SS, so that a guest keeps its hidden descriptors from step to step.
;
; generate.py holds the same layout.

; Above all that a guest reaches by selectors of its own as segments of virtual-8086 mode, or by flat ones.
CUR       equ 0x3A000           ; 32 dwords: this record
PREV      equ 0x3A080           ; 32 dwords: the last one
VARS      equ 0x3A100
CASE      equ VARS              ; number of the case
CASEPTR   equ VARS + 4
ENTRIES   equ VARS + 8          ; left
ENTRYPTR  equ VARS + 12
STEPS     equ VARS + 16         ; of this entry
BUSY      equ VARS + 20         ; in the handler
FOREIGN   equ VARS + 24         ; the handler came in on a stack that is not flat
BASE      equ VARS + 28         ; the image
SKIP      equ VARS + 48         ; entries of the first case that have run
SAVED     equ VARS + 52         ; the handler's ESP
GDTR      equ VARS + 32
IDTR      equ VARS + 40
ENTRY     equ 0x3A200           ; 32 dwords: the entry that runs
DFTSS     equ 0x3A800
STACKTOP     equ 0x3C000
GUESTTOP  equ 0x1FF00           ; the stack of ring 0 for what comes from outer rings
FRAME     equ 0x3BE00           ; copy of a frame from a foreign stack
DFSTACK   equ 0x3B000
CODE      equ 0x3C000
BUFFER       equ 0x3D000
ARENA     equ 0x10000
ARENASIZE equ 0xA000
CCFROM    equ 0x15000
SHADOW    equ 0x20000           ; distance to the copy that changes are seen against

HCS equ 0x08
HDS equ 0x10
DFSEL equ 0x18

; offsets in ENTRY and CUR
E_EIP equ 32
E_CS  equ 36
E_EFL equ 40
E_SS  equ 44
E_ES  equ 48
E_DS  equ 52
E_FS  equ 56
E_GS  equ 60
E_CR0 equ 64
E_CR3 equ 68
E_CR4 equ 72
E_LDT equ 76
E_TR  equ 80
E_DR  equ 84                    ; DR0-DR3, DR7
E_MAX equ 104
E_GDT equ 108                   ; linear base of the GDT
E_NUM equ 112

C_VEC equ 64
C_ERR equ 68
C_CR0 equ 72
C_CR2 equ 76
C_CR3 equ 80
C_CR4 equ 84
C_DR6 equ 88
C_DR7 equ 92
C_TR  equ 96
C_LDT equ 100
C_HSP equ 104                   ; the handler's ESP
C_NUM equ 108                   ; the entry
C_NST equ 112                   ; nested, foreign

section .text
bits 32
part:
; In RAM at CODE from here on; labels are taken relative to `part`.
%define AT(x) (x - part + CODE)

start:
    mov al, 0xFF
    out 0x21, al
    out 0xA1, al
    mov eax, [0xFFFFFFE0]
    mov [BASE], eax
    mov edx, [eax + 12]
    mov [SKIP], edx
    mov eax, [eax + 8]
    mov [CASE], eax
    lidt [cs:AT(null_idtr)]
    mov esi, AT(magic)
    mov dx, 0xE9
    mov ecx, 8
    rep outsb

next_case:
    mov ebx, [BASE]
    mov eax, [CASE]
    cmp eax, [ebx + 4]
    jae near finish
    mov al, 'C'
    out 0xE9, al
    mov esi, CASE
    mov dx, 0xE9
    mov ecx, 4
    rep outsb
    mov eax, [CASE]
    mov esi, [ebx + 16 + eax * 4]
    add esi, ebx
    mov [CASEPTR], esi
    mov edi, PREV
    xor eax, eax
    mov ecx, 32
    rep stosd
    call fresh
    lodsd
    mov [ENTRIES], eax
    xor eax, eax
    xchg eax, [SKIP]
    sub [ENTRIES], eax
    shl eax, 7
    add esi, eax
    mov [ENTRYPTR], esi

next_entry:
    mov eax, [ENTRIES]
    test eax, eax
    jz near case_done
    dec dword [ENTRIES]
    call fresh                  ; nothing stays of the entry before, so that each one counts by itself
    mov esi, [ENTRYPTR]
    mov edi, ENTRY
    mov ecx, 32
    rep movsd
    mov [ENTRYPTR], esi
    mov edi, CUR                ; the task of double faults leaves registers as they were
    xor eax, eax
    mov ecx, 32
    rep stosd
    mov dword [STEPS], 0
    mov dword [FOREIGN], 0
    mov dword [BUSY], 1         ; in case the tables stand in the way
    ; the task of double faults
    mov edi, DFTSS
    xor eax, eax
    mov ecx, 26
    rep stosd
    mov eax, [ENTRY + E_CR3]
    mov [DFTSS + 0x1C], eax
    mov dword [DFTSS + 0x20], AT(double_fault)
    mov dword [DFTSS + 0x24], 2
    mov dword [DFTSS + 0x38], DFSTACK
    mov eax, HDS
    mov [DFTSS + 0x48], eax
    mov [DFTSS + 0x50], eax
    mov [DFTSS + 0x54], eax
    mov [DFTSS + 0x58], eax
    mov [DFTSS + 0x5C], eax
    mov dword [DFTSS + 0x4C], HCS
    mov dword [DFTSS + 0x64], 0x680000
    mov word [GDTR], 0x3FF
    mov eax, [ENTRY + E_GDT]
    mov [GDTR + 2], eax
    mov word [IDTR], 0x1FF
    mov dword [IDTR + 2], ARENA + 0x600
    mov eax, [ENTRY + E_CR4]
    mov cr4, eax
    mov eax, [ENTRY + E_CR3]
    mov cr3, eax
    mov eax, [ENTRY + E_CR0]
    mov cr0, eax
    jmp short .paged
.paged:
    lgdt [GDTR]
    lidt [IDTR]
    lldt [ENTRY + E_LDT]
    ltr [ENTRY + E_TR]
    xor eax, eax
    mov dr6, eax
    mov cr2, eax
    mov eax, [ENTRY + E_DR]
    mov dr0, eax
    mov eax, [ENTRY + E_DR + 4]
    mov dr1, eax
    mov eax, [ENTRY + E_DR + 8]
    mov dr2, eax
    mov eax, [ENTRY + E_DR + 12]
    mov dr3, eax
    mov eax, [ENTRY + E_DR + 16]
    mov dr7, eax
    mov dword [BUSY], 0
    mov esp, GUESTTOP
    test dword [ENTRY + E_EFL], 0x20000
    jnz .virtual
    test byte [ENTRY + E_CS], 3
    jnz .outer
    mov ss, [ENTRY + E_SS]
    mov esp, [ENTRY + 16]
    jmp short .segments
.virtual:
    push dword [ENTRY + E_GS]
    push dword [ENTRY + E_FS]
    push dword [ENTRY + E_DS]
    push dword [ENTRY + E_ES]
    push dword [ENTRY + E_SS]
    push dword [ENTRY + 16]
    jmp short .frame
.outer:
    push dword [ENTRY + E_SS]
    push dword [ENTRY + 16]
.segments:
    mov gs, [ENTRY + E_GS]
    mov fs, [ENTRY + E_FS]
    mov es, [ENTRY + E_ES]
    mov ds, [ENTRY + E_DS]
.frame:
    push dword [cs:ENTRY + E_EFL]
    push dword [cs:ENTRY + E_CS]
    push dword [cs:ENTRY + E_EIP]
    mov eax, [cs:ENTRY]
    mov ecx, [cs:ENTRY + 4]
    mov edx, [cs:ENTRY + 8]
    mov ebx, [cs:ENTRY + 12]
    mov ebp, [cs:ENTRY + 20]
    mov esi, [cs:ENTRY + 24]
    mov edi, [cs:ENTRY + 28]
go:
    iretd

; All memory of the case as it begins, and its shadow; ESI -> the entries.
fresh:
    xor eax, eax
    xor edi, edi
    mov ecx, CCFROM / 4
    rep stosd
    mov eax, 0xCCCCCCCC
    mov ecx, (ARENA + ARENASIZE - CCFROM) / 4
    rep stosd
    xor eax, eax
    mov ecx, (ARENA + SHADOW - ARENA - ARENASIZE) / 4
    rep stosd
    mov esi, [CASEPTR]
    call load_pieces            ; tables
    call load_pieces            ; data
    push esi
    mov esi, ARENA
    mov edi, ARENA + SHADOW
    mov ecx, ARENASIZE / 4
    rep movsd
    xor eax, eax
    mov edi, GUESTTOP - 0x20 + SHADOW
    mov ecx, 8
    rep stosd
    pop esi
    ret

; ESI -> count, then pieces of address, dwords, contents.
load_pieces:
    lodsd
    mov edx, eax
.piece:
    test edx, edx
    jz .done
    dec edx
    lodsd
    mov edi, eax
    lodsd
    mov ecx, eax
    rep movsd
    jmp short .piece
.done:
    ret

case_done:
    inc dword [CASE]
    jmp near next_case

; All memory of the case against its shadow, then the next entry.
entry_done:
    mov al, 'M'
    out 0xE9, al
    mov ebx, BUFFER
    mov esi, ARENA
    mov edi, ARENA + SHADOW
    mov ecx, ARENASIZE / 4
.more:
    repe cmpsd
    je .end
    lea eax, [esi - 4 - ARENA]
    mov [ebx], ax
    mov eax, [esi - 4]
    mov [ebx + 2], eax
    add ebx, 6
    cmp ebx, BUFFER + 0x2E00
    jae .end
    test ecx, ecx
    jnz .more
.end:
    mov word [ebx], 0xFFFF
    lea ecx, [ebx + 2 - BUFFER]
    mov esi, BUFFER
    mov dx, 0xE9
    rep outsb
    jmp near next_entry

finish:
    mov al, 'Z'
    out 0xE9, al
    xor eax, eax
    out 0xF4, eax
    mov esi, AT(shutdown)
    mov dx, 0x8900
    mov ecx, 8
    rep outsb
    cli
    hlt

; Vectors 0 to 31.
%assign n 0
%rep 32
stub %+ n:
%if n != 8 && n != 10 && n != 11 && n != 12 && n != 13 && n != 14 && n != 17
    push dword 0
%else
    times 2 nop
%endif
    push dword n
    jmp near handler
%assign n n + 1
%endrep

; Only on a stack of ring 0 that is not flat: copies what is needed to one that is.
foreign:
    mov ecx, ds
    movzx ecx, cx               ; a pushed segment register may leave the upper half alone
    push ecx
    mov ds, [cs:AT(hds)]
    lar ecx, ax
    bt ecx, 22
    jc .wide
    movzx esp, sp
.wide:
    xor ecx, ecx
.copy:
    mov ebx, [ss:esp + ecx * 4]
    mov [FRAME - 4 + ecx * 4], ebx
    inc ecx
    cmp ecx, 14
    jb .copy
    lea ebx, [esp + 56]
    mov [FRAME + 52], ebx
    mov [FRAME + 56], eax
    mov dword [FOREIGN], 1
    mov ss, [cs:AT(hds)]
    mov esp, FRAME
    mov ds, [FRAME - 4]
    jmp short handler.flat

handler:
    pushad
    mov eax, ss
    movzx eax, ax
    cmp eax, HDS
    jne near foreign
.flat:
    cld
    mov [ss:CUR + C_HSP], esp
    mov eax, [ss:esp + 28]
    mov [ss:CUR], eax
    mov eax, [ss:esp + 24]
    mov [ss:CUR + 4], eax
    mov eax, [ss:esp + 20]
    mov [ss:CUR + 8], eax
    mov eax, [ss:esp + 16]
    mov [ss:CUR + 12], eax
    mov eax, [ss:esp + 8]
    mov [ss:CUR + 20], eax
    mov eax, [ss:esp + 4]
    mov [ss:CUR + 24], eax
    mov eax, [ss:esp]
    mov [ss:CUR + 28], eax
    mov eax, [ss:esp + 32]
    mov [ss:CUR + C_VEC], eax
    mov eax, [ss:esp + 36]
    mov [ss:CUR + C_ERR], eax
    mov eax, [ss:esp + 40]
    mov [ss:CUR + E_EIP], eax
    mov eax, [ss:esp + 44]
    mov [ss:CUR + E_CS], eax
    mov eax, [ss:esp + 48]
    mov [ss:CUR + E_EFL], eax
    mov ecx, es
    movzx ecx, cx
    mov [ss:CUR + E_ES], ecx
    mov ecx, ds
    movzx ecx, cx
    mov [ss:CUR + E_DS], ecx
    mov ecx, fs
    movzx ecx, cx
    mov [ss:CUR + E_FS], ecx
    mov ecx, gs
    movzx ecx, cx
    mov [ss:CUR + E_GS], ecx
    test eax, 0x20000
    jz .protected
    mov eax, [ss:esp + 60]
    mov [ss:CUR + E_ES], eax
    mov eax, [ss:esp + 64]
    mov [ss:CUR + E_DS], eax
    mov eax, [ss:esp + 68]
    mov [ss:CUR + E_FS], eax
    mov eax, [ss:esp + 72]
    mov [ss:CUR + E_GS], eax
    jmp short .stack
.protected:
    cmp dword [ss:FOREIGN], 0
    jne .stack
    test byte [ss:esp + 44], 3
    jnz .stack
    lea eax, [esp + 52]
    mov [ss:CUR + 16], eax
    mov dword [ss:CUR + E_SS], HDS
    jmp short .system
.stack:
    mov eax, [ss:esp + 52]
    mov [ss:CUR + 16], eax
    mov eax, [ss:esp + 56]
    mov [ss:CUR + E_SS], eax
.system:
    mov [ss:SAVED], esp
    mov esp, STACKTOP           ; what lies below the guest's own is not to change by what is recorded
    call system_registers
    mov eax, [ss:BUSY]
    shl eax, 1
    or eax, [ss:FOREIGN]
    mov [ss:CUR + C_NST], eax
    inc dword [ss:BUSY]
    cmp dword [ss:BUSY], 3
    jae near shut_down          ; what is recorded cannot be written any more
.record:
    call record
    mov esp, [ss:SAVED]
    inc dword [ss:STEPS]
    cmp dword [ss:CUR + C_NST], 0
    jne near end_entry
    mov eax, [ss:STEPS]
    cmp eax, [cs:ENTRY + E_MAX]
    jae near end_entry
    mov eax, [ss:CUR + C_VEC]
    cmp eax, 1
    je .trap
    cmp eax, 3
    je near end_entry
    ; A fault in the entry's own code: on at the next group of instructions, with TF.
    mov eax, [ss:CUR + E_CS]
    cmp eax, [cs:ENTRY + E_CS]
    jne near end_entry
    mov eax, [ss:CUR + E_EIP]
    cmp eax, 0x800
    jae near end_entry
    or eax, 15
    inc eax
    mov [ss:esp + 40], eax
    or byte [ss:esp + 49], 1    ; TF
    and byte [ss:esp + 50], 0xFE
    jmp short .resume
.trap:
    test byte [ss:CUR + C_DR6], 0x0F
    jz .resume
    or byte [ss:esp + 50], 1    ; RF
.resume:
    xor eax, eax
    mov dr6, eax
    mov [ss:BUSY], eax
    popad
    add esp, 8
    iretd

shut_down:
    lidt [cs:AT(null_idtr)]
    int3

; A task of its own, by the gate of vector 8.
double_fault:
    cld
    mov dword [ss:CUR + C_VEC], 8
    pop dword [ss:CUR + C_ERR]
    movzx eax, word [ss:DFTSS]
    mov [ss:CUR + C_HSP], eax
    mov dword [ss:CUR + C_NST], 16
    call system_registers
    call record
    jmp near end_entry

system_registers:
    mov eax, cr0
    mov [ss:CUR + C_CR0], eax
    mov eax, cr2
    mov [ss:CUR + C_CR2], eax
    mov eax, cr3
    mov [ss:CUR + C_CR3], eax
    mov eax, cr4
    mov [ss:CUR + C_CR4], eax
    mov eax, dr6
    mov [ss:CUR + C_DR6], eax
    mov eax, dr7
    mov [ss:CUR + C_DR7], eax
    xor eax, eax
    str ax
    mov [ss:CUR + C_TR], eax
    sldt ax
    mov [ss:CUR + C_LDT], eax
    mov eax, [ss:ENTRY + E_NUM]
    mov [ss:CUR + C_NUM], eax
    ret

; 'S', a mask of the dwords that changed, these, then (offset, dword) of memory that changed, FFFF.
record:
    mov byte [ss:BUFFER], 'S'
    mov ebx, BUFFER + 5
    xor edx, edx
    xor ecx, ecx
.dword:
    mov eax, [ss:CUR + ecx * 4]
    cmp eax, [ss:PREV + ecx * 4]
    je .same
    mov [ss:PREV + ecx * 4], eax
    bts edx, ecx
    mov [ss:ebx], eax
    add ebx, 4
.same:
    inc ecx
    cmp ecx, 32
    jb .dword
    mov [ss:BUFFER + 1], edx
%macro watch 2                  ; first and last
    mov esi, %1
    mov edi, %2
    call changes
%endmacro
    watch 0x10000, 0x10C00
    watch 0x11000, 0x11040
    watch 0x12000, 0x12100
    watch 0x13000, 0x13200
    watch 0x16EC0, 0x17140
    watch 0x17EC0, 0x19100
    watch GUESTTOP - 0x20, GUESTTOP
    mov word [ss:ebx], 0xFFFF
    lea ecx, [ebx + 2 - BUFFER]
    mov esi, BUFFER
    mov dx, 0xE9
    ss rep outsb
    ret

changes:
%assign n 0
%rep 4
    mov eax, [ss:esi + n]
    cmp eax, [ss:esi + n + SHADOW]
    jne .some
%assign n n + 4
%endrep
.next:
    add esi, 16
    cmp esi, edi
    jb changes
    ret
.some:
    mov ebp, 4
.dword:
    mov eax, [ss:esi]
    cmp eax, [ss:esi + SHADOW]
    je .same
    mov [ss:esi + SHADOW], eax
    lea ecx, [esi - ARENA]
    mov [ss:ebx], cx
    mov [ss:ebx + 2], eax
    add ebx, 6
.same:
    add esi, 4
    dec ebp
    jnz .dword
    sub esi, 16
    jmp short .next

end_entry:
    mov esp, STACKTOP
    push dword 2
    popfd
    xor eax, eax
    mov dr7, eax
    lgdt [cs:AT(gdtr)]
    mov ds, [cs:AT(hds)]
    mov es, [cs:AT(hds)]
    mov ss, [cs:AT(hds)]
    lldt [cs:AT(null)]
    mov eax, 0x11
    mov cr0, eax
    jmp short .unpaged
.unpaged:
    xor eax, eax
    mov fs, ax
    mov gs, ax
    mov cr4, eax
    jmp near entry_done

align 4
hds: dd HDS
null: dd 0
shutdown: db "Shutdown"
magic: db 10, "records"
null_idtr: dw 0
    dd 0
align 8
gdt:
    dq 0
    dq 0x00CF9B000000FFFF
    dq 0x00CF93000000FFFF
gdtr: dw 23
    dd AT(gdt)
align 4
; The generator reads these: the stubs' offsets.
stubs:
%assign n 0
%rep 32
    dd AT(stub %+ n)
%assign n n + 1
%endrep
part_end:

    times 0xFE00 - ($ - $$) db 0xCC
; In ROM from here on: FFFFFE00. Three numbers for the host.
%define ROM(x) (x - part + 0xFFFF0000)
    dd stubs - part
    dd AT(record)
    dd AT(go)
bits 32
copy:
    mov ax, HDS
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov esp, STACKTOP
    cld
    mov esi, 0xFFFF0000
    mov edi, CODE
    mov ecx, (part_end - part + 3) / 4
    rep movsd
    jmp HCS:AT(start)
rom_gdtr: dw 23
    dd ROM(gdt)
bits 16
reset:
    cli
    o32 lgdt [cs:(rom_gdtr - part)]
    mov eax, 0x11
    mov cr0, eax
    jmp dword HCS:ROM(copy)
    times 0xFFE0 - ($ - $$) db 0xCC
    dd 0                        ; FFE0: the image's address, filled in
    times 0xFFF0 - ($ - $$) db 0xCC
    jmp near reset
    times 0x10000 - ($ - $$) db 0xCC
