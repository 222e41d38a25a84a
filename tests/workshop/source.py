"""The taxonomy's JSON with comments, for tests."""
import json


def plain(text):
    """The text without its // and /* */ comments; their bytes become spaces, so that places stay as they are."""
    out, i = [], 0
    while i < len(text):
        if text[i] == '"':
            end = i + 1
            while text[end] != '"':
                end += 2 if text[end] == "\\" else 1
            out.append(text[i:end + 1])
            i = end + 1
        elif text.startswith(("//", "/*"), i):
            end = text.find("\n", i) if text[i + 1] == "/" else text.index("*/", i) + 2
            end = len(text) if end < 0 else end
            out.append("".join(c if c == "\n" else " " for c in text[i:end]))
            i = end
        else:
            out.append(text[i])
            i += 1
    return "".join(out)


def load(path):
    with open(path, encoding="utf-8") as f:
        return json.loads(plain(f.read()))
