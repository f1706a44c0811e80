from pathlib import Path

import pytest

from teacup_endpoints.config import read_config
from teacup_endpoints.errors import Refused

COMMIT = "4" * 40


def write(folder: Path, text: str) -> Path:
    (folder / "it.toml").write_text(text)
    return folder / "it.toml"


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    text = 'name = "a"\n[base]\npath = "m"\nlora = [{ path = "l.safetensors", scale = 0.5 }]\n'
    read = read_config(write(tmp_path, text)).config
    assert read.model.path == str(tmp_path / "m")
    assert read.model.lora[0].path == str(tmp_path / "l.safetensors")
    assert (read.method, read.defaults.steps, read.model.lora[0].scale) == ("plain", 30, 0.5)


def test_a_repository_is_pinned_to_a_commit(tmp_path: Path) -> None:
    text = f'name = "a"\n[base]\nid = "who/what"\nrevision = "{COMMIT}"\ndtype = "bfloat16"\n'
    assert read_config(write(tmp_path, text)).config.model.revision == COMMIT


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name =", "is not TOML"),
        ('[base]\npath = "m"', "endpoint.name is missing"),
        ('name = "a"', "endpoint.base is missing"),
        ('name = "a"\n[base]\npaht = "m"', "endpoint.base.paht is not known here"),
        ('name = "a"\n[base]\npath = "m"\nid = "b"', "give either an id or a path"),
        ('name = "a"\n[base]\nid = "b"\nrevision = "main"', "a commit, not a branch"),
        ('name = "a"\n[base]\npath = "m"\ndtype = "int8"', "dtype must be one of float32"),
        ('name = "a"\n[base]\npath = "m"\nlora = [{ scale = 1 }]', "a lora has no path"),
        ('name = "a"\nmethod = "x"\n[base]\npath = "m"', "'x' is not known: name one of"),
        ('name = "a"\nrows = 0\n[base]\npath = "m"', "endpoint.rows is 0"),
        ('name = "a"\n[base]\npath = "m"\n[defaults]\nsteps = 0', "defaults.steps is 0"),
        ('name = "a"\n[base]\npath = "m"\n[defaults]\nscheduler = "x"', "scheduler must be one of"),
        ('name = "a"\n[base]\npath = "m"\n[method_params]\nx = 1', "method_params.x is not known"),
        ('name = "a"\nmethod_params = 1\n[base]\npath = "m"', "method_params must be a table"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_anything_else_is_refused_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read_config(write(tmp_path, text))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read: No such file"):
        read_config(tmp_path / "none.toml")
