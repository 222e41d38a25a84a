#!/usr/bin/env python3
"""pages.py SEKISHO EPOCH FOLDER: the manual pages, and the completion for bash, into FOLDER.

Synopses, options and exit statuses come from the program's own --help; descriptions and examples from prose.mdoc beside this file.
So there is one source for each, and what a page says of an option is what the program says. Pages are written in mdoc(7) and
compressed without name and time. Needs Python 3.9 and nothing else."""
import datetime
import gzip
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = "sekisho"


class Help:
    """What `sekisho COMMAND --help` says."""

    def __init__(self, binary, command):
        text = subprocess.run([binary, *command, "--help"], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
        self.command = command
        self.summary = text.splitlines()[0]
        self.exit_status = " ".join(text.split("Exit status: ")[1].split()) if "Exit status: " in text else ""
        self.positionals = self.section(text, "Positionals")
        self.options = self.section(text, "Options")
        self.subcommands = self.section(text, "Subcommands")

    @staticmethod
    def section(text, name):
        """[(first column, second column)]"""
        found = re.search(rf"^{name}:\n((?:  .*\n)+)", text, flags=re.M)
        rows = []
        for line in found.group(1).splitlines() if found else []:
            if line.startswith("   "):  # the second column alone
                rows[-1][1] = (rows[-1][1] + " " + line.strip()).strip()
                continue
            columns = re.split(r"\s{2,}", line.strip(), maxsplit=1)
            if len(columns) == 1:  # the first fills its 30 places, or stands alone
                columns = [line[:30].strip(), line[30:].strip()]
            rows.append(columns)
        return [(first, second) for first, second in rows]


def plain(text):
    """Text for a line of its own: no control characters of roff, ASCII."""
    text = text.replace("\\", "\\e").replace("…", "...").replace("\u2019", "'")
    return "\\&" + text if text.startswith((".", "'")) else text


def argument(text):
    """One word on a macro's line."""
    text = plain(text)
    return "\\&" + text if len(text) <= 3 else text


def parts(first):
    """('-o,--output OUT REQUIRED') -> (['o', '-output'], 'OUT', repeated, required)"""
    names, _, rest = first.partition(" ")
    required, repeated = "REQUIRED" in rest, "..." in rest
    value = rest.replace("REQUIRED", "").replace("...", "").strip()
    return [n.lstrip("-") if not n.startswith("--") else n[1:] for n in names.split(",") if n.startswith("-")], value, repeated, required


def synopsis(help_):
    out = [".Nm", *(f".Cm {c}" for c in help_.command)]
    for first, _ in help_.options:
        names, value, _, required = parts(first)
        if required:
            out.append(f".Fl {names[-1]} Ar {argument(value)}")
    out.append(".Op Ar option ...")
    for first, _ in help_.positionals:
        name, _, rest = first.partition(" ")
        value = rest.replace("REQUIRED", "").strip(" []") or name
        out.append(f".Ar {argument(value)}" if "REQUIRED" in rest else f".Op Ar {argument(value)}")
    return out


def options(help_):
    out = [".Bl -tag -width Ds"]
    for first, second in help_.positionals:
        name, _, rest = first.partition(" ")
        out += [f".It Ar {argument(rest.replace('REQUIRED', '').strip(' []') or name)}", ended(second)]
    for first, second in help_.options:
        names, value, repeated, _ = parts(first)
        item = " , ".join(f"Fl {n}" for n in names) + (f" Ar {argument(value)}" if value else "") + (" ..." if repeated else "")
        out += [".It " + item, ended(second)]
    return out + [".El"]


def ended(text):
    text = plain(text)
    return text if text.endswith((".", "?")) else text + "."


def sentence(text):
    return ended(text[:1].upper() + text[1:])


def prose():
    """{(page, section): text}"""
    with open(os.path.join(HERE, "prose.mdoc"), encoding="utf-8") as f:
        chunks = re.split(r"^@@ (\S+) (\w+)\n", f.read(), flags=re.M)[1:]
    return {(page, section): text.strip("\n") for page, section, text in zip(chunks[::3], chunks[1::3], chunks[2::3])}


def exit_status(text):
    out = [".Bl -tag -width Ds"]
    for number, meaning in re.findall(r"(\d) (.*?)(?=, \d |\.$)", text):
        out += [f".It {number}", sentence(meaning)]
    return out + [".El"]


def page(help_, children, words, date, pages):
    name = "-".join([TOP, *help_.command])
    summary = help_.summary.split(": ", 1)[1].rstrip(".") if not help_.command else help_.summary
    out = [f".Dd {date}", f".Dt {name.upper()} 1", ".Os", ".Sh NAME", f".Nm {name}", f".Nd {plain(summary)}", ".Sh SYNOPSIS"]
    for h in children or [help_]:
        out += [l if l != ".Nm" else f".Nm {TOP}" for l in synopsis(h)]
    out += [".Sh DESCRIPTION", words[name, "DESCRIPTION"]]
    if not help_.command:
        out += [".Sh COMMANDS", ".Bl -tag -width Ds"]
        for command, meaning in help_.subcommands:
            out += [f".It Cm {command}", sentence(meaning), *([f"See\n.Xr {TOP}-{command} 1 ."] if f"{TOP}-{command}" in pages else [])]
        out += [".El"]
    elif children:
        out += [".Sh COMMANDS"]
        for h in children:
            out += [f".Ss {h.command[-1]}", sentence(h.summary), *options(h)]
    else:
        out += [".Sh OPTIONS", *options(help_)]
    out += [".Sh EXIT STATUS", *exit_status(help_.exit_status)]
    if (name, "EXAMPLES") in words:
        out += [".Sh EXAMPLES", words[name, "EXAMPLES"]]
    others = [p for p in sorted(pages) if p != name]
    out += [".Sh SEE ALSO", *(f".Xr {p} 1{' ,' if p != others[-1] else ''}" for p in others)]
    return "\n".join(out) + "\n"


def completion(helps):
    """For bash: the commands, and their options; file names otherwise."""
    cases = []
    for h in helps:
        words = [c for c, _ in h.subcommands] + ["-" + n for first, _ in h.options for n in parts(first)[0]]
        cases.append(f'    "{" ".join(h.command)}") words="{" ".join(words)}" ;;')
    return """# Completion of sekisho's commands and options for bash. Written by plugins/cli/man/pages.py.
_sekisho() {
  local words= current=${COMP_WORDS[COMP_CWORD]} command= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "${COMP_WORDS[i]}" in
      -*) break ;;
      taxonomy) command=taxonomy ;;
      *) command="${command:+$command }${COMP_WORDS[i]}"; break ;;
    esac
  done
  case "$command" in
""" + "\n".join(cases) + """
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _sekisho sekisho
"""


def main():
    binary, epoch, folder = sys.argv[1:]
    day = datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc)
    date = f"{day:%B} {day.day}, {day.year}"
    top = Help(binary, [])
    helps, words = [top], prose()
    pages = {TOP} | {f"{TOP}-{c}" for c, _ in top.subcommands if (f"{TOP}-{c}", "DESCRIPTION") in words}
    for command, _ in top.subcommands:
        h = Help(binary, [command])
        children = [Help(binary, [command, c]) for c, _ in h.subcommands]
        helps += [h, *children]
        if f"{TOP}-{command}" in pages:
            write(folder, f"{TOP}-{command}", page(h, children, words, date, pages))
    write(folder, TOP, page(top, [], words, date, pages))
    with open(os.path.join(folder, f"{TOP}.bash"), "w", encoding="utf-8") as f:
        f.write(completion(helps))


def write(folder, name, text):
    with open(os.path.join(folder, name + ".1.gz"), "wb") as f:
        f.write(gzip.compress(text.encode("ascii"), 9, mtime=0))


if __name__ == "__main__":
    main()
