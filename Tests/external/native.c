// Runs a block on the processor of this host: standard input to standard output.

#include <stdio.h>
#include <stdlib.h>
#include "operations.h"

int main(void)
{
    static struct header header;
    if (fread(&header, sizeof header, 1, stdin) != 1) return 1;
    char *block = malloc(sizeof header + sizeof(struct operands) * header.count);
    struct answer *out = calloc(header.count, sizeof *out);
    if (!block || !out) return 1;
    *(struct header *)block = header;
    if (fread(block + sizeof header, sizeof(struct operands), header.count, stdin) != header.count) return 1;
    run_block((const struct header *)block, out);
    return fwrite(out, sizeof *out, header.count, stdout) != header.count;
}
