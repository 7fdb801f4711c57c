"""No number of a person is left in the log, in temporary files, or in a ledger that was not asked to take it."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingxi_desktop import logs
from mingxi_desktop.app import cli
from mingxi_desktop.ledger import Ledger
from tests.exchange.workbooks import xlsx
from tests.safety import program
from tests.safety.program import LEDGER, Kill

ID_NUMBER, MOBILE, LANDLINE, CARD = "350421199003071232", "13859812345", "05982812345", "6222021234567890128"
NAME = "欧阳逐日"
TELLING = (ID_NUMBER, MOBILE, LANDLINE, CARD, NAME)
HEAD = ("日期", "乡镇", "隐患描述", "发现数", "户主姓名", "身份证号", "联系电话", "银行卡号")
_ROW = ("2024-06-09", "盖洋镇", f"住户电话{MOBILE}，线路老化", "1", NAME, ID_NUMBER, MOBILE, CARD)
ROWS = [
    HEAD,
    _ROW,
    ("2024-06-10", "盖洋镇", f"值班座机{LANDLINE}打不通", "1", NAME, ID_NUMBER, LANDLINE, CARD),
    ("二月卅日", NAME, f"身份证{ID_NUMBER}", MOBILE, NAME, ID_NUMBER, MOBILE, CARD),
    *(
        ("2024-07-01", "雪峰镇", f"第{place}处灭火器过期", "1", NAME, ID_NUMBER, MOBILE, CARD)
        for place in range(9)
    ),
]


def found(*folders: Path) -> list[str]:
    """Where one of them stands: (file, which), in any of the ways that a file may hold a text."""
    return [
        f"{path.name}: {telling}"
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
        for telling in TELLING
        for data in [path.read_bytes()]
        if any(telling.encode(code) in data for code in ("utf-8", "utf-16-le", "gb18030"))
        or json.dumps(telling).strip('"').encode() in data
    ]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a new ledger; the data folder and the system's temporary files lie beside it."""
    for name in ("ledger", "home", "temp", "received"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("MINGXI_DATA", str(tmp_path / "home"))
    Ledger.create(tmp_path / "ledger" / LEDGER).close()
    (tmp_path / "received" / "盖洋镇.xlsx").write_bytes(xlsx(ROWS))
    yield tmp_path
    logs.shut_down()


def call(office: Path, *arguments: str) -> int:
    """The program, in this process, with the office's folder for temporary files; pytest has its own elsewhere."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TMPDIR", str(office / "temp"))
        patched.setattr("tempfile.tempdir", None)
        return cli.main(["--db", str(office / "ledger" / LEDGER), "--json", *arguments])


def test_an_import_leaves_none(office: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code = call(
        office, "import", str(office / "received" / "盖洋镇.xlsx"), "--kind", "hazard", "--accept-valid"
    )
    said = json.loads(capfdbinary.readouterr().out)
    assert code == 0, said
    call(office, "export", "hazard", "-o", str(office / "ledger" / "隐患.csv"))
    whole = b"".join(path.read_bytes() for path in (office / "ledger").rglob("*.mxdb"))
    assert "灭火器过期".encode() in whole
    assert found(office / "ledger", office / "home", office / "temp") == []


def test_a_bug_in_the_midst_of_an_import_leaves_none(
    office: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object, **_: object) -> None:
        with tempfile.NamedTemporaryFile("w", delete=False, encoding="utf-8") as file:
            file.write(str(ROWS))
        raise ValueError(f"invalid row: {_ROW!r} {MOBILE} {NAME}")

    monkeypatch.setattr(Ledger, "store", broken)
    assert (
        call(office, "import", str(office / "received" / "盖洋镇.xlsx"), "--kind", "hazard", "--accept-valid")
        == 1
    )
    assert "程序出错了".encode() in capfdbinary.readouterr().out
    log = (office / "home" / "logs" / "mingxi.log").read_text(encoding="utf-8")
    assert "ValueError: invalid row" in log
    assert found(office / "ledger", office / "home", office / "temp") == []


def _begin_anew(office: Path) -> None:
    """A kill may have come when the package was there already, and no package takes the place of another."""
    (office / "out.zip").unlink(missing_ok=True)


@pytest.mark.safety
@pytest.mark.timeout(3600)
def test_a_killed_import_or_export_leaves_none_after_the_next_start(office: Path, draw, reached) -> None:
    started, tried = time.monotonic(), 0
    received = str(office / "received" / "盖洋镇.xlsx")
    for job in (
        ["import", received, "--kind", "hazard", "--accept-valid", "--personal"],
        ["export", "hazard", "-o", str(office / "out.xlsx")],
        ["backup", "--handover", "-o", str(office / "out.zip")],
    ):
        for _ in range(12):
            _begin_anew(office)
            program.run(office / "ledger", job, kill=Kill(seconds=draw.uniform(0.3, 3.0)))
            tried += 1
            left = found(office / "temp")
            assert left == [], job
        _begin_anew(office)
        done = program.run(office / "ledger", job)
        # A kill may have come when all of the table was in already: then nothing of it is left to be imported.
        assert done.code == 0 or (job[0] == "import" and json.loads(done.said)["batch"] is None), done.said
        assert found(office / "home", office / "temp") == [], job
    assert found(office / "ledger") != [], "asked for, they are in the ledger: so they would have been seen"
    reached("personal numbers: killed, left", tried, seconds=time.monotonic() - started)
