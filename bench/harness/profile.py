"""One warm porthole under one load after the other, each recorded by the JVM's own recorder."""

import argparse
import collections
import json
import pathlib
import shutil
import subprocess
import tempfile

from . import clients, ground, load, measures, processes

_BENCH = pathlib.Path(__file__).resolve().parents[1]
_DEPTH = 40
# Everything lies below Netty's loop; what it calls from these packages is what tells something.
_TELLING = ("dev/porthole/", "dev.porthole.", "org/apache/sshd/", "org.apache.sshd.", "com/sun/crypto/", "com.sun.crypto.")
_LOADS = ("download", "upload", "requests", "connections")
_EVENTS = {"jdk.ExecutionSample": "time", "jdk.ObjectAllocationSample": "garbage"}


def main():
    parser = argparse.ArgumentParser(prog="bench/profile", description="Profiles a warm porthole under each load.")
    parser.add_argument("--out", type=pathlib.Path, default=_BENCH / "results" / "profile")
    parser.add_argument("--seconds", type=int, default=10, help="how long each load lasts (10)")
    parser.add_argument("--top", type=int, default=20, help="lines per list (20)")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    processes.allow_many_files()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="porthole-bench-"))
    try:
        place = ground.Ground(folder, measures.GIB).start()
        _profile(options, place)
    finally:
        processes.stop_all()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _profile(options, place):
    client = clients.porthole(place)
    clients.prepare_porthole(client, place.log)
    forwards = [(ground.free_port(), place.web_port), (ground.free_port(), place.sink_port)]
    with client.start(place, forwards, place.log) as running:
        for kind in _LOADS:
            _drive(kind, place, running, options.seconds)  # warm-up
        for kind in _LOADS:
            file = (options.out / f"{kind}.jfr").resolve()
            _jcmd(running, "JFR.start", f"name={kind}", "settings=profile")
            _drive(kind, place, running, options.seconds)
            _jcmd(running, "JFR.stop", f"name={kind}", f"filename={file}")
            _print_top(kind, file, options.top)


def _drive(kind, place, running, seconds):
    web, sink = running.ports
    if kind == "requests":
        load.requests(web, 32, seconds, place.log)
    elif kind == "connections":
        load.requests(web, 32, seconds, place.log, close=True)
    else:
        spent = 0.0
        while spent < seconds:
            spent += load.download(web, place.bulk_bytes) if kind == "download" else load.upload(sink, place.bulk)


def _jcmd(running, *words):
    subprocess.run(["jcmd", str(running.pid), *words], check=True, stdout=subprocess.DEVNULL)


def _print_top(kind, file, top):
    for event, what in _EVENTS.items():
        command = ["jfr", "print", "--json", "--stack-depth", str(_DEPTH), "--events", event, str(file)]
        text = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
        events = [event["values"] for event in json.loads(text)["recording"]["events"]]
        weights = [values.get("weight", 1) for values in events]
        print(f"\n## {kind}: {what} ({len(events)} samples)\n")
        if what == "garbage":
            _list("class", [values["objectClass"]["name"] for values in events], weights, top)
        _list("method itself", [_frames(values)[:1] for values in events], weights, top)
        _list("method with all it calls", [set(_frames(values, _TELLING)) for values in events], weights, top)


def _frames(values, packages=("",)):
    trace = values.get("stackTrace") or {"frames": []}
    methods = [frame["method"] for frame in trace["frames"]]
    return [_name(method) for method in methods if method["type"]["name"].startswith(packages)]


def _name(method):
    return method["type"]["name"].rsplit("/", 1)[-1].rsplit(".", 1)[-1] + "." + method["name"]


def _list(title, found, weights, top):
    """Shares of all samples; `found` holds one name, or several, per sample."""
    shares = collections.Counter()
    for names, weight in zip(found, weights):
        for name in [names] if isinstance(names, str) else names:
            shares[name] += weight
    total = sum(weights) or 1
    print(f"{title}:")
    for name, weight in shares.most_common(top):
        print(f"  {100 * weight / total:5.1f} %  {name}")
