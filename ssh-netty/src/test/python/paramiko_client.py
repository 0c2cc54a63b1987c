"""A Paramiko client that asks for remote forwards and leads visitors to a local port.

Prints "forward PORT" per forward, and "cancelled" on a line "cancel" of its input.
"""

import argparse
import socket
import sys
import threading

import paramiko


def copy(channel, local_port):
    """Both directions, with half-close."""
    join(channel, socket.create_connection(("127.0.0.1", local_port)))


def join(channel, sock):
    with sock:
        thread = threading.Thread(target=pump, args=(sock.recv, channel.sendall, channel.shutdown_write))
        thread.start()
        pump(channel.recv, sock.sendall, lambda: sock.shutdown(socket.SHUT_WR))
        thread.join()
        channel.close()


def pump(read, write, end):
    try:
        data = read(32768)
        while data:
            write(data)
            data = read(32768)
        end()
    except OSError as error:
        print("pump", error, file=sys.stderr, flush=True)


def lead_out(transport, word):
    """Leads who comes to a local port to an address the server knows."""
    from_port, to_host, to_port = word.split(":")
    with socket.create_server(("127.0.0.1", int(from_port))) as listener:
        while True:
            sock, origin = listener.accept()
            try:
                channel = transport.open_channel("direct-tcpip", (to_host, int(to_port)), origin)
                threading.Thread(target=join, args=(channel, sock), daemon=True).start()
            except paramiko.SSHException as error:
                print("refused", error, flush=True)
                sock.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--user", required=True)
    parser.add_argument("--key")
    parser.add_argument("--password", default="")
    parser.add_argument("--keepalive", type=float, default=0)
    parser.add_argument("--local", help="PORT:HOST:PORT, as of ssh -L")
    parser.add_argument("forwards", nargs="+", help="HOST|PORT|LOCALPORT; an empty host is allowed")
    options = parser.parse_args()
    sock = socket.create_connection(("127.0.0.1", options.port))
    transport = paramiko.Transport(sock)
    transport.start_client(timeout=20)
    if options.key:
        transport.auth_publickey(options.user, load(options.key))
    elif options.password:
        transport.auth_password(options.user, options.password)
    else:
        transport.auth_none(options.user)
    transport.set_keepalive(int(options.keepalive))
    if options.local:
        threading.Thread(target=lead_out, args=(transport, options.local), daemon=True).start()
    asked = []
    routes = {}

    def visitor(channel, origin, server):
        threading.Thread(target=copy, args=(channel, routes[server[1]]), daemon=True).start()

    for word in options.forwards:
        host, port, local = word.split("|")
        granted = transport.request_port_forward(host, int(port), visitor)
        routes[granted] = int(local)
        asked.append((host, granted))
        print("forward", granted, flush=True)
    dispatch = transport._tcp_handler
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() == "cancel":
            transport.cancel_port_forward(*asked[0])
            # It forgets the handler of every forward, not of this one.
            transport._tcp_handler = dispatch
            print("cancelled", flush=True)
    transport.close()


def load(path):
    try:
        return paramiko.Ed25519Key.from_private_key_file(path)
    except paramiko.SSHException:
        return paramiko.RSAKey.from_private_key_file(path)


main()
