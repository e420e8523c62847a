"""Tiny sounds and pictures for tests, and the beginnings of real ones."""

from __future__ import annotations

import io
import math
import struct
import wave
import zlib

RATE = 8000  # samples a second


def tone(hertz: float, seconds: float = 0.2) -> bytes:
    """A WAV with one tone."""
    samples = [
        round(9000 * math.sin(2 * math.pi * hertz * n / RATE)) for n in range(int(RATE * seconds))
    ]
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return out.getvalue()


def plain_png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A PNG of one colour."""
    rows = (b"\0" + bytes(colour) * width) * height

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )  # fmt: skip
