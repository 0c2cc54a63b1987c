"""Ten thousand connections that rest: what they cost, and whether a new one costs more beside them."""

import contextlib
import os
import time

from . import load, processes

STEPS = (10, 100, 1000, 10000)


def measure(running, seconds, log):
    """The figures of one client; every connection that was opened must answer in the end."""
    port = running.ports[0]
    load.requests(port, 32, seconds, log, close=True)  # warm, or the first step would look dearest
    values = {}
    before, threads = processes.memory_mb(running.pid, "VmRSS"), _threads(running.pid)
    with contextlib.ExitStack() as resting:
        opened = 0
        for step in STEPS:
            resting.enter_context(load.open_connections(port, step - opened))
            opened = step
            time.sleep(1)
            if step == STEPS[-1]:
                values["many_memory"] = (processes.memory_mb(running.pid, "VmRSS") - before) * 1e6 / 1024 / step
                values["many_threads"] = _threads(running.pid) - threads
            values[f"many_cost_{step}"] = _cost(running, port, seconds, log)
    costs = [values[f"many_cost_{step}"] for step in STEPS]
    values["many_growth"] = max(costs) / min(costs)
    return values


def _cost(running, port, seconds, log):
    cpu = running.cpu()
    result = load.requests(port, 32, seconds, log, close=True)
    return (running.cpu() - cpu) / result["requests"] * 1e6


def _threads(pid):
    return len(os.listdir(f"/proc/{pid}/task"))
