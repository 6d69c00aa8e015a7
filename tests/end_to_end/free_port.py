"""A port for a server that must know it before it starts, or that goes away and comes back at the same one."""
import errno
import pathlib
import random
import socket


def free_port():
    """Nobody listens there, and the system gives it to no outgoing connection: such a one may hold a port while its server is away."""
    first, last = map(int, pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split())
    ports = [*range(10_000, first), *range(last + 1, 65_536)] or range(first, last + 1)
    while True:
        port = random.choice(ports)
        with socket.socket() as found:
            try:
                found.bind(("127.0.0.1", port))
                return port
            except OSError as failure:
                if failure.errno != errno.EADDRINUSE:
                    raise
