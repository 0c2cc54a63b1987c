"""Stands in for wrk where there is none: one thread, one loop. Slower than wrk, so its figures are lower.

Run as a program: generator.py PORT CONNECTIONS SECONDS keep|close. Prints one line as wrk.lua does.
"""

import json
import selectors
import socket
import sys
import time


class _Visitor:
    def __init__(self, port, request):
        self.port, self.request = port, request

    def open(self, selector):
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(self.socket, selectors.EVENT_READ, self)

    def close(self, selector):
        selector.unregister(self.socket)
        self.socket.close()

    def ask(self):
        self.answer = b""
        self.asked = time.perf_counter()
        self.socket.sendall(self.request)

    def take(self):
        """Reads what came; True once the answer is whole."""
        more = self.socket.recv(65536)
        if not more:
            raise ConnectionError("closed early")
        self.answer += more
        head, found, body = self.answer.partition(b"\r\n\r\n")
        return bool(found) and len(body) >= 100


def run(port, connections, seconds, close):
    ending = b"Connection: close\r\n" if close else b""
    request = b"GET /page HTTP/1.1\r\nHost: bench\r\n" + ending + b"\r\n"
    selector = selectors.DefaultSelector()
    begin = time.perf_counter()
    times, errors = [], 0
    for _ in range(connections):
        visitor = _Visitor(port, request)
        visitor.open(selector)
        visitor.ask()
    while time.perf_counter() - begin < seconds:
        for key, _ in selector.select(0.1):
            visitor = key.data
            try:
                if not visitor.take():
                    continue
                times.append(time.perf_counter() - visitor.asked)
                again = close
            except OSError:
                errors += 1
                again = True
            if again:
                visitor.close(selector)
                visitor.open(selector)
            visitor.ask()
    return _summary(sorted(times), time.perf_counter() - begin, errors)


def _summary(times, seconds, errors):
    at = lambda part: round(1e6 * times[int(part * (len(times) - 1))], 1) if times else 0.0
    return {"requests": len(times), "seconds": seconds, "p50_us": at(0.5), "p99_us": at(0.99), "errors": errors}


if __name__ == "__main__":
    print("RESULT", json.dumps(run(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4] == "close")))
