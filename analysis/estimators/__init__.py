"""Estimators: surveys on PSU totals, and full registers of small numbers."""
