"""A tiny endpoint's Cog server in a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from teacup_endpoints import tiny
from teacup_endpoints.serving import environment, prepare

ROOT = Path(__file__).parents[3]
READY_SECONDS = 90


def call(url: str, method: str = "GET", body: Any = None) -> tuple[int, Any]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(url, data, headers, method=method)  # noqa: S310 our own server
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"null")


def wait_until(url: str, status: str) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            if call(f"{url}/health-check")[1]["status"] == status:
                return
        except OSError:
            pass
        time.sleep(0.02)
    raise AssertionError(f"never {status}")


def predict(url: str, asked: Any) -> tuple[int, Any]:
    """A slot is free a moment after its answer: till then the next prediction is answered 409."""
    wait_until(url, "READY")
    return call(f"{url}/predictions/one", "PUT", {"input": asked})


def keeps_the_contract(url: str, *more: str) -> None:
    """`more`: what its suite takes; small images of any prompt if nothing."""
    more = more or ("a tea cup of iced coke", "64")
    suite = ["node", "--import", "tsx", "gpu-bridge/contract/run-conformance.ts", url, *more]
    done = subprocess.run(  # noqa: S603
        suite, cwd=ROOT, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr
    # Each of its suites has at least these: none of it was left out in silence.
    assert done.stdout.count("ok    ") >= 9


@contextmanager
def serve(
    folder: Path, params: str, by_command: bool = False
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`params`: the top of the endpoint's file."""
    if not (folder / "sdxl").exists():
        tiny.sdxl().save_pretrained(folder / "sdxl")
    file = folder / "tiny.toml"
    model = '[base]\npath = "sdxl"\n[defaults]\nsteps = 2\n'
    file.write_text(f'name = "tiny"\nrows = 4\n{params}\n{model}')
    with serve_file(file, by_command) as served:
        yield served


@contextmanager
def serve_file(
    file: Path, by_command: bool = False, runner: str | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The server is ready; it leads its own group. `by_command`: as people start it, which loads
    torch once more. `runner`: the text of a run.py in place of ours."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    if by_command:
        command = ["teacup_endpoints.cli", "serve", str(file), "--port", str(port)]
    else:
        command = ["cog.server.http", "--host", "127.0.0.1"]
        prepare(file, file.parent)
        if runner is not None:
            (file.parent / "run.py").write_text(runner)
    with (file.parent / "log").open("w") as log:
        server = subprocess.Popen(  # noqa: S603 our own server
            [sys.executable, "-m", *command],
            stdout=log,
            stderr=log,
            cwd=file.parent,
            env={**environment(file, port), "OMP_NUM_THREADS": "1"},
            start_new_session=True,
        )
        try:
            wait_until(f"http://127.0.0.1:{port}", "READY")
            yield f"http://127.0.0.1:{port}", server
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)
