"""A MariaDB server of a test's own, for Kodis that share one video library."""

from __future__ import annotations

import getpass
import socket
import subprocess
from pathlib import Path

from .library import Library
from .waiting import wait_for

_SERVER = "/usr/sbin/mariadbd"
_USER = "kodi"  # and its password


class MariaDb:
    """Started and ended by `with`; all of it is in `folder`, which must have a short name."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "data"
        self._socket = folder / "socket"
        self._said = folder / "said"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = int(free.getsockname()[1])

    def __enter__(self) -> MariaDb:
        me = getpass.getuser()
        with self._said.open("ab") as said:
            subprocess.run(
                [
                    "mariadb-install-db",
                    "--no-defaults",
                    f"--datadir={self._data}",
                    f"--user={me}",
                    "--auth-root-authentication-method=normal",
                    "--skip-test-db",
                ],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=True,
            )
            self._server = subprocess.Popen(
                [
                    _SERVER,
                    "--no-defaults",
                    f"--datadir={self._data}",
                    f"--socket={self._socket}",
                    f"--port={self._port}",
                    "--bind-address=127.0.0.1",
                    f"--user={me}",
                ],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        wait_for(self._answers, what="MariaDB to answer")
        self.ask(f"CREATE USER {_USER} IDENTIFIED BY '{_USER}'; GRANT ALL ON *.* TO {_USER}")
        return self

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait(20)

    @property
    def settings(self) -> str:
        """What Kodi's advancedsettings.xml says of it."""
        return (
            f"<videodatabase><type>mysql</type><host>127.0.0.1</host><port>{self._port}</port>"
            f"<user>{_USER}</user><pass>{_USER}</pass></videodatabase>"
        )

    def ask(self, sql: str, database: str = "mysql") -> list[list[str]]:
        """The rows of the answer, each value as text. Raises CalledProcessError."""
        command = ["mariadb", "--no-defaults", f"--socket={self._socket}", "--user=root"]
        told = subprocess.run(
            [*command, "--batch", "--skip-column-names", database],
            input=sql, text=True, capture_output=True, check=True,
        )  # fmt: skip
        return [line.split("\t") for line in told.stdout.splitlines()]

    @property
    def library(self) -> str:
        """The name of the database that the first Kodi made."""
        found = wait_for(lambda: self.ask("SHOW DATABASES LIKE 'MyVideos%'"), what="the library")
        return found[0][0]

    def enter(self, library: Library) -> None:
        """Tell the Kodis that share it what the library's folders hold."""
        self.ask(";".join(library.entries()), self.library)

    def _answers(self) -> bool:
        if self._server.poll() is not None:
            raise AssertionError(f"MariaDB ended: {self._said.read_text()[-2000:]}")
        try:
            return bool(self.ask("SELECT 1"))
        except subprocess.CalledProcessError:
            return False
