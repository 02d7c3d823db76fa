"""One jury's day: its page is made of sections, each a module of this folder and a template of `office/day/`."""
