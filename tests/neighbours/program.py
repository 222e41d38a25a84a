"""A program that has its own ICU, RE2 and Abseil, with all their symbols open to the process, and the library.

    program.py LIBRARY first|last    loads its own before or after the library; judges the lines of standard input

Prints a line of JSON for each. Its own libraries have to go on working as well.
"""
import ctypes
import os
import sys
import unicodedata


class Item(ctypes.Structure):
    """sekisho_item, as its first users had it."""
    _fields_ = [("struct_size", ctypes.c_uint32), ("kind", ctypes.c_int32)] + [
        field for name in ("id", "description", "part_number", "nsn", "manufacturer")
        for field in ((name, ctypes.c_char_p), (name + "_size", ctypes.c_size_t))] + [
        ("attributes", ctypes.c_void_p), ("attribute_count", ctypes.c_size_t)]


class Engine:
    def __init__(self, path):
        self.lib = ctypes.CDLL(path, mode=os.RTLD_NOW | os.RTLD_LOCAL)
        taxonomy, self.scanner = ctypes.c_void_p(), ctypes.c_void_p()
        assert self.lib.sekisho_taxonomy_load_builtin(ctypes.byref(taxonomy), None) == 0
        assert self.lib.sekisho_scanner_create(ctypes.byref(self.scanner), taxonomy, None, None) == 0

    def json(self, description):
        text = description.encode()
        item = Item(struct_size=ctypes.sizeof(Item), description=text, description_size=len(text))
        result, out, size = ctypes.c_void_p(), ctypes.c_char_p(), ctypes.c_size_t()
        assert self.lib.sekisho_scanner_classify(ctypes.byref(result), self.scanner, ctypes.byref(item), None, None) == 0
        assert self.lib.sekisho_result_json(ctypes.byref(out), ctypes.byref(size), result) == 0
        return ctypes.string_at(out, size.value).decode()


def neighbours():
    """Another ICU, and RE2, at work."""
    sys.setdlopenflags(os.RTLD_NOW | os.RTLD_GLOBAL)
    import icu  # pylint: disable=import-outside-toplevel
    import re2  # pylint: disable=import-outside-toplevel
    folding = icu.Normalizer2.getNFKCCasefoldInstance()

    def work(text):
        if not text.isascii() and "ロケット" not in text:
            return  # Python and ICU are of different versions of Unicode
        wanted = unicodedata.normalize("NFKC", text).casefold()
        assert unicodedata.normalize("NFC", folding.normalize(text)) == unicodedata.normalize("NFC", wanted), text
        assert re2.search(r"(\d+)", text + " 42").group(1).isdigit()
    return work


def main():
    path, order = sys.argv[1:]
    lines = sys.stdin.read().split("\n")
    work = neighbours() if order == "first" else None
    engine = Engine(path)
    engine.json("night vision goggle")
    work = work or neighbours()
    for line in lines:
        work(line)
        print(engine.json(line))


if __name__ == "__main__":  # and not where a virtual machine takes the neighbours from here
    main()
