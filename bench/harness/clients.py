"""The clients under test, each started with the options that make them comparable."""

import os
import pathlib
import subprocess
import sys
import time

from . import ground as grounds
from . import processes
from .processes import MeasurementError

PROJECT = pathlib.Path(__file__).resolve().parents[2]
NORMAL_SSH = "ssh -N -R"
INTERACTIVE_SSH = "ssh -tt -R"
PORTHOLE = "porthole"


class Client:
    """One kind of client; `running` starts it."""

    def __init__(self, name, command, env=None):
        self.name = name
        self.command = command
        self.env = env

    def start(self, ground, forwards, log):
        """Starts the client with (remote port, local port) forwards and waits until all accept."""
        arguments = list(self.command)
        for remote, local in forwards:
            arguments += ["-R", f"127.0.0.1:{remote}:127.0.0.1:{local}"]
        arguments.append(f"{ground.user}@127.0.0.1")
        begin = time.perf_counter()
        # An open standard input: with -tt, its end would end the session.
        process = processes.start(arguments, log, env=self.env, stdin=subprocess.PIPE)
        try:
            grounds.wait_until_accepting(forwards[0][0], process, self.name, pause=0.003)
            seconds = time.perf_counter() - begin
            for remote, _ in forwards[1:]:
                grounds.wait_until_accepting(remote, process, self.name)
        except BaseException:
            processes.stop(process)
            raise
        return Running(self, process, forwards, seconds)


class Running:
    """A started client. A context manager: on leaving, the client is gone."""

    def __init__(self, client, process, forwards, seconds_to_accept):
        self.name = client.name
        self.process = process
        self.pid = process.pid
        self.ports = [remote for remote, _ in forwards]
        self.seconds_to_accept = seconds_to_accept

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        processes.stop(self.process)

    def cpu(self):
        return processes.cpu_seconds(self.pid)

    def check(self):
        if self.process.poll() is not None:
            raise MeasurementError(f"{self.name} ended with code {self.process.returncode}")


def _common(ground):
    return [
        "-p", str(ground.ssh_port),
        "-i", str(ground.key),
        "-c", grounds.CIPHER,
        "-o", f"UserKnownHostsFile={ground.known_hosts}",
        "-o", "StrictHostKeyChecking=yes",
        "-o", "IdentitiesOnly=yes",
        "-o", "ExitOnForwardFailure=yes",
    ]  # fmt: skip


def ssh(ground, name, switches):
    # Nobody's own ssh_config or agent shall matter.
    env = {key: value for key, value in os.environ.items() if key != "SSH_AUTH_SOCK"}
    return Client(name, [grounds.find("ssh"), "-F", "none", *switches, *_common(ground)], env)


def porthole(ground, name=PORTHOLE, jar=None):
    env = dict(os.environ, XDG_CACHE_HOME=str(ground.folder / "cache"), XDG_CONFIG_HOME=str(ground.folder))
    env.pop("SSH_AUTH_SOCK", None)
    if jar:
        env["PORTHOLE_JAR"] = str(jar)
    return Client(name, [str(PROJECT / "porthole"), "-q", *_common(ground)], env)


def prepare_porthole(client, log, patience=60.0):
    """The first call leaves a class-data archive behind, in its own time; targets speak of the second."""
    begin = time.monotonic()
    process = processes.start([client.command[0], "--version"], log, env=client.env, stdin=subprocess.DEVNULL)
    if process.wait(patience) != 0:
        raise MeasurementError(f"{client.name} --version failed; its log tells why")
    cache = pathlib.Path(client.env["XDG_CACHE_HOME"])
    known = len(list(cache.glob("porthole/*.jsa")))
    while len(list(cache.glob("porthole/*.jsa"))) <= known and time.monotonic() - begin < patience:
        if not _group_is_alive(process.pid):
            break
        time.sleep(0.1)
    processes.stop(process)
    if not list(cache.glob("porthole/*.jsa")):
        print(f"{client.name}: no class-data archive was made; its starts are slower for it", file=sys.stderr)


def _group_is_alive(group):
    try:
        os.killpg(group, 0)
        return True
    except ProcessLookupError:
        return False
