"""`python -m analysis …`: the numbers without the service."""

import sys

from analysis.anyone.command import main

sys.exit(main(sys.argv[1:]))
