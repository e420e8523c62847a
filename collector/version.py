"""The version of the code: what a report's provenance and the phone app are told."""

VERSION = "0.1.0"
