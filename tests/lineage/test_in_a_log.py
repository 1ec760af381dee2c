"""Lineage at work in a log: what reprints, versions and additions do to events, in whatever order documents arrive."""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from warlog.extract import RuleExtractor
from warlog.pipeline import read_sources, rebuild
from warlog.publish.explain_document import of_document
from warlog.publish.nodes import Node
from warlog.records import Claim, Document, Event
from warlog.store import Log

Report = dict[str, Any]

RAQQA = (
    "RAQQA: Mortar shells killed seven civilians in Raqqa on Friday, 3 March 2017, a nurse at the central clinic said by phone. "
    "Two of the dead had been queueing at the only well that still works in the northern quarter.\n\n"
    "Shopkeepers have nailed planks over the windows along the canal road, and bread is sold from cellars. "
    "A grocer showed this reporter a ledger with the names of customers who have not come back since winter."
)
RAQQA_CUT = RAQQA.split("\n\n")[0]
RAQQA_REWORDED = (
    "Seven civilians were killed by mortar shells in Raqqa on Friday, 3 March 2017, a nurse of the central clinic told by phone. "
    "Two of those killed had been in a queue at the sole well still working in the northern quarter.\n\n"
    "Shop owners have nailed planks over their windows along the canal road, while bread is being sold from cellars. "
    "A grocer showed a ledger with names of customers who had not returned since winter."
)
#: of the same day in Raqqa, by two who saw it for themselves
RAQQA_OTHERS = (
    "On 3 March 2017 shells killed eight civilians in Raqqa. I counted the coffins myself outside the old tannery. "
    "A boy sold water to the mourners, and an imam with a bandaged hand read out where each of them had lived.",
    "Seven civilians were killed in Raqqa on 3 March 2017 when shells landed between two apartment blocks, our stringer writes. "
    "Teachers who used to hold lessons in a garage sent their pupils home, promising to begin again after the feast.",
)
HOMS = (
    "An air strike killed nine people in Homs on 5 March 2017, the fire brigade said. "
    "Firemen pumped water from a swimming pool since the hydrants had been dry for a month.\n\n"
    "By evening the owner of the shop next door was selling singed blankets to neighbours from the back of a lorry, "
    "and a queue of women with prams stood waiting for the pharmacist, who had been told to stay away until the beams were cold."
)
HOMS_UPDATE = (
    HOMS + "\n\nThe governor visited the street at night and left without a word to the crowd, which had waited for hours."
)
#: what a paper puts below the report that it took from another
OWN_ADDITION = (
    "\n\nRebels captured the town of Palmyra on 4 March 2017, our correspondent there writes. "
    "He watched them hang a banner from the water tower and hand out biscuits to children who did not know whom to thank."
)
#: each of an event of its own
ALONE = (
    ("Hama", "2017-03-06", "An air strike killed four people in Hama on 6 March 2017. A beekeeper found the tail fin."),
    ("Idlib", "2017-03-07", "A rocket killed two people in Idlib on 7 March 2017. The bakery beside it sold out."),
    ("Latakia", "2017-03-08", "Gunmen killed three people in Latakia on 8 March 2017. A ferryman heard the shots."),
    ("Daraa", "2017-03-09", "A landmine killed five people in Daraa on 9 March 2017. They sat on a tractor."),
    ("Tartus", "2017-03-10", "A drone strike killed one person in Tartus on 10 March 2017. He mended nets."),
)  # fmt: skip


def report(number: int, publisher: str, text: str, published: str, **more: Any) -> Report:
    host = publisher.lower().replace(" ", "")
    return {"id": f"r{number:02}", "publisher": publisher, "text": text, "published": published, "title": f"Report {number}",
            "url": f"https://{host}.example/{number}", "language": "en", **more}  # fmt: skip


