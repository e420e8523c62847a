"""The WSGI application: `gunicorn wsgi:application`."""

import sys

from collector import create_app
from collector.settings import SettingsRefused

NOT_STARTED = 3  # gunicorn's own status for "the worker cannot boot": it tries no second one

try:
    application = create_app()
except SettingsRefused as refused:
    sys.stderr.write(f"{refused}\n")
    sys.exit(NOT_STARTED)
