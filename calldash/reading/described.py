"""TOML files that people write: read into a model, and told where they are wrong."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from calldash.problems import Problem

Model = TypeVar("Model", bound=BaseModel)


def described(path: Path, model: type[Model]) -> Model:
    """What the file at `path` says. Raises Problem with the place that is wrong."""
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise Problem("There is no file {path}.", path=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem("{file} is not TOML: {reason}.", file=path.name, reason=str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise Problem("{file}: {place}: {reason}.", file=path.name, place=place, reason=first["msg"]) from error
