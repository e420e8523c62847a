"""ODK Web Forms (`@getodk/web-forms`) in the smallest page that shows the household form.

The page is benchmarks/peer, with its own packages, installed when first asked for. It is built with
its XForm and lists beside it and served packed with brotli, from a server that does nothing else:
no sign-in, and no list of forms to ask for first.
"""

from __future__ import annotations

import mimetypes
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PEER = Path(__file__).parent / "peer"


def build(xform: bytes, lists: dict[str, bytes]) -> Path:
    """Install what is missing and build; returns the folder to serve."""
    if not (PEER / "node_modules" / ".package-lock.json").exists():
        subprocess.run(["npm", "ci", "--loglevel=error"], cwd=PEER, check=True)
    public = PEER / "public"
    shutil.rmtree(public, ignore_errors=True)
    (public / "media").mkdir(parents=True)
    (public / "form.xml").write_bytes(xform)
    (public / "blank.html").write_text("<title>.</title><link rel=icon href=data:,>", "utf-8")
    for name, content in lists.items():
        (public / "media" / name).write_bytes(content)
    subprocess.run(["node", "build.mjs"], cwd=PEER, check=True, capture_output=True)
    return PEER / "dist"


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a built page on a free port; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path.partition("?")[0].lstrip("/") or "index.html"
            file, packed = folder / name, folder / f"{name}.br"
            found = packed if packed.is_file() else file
            if not found.is_file():
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            content = found.read_bytes()
            kind = "text/javascript" if name.endswith(".js") else mimetypes.guess_type(name)[0]
            self.send_response(200)
            self.send_header("Content-Type", f"{kind or 'text/plain'}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            if found is packed:
                self.send_header("Content-Encoding", "br")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
