"""What visitors do: big transfers, many small requests, many connections."""

import contextlib
import json
import os
import pathlib
import socket
import subprocess
import sys
import threading
import time

from . import backend, processes
from .ground import find
from .processes import MeasurementError

_HERE = pathlib.Path(__file__).resolve().parent
_ROOM = 1 << 20


def _visit(port):
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _answer_head(connection, room):
    """Reads up to the end of the head; returns the head and how much of the body came along."""
    count = 0
    while b"\r\n\r\n" not in room[:count]:
        more = connection.recv_into(memoryview(room)[count:])
        if more == 0:
            raise MeasurementError("the connection ended before an answer")
        count += more
    head, _, body = bytes(room[:count]).partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise MeasurementError(f"answered {head[:40]!r}")
    return head, len(body)


def download(port, wanted, until=None):
    """Fetches the big file once and returns the seconds; stops early when `until` is set."""
    room = bytearray(_ROOM)
    begin = time.perf_counter()
    with _visit(port) as connection:
        connection.sendall(b"GET /bulk HTTP/1.1\r\nHost: bench\r\n\r\n")
        got = _answer_head(connection, room)[1]
        while got < wanted and not (until and until.is_set()):
            count = connection.recv_into(room)
            if count == 0:
                raise MeasurementError(f"the download ended after {got} bytes")
            got += count
    return time.perf_counter() - begin


def upload(port, path):
    """Sends the big file to the sink and returns the seconds until the sink has said how much it got."""
    size = os.path.getsize(path)
    begin = time.perf_counter()
    with _visit(port) as connection, open(path, "rb") as file:
        connection.sendall(f"PUT /sink HTTP/1.1\r\nHost: bench\r\nContent-Length: {size}\r\n\r\n".encode())
        connection.sendfile(file)
        room = bytearray(4096)
        _answer_head(connection, room)
        if str(size).encode() not in room:
            raise MeasurementError("the sink did not get every byte")
    return time.perf_counter() - begin


@contextlib.contextmanager
def endless_download(port, wanted):
    """One download after the other in the background, for as long as the block runs."""
    over = threading.Event()
    failures = []

    def loop():
        try:
            while not over.is_set():
                download(port, wanted, over)
        except (OSError, MeasurementError) as problem:
            failures.append(problem)

    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(30)
    if failures:
        raise MeasurementError(f"the bulk download beside it failed: {failures[0]}")


def requests(port, connections, seconds, log, close=False):
    """Asks for the small page as often as possible; a dict as wrk.lua prints it."""
    seconds = max(1, round(seconds))
    wrk = find("wrk")
    if wrk:
        command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(_HERE / "wrk.lua")]
        command += ["-H", "Connection: close"] if close else []
        command.append(f"http://127.0.0.1:{port}/page")
    else:
        mode = "close" if close else "keep"
        command = [sys.executable, str(_HERE / "generator.py"), str(port), str(connections), str(seconds), mode]
    return _result(processes.start(command, log, stdout=subprocess.PIPE), seconds + 30)


def _result(process, patience):
    try:
        output, _ = process.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        raise MeasurementError("the load generator hung") from None
    finally:
        processes.stop(process)
    for line in output.decode().splitlines():
        if line.startswith("RESULT "):
            return _checked(json.loads(line[len("RESULT ") :]))
    raise MeasurementError("the load generator printed no result")


def _checked(result):
    if result["requests"] == 0:
        raise MeasurementError("not one request was answered")
    # A few are cut off when the time is up; more means that the figures count failures.
    if result["errors"] > max(64, result["requests"] // 100):
        raise MeasurementError(f"{result['errors']} of {result['requests']} requests failed")
    return result


@contextlib.contextmanager
def open_connections(port, count):
    """Holds connections that have had one answer each; on leaving, each must give a second one."""
    with contextlib.ExitStack() as all_of_them:
        visitors = []
        for _ in range(count):
            visitor = all_of_them.enter_context(_visit(port))
            _ask(visitor)
            visitors.append(visitor)
        yield
        for visitor in visitors:
            _ask(visitor)


def _ask(visitor):
    visitor.sendall(b"GET /page HTTP/1.1\r\nHost: bench\r\n\r\n")
    room = bytearray(4096)
    got = _answer_head(visitor, room)[1]
    while got < len(backend.PAGE):
        count = visitor.recv_into(room)
        if count == 0:
            raise MeasurementError("an open connection was lost")
        got += count
