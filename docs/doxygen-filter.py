#!/usr/bin/env python3
"""doxygen-filter.py FILE: the header as Doxygen wants it. Its comments are plain ones, which stand before what they are about, or
behind it on its line; here they become Doxygen's. What the rules of the house say once for all structs is said of each."""
import re
import sys

SECTION = re.compile(r"^/\* -+ (.*?) -+ \*/$")
STRUCT = re.compile(r"^(typedef struct \w+ \{) /\* (.*) \*/$")
BEHIND = re.compile(r"^(.*\S)\s*/\* (.*)$")
HOUSE = [
    (re.compile(r"^\s*size_t (\w+)_size;$"), "bytes of `{0}`"),
    (re.compile(r"^\s*uint32_t (struct_size);$"), "sizeof of the struct that the caller was compiled with"),
    (re.compile(r"^\s*const char\* (?:\w+_)?(en);$"), "in English"),
    (re.compile(r"^\s*const char\* (?:\w+_)?(ja);$"), "in Japanese"),
    (re.compile(r"^\s*size_t (\w+)_count;$"), "how many there are: {0}"),
]
INITIAL = re.compile(r"^#define SEKISHO_\w+_INIT\b")

for number, line in enumerate(open(sys.argv[1], encoding="utf-8")):
    line = line.rstrip("\n")
    if number == 0:
        line = "/** @file sekisho.h " + line[3:]
    elif SECTION.match(line):
        line = ""
    elif STRUCT.match(line):
        line = "/** {1} */ {0}".format(*STRUCT.match(line).groups())
    elif re.match(r"^\s*/\* ", line):
        line = line.replace("/* ", "/** ", 1)
    elif BEHIND.match(line) and not line.startswith((" *", "#if", "#endif")):
        line = "{0} /**< {1}".format(*BEHIND.match(line).groups())
    elif INITIAL.match(line):
        line = "/** What to begin with: the size, and nothing else. */ " + line
    for pattern, words in HOUSE:
        if pattern.match(line):
            line += " /**< " + words.format(pattern.match(line).group(1)) + " */"
            break
    print(line)
