// Runs a static 32-bit Linux program, which lies in memory as an ELF file: as much of the kernel as a program needs that
// computes and prints. What it writes leaves by the debug console, its exit status by the port that ends the run.

typedef unsigned char byte;
typedef unsigned short half;
typedef unsigned int word;

enum { STACK = 0x3F00000, HEAP_END = 0x3000000, TLS = 3, CODE = 8 };
enum { NOT_FOUND = -2, NOT_A_TERMINAL = -25, NOT_A_FILE = -29, NO_SUCH_CALL = -38 };

/// What the gate of INT 80h pushes (PUSHA), and the call's number and arguments in it.
struct registers { word edi, esi, ebp, esp, ebx, edx, ecx, eax; };
struct elf { byte id[16]; half type, machine; word version, entry, phoff, shoff, flags; half ehsize, phentsize, phnum; };
struct segment { word type, offset, address, physical, in_file, in_memory; };
struct thread_area { word number, base, limit, flags; };
struct vector { const byte *base; word size; };

extern byte gdt[];
extern const word exceptions[32];
void system_call(void);
static word heap, heap_start, mapped = HEAP_END;
static struct { half low, selector, type, high; } idt[0x81];

static void copy(void *to, const void *from, word count)
{
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
}

static void clear(void *to, word count)
{
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(0) : "memory");
}

static void print(const void *from, word count)
{
    __asm__ volatile("rep outsb" : "+S"(from), "+c"(count) : "d"(0xE9) : "memory");
}

static void end(word status)
{
    __asm__ volatile("outb %b0, $0xF4\n cli\n hlt" : : "a"(status));
}

static void print_hexadecimal(word value)
{
    char digits[9];
    for (int i = 0; i < 8; i++) digits[i] = "0123456789ABCDEF"[value >> (28 - 4 * i) & 15];
    digits[8] = '\n';
    print(digits, 9);
}

/// An exception ends the run: vector, then EIP or the error code, then what is above it.
void exception(word vector, const word *stack)
{
    print("exception\n", 10);
    print_hexadecimal(vector);
    for (int i = 0; i < 4; i++) print_hexadecimal(stack[i]);
    end(0x3F);
}

static word break_to(word address)
{
    if (address >= heap_start && address < mapped) {
        if (address > heap) clear((void *)heap, address - heap);
        heap = address;
    }
    return heap;
}

static word map(word size)
{
    mapped = (mapped - size) & ~0xFFFu;
    clear((void *)mapped, size);
    return mapped;
}

static word set_thread_area(struct thread_area *area)
{
    byte *entry = gdt + 8 * TLS;
    const word base = area->base;
    area->number = TLS;
    ((word *)entry)[0] = base << 16 | 0xFFFF;
    ((word *)entry)[1] = (base & 0xFF000000) | 0xCFF200 | (base >> 16 & 0xFF);
    return 0;
}

static word write_vectors(const struct vector *vectors, word count)
{
    word sum = 0;
    for (word i = 0; i < count; sum += vectors[i++].size) print(vectors[i].base, vectors[i].size);
    return sum;
}

/// struct new_utsname: six texts of 65 bytes; glibc reads the kernel's release.
static word uname(byte *names)
{
    clear(names, 6 * 65);
    copy(names, "Linux", 5);
    copy(names + 2 * 65, "6.1.0", 5);
    return 0;
}

static word seconds(word *at)
{
    if (at) *at = 0;
    return 0;
}

