"""Makes "TinhSo Figures": the ten digits of Be Vietnam Pro, all of one width.

Be Vietnam Pro has no tabular figures, and columns of numbers need them. Its licence (OFL-1.1, no reserved name) allows
a derived font under another name and the same licence. Usage: figures.py SOURCE.woff TARGET.woff WEIGHT
"""

import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

NAMES = {1: "TinhSo Figures", 4: "TinhSo Figures", 6: "TinhSoFigures", 16: "TinhSo Figures"}


def make(source: str, target: str, weight: str) -> None:
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=[], hinting=False, name_IDs=["*"], notdef_outline=True))
    subsetter.populate(text="0123456789")
    subsetter.subset(font)
    cmap, glyphs, metrics = font.getBestCmap(), font["glyf"], font["hmtx"]
    digits = [cmap[ord(digit)] for digit in "0123456789"]
    wide = [metrics[name][0] for name in digits if name != cmap[ord("1")]]
    width = round(sum(wide) / len(wide) * 0.98)
    for name in digits:
        glyph = glyphs[name]
        advance, bearing = metrics[name]
        shift = (width - advance) // 2
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(glyphs)
        metrics[name] = (width, bearing + shift)
    for record in font["name"].names:
        if record.nameID in NAMES:
            record.string = f"{NAMES[record.nameID]} {weight}".strip()
    font.flavor = "woff"
    font.save(target)


if __name__ == "__main__":
    make(*sys.argv[1:4])
