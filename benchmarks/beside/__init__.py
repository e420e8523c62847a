"""The same survey by others: each file is a program of its own that benchmarks.estimators starts.

Each prints one JSON object: `seconds` (processor) and `wall` of every round, `peak` (MB, all of the
process), `numbers`: means of six columns by sex with standard errors, then the ratio of women's to
men's hours with its standard error.
"""
