"""A real Cog server with a tiny SDXL, over HTTP."""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any

import psutil
import pytest
import torch

from teacup_endpoints import doctor
from teacup_endpoints.cli import main
from teacup_endpoints.doctor import examine

from .server import call, keeps_the_contract, predict, serve, wait_until

INPUT = {"prompt": "a tea cup", "seeds": [1, 2], "width": 64, "height": 64}
SLOW = {**INPUT, "seeds": list(range(32)), "width": 256, "height": 256, "steps": 100}
PLAIN = 'method = "plain"'


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    with serve(tmp_path_factory.mktemp("served"), PLAIN, by_command=True) as (url, server):
        yield url, server.pid


@pytest.fixture
def url(served: tuple[str, int]) -> str:
    return served[0]


def test_it_keeps_the_contract(url: str) -> None:
    keeps_the_contract(url)


def test_a_server_killed_in_the_middle_of_an_image_draws_it_after_a_restart(tmp_path: Path) -> None:
    with serve(tmp_path, PLAIN) as (url, server):
        expected = predict(url, INPUT)[1]["output"]["images"]
        broken: list[OSError | HTTPException] = []

        def ask() -> None:
            try:
                predict(url, SLOW)
            except (OSError, HTTPException) as error:
                broken.append(error)

        wait_until(url, "READY")
        waiting = threading.Thread(target=ask)
        waiting.start()
        wait_until(url, "BUSY")
        os.killpg(server.pid, signal.SIGKILL)
        waiting.join(30)
        # Never half an answer: whoever waited is told by the connection.
        assert len(broken) == 1
    with serve(tmp_path, PLAIN) as (url, _server):
        assert predict(url, INPUT)[1]["output"]["images"] == expected


def test_one_process_of_an_endpoint_holds_its_model(served: tuple[str, int]) -> None:
    """Cog's front hands predictions to one worker: torch is in that alone, and with it the model
    (what is in memory there, `test_one_model.py` holds)."""
    url, front = served
    assert predict(url, INPUT)[1]["status"] == "succeeded"
    every = [psutil.Process(front), *psutil.Process(front).children(recursive=True)]
    holding = [
        each.pid
        for each in every
        if any("libtorch_cpu" in mapped.path for mapped in each.memory_maps())
    ]
    assert len(holding) == 1


def test_a_taken_port_ends_in_a_sentence_before_anything_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "it.toml"
    file.write_text('name = "it"\n[base]\npath = "sdxl"\n')
    started: list[Any] = []
    monkeypatch.setattr(os, "execve", lambda *asked: started.append(asked))
    monkeypatch.chdir(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = ["serve", str(file), "--port", str(port)]
        assert main(command) == 1
        told = capsys.readouterr().err
        assert f"Port {port} of 127.0.0.1 is taken: name another one with --port" in told
        assert "PORT" in told and started == []
    # Free again, it is served.
    assert main(command) == 0
    assert len(started) == 1


def test_bad_input_is_refused_at_the_door(url: str) -> None:
    status, body = predict(url, {**INPUT, "width": 4096})
    assert status == 422
    assert "2048" in body["detail"][0]["msg"]


def test_what_no_schema_can_say_fails_for_good_in_a_sentence(url: str) -> None:
    status, body = predict(url, {**INPUT, "method_params": {"x": 1}})
    assert (status, body["status"]) == (200, "failed")
    assert "permanent: method_params.x is not known here" in body["error"]


def test_a_second_prediction_is_answered_409_and_the_first_can_be_cancelled(url: str) -> None:
    answers: list[tuple[int, Any]] = []
    asked = {"input": SLOW}
    # A slot is free a moment after its answer: else the busy one may be that of the test before.
    wait_until(url, "READY")
    first = threading.Thread(
        target=lambda: answers.append(call(f"{url}/predictions/slow", "PUT", asked))
    )
    first.start()
    wait_until(url, "BUSY")
    assert call(f"{url}/predictions/other", "PUT", {"input": INPUT})[0] == 409
    assert call(f"{url}/predictions/slow/cancel", "POST")[0] == 200
    first.join(60)
    assert [(status, body["status"]) for status, body in answers] == [(200, "canceled")]
    assert predict(url, INPUT)[1]["status"] == "succeeded"


def test_a_repeated_put_is_told_of_the_running_prediction_and_starts_no_second(url: str) -> None:
    """Whatever it asks for itself: an id that is running names what runs."""
    answers: list[tuple[int, Any]] = []
    running = f"{url}/predictions/same"
    wait_until(url, "READY")
    first = threading.Thread(target=lambda: answers.append(call(running, "PUT", {"input": SLOW})))
    first.start()
    wait_until(url, "BUSY")
    status, body = call(running, "PUT", {"input": INPUT})
    assert (status, body["status"], body["input"]) == (202, "processing", SLOW)
    assert call(f"{running}/cancel", "POST")[0] == 200
    first.join(60)
    assert [(status, body["status"]) for status, body in answers] == [(200, "canceled")]


def test_the_methods_parameters_are_told(url: str) -> None:
    described = call(f"{url}/openapi.json")[1]
    assert described["x-teacup"]["method"]["name"] == "plain"
    schemas = described["components"]["schemas"]
    assert "refiner_from" in schemas["MethodParams"]["properties"]
    # As the endpoint's file has it, not as the method would.
    assert schemas["Settings"]["properties"]["steps"]["default"] == 2


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


def test_the_doctor_names_the_gpu_or_why_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    for built, why in ((None, "built without CUDA"), ("13.0", "the driver does not answer")):
        monkeypatch.setattr(torch.version, "cuda", built)
        assert why in examine(None)[0].said
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda: (20 * 2**30, 24 * 2**30))
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "a card")
    assert examine(None)[0].said == "a card, 20.0 of 24.0 GiB free"


def test_the_doctor_says_that_a_model_is_too_large(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_: Any) -> None:
        raise torch.OutOfMemoryError("simulated")

    monkeypatch.setattr(doctor, "load", full)
    (tmp_path / "it.toml").write_text('name = "it"\n[base]\npath = "sd1"\n')
    last = examine(tmp_path / "it.toml")[-1]
    assert (last.is_fine, last.what) == (False, "the weights")
    assert "does not hold the model" in last.said
