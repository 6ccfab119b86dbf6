#!/usr/bin/env python3
"""Print blowfish-pi.c: the digits of pi that Blowfish starts from.

Bruce Schneier's cipher takes its P-array and S-boxes from the fraction of pi
in binary: 18 + 4 * 256 words of 32 bits, in that order.  Machin's formula
gives them exactly; a test compares this output with the file in the tree.
"""

WORDS = 18 + 4 * 256
GUARD = 64


def arctan_inverse(x, one):
    """arctan(1/x), scaled by one."""
    term = total = one // x
    n, sign = 1, 1
    while term:
        term //= x * x
        n += 2
        sign = -sign
        total += sign * (term // n)
    return total


def pi_words():
    one = 1 << (32 * WORDS + GUARD)
    pi = 4 * (4 * arctan_inverse(5, one) - arctan_inverse(239, one))
    fraction = (pi - 3 * one) >> GUARD
    return [fraction >> (32 * (WORDS - 1 - i)) & 0xFFFFFFFF
            for i in range(WORDS)]


def table(words, indent):
    for i in range(0, len(words), 6):
        line = ", ".join("0x%08x" % w for w in words[i:i + 6])
        print(indent + line + ",")


def main():
    words = pi_words()
    print("/* blowfish-pi.c - made by gen-blowfish-pi.py; do not edit. */")
    print('#include "keys/blowfish-pi.h"\n')
    print("/* clang-format off */")
    print("const struct blowfish blowfish_pi = {\n    {")
    table(words[:18], " " * 8)
    print("    },\n    {")
    for box in range(4):
        print("    {")
        table(words[18 + 256 * box:18 + 256 * (box + 1)], " " * 8)
        print("    },")
    print("    },\n};\n/* clang-format on */")


main()
