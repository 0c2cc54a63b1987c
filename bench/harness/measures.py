"""What is measured, and how one run of one client measures it."""

import contextlib
import dataclasses
import time

from . import load, many, processes
from .ground import free_port
from .processes import MeasurementError

GIB = 1 << 30


@dataclasses.dataclass(frozen=True)
class Measure:
    """One figure. Targets are ratios porthole/ssh, or a limit for porthole itself."""

    key: str
    title: str
    unit: str
    higher_is_better: bool
    to_interactive: float = None
    to_normal: float = None
    limit: float = None


MEASURES = [
    Measure("download", "1 GiB download", "MB/s", True, 1.1, 1.1),
    Measure("upload", "1 GiB upload", "MB/s", True, 1.1, 1.1),
    Measure("download_cpu", "client CPU, download", "s/GiB", False, 1.0),
    Measure("upload_cpu", "client CPU, upload", "s/GiB", False, 1.0),
    Measure("requests", "keep-alive requests, 32 connections", "1/s", True, 1.15, 3.0),
    Measure("requests_p50", "their p50", "ms", False),
    Measure("requests_p99", "their p99", "ms", False, 1.0, 0.1),
    Measure("requests_cpu", "client CPU per request", "µs", False, 0.8),
    Measure("connections", "new connections, 32 at a time", "1/s", True, 1.25, 1.7),
    Measure("connections_cpu", "client CPU per new connection", "µs", False, 0.9),
    Measure("single_p50", "1 connection, p50", "µs", False, 0.95, 0.95),
    Measure("beside_p99", "small request p99 beside a bulk download", "ms", False, 0.5, 0.5),
    Measure("cold_download", "cold: first GiB after the URL", "MB/s", True, 0.6),
    Measure("cold_requests", "cold: requests in the first 5 s", "1/s", True, 0.6),
    Measure("ready", "command to remote port accepting", "ms", False, None, 1.5),
    Measure("rss_idle", "RSS, idle", "MB", False, limit=64),
    Measure("rss_1000", "RSS, 1 000 open connections", "MB", False, limit=96),
    Measure("rss_peak", "RSS, peak of everything", "MB", False, limit=128),
    Measure("many_memory", "client memory per resting connection, 10 000 of them", "KiB", False, limit=16),
    Measure("many_threads", "threads more than with none", "threads", False, limit=0),
    *(
        Measure(f"many_cost_{step}", f"client CPU per new connection beside {step} resting", "µs", False)
        for step in many.STEPS
    ),
    Measure("many_growth", "dearest of these against cheapest", "×", False, limit=1.25),
]

# What --only can name. The last one takes minutes with ssh, so it runs only when it is named.
USUAL = ["download", "upload", "requests", "connections", "single", "beside", "cold", "start", "memory"]
GROUPS = [*USUAL, "many"]
_WARM = set(USUAL) - {"start"}  # memory too: its peak is that of a client that has done it all


@dataclasses.dataclass(frozen=True)
class Effort:
    """How long and how much; --quick has less of all."""

    bulk_bytes: int
    bulk_repeats: int
    seconds: float
    cold_seconds: float
    starts: int
    open_connections: int


