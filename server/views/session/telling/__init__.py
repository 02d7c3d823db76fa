"""How each kind of event is told: to whom it is read out as it happens, and which line of the record it makes.

An event is described once, beside the others of its chapter; `every_event.DESCRIBED` holds them all. One that is told
to nobody is described too, as `SILENT`.
"""
