#!/usr/bin/env python3
"""hardening.py LIBRARY PROGRAM [MODULE...]: whether what is shipped was built as what reads strangers' text should be.

Of all: read-only relocations, all bound at loading; no stack or other memory that can be written and executed; a stack protector. Of the
library and the program: checked functions of the C library. Of the library: nothing shown but sekisho_*. Of the program: an address that
nobody can tell beforehand. (A module that hands text on may call no function that could be checked.)"""
import re, subprocess, sys


def read(file, *options):
    return subprocess.run(["readelf", "-W", *options, file], capture_output=True, text=True, check=True).stdout


def faults(file, kind):
    segments, dynamic, symbols = read(file, "-l"), read(file, "-d"), read(file, "--dyn-syms")
    if "GNU_RELRO" not in segments:
        yield "its relocations can be written (no RELRO)"
    if not re.search(r"FLAGS(_1)?\).*\bNOW\b", dynamic):
        yield "its symbols are bound late (no -z now)"
    if "TEXTREL" in dynamic:
        yield "its code has relocations"
    if kind != "module" and re.search(r"RPATH|RUNPATH", dynamic) and not re.search(r"\[\$ORIGIN(/[^]:]*)?\]", dynamic):
        yield "it looks for libraries in folders that are not beside it"
    for segment, flags in re.findall(r"^\s+(LOAD|GNU_STACK)\s+(?:0x\w+\s+){5}([RWE ]{3})", segments, re.M):
        if "W" in flags and "E" in flags:
            yield f"memory of it can be written and executed ({segment})"
    if "GNU_STACK" not in segments:
        yield "it does not say that its stack is not executed"
    if "__stack_chk_fail" not in symbols:
        yield "no function of it has a stack protector"
    if kind != "module" and not re.search(r"UND __\w+_chk\b", symbols):
        yield "no function of the C library is checked (no FORTIFY)"
    if kind == "program" and "DYN" not in read(file, "-h").split("Type:")[1].split("\n")[0]:
        yield "it is not position-independent"
    if kind == "library":
        shown = re.findall(r"(?:FUNC|OBJECT)\s+(?:GLOBAL|WEAK)\s+DEFAULT\s+\d+ (\S+)", symbols)
        strangers = [name for name in shown if not name.startswith("sekisho_")]
        if strangers or not shown:
            yield f"it shows {strangers[:5]}"


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    kinds = ["library", "program"] + ["module"] * (len(sys.argv) - 3)
    found = [f"{file}: {fault}" for file, kind in zip(sys.argv[1:], kinds) for fault in faults(file, kind)]
    sys.exit("\n".join(found)) if found else print(f"all {len(kinds)} are hardened")


if __name__ == "__main__":
    main()
