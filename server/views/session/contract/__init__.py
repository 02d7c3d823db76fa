"""What a page is told, as types: the Python side of `web/static/js/view.d.ts`.

A type has the name of its interface there, and each interface its type here: `tests.checks.views` compares them, field
by field, and `make check` refuses a difference. What a field means is said there, once.
"""
