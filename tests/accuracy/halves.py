#!/usr/bin/env python3
"""halves.py SEKISHO [CORPORA] [--misses GROUP N] [--half read|unread]

The accuracy figures of ../shared/tools/accuracy.py on the two halves of the development rows: the half that authors read while writing
concepts (sha1 of the id, mod 10, below 5) and the half nobody reads. The gap between them says how far the vocabulary generalises.
--misses prints rows of the read half only: the unread half stays unread."""
import argparse, csv, glob, hashlib, importlib.util, os, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.normpath(os.path.join(HERE, "..", "..", "..", "shared"))


def is_read(row_id):
    return int(hashlib.sha1(row_id.encode()).hexdigest(), 16) % 10 < 5


def split(corpora, folder, read):
    for path in glob.glob(os.path.join(corpora, "*.dev.tsv")):
        with open(path, encoding="utf-8", newline="") as f:
            lines = f.read().split("\n")
        kept = [l for l in lines[1:] if l and is_read(l.split("\t")[0]) == read]
        with open(os.path.join(folder, os.path.basename(path)), "w", encoding="utf-8", newline="") as f:
            f.write("\n".join([lines[0]] + kept) + "\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("binary")
    ap.add_argument("corpora", nargs="?", default=os.path.join(SHARED, "corpora"))
    ap.add_argument("--misses", nargs=2, metavar=("GROUP", "N"))
    ap.add_argument("--half", choices=["read", "unread"])
    a = ap.parse_args()
    tool = os.path.join(SHARED, "tools", "accuracy.py")
    if not os.path.exists(tool):
        sys.exit("halves.py: no accuracy tool beside this checkout: nothing measured")
    for half in [a.half] if a.half else ["read", "unread"]:
        with tempfile.TemporaryDirectory() as folder:
            split(a.corpora, folder, half == "read")
            spec = importlib.util.spec_from_file_location("accuracy", tool)
            accuracy = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(accuracy)
            sys.argv = ["accuracy.py", a.binary, folder]
            if a.misses and half == "read":
                sys.argv += ["--misses", *a.misses]
            print(f"== {half} half")
            accuracy.main()


if __name__ == "__main__":
    main()
