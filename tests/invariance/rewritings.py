"""Rewritings of an item line that leave its meaning, and so its verdicts, as they were (docs/design/invariance.md)."""
import re
import unicodedata

SMALL_KANA = dict(zip("ァィゥェォッャュョぁぃぅぇぉっゃゅょ", "アイウエオツヤユヨあいうえおつやゆよ"))
OLD_KANJI = dict(zip("弾検艦国学戦砲体声験広関鉄発変実単円写対将従応収数断気浜炉争独画当真続総県縦聴台与旧芸薬処号装覚観触読", "彈檢艦國學戰礮體聲驗廣關鐵發變實單圓寫對將從應收數斷氣濱爐爭獨畫當眞續總縣縱聽臺與舊藝藥處號裝覺觀觸讀"))
HALF_KANA = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0xFF66, 0xFF9E)}
CJK = "[\u3005\u3007\u3041-\u30ff\u3400-\u9fff]"


def wide(s):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else "\u3000" if c == " " else c for c in s)


def narrow(s):
    return unicodedata.normalize("NFKC", s)


def half_width_kana(s):
    out = []
    for c in unicodedata.normalize("NFD", s):
        out.append({"\u3099": "ﾞ", "\u309a": "ﾟ"}.get(c) or HALF_KANA.get(c) or c)
    return unicodedata.normalize("NFC", "".join(out)) if not re.search("[\uff66-\uff9f]", "".join(out)) else "".join(out)


def dashes(kind):
    return lambda s: re.sub("[-\u2010-\u2015\u2212\uff0d]", kind, s)


def zero_width(s):
    return "\u200b".join(s)


def soft_hyphens(s):
    return re.sub(r"(?<=[A-Za-z]{3})(?=[A-Za-z]{3})", "\u00ad", s)


def translate(table):
    return lambda s: "".join(table.get(c, c) for c in s)


def without_spaces_beside_cjk(s):
    return re.sub(f"(?<={CJK})[ \u3000]+|[ \u3000]+(?={CJK})", "", s)


# Name -> function. What follows `noise` is appended to the line.
REWRITINGS = {
    "upper case": str.upper,
    "lower case": str.lower,
    "full width": wide,
    "narrow width": narrow,
    "NFD": lambda s: unicodedata.normalize("NFD", s),
    "half-width kana": half_width_kana,
    "en dashes": dashes("\u2013"),
    "minus signs": dashes("\u2212"),
    "horizontal bars": dashes("\u2015"),
    "zero-width spaces": zero_width,
    "soft hyphens": soft_hyphens,
    "large kana": translate(SMALL_KANA),
    "old kanji": translate(OLD_KANJI),
    "double spaces": lambda s: re.sub("[ \u3000]", lambda m: m.group() * 2, s),
    "no-break spaces": lambda s: s.replace(" ", "\u00a0"),
    "surrounding spaces": lambda s: "  " + s + "\u3000",
    "no spaces beside CJK": without_spaces_beside_cjk,
    "noise QTY 2": lambda s: s + " QTY 2",
    "noise NEW": lambda s: s + " NEW",
    "noise price": lambda s: s + " USD 120.00",
    "noise 数量": lambda s: s + " 数量２",
}

# What ERPs and registers write around a name and says nothing of the thing, so that an item that was found is found
# still. Name -> (language of the lines, what stands before, what stands behind).
SURROUNDS = {
    "2 EA": ("en", "2 EA ", ""),
    "SPARE": ("en", "SPARE ", ""),
    "used": ("en", "used ", ""),
    "the": ("en", "the ", ""),
    "supply of": ("en", "supply of ", ""),
    "REV B": ("en", "", " REV B"),
    "x 10": ("en", "", " x 10"),
    ", black": ("en", "", ", black"),
    "(SURPLUS)": ("en", "", " (SURPLUS)"),
    "accessories": ("en", "", " complete w/ accessories"),
    "一式": ("ja", "", "　一式"),
    "１式　新規": ("ja", "", "　１式　新規"),
    "（２台）": ("ja", "", "（２台）"),
    "ほか": ("ja", "", "ほか"),
    "修理": ("ja", "", "修理"),
    "の購入": ("ja", "", "の購入"),
    "（その１）": ("ja", "", "（その１）"),
    "中古": ("ja", "中古　", ""),
    "品名：": ("ja", "品名：", ""),
    "軍用": ("ja", "軍用", ""),
}
