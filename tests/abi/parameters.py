#!/usr/bin/env python3
"""parameters.py HEADER: the order of every function's parameters. Outputs come first: what a function fills in is called `out…` and stands before
everything else; a `sekisho_error *` is the last of a function that the caller calls."""
import re
import sys

# What a function works on and changes, without being filled in: handles, and what is the caller's own.
WORKED_ON = re.compile(r"^(sekisho_(taxonomy|slot|scanner) ?\*|void ?\*|sekisho_error ?\*)$")


def functions(header):
    """(name, [(type, name)]) of every function that the library shows."""
    code = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    for name, inside in re.findall(r"SEKISHO_API [^;{}]*?\b(sekisho_\w+)\(([^;]*?)\);", code):
        parameters = [" ".join(p.split()) for p in inside.split(",")]
        yield name, [re.fullmatch(r"(.*?)(\w+)", p).groups() for p in parameters if p != "void"]


def faults(name, parameters):
    kinds = [(kind.strip(), called) for kind, called in parameters]
    outputs = [called.startswith("out") for _, called in kinds]
    if outputs != sorted(outputs, reverse=True):
        yield f"{name}: an output behind another parameter"
    for kind, called in kinds:
        fills = "*" in kind and not kind.startswith("const ") or kind.count("*") == 2
        if fills and not called.startswith("out") and not WORKED_ON.match(kind):
            yield f"{name}: {called} is filled in, and not called out"
        if called.startswith("out") and not fills:
            yield f"{name}: {called} is no output"
    errors = [i for i, (kind, _) in enumerate(kinds) if kind.replace(" ", "") == "sekisho_error*"]
    if errors not in ([], [len(kinds) - 1]):
        yield f"{name}: the error is not the last parameter"


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        all_functions = list(functions(f.read()))
    found = [fault for function in all_functions for fault in faults(*function)]
    if len(all_functions) < 30:
        found.append(f"only {len(all_functions)} functions were read")
    print("\n".join(found) or f"{len(all_functions)} functions: outputs first, errors last")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
