"""An AsyncSSH client that asks for remote forwards and leads visitors to a local port.

Prints "forward PORT" per forward, "cancelled" on a line "cancel" of its input, and what sessions say.
"""

import argparse
import asyncio
import sys

import asyncssh


async def relay_text(conn):
    process = await conn.create_process(encoding="utf-8")
    async for line in process.stdout:
        print("text", line.rstrip(), flush=True)


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--user", required=True)
    parser.add_argument("--key")
    parser.add_argument("--password", default="")
    parser.add_argument("--keepalive", type=float, default=0)
    parser.add_argument("--local", help="PORT:HOST:PORT, as of ssh -L")
    parser.add_argument("--session", action="store_true")
    parser.add_argument("forwards", nargs="+", help="HOST|PORT|LOCALPORT; an empty host is allowed")
    options = parser.parse_args()
    async with asyncssh.connect(
            "127.0.0.1", options.port, username=options.user, known_hosts=None, config=None,
            client_keys=[options.key] if options.key else [], agent_path=None,
            password=options.password or "none",
            keepalive_interval=options.keepalive) as conn:
        if options.local:
            from_port, to_host, to_port = options.local.split(":")
            await conn.forward_local_port("127.0.0.1", int(from_port), to_host, int(to_port))
        listeners = []
        for word in options.forwards:
            host, port, local = word.split("|")
            listener = await conn.forward_remote_port(host, int(port), "127.0.0.1", int(local))
            listeners.append(listener)
            print("forward", listener.get_port(), flush=True)
        if options.session:
            asyncio.get_running_loop().create_task(relay_text(conn))
        print("ready", flush=True)
        loop = asyncio.get_running_loop()
        while True:
            line = await loop.run_in_executor(None, sys.stdin.readline)
            if line.strip() == "cancel":
                listeners[0].close()
                await listeners[0].wait_closed()
                print("cancelled", flush=True)
            elif not line:
                return


asyncio.run(main())
