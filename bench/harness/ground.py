"""What every client is measured against: one sshd, one backend, one upload sink, on loopback."""

import getpass
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import time

from . import backend, processes
from .processes import MeasurementError

CIPHER = "aes128-gcm@openssh.com"
_HERE = pathlib.Path(__file__).resolve().parent


def find(program):
    """The path of a program, also where daemons live that are not on everybody's PATH."""
    places = os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin:/sbin:/opt/homebrew/sbin"
    return shutil.which(program, path=places)


def free_port():
    """A port nobody listens on, below the range that the system hands out to outgoing connections."""
    for _ in range(200):
        port = random.randrange(18000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise MeasurementError("no free port between 18000 and 32000")


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


def wait_until_accepting(port, process, what, patience=30.0, pause=0.02):
    deadline = time.monotonic() + patience
    while not accepts(port):
        if process.poll() is not None:
            raise MeasurementError(f"{what} ended with code {process.returncode}; its log tells why")
        if time.monotonic() > deadline:
            raise MeasurementError(f"{what} did not listen on port {port} within {patience:.0f} s")
        time.sleep(pause)


class Ground:
    """Started once for all runs. `folder` is ours alone and gone afterwards."""

    def __init__(self, folder, bulk_bytes):
        self.folder = folder
        self.bulk_bytes = bulk_bytes
        self.user = getpass.getuser()
        self.key = folder / "id_ed25519"
        self.known_hosts = folder / "known_hosts"
        self.bulk = folder / "www" / "bulk"
        self.log = open(folder / "ground.log", "ab", buffering=0)

    def start(self):
        self._write_files()
        self.ssh_port = self._start_sshd()
        self.sink_port = self._start_sink()
        self.web_port = self._start_nginx() if find("nginx") else self.sink_port
        return self

    def _write_files(self):
        self.bulk.parent.mkdir()
        self.bulk.parent.joinpath("page").write_bytes(backend.PAGE)
        with open(self.bulk, "wb") as file:
            file.truncate(self.bulk_bytes)
        # Where root starts it, an unprivileged worker still has to reach the files.
        self.folder.chmod(0o755)

    def _start_sshd(self):
        sshd = find("sshd")
        host_key = self.folder / "host_ed25519"
        for key in (self.key, host_key):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)  # sshd refuses to start without it
        port = free_port()
        public = host_key.with_suffix(".pub").read_text(encoding="utf-8").split()
        self.known_hosts.write_text(f"[127.0.0.1]:{port} {public[0]} {public[1]}\n", encoding="utf-8")
        config = self.folder / "sshd_config"
        config.write_text(self._sshd_config(port, host_key), encoding="utf-8")
        process = processes.start([sshd, "-D", "-e", "-f", str(config)], self.log, stdin=subprocess.DEVNULL)
        wait_until_accepting(port, process, "sshd")
        return port

    def _sshd_config(self, port, host_key):
        return "\n".join(
            [
                "ListenAddress 127.0.0.1",
                f"Port {port}",
                f"HostKey {host_key}",
                f"AuthorizedKeysFile {self.key}.pub",
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "UseDNS no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "PrintMotd no",
                "PrintLastLog no",
                "MaxStartups 100",
                f"Ciphers {CIPHER}",
                # A session says nothing, and ends when its client does.
                "ForceCommand exec cat >/dev/null",
                "",
            ]
        )

    def _start_sink(self):
        process = processes.start(
            [sys.executable, str(_HERE / "backend.py"), str(self.bulk)], self.log, stdout=subprocess.PIPE
        )
        return int(process.stdout.readline())

    def _start_nginx(self):
        port = free_port()
        config = self.folder / "nginx.conf"
        config.write_text(self._nginx_config(port), encoding="utf-8")
        command = [find("nginx"), "-p", str(self.folder), "-e", "stderr", "-c", str(config)]
        process = processes.start(command, self.log, stdin=subprocess.DEVNULL)
        wait_until_accepting(port, process, "nginx")
        return port

    def _nginx_config(self, port):
        paths = "\n".join(
            f"  {kind}_temp_path {self.folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        # One process: a worker would outlive a master that was killed.
        return f"""
daemon off;
master_process off;
pid {self.folder}/nginx.pid;
events {{ worker_connections 16384; }}
http {{
{paths}
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  open_file_cache max=10;
  server {{ listen 127.0.0.1:{port} backlog=1024; root {self.folder}/www; }}
}}
"""