def thirty() -> list[Report]:
    """Thirty reports: of Raqqa one origin reprinted sixteen times and two others, of Homs one story in three states and
    two reprints, one reprint with an addition of its own, and five that stand alone."""
    found = [report(1, "Delta Courier", RAQQA, "2017-03-03")]
    found += [report(n, f"Reprint Gazette {n}", RAQQA, "2017-03-04") for n in range(2, 13)]
    found += [report(n, f"Digest {n}", RAQQA_CUT, "2017-03-04") for n in range(13, 15)]
    found += [report(n, f"Rewriter {n}", RAQQA_REWORDED, "2017-03-05") for n in range(15, 17)]
    found += [report(17, "Harbour Post", RAQQA + OWN_ADDITION, "2017-03-05")]
    found += [
        report(18, "Lantern Weekly", RAQQA_OTHERS[0], "2017-03-04"),
        report(19, "Cedar Radio", RAQQA_OTHERS[1], "2017-03-04"),
    ]
    found += [report(20, "Orontes Herald", HOMS, "2017-03-05", title="Air strike in Homs kills nine")]
    found += [report(21, "Orontes Herald", HOMS_UPDATE, "2017-03-06", title="Update: Air strike in Homs kills nine")]
    found += [
        report(22, "Orontes Herald", HOMS_UPDATE + " Shops stayed shut.", "2017-03-06", title="Air strike in Homs kills nine")
    ]
    found += [report(n, f"Reprint Gazette {n}", HOMS, "2017-03-07") for n in range(23, 25)]
    found += [report(25 + n, f"{place} Bulletin", text, day) for n, (place, day, text) in enumerate(ALONE)]
    found += [
        report(
            30,
            "Harbour Post",
            "The tide tables for March have been printed and can be had from the harbour office.",
            "2017-03-05",
        )
    ]
    return found


class Once:
    """The real extractor, which reads each text once however many logs it goes into."""

    def __init__(self) -> None:
        self._real = RuleExtractor()
        self._known: dict[tuple[str, str], list[Claim]] = {}
        self.name, self.model, self.packs, self.languages = (
            self._real.name, self._real.model, self._real.packs, self._real.languages,
        )  # fmt: skip

    def __call__(self, document: Document) -> list[Claim]:
        key = (document.document_id, document.text)
        if key not in self._known:
            self._known[key] = self._real(document)
        return copy.deepcopy(self._known[key])


@pytest.fixture(scope="module")
def extractor() -> Once:
    return Once()


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, extractor: Once) -> Iterator[Callable[..., Log]]:
    """Reads reports into the log of a name, a file for each call, and gives the log."""
    folder, logs = tmp_path_factory.mktemp("logs"), dict[str, Log]()
    files = itertools.count()

    def reading(name: str, reports: Iterable[Report]) -> Log:
        source = folder / f"{next(files)}.jsonl"
        source.write_text("".join(json.dumps(r) + "\n" for r in reports))
        if name not in logs:
            logs[name] = Log.open(folder / f"{name}.db", create=True)
        assert read_sources(logs[name], [source], extractor=extractor).failed == []
        return logs[name]

    yield reading
    for log in logs.values():
        log.close()


@pytest.fixture(scope="module")
def whole(read: Callable[..., Log]) -> Log:
    """The log of all thirty, read in one go."""
    return read("whole", thirty())


def told(log: Log) -> set[tuple[Any, ...]]:
    """What a log says of events, without ids that hang on the order of reading."""
    claims = {c.claim_id: c for c in log.claims()}
    return {
        (
            e.event_type, e.place_name, e.document_count, e.origin_count,
            tuple(sorted((c.document_id, c.quote, c.origin_id) for c in (claims[i] for i in e.claim_ids))),
        )
        for e in log.events()
    }  # fmt: skip


def event_of(log: Log, document_id: str, event_type: str) -> Event:
    """The event that a document's claim of a type belongs to."""
    (claim,) = [c for c in log.claims() if c.document_id == document_id and c.event_type == event_type]
    (event_id,) = log.events_of(claim.claim_id)
    event = log.event(event_id)
    assert event is not None
    return event


def origins_of(log: Log, document_id: str) -> set[str | None]:
    """The origins of a document's claims."""
    return {c.origin_id for c in log.claims() if c.document_id == document_id}


def lines(node: Node) -> Iterator[str]:
    yield node.text
    for child in node.children:
        yield from lines(child)