/// A system call, by the numbers of Linux on i386.
void answer(struct registers *r)
{
    switch (r->eax) {
    case 1: case 252: end(r->ebx); break;                                               // exit, exit_group
    case 3: r->eax = 0; break;                                                          // read: the end
    case 4: print((const void *)r->ecx, r->edx); r->eax = r->edx; break;                // write
    case 13: r->eax = seconds((word *)r->ebx); break;                                   // time
    case 20: case 224: case 258: r->eax = 1; break;                                     // getpid, gettid, set_tid_address
    case 45: r->eax = break_to(r->ebx); break;                                          // brk
    case 54: r->eax = (word)NOT_A_TERMINAL; break;                                      // ioctl
    case 85: case 305: r->eax = (word)NOT_FOUND; break;                                 // readlink, readlinkat
    case 91: case 125: case 174: case 175: case 311: r->eax = 0; break;                 // munmap, mprotect, signals, list
    case 122: r->eax = uname((byte *)r->ebx); break;
    case 140: r->eax = (word)NOT_A_FILE; break;                                         // _llseek
    case 146: r->eax = write_vectors((const struct vector *)r->ecx, r->edx); break;     // writev
    case 192: r->eax = map(r->ecx); break;                                              // mmap2
    case 197: clear((void *)r->ecx, 96); r->eax = 0; break;                             // fstat64
    case 243: r->eax = set_thread_area((struct thread_area *)r->ebx); break;
    case 355: clear((void *)r->ebx, r->ecx); r->eax = r->ecx; break;                    // getrandom
    default: r->eax = (word)NO_SUCH_CALL; break;
    }
}

__asm__(
    ".globl system_call\n system_call: pusha\n pushl %esp\n call answer\n addl $4, %esp\n popa\n iret\n"
    "raise: leal 4(%esp), %eax\n popl %ecx\n pushl %eax\n pushl %ecx\n call exception\n"
    ".altmacro\n .macro stub n\n stub_\\n: pushl $\\n\n jmp raise\n .endm\n"
    ".macro entry n\n .long stub_\\n\n .endm\n"
    ".set n, 0\n .rept 32\n stub %n\n .set n, n + 1\n .endr\n"
    ".section .rodata\n .globl exceptions\n exceptions:\n"
    ".set n, 0\n .rept 32\n entry %n\n .set n, n + 1\n .endr\n .text\n");

static void gate(int vector, word address)
{
    idt[vector].low = (half)address;
    idt[vector].high = (half)(address >> 16);
    idt[vector].selector = CODE;
    idt[vector].type = 0xEE00;
}

/// The program's segments to where they belong; the heap begins behind them.
static void load(const struct elf *elf)
{
    const byte *file = (const byte *)elf;
    for (int i = 0; i < elf->phnum; i++) {
        const struct segment *s = (const struct segment *)(file + elf->phoff + (word)i * elf->phentsize);
        if (s->type != 1) continue;
        copy((void *)s->address, file + s->offset, s->in_file);
        clear((void *)(s->address + s->in_file), s->in_memory - s->in_file);
        if (s->address + s->in_memory > heap_start) heap_start = (s->address + s->in_memory + 0xFFF) & ~0xFFFu;
    }
    heap = heap_start;
}

/// Arguments, environment and auxiliary vector as the System V ABI has them, then the program.
void guest(const struct elf *elf)
{
    static const byte name[] = "program", seed[16];
    struct { half limit; word base; } __attribute__((packed)) idtr = { sizeof idt - 1, (word)idt };
    for (int i = 0; i < 32; i++) gate(i, exceptions[i]);
    gate(0x80, (word)system_call);
    __asm__ volatile("lidt %0" : : "m"(idtr));
    load(elf);
    const word start[] = {
        1, (word)name, 0, 0, 3, (word)elf + elf->phoff, 4, elf->phentsize, 5, elf->phnum, 6, 4096, 9, elf->entry,
        11, 0, 12, 0, 13, 0, 14, 0, 16, 0, 23, 0, 25, (word)seed, 0, 0 };
    copy((void *)STACK, start, sizeof start);
    __asm__ volatile("fninit\n movl %0, %%esp\n xorl %%edx, %%edx\n xorl %%ebp, %%ebp\n jmp *%1"
        : : "i"(STACK), "r"(elf->entry));
}
