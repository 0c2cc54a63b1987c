"""The service behind the tunnel where nginx cannot do it: the upload sink, and pages without nginx.

Run as a program: backend.py FILE. Serves /page (100 bytes), /bulk (FILE), and takes PUT of anything.
Prints its port as its first line.
"""

import os
import re
import socket
import sys
import threading

PAGE = b"x" * 99 + b"\n"
_CHUNK = 1 << 20


def _head(status, length, close):
    ending = "Connection: close\r\n" if close else ""
    return f"HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{ending}\r\n".encode()


def _read_head(connection, seen):
    while b"\r\n\r\n" not in seen:
        more = connection.recv(65536)
        if not more:
            return None, b""
        seen += more
    head, _, rest = seen.partition(b"\r\n\r\n")
    return head.decode("latin-1"), rest


def _swallow(connection, length, room):
    view = memoryview(room)
    left = length
    while left > 0:
        count = connection.recv_into(view[: min(left, _CHUNK)])
        if count == 0:
            break
        left -= count
    return length - left


def _send_file(connection, path, close):
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        connection.sendall(_head("200 OK", size, close))
        connection.sendfile(file)


def _serve(connection, path):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    room = bytearray(_CHUNK)
    rest = b""
    with connection:
        while True:
            head, rest = _read_head(connection, rest)
            if head is None:
                return
            close = "connection: close" in head.lower()
            length = re.search(r"(?i)content-length: *(\d+)", head)
            if length:
                wanted = int(length.group(1))
                taken = len(rest) + _swallow(connection, wanted - len(rest), room)
                rest = b""
                answer = str(taken).encode()
                connection.sendall(_head("200 OK", len(answer), close) + answer)
            elif head.split(" ")[1].startswith("/bulk"):
                _send_file(connection, path, close)
            else:
                connection.sendall(_head("200 OK", len(PAGE), close) + PAGE)
            if close:
                return


def _serve_quietly(connection, path):
    try:
        _serve(connection, path)
    except OSError:
        pass  # visitors come and go as they like


def main():
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=_serve_quietly, args=(connection, sys.argv[1]), daemon=True).start()


if __name__ == "__main__":
    main()
