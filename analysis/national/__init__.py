"""The same indicators for a province or the country: workers tabulate, one place estimates.

`lake` says what lies where, `writing` writes a commune's folder, `pieces` is what a worker does,
`returns_table` what a commune says of its units' returns, `returns_added` adds that up, `country`
adds up and estimates, `command` is `python -m analysis national`. See docs/national.md.
"""
