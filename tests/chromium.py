"""The Chromium that the tests drive."""

from __future__ import annotations

import os
import shutil

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
"""Debian's, unless the environment names another."""
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage")
# A click waits for frames (is it still moving? has it arrived?). Where nobody looks on and nothing
# is measured they come as fast as they are drawn, not sixty a second.
UNSEEN = (*FLAGS, "--disable-frame-rate-limit")
