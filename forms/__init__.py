"""What a form is: XLSForm -> XForm -> compact model, and the check of a submission against it.

Imports nothing else of ours; knows neither Flask nor SQL. `docs/model.md` is the contract with the
phone app. Reading order: sheets (XLSForm as Markdown or Excel), compile (to XForm and model),
expressions (ODK XPath), instance (a submission's XML), answers (the check), library (published).
"""
