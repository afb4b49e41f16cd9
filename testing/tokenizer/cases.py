"""Writes texts, and what the original tokenizer makes of them, as lines of JSON.

Usage: cases.py TOKENIZER NUMBER SEED, where TOKENIZER is the tokenizer.json of a model.
"""

import glob
import json
import random
import sys

from tokenizers import Tokenizer

# By hand, for what is hard: each is a case of its own.
HARD = [
    "", " ", "\t\n\r", "\u0000", "a\u0000b", "\ufffd", "a\ufffdb", "\u000b\u000c", "a\u000bb", "a\u0085b", "a\u00a0b", "\u2028a\u2029b\u3000c",
    "\u200b", "zero\u200bwidth\u200djoiner\ufeff", "soft\u00adhyphen", "\ue000private", "left\u200eto\u202eright",
    "don't", "U.S.A.", "e-mail@example.com", "https://example.com/a_b?c=d&e=%20#f", "3.14", "1,000,000", "$5.00", "a^b`c~d|e", "«quoted»",
    "“curly” ‘quotes’ — dash – dash… ellipsis", "½ cup ¼ ² ³ ㎏ ﬁ ﬂ ﬃ", "™ © ® ° µ", "¿Qué?", "(parens)[brackets]{braces}",
    "Ångström naïve café résumé Zürich", "A\u030angstro\u0308m cafe\u0301", "\u0301", "\u0301\u0301 a", "İstanbul I\u0307 ı", "ΑΣΣ ΟΔΥΣΣΕΥΣ ς σ", "ẞ ß ǅ Ǆ ǆ",
    "Ǖ ṩ q\u0323\u0307 q\u0307\u0323", "Ⅷ ⅷ Ⓐ Ａｂｃ １２３", "К Å Ω", "\u037e\u0387\u1fef", "ʼn ŉ ĳ",
    "Привет, мир! Ёлка йод", "Καλημέρα κόσμε", "مرحبا بالعالم مُحَمَّد", "שלום עולם שָׁלוֹם", "नमस्ते दुनिया क्षत्रिय", "สวัสดีชาวโลก", "வணக்கம்", "안녕하세요 세계 각", "こんにちは世界 カタカナ ｶﾀｶﾅ が",
    "你好，世界。中文abc中文", "\u3400\u4dbf\u9fff", "\U00020000\U0002a6df\U0002a700\U0002b740", "\uf900\ufa0e\U0002f800", "〇々〆",
    "😀 👍🏽 👨‍👩‍👧 🇩🇪 ❤️ ☎ ✓", "a😀b", "\U0001d400\U0001d7d9", "\U00010400\U00010428",
    "x" * 99, "x" * 100, "x" * 101, "é" * 100, "e\u0301" * 100, "e\u0301" * 101, "😀" * 100, "😀" * 101, "a" * 100 + "." + "b" * 101,
    "unaffable", "supercalifragilisticexpialidocious", "pneumonoultramicroscopicsilicovolcanoconiosis", "antidisestablishmentarianism",
    "[CLS]", "[SEP] [MASK] [PAD] [UNK]", "[unused0]", "##ing", "# # ##", "a##b", "_under_score_", "\\n \\t", "<br/>&nbsp;",
    "1200 mg/day", "HbA1c ≥ 6.5 %", "10⁻³ mol·L⁻¹", "COVID-19 SARS-CoV-2", "acetylsalicylic acid (C₉H₈O₄)", "BRCA1/BRCA2", "q.i.d., p.r.n.",
    "ALL CAPS HEADING", "MiXeD CaSe", "one\ntwo\r\nthree\tfour", "word" + " " * 50 + "word", "…", "....", "!!!???", "---", "—", "•\titem",
]

# Blocks and ranges that have not changed since Unicode 8, of which the original has its tables.
RANGES = [
    (0x20, 0x7E), (0x20, 0x7E), (0x20, 0x7E), (0x00, 0x1F), (0x7F, 0xFF), (0x100, 0x24F), (0x250, 0x2AF), (0x300, 0x36F), (0x386, 0x3FF),
    (0x400, 0x4FF), (0x531, 0x556), (0x5D0, 0x5EA), (0x600, 0x61B), (0x61E, 0x6FF), (0x905, 0x939), (0xE01, 0xE3A), (0x10A0, 0x10C5),
    (0x1100, 0x11FF), (0x1E00, 0x1EFF), (0x1F00, 0x1F15), (0x2000, 0x206F), (0x2070, 0x209C), (0x20A0, 0x20BE), (0x2100, 0x218B),
    (0x2190, 0x23FA), (0x2460, 0x24FF), (0x2600, 0x26FF), (0x3000, 0x303F), (0x3041, 0x3096), (0x30A0, 0x30FF), (0x3400, 0x3420),
    (0x4E00, 0x9FD5), (0xAC00, 0xD7A3), (0xE000, 0xE0FF), (0xF900, 0xFA6D), (0xFB00, 0xFB06), (0xFE00, 0xFE0F), (0xFF01, 0xFFEE),
    (0x1D400, 0x1D454), (0x1F300, 0x1F579), (0x1F600, 0x1F64F), (0x20000, 0x20100), (0x2F800, 0x2FA1D),
]


def characters(random_, most):
    """Characters of some ranges."""
    ranges = random_.choices(RANGES, k=random_.randint(1, 4))
    return "".join(chr(random_.randint(*random_.choice(ranges))) for _ in range(random_.randint(1, most)))


def pieces(random_, vocabulary):
    """Pieces put together at random: words that are none, and split in unexpected places."""
    words = random_.choices(vocabulary, k=random_.randint(1, 40))
    return "".join(word.removeprefix("##") + random_.choice(["", "", " ", "-", ", "]) for word in words)


def mutated(random_, sentence):
    """A sentence in which single characters are replaced, doubled, capitalized, accented or left out."""
    changed = list(sentence)
    for _ in range(random_.randint(1, 6)):
        place = random_.randrange(len(changed))
        changed[place] = random_.choice([
            "", changed[place] * 2, changed[place].upper(), changed[place] + chr(random_.randint(0x300, 0x36F)), characters(random_, 2)])
        if not any(changed):
            break
    return "".join(changed)


def sentences():
    """Lines of this project's documentation, in Markdown."""
    lines = []
    for file in sorted(glob.glob("docs/**/*.md", recursive=True)):
        with open(file, encoding="utf-8") as text:
            lines += [line.strip() for line in text if len(line) > 20]
    return lines


def texts(vocabulary, number, seed):
    random_ = random.Random(seed)
    lines = sentences()
    made = list(HARD)
    while len(made) < number:
        made.append(random_.choice([
            lambda: characters(random_, 60), lambda: pieces(random_, vocabulary), lambda: mutated(random_, random_.choice(lines)),
            lambda: " ".join(random_.choices(lines, k=random_.randint(1, 8)))])())
    return made[:number]


def main(path, number, seed):
    with open(path, encoding="utf-8") as file:
        settings = json.load(file)
    # Neither cut nor filled up, and with names of special tokens as text.
    settings.update(truncation=None, padding=None, added_tokens=[])
    tokenizer = Tokenizer.from_str(json.dumps(settings))
    for text in texts(sorted(settings["model"]["vocab"]), int(number), int(seed)):
        print(json.dumps({"text": text, "ids": tokenizer.encode(text).ids}))


main(*sys.argv[1:])
