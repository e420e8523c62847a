"""How gunicorn runs the service: `gunicorn wsgi:application` reads this file.

gthread, because it keeps connections open between requests (sync does not) and because a request
waits for the disk at its commit. Two workers for each processor's share of work that holds the
interpreter's lock. `docs/decisions/0002-sign-in.md` says what several workers mean for the limiter.
"""

import gc
import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WORKERS", "2"))
threads = int(os.environ.get("THREADS", "8"))
keepalive = 75  # seconds; a proxy's and Collect's connection stays open between two posts
timeout = 120
graceful_timeout = 30
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112
errorlog = "-"
accesslog = None  # a path may hold a phone's key: the service logs requests itself, by endpoint


def post_worker_init(worker):
    """What is loaded stays: the garbage collector need not walk through it at every turn."""
    gc.collect()
    gc.freeze()
