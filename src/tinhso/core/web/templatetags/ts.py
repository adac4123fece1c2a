"""`{% load ts %}`: every part of the design system. README.md shows each in one line."""

from django.template import Library

from tinhso.core.web.tags import blocks, controls, figures, lists, marks, words

register = Library()
for _library in (
    marks.register,
    figures.register,
    words.register,
    controls.register,
    blocks.register,
    lists.register,
):
    register.tags.update(_library.tags)
    register.filters.update(_library.filters)
