/// Encodings with their text, one a line: `bytes | intel | att | nasm`, at address 0x1000.
///
/// Runs of spaces are written as one; padding is tested elsewhere.
enum DisassemblerCases {
    /// 16-bit code.
    static let code16 = """
        00 00 | add BYTE PTR [bx+si],al | add %al,(%bx,%si) | add [bx+si],al
        01 d8 | add ax,bx | add %bx,%ax | add ax,bx
        02 4f 05 | add cl,BYTE PTR [bx+0x5] | add 0x5(%bx),%cl | add cl,[bx+0x5]
        13 04 | adc ax,WORD PTR [si] | adc (%si),%ax | adc ax,[si]
        80 06 34 12 7f | add BYTE PTR ds:0x1234,0x7f | addb $0x7f,0x1234 | add byte [0x1234],0x7f
        81 00 34 12 | add WORD PTR [bx+si],0x1234 | addw $0x1234,(%bx,%si) | add word [bx+si],0x1234
        82 28 01 | sub BYTE PTR [bx+si],0x1 | subb $0x1,(%bx,%si) | sub byte [bx+si],0x1
        83 c0 ff | add ax,0xffff | add $0xffff,%ax | add ax,0xffff
        04 80 | add al,0x80 | add $0x80,%al | add al,0x80
        05 34 12 | add ax,0x1234 | add $0x1234,%ax | add ax,0x1234
        40 | inc ax | inc %ax | inc ax
        4b | dec bx | dec %bx | dec bx
        fe 08 | dec BYTE PTR [bx+si] | decb (%bx,%si) | dec byte [bx+si]
        ff 07 | inc WORD PTR [bx] | incw (%bx) | inc word [bx]
        f6 d8 | neg al | neg %al | neg al
        f7 20 | mul WORD PTR [bx+si] | mulw (%bx,%si) | mul word [bx+si]
        f6 08 01 | test BYTE PTR [bx+si],0x1 | testb $0x1,(%bx,%si) | test byte [bx+si],0x1
        f7 f3 | div bx | div %bx | div bx
        69 c3 34 12 | imul ax,bx,0x1234 | imul $0x1234,%bx,%ax | imul ax,bx,0x1234
        6b 07 fe | imul ax,WORD PTR [bx],0xfffe | imul $0xfffe,(%bx),%ax | imul ax,[bx],0xfffe
        0f af c1 | imul ax,cx | imul %cx,%ax | imul ax,cx
        0f b0 0f | cmpxchg BYTE PTR [bx],cl | cmpxchg %cl,(%bx) | cmpxchg [bx],cl
        0f c1 0f | xadd WORD PTR [bx],cx | xadd %cx,(%bx) | xadd [bx],cx
        0f c7 0f | cmpxchg8b QWORD PTR [bx] | cmpxchg8b (%bx) | cmpxchg8b [bx]
        88 07 | mov BYTE PTR [bx],al | mov %al,(%bx) | mov [bx],al
        8b 46 00 | mov ax,WORD PTR [bp+0x0] | mov 0x0(%bp),%ax | mov ax,[bp+0x0]
        8b 46 80 | mov ax,WORD PTR [bp-0x80] | mov -0x80(%bp),%ax | mov ax,[bp-0x80]
        8b 86 00 80 | mov ax,WORD PTR [bp-0x8000] | mov -0x8000(%bp),%ax | mov ax,[bp-0x8000]
        8b 1e 34 12 | mov bx,WORD PTR ds:0x1234 | mov 0x1234,%bx | mov bx,[0x1234]
        a0 34 12 | mov al,ds:0x1234 | mov 0x1234,%al | mov al,[0x1234]
        a3 34 12 | mov ds:0x1234,ax | mov %ax,0x1234 | mov [0x1234],ax
        b0 ff | mov al,0xff | mov $0xff,%al | mov al,0xff
        b8 34 12 | mov ax,0x1234 | mov $0x1234,%ax | mov ax,0x1234
        c6 07 01 | mov BYTE PTR [bx],0x1 | movb $0x1,(%bx) | mov byte [bx],0x1
        c7 07 34 12 | mov WORD PTR [bx],0x1234 | movw $0x1234,(%bx) | mov word [bx],0x1234
        8c c0 | mov ax,es | mov %es,%ax | mov ax,es
        8c 07 | mov WORD PTR [bx],es | mov %es,(%bx) | mov [bx],es
        8e d8 | mov ds,ax | mov %ax,%ds | mov ds,ax
        8e 1f | mov ds,WORD PTR [bx] | mov (%bx),%ds | mov ds,[bx]
        0f 20 c0 | mov eax,cr0 | mov %cr0,%eax | mov eax,cr0
        0f 22 d8 | mov cr3,eax | mov %eax,%cr3 | mov cr3,eax
        0f 21 f8 | mov eax,dr7 | mov %db7,%eax | mov eax,dr7
        87 d9 | xchg cx,bx | xchg %bx,%cx | xchg cx,bx
        91 | xchg cx,ax | xchg %ax,%cx | xchg cx,ax
        90 | nop | nop | nop
        8d 47 02 | lea ax,[bx+0x2] | lea 0x2(%bx),%ax | lea ax,[bx+0x2]
        c4 07 | les ax,DWORD PTR [bx] | les (%bx),%ax | les ax,[bx]
        c5 3f | lds di,DWORD PTR [bx] | lds (%bx),%di | lds di,[bx]
        0f b2 27 | lss sp,DWORD PTR [bx] | lss (%bx),%sp | lss sp,[bx]
        0f b6 c1 | movzx ax,cl | movzbw %cl,%ax | movzx ax,cl
        0f b7 07 | movzx ax,WORD PTR [bx] | movzww (%bx),%ax | movzx ax,word [bx]
        0f be 07 | movsx ax,BYTE PTR [bx] | movsbw (%bx),%ax | movsx ax,byte [bx]
        0f bf c1 | movsx ax,cx | movsww %cx,%ax | movsx ax,cx
        d7 | xlat BYTE PTR ds:[bx] | xlat %ds:(%bx) | xlatb
        0f c8 | bswap ax | bswap %ax | bswap ax
        0f 44 07 | cmove ax,WORD PTR [bx] | cmove (%bx),%ax | cmove ax,[bx]
        98 | cbw | cbtw | cbw
        99 | cwd | cwtd | cwd
        9e | sahf | sahf | sahf
        9f | lahf | lahf | lahf
        d0 07 | rol BYTE PTR [bx],1 | rolb (%bx) | rol byte [bx],1
        d1 e0 | shl ax,1 | shl %ax | shl ax,1
        d2 0f | ror BYTE PTR [bx],cl | rorb %cl,(%bx) | ror byte [bx],cl
        d3 e8 | shr ax,cl | shr %cl,%ax | shr ax,cl
        c0 27 05 | shl BYTE PTR [bx],0x5 | shlb $0x5,(%bx) | shl byte [bx],0x5
        c1 f8 1f | sar ax,0x1f | sar $0x1f,%ax | sar ax,0x1f
        d1 30 | shl WORD PTR [bx+si],1 | shlw (%bx,%si) | shl word [bx+si],1
        0f a4 07 05 | shld WORD PTR [bx],ax,0x5 | shld $0x5,%ax,(%bx) | shld [bx],ax,0x5
        0f ad c1 | shrd cx,ax,cl | shrd %cl,%ax,%cx | shrd cx,ax,cl
        0f a3 07 | bt WORD PTR [bx],ax | bt %ax,(%bx) | bt [bx],ax
        0f ba 27 05 | bt WORD PTR [bx],0x5 | btw $0x5,(%bx) | bt word [bx],0x5
        0f bb c8 | btc ax,cx | btc %cx,%ax | btc ax,cx
        0f bc c1 | bsf ax,cx | bsf %cx,%ax | bsf ax,cx
        0f bd 07 | bsr ax,WORD PTR [bx] | bsr (%bx),%ax | bsr ax,[bx]
        0f 94 c0 | sete al | sete %al | sete al
        0f 9f 07 | setg BYTE PTR [bx] | setg (%bx) | setg byte [bx]
        27 | daa | daa | daa
        2f | das | das | das
        37 | aaa | aaa | aaa
        3f | aas | aas | aas
        d4 0a | aam 0xa | aam $0xa | aam 0xa
        d5 10 | aad 0x10 | aad $0x10 | aad 0x10
        70 05 | jo 0x1007 | jo 0x1007 | jo short 0x1007
        75 fe | jne 0x1000 | jne 0x1000 | jne short 0x1000
        0f 84 05 00 | je 0x1009 | je 0x1009 | je near 0x1009
        e0 fe | loopne 0x1000 | loopne 0x1000 | loopne 0x1000
        e1 fe | loope 0x1000 | loope 0x1000 | loope 0x1000
        e2 fe | loop 0x1000 | loop 0x1000 | loop 0x1000
        e3 fe | jcxz 0x1000 | jcxz 0x1000 | jcxz 0x1000
        e9 05 00 | jmp 0x1008 | jmp 0x1008 | jmp near 0x1008
        eb fe | jmp 0x1000 | jmp 0x1000 | jmp short 0x1000
        ff 27 | jmp WORD PTR [bx] | jmp *(%bx) | jmp word [bx]
        ff e0 | jmp ax | jmp *%ax | jmp ax
        ea 34 12 00 f0 | jmp 0xf000:0x1234 | ljmp $0xf000,$0x1234 | jmp 0xf000:0x1234
        ff 2f | jmp DWORD PTR [bx] | ljmp *(%bx) | jmp far [bx]
        e8 05 00 | call 0x1008 | call 0x1008 | call 0x1008
        ff 17 | call WORD PTR [bx] | call *(%bx) | call word [bx]
        9a 34 12 00 f0 | call 0xf000:0x1234 | lcall $0xf000,$0x1234 | call 0xf000:0x1234
        ff 1f | call DWORD PTR [bx] | lcall *(%bx) | call far [bx]
        c2 04 00 | ret 0x4 | ret $0x4 | ret 0x4
        c3 | ret | ret | ret
        ca 04 00 | retf 0x4 | lret $0x4 | retf 0x4
        cb | retf | lret | retf
        62 07 | bound ax,DWORD PTR [bx] | bound %ax,(%bx) | bound ax,[bx]
        d9 07 | fld DWORD PTR [bx] | flds (%bx) | fld dword [bx]
        db 2f | fld TBYTE PTR [bx] | fldt (%bx) | fld tword [bx]
        df 2f | fild QWORD PTR [bx] | fildll (%bx) | fild qword [bx]
        de 27 | fisub WORD PTR [bx] | fisubs (%bx) | fisub word [bx]
        d8 c1 | fadd st,st(1) | fadd %st(1),%st | fadd st0,st1
        dc e9 | fsub st(1),st | fsubr %st,%st(1) | fsub st1,st0
        de f1 | fdivrp st(1),st | fdivp %st,%st(1) | fdivrp st1,st0
        da d9 | fcmovu st,st(1) | fcmovu %st(1),%st | fcmovu st0,st1
        df f1 | fcomip st,st(1) | fcomip %st(1),%st | fcomip st0,st1
        d9 c9 | fxch st(1) | fxch %st(1) | fxch st1
        df e0 | fnstsw ax | fnstsw %ax | fnstsw ax
        66 d9 27 | fldenvd [bx] | fldenvl (%bx) | o32 fldenv [bx]
        d9 37 | fnstenv [bx] | fnstenv (%bx) | fnstenv [bx]
        d9 2f | fldcw WORD PTR [bx] | fldcw (%bx) | fldcw word [bx]
        50 | push ax | push %ax | push ax
        5f | pop di | pop %di | pop di
        ff 37 | push WORD PTR [bx] | push (%bx) | push word [bx]
        8f 07 | pop WORD PTR [bx] | pop (%bx) | pop word [bx]
        68 34 12 | push 0x1234 | push $0x1234 | push 0x1234
        6a ff | push 0xffff | push $0xffff | push 0xffff
        06 | push es | push %es | push es
        1f | pop ds | pop %ds | pop ds
        0f a0 | push fs | push %fs | push fs
        0f a9 | pop gs | pop %gs | pop gs
        60 | pusha | pusha | pusha
        61 | popa | popa | popa
        9c | pushf | pushf | pushf
        9d | popf | popf | popf
        c8 10 00 01 | enter 0x10,0x1 | enter $0x10,$0x1 | enter 0x10,0x1
        c9 | leave | leave | leave
        a4 | movs BYTE PTR es:[di],BYTE PTR ds:[si] | movsb %ds:(%si),%es:(%di) | movsb
        a5 | movs WORD PTR es:[di],WORD PTR ds:[si] | movsw %ds:(%si),%es:(%di) | movsw
        a6 | cmps BYTE PTR ds:[si],BYTE PTR es:[di] | cmpsb %es:(%di),%ds:(%si) | cmpsb
        a7 | cmps WORD PTR ds:[si],WORD PTR es:[di] | cmpsw %es:(%di),%ds:(%si) | cmpsw
        aa | stos BYTE PTR es:[di],al | stos %al,%es:(%di) | stosb
        ab | stos WORD PTR es:[di],ax | stos %ax,%es:(%di) | stosw
        ac | lods al,BYTE PTR ds:[si] | lods %ds:(%si),%al | lodsb
        ad | lods ax,WORD PTR ds:[si] | lods %ds:(%si),%ax | lodsw
        ae | scas al,BYTE PTR es:[di] | scas %es:(%di),%al | scasb
        af | scas ax,WORD PTR es:[di] | scas %es:(%di),%ax | scasw
        6c | ins BYTE PTR es:[di],dx | insb (%dx),%es:(%di) | insb
        6d | ins WORD PTR es:[di],dx | insw (%dx),%es:(%di) | insw
        6e | outs dx,BYTE PTR ds:[si] | outsb %ds:(%si),(%dx) | outsb
        6f | outs dx,WORD PTR ds:[si] | outsw %ds:(%si),(%dx) | outsw
        e4 60 | in al,0x60 | in $0x60,%al | in al,0x60
        e5 60 | in ax,0x60 | in $0x60,%ax | in ax,0x60
        e6 20 | out 0x20,al | out %al,$0x20 | out 0x20,al
        e7 20 | out 0x20,ax | out %ax,$0x20 | out 0x20,ax
        ec | in al,dx | in (%dx),%al | in al,dx
        ed | in ax,dx | in (%dx),%ax | in ax,dx
        ee | out dx,al | out %al,(%dx) | out dx,al
        ef | out dx,ax | out %ax,(%dx) | out dx,ax
        cd 10 | int 0x10 | int $0x10 | int 0x10
        cc | int3 | int3 | int3
        f1 | int1 | int1 | int1
        ce | into | into | into
        cf | iret | iret | iret
        fa | cli | cli | cli
        fb | sti | sti | sti
        f4 | hlt | hlt | hlt
        f8 | clc | clc | clc
        f9 | stc | stc | stc
        f5 | cmc | cmc | cmc
        fc | cld | cld | cld
        fd | std | std | std
        0f 00 07 | sldt WORD PTR [bx] | sldt (%bx) | sldt word [bx]
        0f 00 c8 | str ax | str %ax | str ax
        0f 00 d0 | lldt ax | lldt %ax | lldt ax
        0f 01 07 | sgdtw [bx] | sgdtw (%bx) | sgdt [bx]
        0f 01 1f | lidtw [bx] | lidtw (%bx) | lidt [bx]
        0f 01 e0 | smsw ax | smsw %ax | smsw ax
        0f 01 f0 | lmsw ax | lmsw %ax | lmsw ax
        0f 01 3f | invlpg BYTE PTR [bx] | invlpg (%bx) | invlpg [bx]
        0f 06 | clts | clts | clts
        0f 08 | invd | invd | invd
        0f 09 | wbinvd | wbinvd | wbinvd
        0f 30 | wrmsr | wrmsr | wrmsr
        0f 31 | rdtsc | rdtsc | rdtsc
        0f 32 | rdmsr | rdmsr | rdmsr
        0f a2 | cpuid | cpuid | cpuid
        63 07 | arpl WORD PTR [bx],ax | arpl %ax,(%bx) | arpl [bx],ax
        9b | fwait | fwait | fwait
        0f 1f 00 | nop WORD PTR [bx+si] | nopw (%bx,%si) | nop word [bx+si]
        0f 0b | ud2 | ud2 | ud2
        0f b9 07 | ud1 ax,WORD PTR [bx] | ud1 (%bx),%ax | ud1 ax,[bx]
        0f ff 07 | ud0 ax,WORD PTR [bx] | ud0 (%bx),%ax | ud0 ax,[bx]
        2e 8b 07 | mov ax,WORD PTR cs:[bx] | mov %cs:(%bx),%ax | mov ax,[cs:bx]
        26 a0 34 12 | mov al,es:0x1234 | mov %es:0x1234,%al | mov al,[es:0x1234]
        3e 8b 46 00 | mov ax,WORD PTR ds:[bp+0x0] | mov %ds:0x0(%bp),%ax | mov ax,[ds:bp+0x0]
        64 a4 | movs BYTE PTR es:[di],BYTE PTR fs:[si] | movsb %fs:(%si),%es:(%di) | fs movsb
        26 aa | es stos BYTE PTR es:[di],al | es stos %al,%es:(%di) | es stosb
        2e d7 | xlat BYTE PTR cs:[bx] | xlat %cs:(%bx) | cs xlatb
        f3 a4 | rep movs BYTE PTR es:[di],BYTE PTR ds:[si] | rep movsb %ds:(%si),%es:(%di) | rep movsb
        f2 a4 | repnz movs BYTE PTR es:[di],BYTE PTR ds:[si] | repnz movsb %ds:(%si),%es:(%di) | repne movsb
        f3 a6 | repz cmps BYTE PTR ds:[si],BYTE PTR es:[di] | repz cmpsb %es:(%di),%ds:(%si) | repe cmpsb
        f2 ae | repnz scas al,BYTE PTR es:[di] | repnz scas %es:(%di),%al | repne scasb
        f3 6c | rep ins BYTE PTR es:[di],dx | rep insb (%dx),%es:(%di) | rep insb
        f3 6e | rep outs dx,BYTE PTR ds:[si] | rep outsb %ds:(%si),(%dx) | rep outsb
        f0 01 07 | lock add WORD PTR [bx],ax | lock add %ax,(%bx) | lock add [bx],ax
        f0 0f c7 0f | lock cmpxchg8b QWORD PTR [bx] | lock cmpxchg8b (%bx) | lock cmpxchg8b [bx]
        f3 90 | pause | pause | pause
        2e 74 fe | cs je 0x1001 | je,pn 0x1001 | cs je short 0x1001
        3e 74 fe | ds je 0x1001 | je,pt 0x1001 | ds je short 0x1001
        f2 01 07 | repnz add WORD PTR [bx],ax | repnz add %ax,(%bx) | repne add [bx],ax
        26 2e 8b 07 | es mov ax,WORD PTR cs:[bx] | es mov %cs:(%bx),%ax | es mov ax,[cs:bx]
        26 26 40 | es es inc ax | es es inc %ax | es es inc ax
        66 90 | xchg eax,eax | xchg %eax,%eax | xchg eax,eax
        66 b8 78 56 34 12 | mov eax,0x12345678 | mov $0x12345678,%eax | mov eax,0x12345678
        66 98 | cwde | cwtl | cwde
        66 99 | cdq | cltd | cdq
        66 a5 | movs DWORD PTR es:[di],DWORD PTR ds:[si] | movsl %ds:(%si),%es:(%di) | movsd
        66 60 | pushad | pushal | pushad
        66 9c | pushfd | pushfl | pushfd
        66 cf | iretd | iretl | iretd
        66 c3 | retd | retl | o32 ret
        66 c9 | leaved | leavel | o32 leave
        66 c8 10 00 01 | enterd 0x10,0x1 | enterl $0x10,$0x1 | o32 enter 0x10,0x1
        66 06 | pushd es | pushl %es | o32 push es
        66 6a ff | pushd 0xffffffff | pushl $0xffffffff | push dword 0xffffffff
        66 68 78 56 34 12 | pushd 0x12345678 | pushl $0x12345678 | push dword 0x12345678
        66 ff 37 | push DWORD PTR [bx] | pushl (%bx) | push dword [bx]
        66 ff 17 | call DWORD PTR [bx] | calll *(%bx) | call dword [bx]
        66 ff 1f | call FWORD PTR [bx] | lcalll *(%bx) | call dword far [bx]
        66 e8 05 00 00 00 | calld 0x100b | calll 0x100b | call dword 0x100b
        66 ea 78 56 34 12 08 00 | jmp 0x8:0x12345678 | ljmpl $0x8,$0x12345678 | jmp dword 0x8:0x12345678
        66 0f 01 17 | lgdtd [bx] | lgdtl (%bx) | o32 lgdt [bx]
        66 0f 84 05 00 00 00 | je 0x100c | je 0x100c | je near dword 0x100c
        66 8e d8 | mov ds,eax | mov %eax,%ds | mov ds,eax
        66 0f b7 c1 | movzx eax,cx | movzwl %cx,%eax | movzx eax,cx
        67 8b 03 | mov ax,WORD PTR [ebx] | mov (%ebx),%ax | mov ax,[ebx]
        67 8b 04 24 | mov ax,WORD PTR [esp] | mov (%esp),%ax | mov ax,[esp]
        67 8b 44 98 04 | mov ax,WORD PTR [eax+ebx*4+0x4] | mov 0x4(%eax,%ebx,4),%ax | mov ax,[eax+ebx*4+0x4]
        67 8b 05 34 12 00 00 | addr32 mov ax,WORD PTR ds:0x1234 | addr32 mov 0x1234,%ax | mov ax,[dword 0x1234]
        67 8b 04 8d 00 01 00 00 | mov ax,WORD PTR [ecx*4+0x100] | mov 0x100(,%ecx,4),%ax | mov ax,[ecx*4+0x100]
        67 8b 04 20 | mov ax,WORD PTR [eax+eiz*1] | mov (%eax,%eiz,1),%ax | mov ax,[eax]
        67 a4 | movs BYTE PTR es:[edi],BYTE PTR ds:[esi] | movsb %ds:(%esi),%es:(%edi) | a32 movsb
        67 e3 fe | jecxz 0x1001 | jecxz 0x1001 | jecxz 0x1001
        67 e2 fe | addr32 loop 0x1001 | loopl 0x1001 | a32 loop 0x1001
        67 a0 78 56 34 12 | addr32 mov al,ds:0x12345678 | addr32 mov 0x12345678,%al | mov al,[dword 0x12345678]
        66 66 40 | data32 inc eax | data32 inc %eax | o32 inc eax
        66 04 01 | data32 add al,0x1 | data32 add $0x1,%al | o32 add al,0x1
        67 d7 | xlat BYTE PTR ds:[ebx] | xlat %ds:(%ebx) | a32 xlatb
        66 67 f3 a5 | rep movs DWORD PTR es:[edi],DWORD PTR ds:[esi] | rep movsl %ds:(%esi),%es:(%edi) | a32 rep movsd
        """

