"""Starts Cog's server around an endpoint's file."""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from pathlib import Path

from .config import read_config
from .errors import Refused
from .openapi import describe, describe_scores, describe_tags

_RUN = "from teacup_endpoints.{module} import Runner\n\n__all__ = ['Runner']\n"


def prepare(file: Path, folder: Path) -> None:
    """What Cog looks for in its working folder: the runner, and the schema that it checks by."""
    endpoint = read_config(file)
    config = endpoint.config
    (folder / ".cog").mkdir(parents=True, exist_ok=True)
    if endpoint.scores:
        module, schema = "run_scores", describe_scores(config.name, list(endpoint.scorers))
    elif endpoint.tools is not None:
        module, schema = "run_tags", describe_tags(config.name, endpoint.tools)
    else:
        module = "run"
        schema = describe(config, endpoint.method_params, endpoint.scorers)
    (folder / ".cog/openapi_schema.json").write_text(json.dumps(schema), encoding="utf-8")
    (folder / "run.py").write_text(_RUN.format(module=module), encoding="utf-8")


def environment(file: Path, port: int) -> dict[str, str]:
    # Cog starts its worker as `python`: that has to be this one.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    ours = {"TEACUP_ENDPOINT": str(file.resolve()), "PORT": str(port), "PATH": path}
    return {**os.environ, **ours, "COG_PREDICT_TYPE_STUB": "run.py:Runner"}


def _check_free(host: str, port: int) -> None:
    """Cog binds after it has started its worker, and ends in a traceback where it cannot."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        # Any other trouble, such as a host of IPv6 alone, is not the port's.
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            return
        why = "is taken" if error.errno == errno.EADDRINUSE else "is not yours to open"
        raise Refused(
            f"Port {port} of {host} {why}: name another one with --port, "
            "or as PORT in the .env file of a service."
        ) from error


def serve(file: Path, host: str, port: int, folder: Path) -> None:
    """Becomes the server: signals go straight to it."""
    _check_free(host, port)
    prepare(file, folder)
    told = environment(file, port)
    os.chdir(folder)
    command = [sys.executable, "-m", "cog.server.http", "--host", host]
    os.execve(sys.executable, command, told)  # noqa: S606 our own interpreter
