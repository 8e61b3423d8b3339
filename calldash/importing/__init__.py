"""From a file to stored calls: which provider, which rows, what became of each; one transaction a file."""

from calldash.importing.files import DEMO, import_built, import_file
from calldash.importing.ledger import Receipt
from calldash.importing.recognising import providers, recognise

__all__ = ["DEMO", "Receipt", "import_built", "import_file", "providers", "recognise"]
