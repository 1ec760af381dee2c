"""Reading theatre files: TOML in, checked `TheatreFile` out.

A theatre file says who takes part in one war: its sides, its actors with their names and dates, the general names that mean
somebody only there ("the regime", "the army"), and the big places that give the theatre away. The files that come with the
program lie in `vocab/theatres/`; a user's own lie in the data folder or are named one by one. All are read alike.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Self

from platformdirs import user_data_dir
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from warlog.actors.model import Kind
from warlog.errors import InputError

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
#: A year, a month or a day.
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


#: The address of a page, or that none was found.
Reference = Annotated[str, StringConstraints(pattern=r"^(https?://\S+|none)$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class _Spanned(_Strict):
    """A row with a time: from a year, month or day to another, both included."""

    start: Day | None = Field(None, alias="from")
    end: Day | None = Field(None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        # compared at the coarser precision: from 2016-05 to 2016 is in order
        if self.start and self.end and self.start[: len(self.end)] > self.end[: len(self.start)]:
            raise ValueError(f"it ends ({self.end}) before it begins ({self.start})")
        return self


class TheatreHead(_Spanned):
    """What a theatre is: its name and the countries it is fought in."""

    name: Text
    countries: list[Country] = []


class SideRow(_Strict):
    """One side of the war."""

    id: Slug
    name: Text
    allied: list[Slug] = []
    neutral: bool = False
    forces: list[Slug] = []
    enemies: list[Slug] = []


class SpanRow(_Spanned):
    """The side an actor was on for a time."""

    side: Slug


class TieRow(_Spanned):
    """What an actor belonged to, or who kept it, for a time."""

    actor: Slug


class ActorRow(_Spanned):
    """One actor; a second row with the same id, in any file, adds to the first."""

    id: Slug
    name: Text | None = None
    kind: Kind | None = None
    side: Slug | None = None
    sides: list[SpanRow] = []
    parent: Slug | None = None
    parents: list[TieRow] = []
    sponsors: list[Slug | TieRow] = []
    countries: list[Country] = []
    aliases: list[Text] = []
    predecessor: Slug | None = None
    successor: Slug | None = None
    umbrella: bool = False
    acled_name: Text | None = None
    ucdp_name: Text | None = None
    ucdp_id: int | None = Field(None, gt=0)
    reference: Reference | None = None


class NameRow(_Spanned):
    """A general or loaded name and whom it means in this theatre, perhaps only for a time or out of some mouths."""

    words: list[Text] = Field(min_length=1)
    actors: list[Slug] = []
    side: Slug | None = None
    countries: list[Country] = []
    speakers: list[Slug] = []


class TheatreFile(_Strict):
    """A whole theatre file."""

    theatre: TheatreHead
    side: list[SideRow] = []
    actor: list[ActorRow] = []
    name: list[NameRow] = []
    places: dict[Country, list[Text]] = {}


def user_folder() -> Path:
    """Where a user's own theatre files lie: `theatres` in WARLOG_HOME, or else in the user's data folder."""
    home = os.environ.get("WARLOG_HOME")
    return (Path(home) if home else Path(user_data_dir("warlog", appauthor=False))) / "theatres"


def parse(text: str, source: str) -> TheatreFile:
    """A theatre file's text, checked. Raises InputError, in one sentence that names `source`, if it is not one."""
    try:
        return TheatreFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as e:
        raise InputError(f"{source}: not valid TOML: {e}.") from e
    except ValidationError as e:
        first = e.errors(include_url=False)[0]
        where = ".".join(str(p) for p in first["loc"])
        more = f" ({e.error_count() - 1} more)" if e.error_count() > 1 else ""
        raise InputError(f"{source}: {where}: {first['msg']}{more}.") from e


def read(path: Path) -> tuple[TheatreFile, str]:
    """A theatre file from disk and the SHA-256 of its bytes. Raises InputError if it cannot be read or is not one."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except OSError as e:
        raise InputError(f"{path}: cannot be read: {e.strerror or e}.") from e
    except UnicodeDecodeError as e:
        raise InputError(f"{path}: not UTF-8 text.") from e
    return parse(text, str(path)), hashlib.sha256(raw).hexdigest()


def built_in() -> dict[str, TheatreFile]:
    """The theatre files that come with the program, by name, `world` first."""
    folder = files("warlog").joinpath("vocab", "theatres")
    found = {f.name[:-5]: f for f in folder.iterdir() if f.name.endswith(".toml")}
    order = sorted(found, key=lambda n: (n != "world", n))
    return {name: parse(found[name].read_text(encoding="utf-8"), f"theatres/{name}.toml") for name in order}


def from_users(extra: tuple[str | Path, ...] = ()) -> dict[str, tuple[TheatreFile, str]]:
    """The user's own files and those named, by theatre name (the file's stem), each with its SHA-256."""
    folder = user_folder()
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    return {path.stem: read(path) for path in [*paths, *(Path(p) for p in extra)]}
