"""Gazetteers for the tests of places: a small one of our own, the built-in one, and the large ones where they are at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from warlog.places.gazetteer import Gazetteer
from warlog.places.model import DocumentContext, Mention, Relation, Resolution
from warlog.places.packs import add_pack
from warlog.places.phrase import mention_from_phrase
from warlog.places.resolver import resolve

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "gazetteers"

SMALL = """id,name,alt_names,lat,lon,kind,country,admin1,admin2,population,sensitive
c1,Syria,سوريا,35.0,38.0,country,SY,,,,
c2,Ukraine,Україна,49.0,32.0,country,UA,,,,
c3,Egypt,,27.0,30.0,country,EG,,,,
r1,Aleppo Governorate,,36.2,37.6,region,SY,Aleppo,,,
r2,Idlib Governorate,,35.8,36.7,region,SY,Idlib,,,
a,Aleppo,Halab;حلب,36.2,37.15,city,SY,Aleppo,Aleppo,1800000,
b,Idlib,Idleb;إدلب,35.93,36.63,city,SY,Idlib,Idlib,165000,
m,Maarat al-Numan,Ma'arrat an-Nu'man,35.65,36.68,town,SY,Idlib,Maarat,58000,
k,Khan al-Subul,Khan as-Subul,35.756,36.757,village,SY,Idlib,Idlib,3800,
d,Maar Dibsa,,35.778,36.769,village,SY,Idlib,Idlib,3100,
t,Khan Tuman,,36.118,37.051,village,SY,Aleppo,Aleppo,2800,
ta,Tell Abiad,Tall Abyad,36.7,38.95,town,SY,Raqqa,Tell Abiad,15000,
q,Al-Qahira,,35.38,36.91,village,SY,Hama,Hama,400,
cairo,Cairo,Al Qahirah;القاهرة,30.06,31.25,capital,EG,Cairo,,9600000,
s,Saraqib,Saraqeb,35.86,36.8,town,SY,Idlib,Idlib,32000,
f,Al-Fuah,Fua,35.98,36.7,town,SY,Idlib,Idlib,10000,
kf,Kefraya,,35.99,36.68,village,SY,Idlib,Idlib,5000,
h,Shelter House,,35.9,36.6,facility,SY,Idlib,Idlib,,yes
tr1,Tripoli,Tarabulus,34.43,35.84,city,LB,North,,500000,
tr2,Tripoli,Tarabulus,32.89,13.18,capital,LY,Tripoli,,1150000,
lb,Lebanon,,33.8,35.8,country,LB,,,,
ly,Libya,,25.0,17.0,country,LY,,,,
bng,Benghazi,,32.11,20.07,city,LY,Benghazi,,650000,
bei,Beirut,,33.89,35.5,capital,LB,Beirut,,1900000,
kh,Kharkiv,Харків;Kharkov,49.98,36.25,city,UA,Kharkiv,,1430000,
x1,Таборівка,,47.61,31.39,village,UA,Mykolaiv,,900,
kr1,Krasne,Красне,49.95,36.7,village,UA,Kharkiv,,300,
kr2,Krasne,Красне,48.12,33.1,village,UA,Dnipropetrovsk,,300,
kr3,Krasne,Красне,46.1,29.6,village,UA,Odesa,,300,
lon,London,,51.51,-0.13,capital,GB,England,,8900000,
"""


@pytest.fixture(scope="session", autouse=True)
def _private_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Packs and extra indexes go to a folder of the test run; the built-in gazetteer stays in the user's cache."""
    patch = pytest.MonkeyPatch()
    patch.setenv("WARLOG_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="session")
def small_csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.csv"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def small(small_csv: Path) -> Gazetteer:
    return Gazetteer.open(extra_packs=[small_csv], builtin=False)


@pytest.fixture(scope="session")
def world() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    if not SHARED.is_dir():
        pytest.skip("the gazetteers in ../shared are not here")
    home = tmp_path_factory.mktemp("large")
    for name in ("wof_sy.json.gz", "ocha_syr_communities.csv.gz", "wof_iq.json.gz", "wof_lb.json.gz", "wof_ua.json.gz"):
        add_pack(SHARED / name, home=home)
    return Gazetteer.open(home=home)


Resolver = Callable[..., list[Resolution]]


@pytest.fixture(scope="session")
def resolving() -> Resolver:
    """Resolve place phrases as one document: a list of them shares `relation_to`, if given."""

    def run(
        gazetteer: Gazetteer,
        *phrases: str,
        text: str = "",
        relation_to: str | None = None,
        countries: tuple[str, ...] = (),
        listed: bool = False,
    ) -> list[Resolution]:
        mentions: list[Mention] = []

        def add(name: str, kind: str | None) -> int:
            mentions.append(Mention(name, 0, len(name), 0, 0, kind))
            return len(mentions) - 1

        anchor = add(*_first(relation_to)) if relation_to else None
        asked = []
        for phrase in phrases:
            parts = mention_from_phrase(phrase)
            anchors = tuple(add(n, k) for n, k in zip(parts.anchors, parts.anchor_kinds, strict=True))
            within = tuple(add(n, k) for n, k in zip(parts.containers, parts.container_kinds, strict=True))
            i = add(parts.name, parts.kind)
            mentions[i].part, mentions[i].within = parts.part, within
            if parts.relation:
                mentions[i].relation = Relation(parts.relation, anchors, parts.bearing, parts.km)
            elif anchor is not None:
                mentions[i].relation = Relation("near", (anchor,))
            if listed or anchor is not None:
                mentions[i].list_id = 1
            asked.append(i)
        answers = resolve(mentions, DocumentContext(text=text, countries=countries), gazetteer)
        return [answers[i] for i in asked]

    return run


def _first(phrase: str) -> tuple[str, str | None]:
    parts = mention_from_phrase(phrase)
    return parts.name, parts.kind
