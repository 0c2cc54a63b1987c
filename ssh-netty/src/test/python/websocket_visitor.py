"""A WebSocket visitor: sends messages of many sizes and compares what comes back.

Prints "echoed N messages" and ends with 0, or with a traceback and 1.
"""

import argparse
import asyncio
import os

import websockets

SIZES = [0, 1, 125, 126, 65535, 65536, 1 << 20]


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True, help="where to connect")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--authority", required=True, help="what the Host header says")
    options = parser.parse_args()
    async with websockets.connect(
            "ws://%s/chat" % options.authority,
            host=options.host, port=options.port, max_size=None) as socket:
        count = 0
        for size in SIZES:
            binary = os.urandom(size)
            for message in (binary, binary.hex()):
                await socket.send(message)
                answer = await asyncio.wait_for(socket.recv(), 10)
                assert answer == message, size
                count += 1
        await asyncio.wait_for(await socket.ping(b"still there?"), 10)
        await socket.send([b"in ", b"three ", b"fragments"])
        assert await asyncio.wait_for(socket.recv(), 10) == b"in three fragments"
    assert socket.close_code == 1000, socket.close_code
    print("echoed", count + 1, "messages", flush=True)


asyncio.run(main())
