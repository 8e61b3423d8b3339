"""Which provider wrote a file: by its content, or as the operator says."""

from pathlib import Path

from calldash.problems import Problem
from calldash.providers import Provider, registry
from calldash.providers.own import own_provider, own_providers
from calldash.reading import Sample


def recognise(sample: Sample, given: str | None, folder: Path) -> Provider:
    """The provider of a file that begins like `sample`. `given` is a provider's key or a TOML file.

    `folder` holds the operator's own providers, which are asked first. Raises Problem when none fits.
    """
    if given and given.endswith(".toml"):
        return own_provider(Path(given))
    candidates = providers(folder)
    if given:
        return _named(given, candidates)
    for provider in candidates:
        if provider.recognise(sample):
            return provider
    raise Problem(
        "The file is not recognised. Known are: {known}. Its first line is: {line}",
        known=", ".join(provider.name for provider in candidates),
        line=sample.lines[0][:120],
    )


def providers(folder: Path) -> list[Provider]:
    """All providers there are: the operator's own ones in `folder`, then the built-in ones."""
    return [*own_providers(folder), *registry().values()]


def _named(key: str, candidates: list[Provider]) -> Provider:
    for provider in candidates:
        if provider.key == key:
            return provider
    known = ", ".join(provider.key for provider in candidates)
    raise Problem("There is no provider {key}. Known are: {known}.", key=key, known=known)
