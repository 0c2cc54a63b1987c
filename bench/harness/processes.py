"""Starts processes so that none of them outlives the measurement, and reads what they used."""

import contextlib
import ctypes
import os
import resource
import signal
import subprocess

_PR_SET_PDEATHSIG = 1
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
_running = []


class MeasurementError(Exception):
    """A measurement, or something that it needs, did not work; the text says what."""


def start(command, log, env=None, **options):
    """Starts a command in its own process group. Its standard error, and its output, go to a log."""
    output = options.pop("stdout", log)
    process = subprocess.Popen(
        command, stdout=output, stderr=log, env=env, start_new_session=True, preexec_fn=_die_with_us, **options
    )
    _running.append(process)
    return process


def _die_with_us():
    # Even `kill -9` of the harness leaves nothing behind. Linux only; elsewhere stop_all must do.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def stop(process, grace=10.0):
    """Ends a process and its group; returns once it is gone."""
    for signal_number, patience in ((signal.SIGTERM, grace), (signal.SIGKILL, 10.0)):
        _signal_group(process, signal_number)
        try:
            process.wait(patience)
            break
        except subprocess.TimeoutExpired:
            continue
    _signal_group(process, signal.SIGKILL)  # children that outlived the leader
    if process in _running:
        _running.remove(process)


def _signal_group(process, signal_number):
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal_number)


def stop_all():
    """Ends everything that was started, latest first."""
    for process in reversed(list(_running)):
        stop(process, grace=1.0)


def allow_many_files():
    """Thousands of connections need as many descriptors, here and in every process we start."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def cpu_seconds(pid):
    """User and system time of a process with all its threads, finished ones too."""
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
        # The name in brackets may hold spaces and brackets itself.
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_PER_SECOND


def memory_mb(pid, field):
    """VmRSS or VmHWM of a process, in millions of bytes."""
    with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as status:
        for line in status:
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024 / 1e6
    raise MeasurementError(f"process {pid} has no {field}; is it gone?")
