"""Medians, ratios and verdicts; as a table, as JSON."""

import datetime
import json
import os
import platform
import statistics
import subprocess

from . import ground as grounds
from .clients import INTERACTIVE_SSH, NORMAL_SSH, PORTHOLE
from .measures import MEASURES


def summary(rounds, names):
    """Per measure: each client's median, minimum and maximum, and porthole's ratios to both ssh."""
    rows = []
    for measure in MEASURES:
        figures = {name: _figures(_column(rounds, name, measure.key)) for name in names}
        if not any(figures.values()):
            continue
        ratios = {
            f"{name}/{peer}": _ratio(rounds, name, peer, measure.key)
            for name in names
            if name not in (NORMAL_SSH, INTERACTIVE_SSH)
            for peer in (INTERACTIVE_SSH, NORMAL_SSH)
            if peer in names
        }
        rows.append({"measure": measure, "figures": figures, "ratios": ratios})
    return rows


def _column(rounds, name, key):
    return [a_round[name][key] for a_round in rounds if key in a_round.get(name, {})]


def _figures(values):
    if not values:
        return None
    return {"median": statistics.median(values), "min": min(values), "max": max(values), "all": values}


def _ratio(rounds, name, peer, key):
    """Over the ratios of each round, so that what disturbed a whole round counts on both sides."""
    pairs = [
        a_round[name][key] / a_round[peer][key]
        for a_round in rounds
        if key in a_round.get(name, {}) and a_round.get(peer, {}).get(key)
    ]
    return _figures(pairs)


def verdict(row, name=PORTHOLE):
    """(target in words, reached or not); None where there is no target or no figure."""
    measure = row["measure"]
    targets = []
    for limit, peer, words in (
        (measure.to_interactive, INTERACTIVE_SSH, "-tt"),
        (measure.to_normal, NORMAL_SSH, "-N"),
    ):
        if limit is not None:
            ratio = row["ratios"].get(f"{name}/{peer}")
            sign = "≥" if measure.higher_is_better else "≤"
            targets.append((f"{sign} {limit:g} × {words}", _holds(ratio, limit, measure.higher_is_better)))
    if measure.limit is not None:
        targets.append((f"≤ {measure.limit:g} {measure.unit}", _holds(row["figures"].get(name), measure.limit, False)))
    return targets


def _holds(figures, limit, higher_is_better):
    if figures is None:
        return None
    return figures["median"] >= limit if higher_is_better else figures["median"] <= limit


def number(value):
    if value is None:
        return "-"
    if value >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _cell(figures):
    if figures is None:
        return "-"
    return f"{number(figures['median'])} ({number(figures['min'])}–{number(figures['max'])})"


def _ratio_cell(figures):
    return "-" if figures is None else f"{figures['median']:.2f} ×"


def table(rows, names):
    """A Markdown table, padded so that it is one in a terminal too."""
    others = [name for name in names if name not in (NORMAL_SSH, INTERACTIVE_SSH)]
    head = ["median (min–max)", *names]
    head += [f"{name} / {peer.split()[1]}" for name in others for peer in (INTERACTIVE_SSH, NORMAL_SSH) if peer in names]
    lines = [head + ["target", "reached"]]
    for row in rows:
        line = [f"{row['measure'].title}, {row['measure'].unit}"]
        line += [_cell(row["figures"][name]) for name in names]
        line += [_ratio_cell(ratio) for ratio in row["ratios"].values()]
        targets = verdict(row)
        line.append("; ".join(words for words, _ in targets))
        line.append("; ".join({True: "yes", False: "no", None: "?"}[holds] for _, holds in targets))
        lines.append(line)
    return _padded(lines)


def _padded(lines):
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    rows = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |" for line in lines]
    rows.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(rows)


def circumstances():
    """What the figures depend on besides the clients."""
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "cpu": _cpu_model(),
        "cpus": os.cpu_count(),
        "java": _first_line(["java", "-version"]),
        "ssh": _first_line([grounds.find("ssh"), "-V"]),
        "nginx": _first_line([grounds.find("nginx"), "-v"]) if grounds.find("nginx") else "none; own server",
        "wrk": "wrk" if grounds.find("wrk") else "none; own generator",
        "cipher": grounds.CIPHER,
    }


def _first_line(command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=20)
        return done.stdout.splitlines()[0]
    except (OSError, IndexError, subprocess.TimeoutExpired):
        return "unknown"


def _cpu_model():
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as info:
            return next((line.split(":", 1)[1].strip() for line in info if line.startswith("model name")), "unknown")
    except OSError:
        return "unknown"


def write_json(path, rows, rounds, about, notes):
    measures = [
        {
            "key": row["measure"].key,
            "title": row["measure"].title,
            "unit": row["measure"].unit,
            "higher_is_better": row["measure"].higher_is_better,
            "clients": row["figures"],
            "ratios": row["ratios"],
            "targets": [{"target": words, "reached": holds} for words, holds in verdict(row)],
        }
        for row in rows
    ]
    text = json.dumps({"about": about, "measures": measures, "rounds": rounds, "notes": notes}, indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
