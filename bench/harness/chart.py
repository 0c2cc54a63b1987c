"""A chart of the ratios: one row per measure, better is to the right, on a logarithmic axis."""

import html
import math

from .clients import INTERACTIVE_SSH, NORMAL_SSH, PORTHOLE

_LEFT, _WIDTH, _ROW, _TOP = 320, 520, 30, 64
_LOW, _HIGH = 0.1, 10.0
_COLOURS = {INTERACTIVE_SSH: "#1f6feb", NORMAL_SSH: "#d29922"}


def svg(rows, subtitle):
    rows = [row for row in rows if any(row["ratios"].get(f"{PORTHOLE}/{peer}") for peer in _COLOURS)]
    height = _TOP + _ROW * len(rows) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDTH + 90}" height="{height}" '
        'font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
        _text(12, 22, "porthole against ssh: how many times better", size=16),
        _text(12, 40, subtitle, colour="#57606a"),
        *_legend(),
        *_axis(height),
    ]
    for index, row in enumerate(rows):
        parts += _row(_TOP + _ROW * index + _ROW / 2, row)
    return "\n".join(parts + ["</svg>", ""])


def _x(factor):
    share = math.log(min(max(factor, _LOW), _HIGH) / _LOW) / math.log(_HIGH / _LOW)
    return _LEFT + share * _WIDTH


def _text(x, y, words, anchor="start", size=12, colour="#1f2328"):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}">{html.escape(words)}</text>'


def _line(x1, y1, x2, y2, colour, width=1):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"/>'


def _legend():
    for index, (peer, colour) in enumerate(_COLOURS.items()):
        x = _LEFT + 240 + index * 130
        yield f'<circle cx="{x}" cy="18" r="5" fill="{colour}"/>'
        yield _text(x + 9, 22, f"against {peer}")
    yield _text(_LEFT + 500, 22, "| target", colour="#1a7f37")


def _axis(height):
    for factor in (0.1, 0.2, 0.5, 1, 2, 5, 10):
        x = _x(factor)
        yield _line(x, _TOP - 8, x, height - 28, "#8c959f" if factor == 1 else "#d8dee4", 2 if factor == 1 else 1)
        yield _text(x, height - 12, f"{factor:g} ×", anchor="middle", colour="#57606a")


def _row(y, row):
    measure = row["measure"]
    yield _text(_LEFT - 14, y + 4, measure.title, anchor="end")
    better = (lambda ratio: ratio) if measure.higher_is_better else (lambda ratio: 1 / ratio)
    targets = {INTERACTIVE_SSH: measure.to_interactive, NORMAL_SSH: measure.to_normal}
    for offset, (peer, colour) in zip((-5, 5), _COLOURS.items()):
        ratio = row["ratios"].get(f"{PORTHOLE}/{peer}")
        if not ratio:
            continue
        at = y + offset
        yield _line(_x(better(ratio["min"])), at, _x(better(ratio["max"])), at, colour, 2)
        yield f'<circle cx="{_x(better(ratio["median"])):.1f}" cy="{at:.1f}" r="4.5" fill="{colour}"/>'
        if targets[peer]:
            x = _x(better(targets[peer]))
            yield _line(x, at - 5, x, at + 5, "#1a7f37", 2)
