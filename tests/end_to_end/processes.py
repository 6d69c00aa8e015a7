"""What the system says of a program's processes. One that has ended meanwhile has no children, no words and no memory."""
import pathlib

ENDED = (FileNotFoundError, ProcessLookupError)


def children(pid):
    """Living processes right below one."""
    try:
        below = [child for task in pathlib.Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text(encoding="ascii").split()]
    except ENDED:
        return []
    return sorted(int(child) for child in below if alive(child))


def alive(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except ENDED:
        return False


def family(pid):
    """One process and every living one below it."""
    return [pid, *(one for child in children(pid) for one in family(child))]


def words(pid):
    """Its command line."""
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")[:-1]
    except ENDED:
        return []


def workers(hub, connector):
    """Process ids of a hub's workers for that connector."""
    return [pid for pid in children(hub) if {"connector", connector} <= set(words(pid))]


def kibibytes(pid, name):
    """A line of its status that counts KiB: VmRSS, what it holds now; VmHWM, the most it held."""
    try:
        lines = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except ENDED:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name + ":")), 0)
