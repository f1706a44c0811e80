"""`teacup-testbed world` draws a contact sheet, and says what is wrong with what it is asked."""

from pathlib import Path

import pytest
from PIL import Image

from teacup_testbed.cli import main


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["teacup-testbed", *arguments])
    return main()


def test_a_sheet_has_a_row_per_content_and_a_column_per_host(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "sheet.png"
    assert run(monkeypatch, "world", str(file), "--families", "F2") == 0
    with Image.open(file) as sheet:
        assert sheet.size == (13 * 66, 13 * 66)
        # No two animals look alike in the jungle, and no two places without one.
        column = {sheet.crop((66, 66 * k, 130, 66 * k + 64)).tobytes() for k in range(13)}
        row = {sheet.crop((66 * k, 0, 66 * k + 64, 64)).tobytes() for k in range(13)}
    assert len(column) == len(row) == 13


def test_an_unknown_family_or_command_is_refused_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sheet.png"
    with pytest.raises(SystemExit) as refused:
        run(monkeypatch, "world", str(file), "--families", "F2,F9")
    assert refused.value.code == 2
    assert "no family 'F9': name one or several of F1, F2, F3, F4" in capsys.readouterr().err
    assert not file.exists()
    assert run(monkeypatch, "wrold") == 2
    assert "world" in capsys.readouterr().err
