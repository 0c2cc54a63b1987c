"""The command: options, rounds, output."""

import argparse
import os
import pathlib
import shutil
import signal
import sys
import tempfile
import time

from . import chart, clients, ground, measures, processes, report
from .processes import MeasurementError

_BENCH = pathlib.Path(__file__).resolve().parents[1]
_KINDS = {"ssh-N": clients.NORMAL_SSH, "ssh-tt": clients.INTERACTIVE_SSH, "porthole": clients.PORTHOLE}


def _options():
    about = "Measures porthole beside ssh -R against one sshd, all on loopback; ends by itself."
    parser = argparse.ArgumentParser(prog="bench/compare", description=about)
    parser.add_argument("--pairs", type=int, help="rounds of every client in turn (7; with --quick 1)")
    parser.add_argument("--quick", action="store_true", help="a smoke run: less data, shorter loads; no figures to quote")
    parser.add_argument("--only", metavar="A,B", help="of " + ", ".join(measures.GROUPS) + " (all but the last)")
    parser.add_argument("--clients", metavar="A,B", default=",".join(_KINDS), help="of " + ", ".join(_KINDS))
    parser.add_argument("--also", metavar="NAME=JAR", action="append", default=[], help="another build of porthole, beside")
    parser.add_argument("--out", type=pathlib.Path, default=_BENCH / "results", help="where results go (bench/results)")
    options = parser.parse_args()
    options.groups = set(_listed(parser, options.only, measures.GROUPS) if options.only else measures.USUAL)
    options.kinds = _listed(parser, options.clients, list(_KINDS))
    options.pairs = options.pairs or (1 if options.quick else 7)
    options.effort = measures.QUICK if options.quick else measures.FULL
    return options


def _listed(parser, words, known):
    chosen = words.split(",") if words else known
    for word in chosen:
        if word not in known:
            parser.error(f"{word} is none of {', '.join(known)}")
    return chosen


def _missing():
    """What cannot be done without, and what has a stand-in; says both."""
    for program, instead in (("nginx", "an own server in Python"), ("wrk", "an own generator in Python")):
        if not ground.find(program):
            _say(f"{program} is not here; {instead} takes its place, and figures are lower for every client")
    needed = [program for program in ("ssh", "sshd", "ssh-keygen", "java") if not ground.find(program)]
    if not (clients.PROJECT / "client/target/porthole.jar").exists() and not os.environ.get("PORTHOLE_JAR"):
        needed.append("client/target/porthole.jar (mvn -Dquick package)")
    if not os.path.exists("/proc/self/stat"):
        needed.append("/proc (this needs Linux)")
    return needed


def _say(words):
    print(words, file=sys.stderr, flush=True)


def _contenders(options, place):
    made = []
    for kind in options.kinds:
        if kind == "porthole":
            made.append(clients.porthole(place))
        else:
            made.append(clients.ssh(place, _KINDS[kind], ["-N"] if kind == "ssh-N" else ["-tt"]))
    for pair in options.also:
        name, _, jar = pair.partition("=")
        made.append(clients.porthole(place, name, pathlib.Path(jar).resolve()))
    for client in made:
        if client.command[0].endswith("porthole"):
            clients.prepare_porthole(client, place.log)
    return made


def _rounds(options, place, contenders, rounds, notes):
    """Every client in every round, each round beginning with another one."""
    for number in range(options.pairs):
        turn = number % len(contenders)
        results = {"load_average": os.getloadavg()[0]}
        rounds.append(results)
        for client in contenders[turn:] + contenders[:turn]:
            _say(f"round {number + 1} of {options.pairs}: {client.name} (load average {os.getloadavg()[0]:.1f})")
            run = measures.Run(client, place, options.effort, options.groups, place.log).all()
            results[client.name] = run.values
            for note in run.notes:
                _say("  " + note)
            notes += run.notes


def _publish(options, names, rounds, notes):
    rows = report.summary(rounds, names)
    about = report.circumstances() | {"rounds": len(rounds), "quick": options.quick}
    options.out.mkdir(parents=True, exist_ok=True)
    text = report.table(rows, names)
    subtitle = f"{about['date'][:10]}, {about['cpus']} CPUs, {len(rounds)} rounds, {about['ssh']}"
    (options.out / "compare.md").write_text(text + "\n", encoding="utf-8")
    (options.out / "compare.svg").write_text(chart.svg(rows, subtitle), encoding="utf-8")
    report.write_json(options.out / "compare.json", rows, rounds, about, notes)
    print(text)
    for note in notes:
        print("gap: " + note)
    _say(f"written: {options.out}/compare.md, compare.json, compare.svg")


def _interrupted(*_):
    raise KeyboardInterrupt


def main():
    options = _options()
    needed = _missing()
    if needed:
        _say("missing: " + ", ".join(needed))
        return 2
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupted)
    processes.allow_many_files()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="porthole-bench-"))
    begin = time.monotonic()
    rounds, notes, names = [], [], []
    try:
        place = ground.Ground(folder, options.effort.bulk_bytes).start()
        contenders = _contenders(options, place)
        names += [client.name for client in contenders]
        _rounds(options, place, contenders, rounds, notes)
    except MeasurementError as problem:
        _say(f"stopped: {problem}")
        _say((folder / "ground.log").read_text(encoding="utf-8", errors="replace")[-2000:])
        return 1
    except KeyboardInterrupt:
        _say("stopped; what there is so far:")
    finally:
        processes.stop_all()
        shutil.rmtree(folder, ignore_errors=True)
    if _any_figures(rounds, names):
        _publish(options, names, rounds, notes)
        _say(f"{time.monotonic() - begin:.0f} s in all")
        return 0
    return 130


def _any_figures(rounds, names):
    return any(results.get(name) for results in rounds for name in names)
