"""The pages of the offices, `/space/{person}/office/…`: one module a page."""
