"""Numbers: indicators, estimators, plans, verdicts, disclosure control and reports."""
