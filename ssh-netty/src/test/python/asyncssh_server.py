"""An AsyncSSH server that grants remote forwards, and can be odd about it.

Prints "listening PORT", then one line per event. Ends on SIGTERM.
"""

import argparse
import asyncio

import asyncssh
from asyncssh.connection import SSHServerConnection
from asyncssh.listener import create_tcp_forward_listener


class VirtualListener(asyncssh.SSHListener):
    """Grants a forward without binding anything."""

    def __init__(self, port):
        super().__init__()
        self._port = port

    def get_port(self):
        return self._port

    def close(self):
        pass

    async def wait_closed(self):
        pass


class Server(asyncssh.SSHServer):
    """One per connection."""

    next_port = 40000

    def __init__(self, options):
        self._options = options
        self._conn = None

    def connection_made(self, conn):
        self._conn = conn

    def begin_auth(self, username):
        return not self._options.none

    def password_auth_supported(self):
        return bool(self._options.password)

    def validate_password(self, username, password):
        print("password", username, flush=True)
        return password == self._options.password

    def session_requested(self):
        return True

    async def server_requested(self, host, port):
        print("forward %s:%d" % (host, port), flush=True)
        if self._options.delay:
            await asyncio.sleep(self._options.delay)
        if self._options.refuse_port == port and port:
            return False
        if self._options.eager or self._options.virtual:
            if port == 0:
                Server.next_port += 1
                port = Server.next_port
            return VirtualListener(port)
        if self._options.stock:
            return True
        return await self._listen(host, port)

    async def _listen(self, host, port):
        """On loopback whatever host was asked for, and telling the port that was chosen.

        AsyncSSH's own forwarder opens channels for port 0 when port 0 was asked for.
        """

        async def tunnel(factory, orig_host, orig_port):
            return await self._conn.create_connection(
                factory, host, bound.get_port(), orig_host, orig_port)

        bound = await create_tcp_forward_listener(
            self._conn, asyncio.get_running_loop(), tunnel, "127.0.0.1", port)
        return bound


class Eager:
    """Opens a channel in the same write as the reply that grants the forward."""

    def __init__(self):
        self.served = 0
        self.failed = 0

    def hook(self, options):
        """Replaces the method that sends the reply by one that also opens the channel."""
        report = SSHServerConnection._report_global_response
        forward = SSHServerConnection._process_tcpip_forward_global_request
        eager = self

        def remember(conn, packet):
            peek = bytes(packet.get_remaining_payload())
            size = int.from_bytes(peek[:4], "big")
            conn.asked_host = peek[4:4 + size].decode()
            conn.asked_port = int.from_bytes(peek[4 + size:8 + size], "big")
            return forward(conn, packet)

        def report_and_open(conn, result):
            host = getattr(conn, "asked_host", None)
            if host is None or not result:
                return report(conn, result)
            conn.asked_host = None
            port = int.from_bytes(result, "big") if isinstance(result, bytes) else conn.asked_port
            loop = asyncio.get_running_loop()
            if "write" not in vars(conn._transport):
                hold(conn._transport, loop)
            report(conn, result)
            loop.create_task(eager.visit(conn, host, port))

        def hold(transport, loop):
            held = []
            write = transport.write
            transport.write = held.append

            def release():
                del transport.write
                write(b"".join(held))

            # In the next turn: the first step of each task of this one sends its channel open.
            loop.call_soon(loop.call_soon, release)

        SSHServerConnection._report_global_response = report_and_open
        SSHServerConnection._process_tcpip_forward_global_request = remember

    async def visit(self, conn, host, port):
        try:
            reader, writer = await conn.open_connection(host, port, "192.0.2.1", 1234)
            question = b"eager %d\n" % port
            writer.write(question)
            writer.write_eof()
            answer = await asyncio.wait_for(reader.read(), 10)
            if answer != question:
                raise ValueError("got %r" % answer)
            self.served += 1
        except (asyncssh.Error, OSError, ValueError, asyncio.TimeoutError) as error:
            self.failed += 1
            print("eager failed %s:%d %r" % (host, port, error), flush=True)
        print("eager served %d failed %d" % (self.served, self.failed), flush=True)


async def session(options, process):
    if options.text:
        process.stdout.write(options.text.replace("\\n", "\n"))
    await process.stdin.read()
    process.exit(0)


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host-key", required=True)
    parser.add_argument("--none", action="store_true", help="let everybody in")
    parser.add_argument("--password", default="")
    parser.add_argument("--authorized", help="authorized_keys file")
    parser.add_argument("--delay", type=float, default=0, help="seconds before a forward's reply")
    parser.add_argument("--refuse-port", type=int, default=0)
    parser.add_argument("--virtual", action="store_true", help="grant, but bind nothing")
    parser.add_argument("--stock", action="store_true", help="AsyncSSH's own forwarder")
    parser.add_argument("--eager", action="store_true", help="visit right behind the reply")
    parser.add_argument("--text", default="", help="what a session prints")
    parser.add_argument("--rekey-bytes", type=int, default=0)
    options = parser.parse_args()
    if options.eager:
        Eager().hook(options)
    more = {"rekey_bytes": options.rekey_bytes} if options.rekey_bytes else {}
    if options.authorized:
        more["authorized_client_keys"] = options.authorized
    acceptor = await asyncssh.listen(
        "127.0.0.1", 0,
        server_factory=lambda: Server(options),
        server_host_keys=[options.host_key],
        process_factory=lambda process: session(options, process),
        encoding="utf-8",
        allow_pty=True,
        **more)
    print("listening", acceptor.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().create_future()


asyncio.run(main())
