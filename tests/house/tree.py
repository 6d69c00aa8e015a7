"""The files of the source tree, as git sees them or, without git, as they lie there."""
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def files(*suffixes):
    """Paths relative to the root, tracked and not ignored, with one of the suffixes."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        names = [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    else:
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*")
                 if path.is_file() and path.relative_to(ROOT).parts[0] not in (".git", "build", "run")]
    return sorted(name for name in names if name.endswith(suffixes))


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")
