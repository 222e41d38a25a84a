#!/usr/bin/env python3
"""contracts.py HEADER TABLE: every sentence of the header's comments has a line in the table that names the tests which hold
the library to it, or says why there is nothing to test; and every test named is there.

    contracts.py HEADER TABLE --write    writes the table anew: sentences in the header's order, with the tests they had

A line of the table: where the sentence stands (a function, a macro, struct.field, a part of the header), the sentence, and
the tests, separated by tabs. Tests are Suite.Name of GoogleTest, the name of a ctest, or file.py:test_name, separated by spaces; "- why"
says that there is nothing to test, and why.
"""
import argparse
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
NO_END = re.compile(r"(\b(No|Supp|Art)\.|\(e\.)$")  # points that end no sentence


def pieces(comment):
    """Paragraphs, points of a list and rows of a table, each as one line."""
    out, indented = [""], False
    for line in comment.split("\n"):
        line = line.strip()
        line = re.sub(r"^\* ?", "", line) if line.startswith("*") else line
        depth = len(line) - len(line.lstrip())
        row = 1 <= depth <= 3 and re.search(r"\S  +\S", line) is not None
        if not line.strip() or line.startswith("- ") or row or (indented and depth <= 1):
            out.append("")
        indented = row or (indented and depth > 3)
        out[-1] += " " + line.strip()
    return [re.sub(r"\s+", " ", piece).strip().removeprefix("- ") for piece in out if piece.strip()]


def sentences(comment):
    for piece in pieces(comment):
        begin = 0
        for match in re.finditer(r"\. (?=[A-Z0-9\"`])", piece):
            sentence = piece[begin:match.end()].strip()
            if NO_END.search(sentence) or sentence.count("(") > sentence.count(")") or sentence.count('"') % 2:
                continue
            yield sentence
            begin = match.end()
        yield piece[begin:].strip()


def declared(code, struct):
    """What a piece of code declares: a macro, a function, a type, a field of `struct`."""
    for pattern in (r"#define (\w+)", r"typedef struct (\w+)", r"^struct (\w+) \{", r"\(\*(sekisho_\w+)\)", r"\b(sekisho_\w+)\("):
        if match := re.search(pattern, code):
            return match[1]
    match = re.search(r"(\w+)(\[\d+\])?;\s*$", code.strip())
    return f"{struct}.{match[1]}" if match and struct else None


def contracts(header):
    """(where, sentence) of every comment, in order. A comment belongs to the code before it in its line, or to what comes next."""
    part, struct, waiting, out = "the whole", None, [], []
    header = header.replace("\\\n", " ")
    for token in re.finditer(r"/\*(.*?)\*/|([^\n]+?)(?=/\*|\n)|(\n)", header, re.S):
        comment, code = token[1], token[2]
        line_before = header[:token.start()].rpartition("\n")[2].strip()
        if comment is not None:
            heading = re.fullmatch(r"\s*-+ (.*?) -+\s*", comment)
            if heading or not struct and not line_before and re.match(r"\n\s*\n", header[token.end():]):
                out += [[part, s] for s in sentences(comment)] if not heading else []
                part = heading[1] if heading else part
            elif line_before:
                out += [[declared(line_before, struct) or part, s] for s in sentences(comment)]
            else:
                waiting += [len(out) + n for n, _ in enumerate(sentences(comment))]
                out += [[part, s] for s in sentences(comment)]
        elif code and code.strip():
            if opened := re.match(r"(?:typedef )?struct (\w+) \{", code.strip()):
                struct = opened[1]
            if code.startswith("}"):
                struct = None
            name = declared(code, struct)
            for at in waiting if name else ():
                out[at][0] = name
            waiting = [] if name or code.startswith("#") else waiting
    return [tuple(line) for line in out if re.search(r"\w", line[1]) and line[1] not in ("SEKISHO_H_", "ARROW_C_DATA_INTERFACE")]


def known_tests():
    names = set()
    for path in [*ROOT.glob("tests/**/*.cc"), *ROOT.glob("fuzz/*.cc")]:
        names |= {f"{a}.{b}" for a, b in re.findall(r"\bTEST(?:_F|_P)?\((\w+), (\w+)\)", path.read_text("utf-8"))}
    for path in ROOT.glob("**/CMakeLists.txt"):
        if "build" not in path.relative_to(ROOT).parts:
            names |= set(re.findall(r"add_test\(NAME (\w+)", path.read_text("utf-8")))
    for path in [*ROOT.glob("tests/**/*.py"), *ROOT.glob("plugins/*/tests/*.py")]:
        names |= {f"{path.name}:{name}" for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))}
    return names | {path.stem for path in ROOT.glob("fuzz/*_fuzz.cc")}


def read_table(path):
    table = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        cells = line.split("\t")
        if len(cells) != 3 or not cells[2]:
            sys.exit(f"{path}:{number}: three cells are wanted (where, sentence, tests)")
        table[cells[0], cells[1]] = cells[2]
    return table


def faults(wanted, table):
    known = known_tests()
    for where, sentence in wanted:
        if (where, sentence) not in table:
            yield f"{where}: no test is named for \"{sentence}\" (hint: write one, and a line in the table)"
    for (where, sentence), tests in table.items():
        if (where, sentence) not in wanted:
            yield f"{where}: the header has no sentence \"{sentence}\" (hint: it was changed: look at its tests again)"
        if tests.startswith("- ") and len(tests) > 10:
            continue
        for test in tests.split():
            if test not in known:
                yield f"{where}: no test {test}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("header", type=pathlib.Path)
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    wanted = contracts(options.header.read_text("utf-8"))
    table = read_table(options.table)
    if options.write:
        lines = dict.fromkeys("\t".join((*line, table.get(line, "?"))) for line in wanted)
        options.table.write_text("".join(line + "\n" for line in lines), "utf-8")
        return
    found = list(faults(wanted, table))
    for fault in found:
        print(fault, file=sys.stderr)
    tested = sum(not tests.startswith("- ") for tests in table.values())
    print(f"{len(set(wanted))} sentences, {tested} with tests, {len(table) - tested} with nothing to test")
    sys.exit(1 if found or tested < 100 else 0)


if __name__ == "__main__":
    main()
