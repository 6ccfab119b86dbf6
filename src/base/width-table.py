#!/usr/bin/env python3
"""Write width-table.h from the Unicode character database.

    python3 width-table.py /usr/share/unicode > width-table.h

Debian's package unicode-data has the files; where the system's is an old one,
that of Debian's unstable can be unpacked beside it (dpkg-deb -x).  The table
has two stages: the page of 256 characters, then two bits for each character of
that page; equal pages are stored once.  A look-up is two loads and no branch.
The marks that have a width stand in a list of ranges, for they are few and
asked for rarely.
"""
import re
import sys

NARROW, ZERO, WIDE, PICTOGRAPH = 1, 0, 2, 3  # PICTOGRAPH: narrow, but an emoji
PAGE = 256
LAST = 0x10FFFF


def ranges(path, wanted):
    """(first, last, whole remark) of the lines whose property is wanted."""
    for line in open(path, encoding="utf-8"):
        data, _, remark = line.partition("#")
        fields = [field.strip() for field in data.split(";")]
        if len(fields) < 2 or fields[1] not in wanted:
            continue
        first, _, last = fields[0].partition("..")
        yield int(first, 16), int(last or first, 16), remark


def widths(root):
    width = bytearray([NARROW]) * (LAST + 1)

    def mark(path, wanted, value):
        for first, last, _ in ranges(root + "/" + path, wanted):
            width[first:last + 1] = bytes([value]) * (last - first + 1)

    mark("emoji/emoji-data.txt", {"Extended_Pictographic"}, PICTOGRAPH)
    # Unassigned places of the ideographic blocks and planes are wide as well.
    for first, last in (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), \
            (0x20000, 0x2FFFD), (0x30000, 0x3FFFD):
        width[first:last + 1] = bytes([WIDE]) * (last - first + 1)
    mark("EastAsianWidth.txt", {"W", "F"}, WIDE)

    # Marks, format characters, separators of lines, and what is unassigned
    # but set aside for characters that do not show.
    category = "extracted/DerivedGeneralCategory.txt"
    mark(category, {"Mn", "Me", "Cf", "Cc", "Zl", "Zp"}, ZERO)
    unassigned = set()
    for first, last, _ in ranges(root + "/" + category, {"Cn"}):
        unassigned.update(range(first, last + 1))
    for first, last, _ in ranges(root + "/DerivedCoreProperties.txt",
                                 {"Default_Ignorable_Code_Point"}):
        for ch in unassigned.intersection(range(first, last + 1)):
            width[ch] = ZERO
    # Vowels and final consonants of a Hangul syllable stand on its first.
    mark("HangulSyllableType.txt", {"V", "T"}, ZERO)
    # Signs that enclose the digits after them have a place of their own, and
    # a soft hyphen that reaches a terminal is meant to be seen.
    mark("PropList.txt", {"Prepended_Concatenation_Mark"}, NARROW)
    width[0xAD] = NARROW
    # Circled numbers on black squares are ambiguous, but wide to glibc and to
    # terminals: their neighbours are.
    width[0x3248:0x3250] = bytes([WIDE]) * 8
    return width


def spacing_marks(root):
    """First and last of each run of characters of category Mc."""
    path = root + "/extracted/DerivedGeneralCategory.txt"
    runs = []
    for first, last, _ in sorted(ranges(path, {"Mc"})):
        if runs and runs[-1] + 1 == first:
            runs[-1] = last
        else:
            runs += first, last
    return runs


def version(root):
    first = open(root + "/EastAsianWidth.txt", encoding="utf-8").readline()
    return re.search(r"[0-9.]+[0-9]", first).group()


def table(out, name, kind, values, per_line, form):
    out.write(f"\nstatic const {kind} {name}[{len(values)}] = {{\n")
    for at in range(0, len(values), per_line):
        row = ", ".join(form % v for v in values[at:at + per_line])
        out.write(f"    {row},\n")
    out.write("};\n")


def main():
    root = sys.argv[1]
    width = widths(root)
    pages, index = {}, []
    for at in range(0, LAST + 1, PAGE):
        page = bytes(width[at + i] | width[at + i + 1] << 2 |
                     width[at + i + 2] << 4 | width[at + i + 3] << 6
                     for i in range(0, PAGE, 4))
        index.append(pages.setdefault(page, len(pages)))
    out = sys.stdout
    out.write("/* width-table.h - made by width-table.py from Unicode "
              f"{version(root)}; do not edit. */\n"
              "/* clang-format off */\n")
    table(out, "width_page", "uint8_t", index, 16, "%3d")
    table(out, "width_bits", "uint8_t", b"".join(pages), 12, "0x%02x")
    table(out, "width_spacing", "uint32_t", spacing_marks(root), 8, "%6d")


main()
