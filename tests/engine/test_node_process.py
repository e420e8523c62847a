"""A Node process that fails or ends tells the test which one, and how."""

from __future__ import annotations

from pathlib import Path

import pytest
from node_process import NodeError, NodeProcess

ANSWERS = """
const reader = require("node:readline").createInterface({ input: process.stdin });
reader.on("line", (line) => {
  const { end, wrong } = JSON.parse(line);
  if (end !== undefined) process.exit(end);
  console.log(JSON.stringify(wrong ? { error: wrong } : { well: true, zone: process.env.TZ }));
});
"""


@pytest.fixture()
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.cjs"
    path.write_text(ANSWERS)
    return path


def test_a_request_has_its_reply(script: Path) -> None:
    with NodeProcess(script) as running:
        assert running.ask() == {"well": True, "zone": "Etc/GMT-7"}
        with pytest.raises(NodeError, match="no such form"):
            running.ask(wrong="no such form")


def test_an_ended_process_says_so(script: Path) -> None:
    with NodeProcess(script) as running:
        with pytest.raises(NodeError, match=r"script\.cjs ended with status 3"):
            running.ask(end=3)
        with pytest.raises(NodeError, match=r"script\.cjs ended with status 3"):
            running.ask()
