"""How gunicorn runs the service: `gunicorn wsgi:application` reads this file.

gthread, because it keeps connections open between requests (sync does not) and because a request
waits for the disk at its commit. `docs/decisions/0002-sign-in.md` says what several workers mean
for the sign-in limiter.

The application is loaded once, before the workers are forked: two workers then take 181 MB
instead of 307 MB and start in one import's time (pandas, scipy and matplotlib are most of it).
A form that is published meanwhile is read by each worker when it is first asked for.
"""

import gc
import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WORKERS", "2"))
threads = int(os.environ.get("THREADS", "8"))
preload_app = True
keepalive = 75  # seconds; a proxy's and Collect's connection stays open between two posts
timeout = 120
graceful_timeout = 30
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112
control_socket_disable = True  # we do not use it, and two services of one user would share it
errorlog = "-"
accesslog = None  # a path may hold a phone's key: the service logs requests itself, by endpoint


def when_ready(server):
    """What is loaded stays, and stays shared: the garbage collector must not write into it."""
    gc.collect()
    gc.freeze()