def test_fifty_reprints_count_once_and_independent_reports_beside_them(whole: Log):
    event = event_of(whole, "r01", "shelling")
    # The wire with its sixteen reprints, and the stringer; all of them are documents.
    assert (event.document_count, event.origin_count) == (18, 2)
    assert all(origins_of(whole, f"r{n:02}") == {"r01"} for n in range(1, 17))
    assert origins_of(whole, "r18") == {"r18"}
    assert origins_of(whole, "r19") == {"r19"}


def test_what_a_reprint_adds_is_its_own(whole: Log):
    assert event_of(whole, "r17", "shelling").event_id == event_of(whole, "r01", "shelling").event_id
    own = event_of(whole, "r17", "territory_captured")
    assert (own.document_count, own.origin_count) == (1, 1)
    origins = {c.event_type: c.origin_id for c in whole.claims() if c.document_id == "r17"}
    assert (origins["shelling"], origins["territory_captured"]) == ("r01", "r17")


def test_the_states_of_one_story_and_their_reprints_are_one_origin(whole: Log):
    event = event_of(whole, "r20", "air_strike")
    assert (event.document_count, event.origin_count) == (5, 1)
    relations = {frozenset((k.document_id, k.other_id)): k.relation for k in whole.links()}
    assert relations[frozenset(("r20", "r21"))] == relations[frozenset(("r21", "r22"))] == "version"
    assert relations[frozenset(("r20", "r23"))] == "copy"


def test_reports_that_stand_alone_are_their_own_origin_and_have_no_link(whole: Log):
    for document_id in ("r25", "r26", "r27", "r28", "r29", "r30"):
        assert origins_of(whole, document_id) <= {document_id}
        assert list(whole.links(document_id)) == []
    assert event_of(whole, "r25", "air_strike").origin_count == 1


@pytest.mark.parametrize("cut", [1, 12, 25])
def test_reading_in_two_runs_and_backwards_gives_what_one_run_gives(whole: Log, read: Callable[..., Log], cut: int):
    reports = thirty()[::-1]
    name = f"halves {cut}"
    read(name, reports[:cut])
    log = read(name, reports[cut:])
    assert told(log) == told(whole)
    assert len(list(log.links())) == len(list(whole.links()))


def test_a_source_that_comes_after_its_copies_turns_their_origins(read: Callable[..., Log]):
    reports = thirty()
    log = read("late", reports[1:4])
    before = {origin for n in range(2, 5) for origin in origins_of(log, f"r{n:02}")}
    assert len(before) == 1
    assert "r01" not in before
    assert event_of(log, "r02", "shelling").origin_count == 1
    read("late", reports[:1])
    assert all(origins_of(log, f"r{n:02}") == {"r01"} for n in range(1, 5))
    event = event_of(log, "r02", "shelling")
    assert (event.document_count, event.origin_count) == (4, 1)


def test_rebuilding_gives_the_same_origins(read: Callable[..., Log], extractor: Once):
    log = read("again", thirty()[10:24])
    before = told(log)
    rebuild(log, extractor)
    assert told(log) == before


def test_reprints_that_credit_a_wire_outside_the_log_have_it_for_an_origin_until_it_comes(read: Callable[..., Log]):
    def crediting(number: int) -> Report:
        return report(number, f"Paper {number}", RAQQA, "2017-03-04", agency="Delta Courier")

    log = read("unseen", [crediting(2), crediting(3)])
    assert origins_of(log, "r02") == origins_of(log, "r03") == {"unseen:r02"}
    assert event_of(log, "r02", "shelling").origin_count == 1
    read("unseen", thirty()[:1])
    assert origins_of(log, "r02") == origins_of(log, "r03") == {"r01"}
    assert event_of(log, "r02", "shelling").origin_count == 1


def test_explaining_a_document_shows_its_passages_beside_their_source(whole: Log):
    document = whole.document("r15")
    assert document is not None
    shown = list(lines(of_document(whole, document)))
    at = next(i for i, line in enumerate(shown) if line.startswith("It is a rewriting of r01"))
    box = shown[at : at + 12]
    here = next(line for line in box if line.startswith("here:") and "sole well" in line)
    there = box[box.index(here) + 1]
    assert there.startswith("there:")
    assert "only well" in there
    assert any("published 2 days later" in line for line in box)
