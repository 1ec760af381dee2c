"""Reading files of outlets: TOML in, checked rows out.

The program's own lie in `vocab/outlets/`, one for each part of the world. A user's own file, of the same form, lies as
`outlets.toml` in the data folder, or beside a log as `LOG.outlets.toml`; it adds outlets, and adds to those that are known.
"""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from warlog import vocabulary
from warlog.actors.files import Country, Day, Slug, Text, user_folder
from warlog.actors.hosts import is_domain
from warlog.errors import InputError

OutletKind = Literal["state", "party", "militia", "monitor", "agency", "independent", "aggregator"]
KINDS: tuple[str, ...] = get_args(OutletKind)
#: What a reference can bear out, and what `unverified` can name.
Checked = Literal["kind", "country", "languages", "owner", "owned_by", "sponsors", "sides", "domains"]
CHECKED: tuple[str, ...] = get_args(Checked)

OutletId = Annotated[str, StringConstraints(pattern=r"^outlet(-[a-z0-9]+)+$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Reference = Annotated[str, StringConstraints(pattern=r"^(none|https?://[^\s/]+\S*)$")]


def _domain(text: str) -> str:
    if not is_domain(text):
        raise ValueError(f"{text!r} is not a domain such as example.org, in lower case and without http://")
    return text


Domain = Annotated[str, AfterValidator(_domain)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class DomainRow(_Strict):
    """A web domain that was the outlet's for a time."""

    domain: Domain
    start: Day | None = Field(None, alias="from")
    end: Day | None = Field(None, alias="to")


class SideRow(_Strict):
    """The side of one conflict that the outlet speaks for, for a time."""

    theatre: Text
    side: Slug
    start: Day | None = Field(None, alias="from")
    end: Day | None = Field(None, alias="to")


class OutletRow(_Strict):
    """One outlet as a file gives it. What is not given is not known, or stays as another file has it."""

    id: OutletId
    name: Text | None = None
    kind: OutletKind | None = None
    aliases: list[Text] = []
    not_cited: list[Text] = []
    domains: list[Domain | DomainRow] = []
    country: Country | None = None
    languages: list[Language] = []
    owner: Slug | None = None
    owned_by: Text | None = None
    sponsors: list[Slug] = []
    sides: list[SideRow] = []
    reference: Reference | None = None
    reference_says: Text | None = None
    looked_up: date | None = None
    unverified: bool | list[Checked] = False
    #: takes the place of what other files say of the outlet, instead of adding to it
    replace: bool = False


class OutletFile(_Strict):
    """A whole file of outlets."""

    outlet: list[OutletRow] = []


def home_file() -> Path:
    """Where a user's own outlets lie: `outlets.toml` in WARLOG_HOME or the user's data folder. It need not exist."""
    return user_folder().parent / "outlets.toml"


def file_of(log: Path | str) -> Path:
    """Where a log's own outlets lie: `LOG.outlets.toml` beside it. It need not exist."""
    return Path(f"{log}.outlets.toml")


def built_in() -> list[tuple[str, OutletFile]]:
    """The files that come with the program, each with the name that an error would bear."""
    return [(f"{name}.toml", _checked(vocabulary.load(name), f"{name}.toml")) for name in vocabulary.names("outlets")]


def read(path: Path) -> tuple[OutletFile, str]:
    """A file of outlets and the SHA-256 of its bytes. Raises InputError, naming the file and the entry at fault."""
    try:
        raw = path.read_bytes()
    except OSError as e:
        raise InputError(f"{path}: cannot be read: {e.strerror or e}.") from e
    try:
        table = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as e:
        raise InputError(f"{path}: not UTF-8 text.") from e
    except tomllib.TOMLDecodeError as e:
        raise InputError(f"{path}: not valid TOML: {e}.") from e
    except RecursionError as e:
        raise InputError(f"{path}: not valid TOML: nested too deeply.") from e
    return _checked(table, str(path)), hashlib.sha256(raw).hexdigest()


def _checked(table: dict[str, Any], source: str) -> OutletFile:
    try:
        file = OutletFile.model_validate(table)
    except ValidationError as e:
        first = e.errors(include_url=False)[0]
        more = f" ({e.error_count() - 1} more)" if e.error_count() > 1 else ""
        fault = " ".join(first["msg"].removeprefix("Value error, ").split())
        raise InputError(f"{source}: {_where(table, first['loc'])}: {fault}{more}.") from e
    seen: set[str] = set()
    for row in file.outlet:
        if row.id in seen:
            raise InputError(f"{source}: {row.id}: there are two entries of this id.")
        seen.add(row.id)
    return file


def _where(table: dict[str, Any], place: tuple[int | str, ...]) -> str:
    """An entry and its field in words: the entry's id where it has one, else its number."""
    if len(place) < 2 or place[0] != "outlet":
        return ".".join(str(p) for p in place) or "the file"
    number = int(place[1])
    row = table["outlet"][number]
    given = row.get("id") if isinstance(row, dict) else None
    field = next((p for p in place[2:] if isinstance(p, str)), "")
    name = given if isinstance(given, str) and given else f"entry {number + 1}"
    return f"{name}: {field}" if field else name
