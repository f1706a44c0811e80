"""A real Cog server with a tiny SDXL, over HTTP."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from teacup_endpoints import tiny
from teacup_endpoints.cli import main

ROOT = Path(__file__).parents[3]
INPUT = {"prompt": "a tea cup", "seeds": [1, 2], "width": 64, "height": 64}
SLOW = {**INPUT, "seeds": list(range(32)), "width": 256, "height": 256, "steps": 100}
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


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    tiny.sdxl().save_pretrained(folder / "sdxl")
    file = folder / "tiny.toml"
    file.write_text('name = "tiny"\nrows = 4\n[base]\npath = "sdxl"\n[defaults]\nsteps = 2\n')
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "teacup_endpoints.cli", "serve", str(file)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(  # noqa: S603 our own server
            [*command, "--port", str(port)],
            stdout=log,
            stderr=log,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            start_new_session=True,
        )
        try:
            wait_until(f"http://127.0.0.1:{port}", "READY")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)


def test_it_keeps_the_contract(url: str) -> None:
    suite = ["node", "--import", "tsx", "gpu-bridge/contract/run-conformance.ts", url]
    done = subprocess.run(  # noqa: S603
        suite, cwd=ROOT, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("ok    ") == 9


def test_bad_input_is_refused_at_the_door(url: str) -> None:
    status, body = call(f"{url}/predictions/a", "PUT", {"input": {**INPUT, "width": 4096}})
    assert status == 422
    assert "2048" in body["detail"][0]["msg"]


def test_what_no_schema_can_say_fails_for_good_in_a_sentence(url: str) -> None:
    asked = {"input": {**INPUT, "method_params": {"x": 1}}}
    status, body = call(f"{url}/predictions/b", "PUT", asked)
    assert (status, body["status"]) == (200, "failed")
    assert "permanent: method_params.x is not known here" in body["error"]


def test_a_second_prediction_is_answered_409_and_the_first_can_be_cancelled(url: str) -> None:
    answers: list[tuple[int, Any]] = []
    asked = {"input": SLOW}
    first = threading.Thread(
        target=lambda: answers.append(call(f"{url}/predictions/slow", "PUT", asked))
    )
    first.start()
    wait_until(url, "BUSY")
    assert call(f"{url}/predictions/other", "PUT", {"input": INPUT})[0] == 409
    assert call(f"{url}/predictions/slow/cancel", "POST")[0] == 200
    first.join(60)
    assert [(status, body["status"]) for status, body in answers] == [(200, "canceled")]
    wait_until(url, "READY")
    assert call(f"{url}/predictions/next", "PUT", {"input": INPUT})[1]["status"] == "succeeded"


def test_the_methods_parameters_are_told(url: str) -> None:
    described = call(f"{url}/openapi.json")[1]
    assert "refiner_from" in described["components"]["schemas"]["MethodParams"]["properties"]


def test_the_doctor_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tiny", str(tmp_path)]) == 0
    file = tmp_path / "it.toml"
    file.write_text('name = "it"\n[base]\npath = "sd1"\n[defaults]\nsteps = 2\n')
    assert main(["doctor", str(file)]) == 0
    assert "a test image: 64 x 64" in capsys.readouterr().out
    (tmp_path / "sd1/unet/diffusion_pytorch_model.safetensors").write_bytes(b"")
    assert main(["doctor", str(file)]) == 1
    assert "WRONG  the weights" in capsys.readouterr().out
    assert main(["doctor", str(tmp_path / "none.toml")]) == 1
