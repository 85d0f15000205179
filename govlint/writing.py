"""Writing a file that is there already: whole or not at all, also when the process ends or the disk is full meanwhile."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

_TEMPORARY = ".govlint"
_LEFT_OVER = re.compile(rf"\..+\.[a-z0-9_]{{8}}{re.escape(_TEMPORARY)}")
_BEGUN = 60.0
"""Seconds after which an empty temporary file is none that was just made."""


class NotWrittenError(Exception):
    """A file that was not written. ``str()`` says why in Chinese, ``english`` in English."""

    def __init__(self, message: str, english: str) -> None:
        super().__init__(message)
        self.english = english


def replace_file(target: Path, data: bytes, status: os.stat_result) -> None:
    """Put ``data`` in place of a file, which is no link, with its mode and owner.

    Raises :class:`NotWrittenError` where the file is read-only or changed since it had that ``status``, ``OSError`` where
    it can't be written; it is then as it was.
    """
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise NotWrittenError("文件是只读的，没有写入", "the file is read-only")
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=_TEMPORARY, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            with contextlib.suppress(OSError):
                _lock(file)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            _make_alike(name, status)
            now = target.stat()
            if (now.st_mtime_ns, now.st_size, now.st_ino) != (status.st_mtime_ns, status.st_size, status.st_ino):
                raise NotWrittenError("写入时文件又有改动，没有写入", "the file has changed while it was being written")
            if os.name == "nt":
                file.close()  # where an open file can't be renamed, nor removed by another process
            os.replace(name, target)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        raise


def _make_alike(name: str, status: os.stat_result) -> None:
    """Give a file the mode, and as far as that is allowed the owner and group, of another."""
    own = os.stat(name)  # noqa: PTH116
    if hasattr(os, "chown") and (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        with contextlib.suppress(OSError):
            os.chown(name, status.st_uid, status.st_gid)
    os.chmod(name, status.st_mode & 0o7777)  # noqa: PTH101


def remove_left_over(folder: Path) -> None:
    """Remove from a folder the temporary files of processes that ended in the middle of writing; never fails.

    A file that is being written is locked (:func:`_lock`), but for the moment after it was made.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _LEFT_OVER.fullmatch(entry.name):
                with contextlib.suppress(OSError), open(entry.path, "r+b") as file:  # noqa: PTH123
                    _lock(file)
                    status = os.fstat(file.fileno())
                    if status.st_size or time.time() - status.st_mtime > _BEGUN:
                        if os.name == "nt":
                            file.close()
                        os.unlink(entry.path)  # noqa: PTH108


def _lock(file: BinaryIO) -> None:
    """Lock a file until it is closed. Raises ``OSError`` where another process has locked it, or nothing can be."""
    if os.name != "nt":
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
