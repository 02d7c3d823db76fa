"""Signals for the jury's identity check and the candidate's presence: measured, banded, explained, never a verdict.

The app talks to `worker.IdentityWorkers`, and reads `signals`, `identity_settings`, `quality.SIDES`,
`presence.Watch`. Everything else runs inside the worker processes.
Nothing here stores, sends or logs a picture or a name (R6.3, X1).
"""
