"""What a pack is made of, put together in a folder; nothing of the size of its recordings is held or copied."""

from dataclasses import dataclass
from pathlib import Path

from calldash import formats
from calldash.evidence import definitions, manifest, page, page_call, tables
from calldash.evidence.entries import Gathering, ordered
from calldash.evidence.files import Files, Member
from calldash.evidence.manifest import Gathered, Told
from calldash.evidence.question import Question, moment_of
from calldash.store import Store
from calldash.store.still import still

_README = Path(__file__).with_name("readme.txt")


@dataclass(frozen=True)
class Pack:
    """The files of a pack by name; how many calls, recordings and transcripts it has, how many recordings it lacks."""

    question: Question
    members: tuple[Member, ...]
    calls: int
    recordings: int
    transcripts: int
    missing: int


def make(store: Store, question: Question, folder: Path) -> Pack:
    """Gathers the files of the pack, in the language in force; those made for it lie below `folder`."""
    files = Files(folder / "pack")
    with still(store) as at_once:
        moment = moment_of(at_once, question)
        formats.use_currency(_currency(at_once, question))
        calls = ordered(at_once, question, moment)
        entries = Gathering(store, at_once, question, moment, files).entries(calls)
        told: list[Told] = []
        with (folder / "calls.html").open("w", encoding="utf-8", newline="\n") as part:
            for entry in entries:
                part.write(page_call.markup(entry, store.settings))
                told.append(manifest.told(entry))
        tables.write(at_once, question, moment, calls, files)
        gathered = Gathered(question, moment, told, manifest.ledger(at_once, told))
        sums = page.figures(at_once, question, moment)
    files.write(page.NAME, page.whole(gathered, sums, folder / "calls.html"))
    return _finished(gathered, files)


def _finished(gathered: Gathered, files: Files) -> Pack:
    definitions.write(gathered.moment, files)
    files.write("README.txt", [_README.read_bytes()])
    manifest.write(gathered, files)
    calls = gathered.calls
    heard = sum(call["recording"]["file"] is not None for call in calls)
    spoken = sum(call["transcript"] is not None for call in calls)
    members = tuple(files.members())
    return Pack(gathered.question, members, len(calls), heard, spoken, len(manifest.missing(calls)))


def _currency(at_once: Store, question: Question) -> str:
    """The currency of the client's money; the settings' when there is none or more than one."""
    found = at_once.rows(
        "SELECT DISTINCT currency FROM calls WHERE client_id = $1 AND currency IS NOT NULL", [question.client_id]
    )
    return str(found[0][0]) if len(found) == 1 else at_once.settings.currency