    /// 32-bit code, where it differs from the above.
    static let code32 = """
        00 00 | add BYTE PTR [eax],al | add %al,(%eax) | add [eax],al
        81 00 78 56 34 12 | add DWORD PTR [eax],0x12345678 | addl $0x12345678,(%eax) | add dword [eax],0x12345678
        83 c0 ff | add eax,0xffffffff | add $0xffffffff,%eax | add eax,0xffffffff
        05 78 56 34 12 | add eax,0x12345678 | add $0x12345678,%eax | add eax,0x12345678
        40 | inc eax | inc %eax | inc eax
        69 c3 78 56 34 12 | imul eax,ebx,0x12345678 | imul $0x12345678,%ebx,%eax | imul eax,ebx,0x12345678
        8b 43 04 | mov eax,DWORD PTR [ebx+0x4] | mov 0x4(%ebx),%eax | mov eax,[ebx+0x4]
        8b 45 00 | mov eax,DWORD PTR [ebp+0x0] | mov 0x0(%ebp),%eax | mov eax,[ebp+0x0]
        8b 83 00 00 00 80 | mov eax,DWORD PTR [ebx-0x80000000] | mov -0x80000000(%ebx),%eax | mov eax,[ebx-0x80000000]
        a1 78 56 34 12 | mov eax,ds:0x12345678 | mov 0x12345678,%eax | mov eax,[0x12345678]
        b8 78 56 34 12 | mov eax,0x12345678 | mov $0x12345678,%eax | mov eax,0x12345678
        8c c0 | mov eax,es | mov %es,%eax | mov eax,es
        8e d8 | mov ds,eax | mov %eax,%ds | mov ds,eax
        91 | xchg ecx,eax | xchg %eax,%ecx | xchg ecx,eax
        8d 47 02 | lea eax,[edi+0x2] | lea 0x2(%edi),%eax | lea eax,[edi+0x2]
        c4 07 | les eax,FWORD PTR [edi] | les (%edi),%eax | les eax,[edi]
        0f b6 c1 | movzx eax,cl | movzbl %cl,%eax | movzx eax,cl
        0f b7 07 | movzx eax,WORD PTR [edi] | movzwl (%edi),%eax | movzx eax,word [edi]
        98 | cwde | cwtl | cwde
        99 | cdq | cltd | cdq
        d7 | xlat BYTE PTR ds:[ebx] | xlat %ds:(%ebx) | xlatb
        d1 07 | rol DWORD PTR [edi],1 | roll (%edi) | rol dword [edi],1
        ff 27 | jmp DWORD PTR [edi] | jmp *(%edi) | jmp dword [edi]
        ff 2f | jmp FWORD PTR [edi] | ljmp *(%edi) | jmp far [edi]
        ea 78 56 34 12 08 00 | jmp 0x8:0x12345678 | ljmp $0x8,$0x12345678 | jmp 0x8:0x12345678
        e8 05 00 00 00 | call 0x100a | call 0x100a | call 0x100a
        0f 84 05 00 00 00 | je 0x100b | je 0x100b | je near 0x100b
        e3 fe | jecxz 0x1000 | jecxz 0x1000 | jecxz 0x1000
        6a ff | push 0xffffffff | push $0xffffffff | push 0xffffffff
        68 78 56 34 12 | push 0x12345678 | push $0x12345678 | push 0x12345678
        60 | pusha | pusha | pusha
        9c | pushf | pushf | pushf
        cf | iret | iret | iret
        a5 | movs DWORD PTR es:[edi],DWORD PTR ds:[esi] | movsl %ds:(%esi),%es:(%edi) | movsd
        ab | stos DWORD PTR es:[edi],eax | stos %eax,%es:(%edi) | stosd
        af | scas eax,DWORD PTR es:[edi] | scas %es:(%edi),%eax | scasd
        6d | ins DWORD PTR es:[edi],dx | insl (%dx),%es:(%edi) | insd
        6f | outs dx,DWORD PTR ds:[esi] | outsl %ds:(%esi),(%dx) | outsd
        ed | in eax,dx | in (%dx),%eax | in eax,dx
        0f 01 17 | lgdtd [edi] | lgdtl (%edi) | lgdt [edi]
        0f 1f 00 | nop DWORD PTR [eax] | nopl (%eax) | nop dword [eax]
        62 07 | bound eax,QWORD PTR [edi] | bound %eax,(%edi) | bound eax,[edi]
        26 8b 07 | mov eax,DWORD PTR es:[edi] | mov %es:(%edi),%eax | mov eax,[es:edi]
        65 a1 18 00 00 00 | mov eax,gs:0x18 | mov %gs:0x18,%eax | mov eax,[gs:0x18]
        f3 a5 | rep movs DWORD PTR es:[edi],DWORD PTR ds:[esi] | rep movsl %ds:(%esi),%es:(%edi) | rep movsd
        f3 90 | pause | pause | pause
        0f c7 0f | cmpxchg8b QWORD PTR [edi] | cmpxchg8b (%edi) | cmpxchg8b [edi]
        0f 20 e0 | mov eax,cr4 | mov %cr4,%eax | mov eax,cr4
        66 90 | xchg ax,ax | xchg %ax,%ax | xchg ax,ax
        66 b8 34 12 | mov ax,0x1234 | mov $0x1234,%ax | mov ax,0x1234
        66 98 | cbw | cbtw | cbw
        66 99 | cwd | cwtd | cwd
        66 a5 | movs WORD PTR es:[edi],WORD PTR ds:[esi] | movsw %ds:(%esi),%es:(%edi) | movsw
        66 60 | pushaw | pushaw | pushaw
        66 9c | pushfw | pushfw | pushfw
        66 cf | iretw | iretw | iretw
        66 c3 | retw | retw | o16 ret
        66 c9 | leavew | leavew | o16 leave
        66 c8 10 00 01 | enterw 0x10,0x1 | enterw $0x10,$0x1 | o16 enter 0x10,0x1
        66 06 | pushw es | pushw %es | o16 push es
        66 6a ff | pushw 0xffff | pushw $0xffff | push word 0xffff
        66 68 34 12 | pushw 0x1234 | pushw $0x1234 | push word 0x1234
        66 ff 37 | push WORD PTR [edi] | pushw (%edi) | push word [edi]
        66 ff 17 | call WORD PTR [edi] | callw *(%edi) | call word [edi]
        66 ff 1f | call DWORD PTR [edi] | lcallw *(%edi) | call word far [edi]
        66 e8 05 00 | callw 0x1009 | callw 0x1009 | call word 0x1009
        66 ea 34 12 08 00 | jmp 0x8:0x1234 | ljmpw $0x8,$0x1234 | jmp word 0x8:0x1234
        66 0f 01 17 | lgdtw [edi] | lgdtw (%edi) | o16 lgdt [edi]
        66 0f 84 05 00 | je 0x100a | je 0x100a | je near word 0x100a
        66 8e d8 | mov ds,ax | mov %ax,%ds | mov ds,ax
        66 0f b7 c1 | movzx ax,cx | movzww %cx,%ax | movzx ax,cx
        67 8b 03 | mov eax,DWORD PTR [bp+di] | mov (%bp,%di),%eax | mov eax,[bp+di]
        8b 04 24 | mov eax,DWORD PTR [esp] | mov (%esp),%eax | mov eax,[esp]
        8b 44 98 04 | mov eax,DWORD PTR [eax+ebx*4+0x4] | mov 0x4(%eax,%ebx,4),%eax | mov eax,[eax+ebx*4+0x4]
        8b 05 78 56 34 12 | mov eax,DWORD PTR ds:0x12345678 | mov 0x12345678,%eax | mov eax,[0x12345678]
        67 8b 06 34 12 | mov eax,DWORD PTR ds:0x1234 | mov 0x1234,%eax | mov eax,[word 0x1234]
        8b 04 8d 00 01 00 00 | mov eax,DWORD PTR [ecx*4+0x100] | mov 0x100(,%ecx,4),%eax | mov eax,[ecx*4+0x100]
        8b 04 25 34 12 00 00 | mov eax,DWORD PTR [eiz*1+0x1234] | mov 0x1234(,%eiz,1),%eax | mov eax,[0x1234]
        8b 04 20 | mov eax,DWORD PTR [eax+eiz*1] | mov (%eax,%eiz,1),%eax | mov eax,[eax]
        67 a4 | movs BYTE PTR es:[di],BYTE PTR ds:[si] | movsb %ds:(%si),%es:(%di) | a16 movsb
        67 e3 fe | jcxz 0x1001 | jcxz 0x1001 | jcxz 0x1001
        67 e2 fe | addr16 loop 0x1001 | loopw 0x1001 | a16 loop 0x1001
        67 a0 34 12 | addr16 mov al,ds:0x1234 | addr16 mov 0x1234,%al | mov al,[word 0x1234]
        66 66 40 | data16 inc ax | data16 inc %ax | o16 inc ax
        66 04 01 | data16 add al,0x1 | data16 add $0x1,%al | o16 add al,0x1
        67 d7 | xlat BYTE PTR ds:[bx] | xlat %ds:(%bx) | a16 xlatb
        66 67 f3 a5 | rep movs WORD PTR es:[di],WORD PTR ds:[si] | rep movsw %ds:(%si),%es:(%di) | a16 rep movsw
        """
}
