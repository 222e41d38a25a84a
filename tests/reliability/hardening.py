#!/usr/bin/env python3
"""hardening.py LIBRARY PROGRAM: whether both were built as what reads strangers' text should be.

Read-only relocations, all bound at loading; no stack or other memory that can be written and executed; in the library stack protector
and checked functions of the C library, and nothing shown but sekisho_*; the program at an address that nobody can tell beforehand."""
import re, subprocess, sys


def read(file, *options):
    return subprocess.run(["readelf", "-W", *options, file], capture_output=True, text=True, check=True).stdout


def faults(file, is_program):
    segments, dynamic, symbols = read(file, "-l"), read(file, "-d"), read(file, "--dyn-syms")
    if "GNU_RELRO" not in segments:
        yield "its relocations can be written (no RELRO)"
    if not re.search(r"FLAGS(_1)?\).*\bNOW\b", dynamic):
        yield "its symbols are bound late (no -z now)"
    if "TEXTREL" in dynamic:
        yield "its code has relocations"
    if re.search(r"RPATH|RUNPATH", dynamic) and not re.search(r"\[\$ORIGIN(/[^]:]*)?\]", dynamic):
        yield "it looks for libraries in folders that are not beside it"
    for kind, flags in re.findall(r"^\s+(LOAD|GNU_STACK)\s+(?:0x\w+\s+){5}([RWE ]{3})", segments, re.M):
        if "W" in flags and "E" in flags:
            yield f"memory of it can be written and executed ({kind})"
    if "GNU_STACK" not in segments:
        yield "it does not say that its stack is not executed"
    if not is_program and "__stack_chk_fail" not in symbols:
        yield "no function of it has a stack protector"
    if not is_program and not re.search(r"UND __\w+_chk\b", symbols):
        yield "no function of the C library is checked (no FORTIFY)"
    if is_program and "DYN" not in read(file, "-h").split("Type:")[1].split("\n")[0]:
        yield "it is not position-independent"
    if not is_program:
        shown = re.findall(r"(?:FUNC|OBJECT)\s+(?:GLOBAL|WEAK)\s+DEFAULT\s+\d+ (\S+)", symbols)
        strangers = [name for name in shown if not name.startswith("sekisho_")]
        if strangers or not shown:
            yield f"it shows {strangers[:5]}"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    found = [f"{file}: {fault}" for file, program in zip(sys.argv[1:], (False, True)) for fault in faults(file, program)]
    sys.exit("\n".join(found)) if found else print("both are hardened")


if __name__ == "__main__":
    main()
