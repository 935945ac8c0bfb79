// Runs a block that lies in memory; the answers leave by the debug console.

#include "operations.h"

void guest(const struct header *block, struct answer *out)
{
    const void *from = out;
    word count = block->count * sizeof *out;
    run_block(block, out);
    __asm__ volatile("rep outsb" : "+S"(from), "+c"(count) : "d"(0xE9) : "memory");
}