FULL = Effort(GIB, 2, 4, 5, 3, 1000)
QUICK = Effort(GIB // 8, 1, 1, 2, 1, 1000)


class Run:
    """All measures of one client in one round."""

    def __init__(self, client, ground, effort, groups, log):
        self.client, self.ground, self.effort, self.groups, self.log = client, ground, effort, groups, log
        self.values = {}
        self.notes = []

    def all(self):
        if "cold" in self.groups:
            self._guarded(self._cold_download)
        if self.groups & _WARM:
            self._guarded(self._warm)
        if self.groups & {"start", "memory"}:
            self._guarded(self._starts)
        if "many" in self.groups:
            self._guarded(self._many)
        return self

    def _guarded(self, part):
        """One measure that fails is a gap in the table, and a note; the others go on."""
        try:
            part()
        except (MeasurementError, OSError) as problem:
            self.notes.append(f"{self.client.name}: {part.__name__.strip('_')}: {problem}")

    def _started(self):
        forwards = [(free_port(), self.ground.web_port), (free_port(), self.ground.sink_port)]
        return self.client.start(self.ground, forwards, self.log)

    def _rate(self, seconds):
        return self.ground.bulk_bytes / seconds / 1e6

    # Cold: a client of its own, loaded the moment its port accepts.

    def _cold_download(self):
        with self._started() as running:
            self.values["cold_download"] = self._rate(load.download(running.ports[0], self.ground.bulk_bytes))

    # Warm: one client for all of it.

    def _warm(self):
        with self._started() as running:
            self.running, (self.web, self.sink) = running, running.ports
            if "cold" in self.groups:
                self._guarded(self._cold_requests)
            if self.groups & _WARM - {"cold"}:
                self._guarded(self._warm_up)
            for group in ("download", "upload", "requests", "connections", "single", "beside"):
                if group in self.groups:
                    time.sleep(0.3)  # let what the last one left behind settle
                    self._guarded(getattr(self, "_" + group))
                    running.check()
            if "memory" in self.groups:
                self._guarded(self._peak)

    def _cold_requests(self):
        result = load.requests(self.web, 32, self.effort.cold_seconds, self.log)
        self.values["cold_requests"] = result["requests"] / result["seconds"]

    def _warm_up(self):
        """Every kind of load, also those that are not measured: warm means the same in every run."""
        for _ in range(self.effort.bulk_repeats):
            load.download(self.web, self.ground.bulk_bytes)
            load.upload(self.sink, self.ground.bulk)
        load.requests(self.web, 32, 2 * self.effort.seconds, self.log)
        load.requests(self.web, 32, self.effort.seconds, self.log, close=True)

    def _transfers(self, key, transfer):
        cpu = self.running.cpu()
        seconds = [transfer() for _ in range(self.effort.bulk_repeats)]
        cpu = self.running.cpu() - cpu
        self.values[key] = self._rate(sum(seconds) / len(seconds))
        self.values[key + "_cpu"] = cpu / len(seconds) * GIB / self.ground.bulk_bytes

    def _download(self):
        self._transfers("download", lambda: load.download(self.web, self.ground.bulk_bytes))

    def _upload(self):
        self._transfers("upload", lambda: load.upload(self.sink, self.ground.bulk))

    def _counted(self, key, close):
        cpu = self.running.cpu()
        result = load.requests(self.web, 32, self.effort.seconds, self.log, close)
        cpu = self.running.cpu() - cpu
        self.values[key] = result["requests"] / result["seconds"]
        self.values[key + "_cpu"] = cpu / result["requests"] * 1e6
        return result

    def _requests(self):
        result = self._counted("requests", close=False)
        self.values["requests_p50"] = result["p50_us"] / 1e3
        self.values["requests_p99"] = result["p99_us"] / 1e3

    def _connections(self):
        self._counted("connections", close=True)

    def _single(self):
        self.values["single_p50"] = load.requests(self.web, 1, self.effort.seconds, self.log)["p50_us"]

    def _beside(self):
        with load.endless_download(self.web, self.ground.bulk_bytes):
            time.sleep(0.2)
            result = load.requests(self.web, 1, self.effort.seconds, self.log)
        self.values["beside_p99"] = result["p99_us"] / 1e3

    def _peak(self):
        try:
            with load.open_connections(self.web, self.effort.open_connections):
                pass
        finally:
            self.values["rss_peak"] = processes.memory_mb(self.running.pid, "VmHWM")

    # Starts: fresh clients with one forward, as people type it.

    def _starts(self):
        times = []
        for number in range(self.effort.starts):
            forwards = [(free_port(), self.ground.web_port)]
            with self.client.start(self.ground, forwards, self.log) as running:
                times.append(running.seconds_to_accept * 1e3)
                last = number == self.effort.starts - 1
                if last and "memory" in self.groups:
                    self._memory(running)
        if "start" in self.groups:
            self.values["ready"] = sorted(times)[len(times) // 2]

    def _many(self):
        with self._started() as running:
            self.values |= many.measure(running, self.effort.seconds, self.log)

    def _memory(self, running):
        time.sleep(2)
        self.values["rss_idle"] = processes.memory_mb(running.pid, "VmRSS")
        with contextlib.ExitStack() as visitors:
            visitors.enter_context(load.open_connections(running.ports[0], self.effort.open_connections))
            time.sleep(1)
            self.values["rss_1000"] = processes.memory_mb(running.pid, "VmRSS")
