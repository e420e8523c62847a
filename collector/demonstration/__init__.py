"""The demonstration commune: invented villages, households, interviews and births.

It shows what the service does without anybody's data. Whatever it makes is sent through the same
API as real data, and every page and report of such a service says that it is a demonstration.
"""
