"""The WSGI application: `gunicorn wsgi:application`."""

from collector import create_app

application = create_app()
