"""What we measure. `python -m benchmarks` runs everything, `python -m benchmarks NAME` one.

Machines are noisy: every figure that counts is a ratio within one run or a median of several, and
nothing here is part of the tests. Results are kept in benchmarks/results (not in git).
"""
