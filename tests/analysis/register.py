"""A register of five villages, one of them with a single household."""

from analysis.sampling import register_of

SIZES = {"T01": 40, "T02": 85, "T03": 1, "T04": 200, "T05": 9}
ROWS = [(village, f"{at:03d}") for village, size in SIZES.items() for at in range(1, size + 1)]
REGISTER = register_of(ROWS)
