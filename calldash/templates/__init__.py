"""Report templates: a name for a filter with a period and for what is shown; kept in files and in the store."""

from calldash.templates.content import Content
from calldash.templates.places import Shelf, from_file, shelf
from calldash.templates.template import BUILT_IN, FILE, OWN, Template, span

__all__ = ["BUILT_IN", "FILE", "OWN", "Content", "Shelf", "Template", "from_file", "shelf", "span"]
