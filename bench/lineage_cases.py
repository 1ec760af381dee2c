"""Makes documents whose lineage is known: base reports, what editors make of them, and pairs that only look alike.

Base reports are composed of `lineage_words.toml` (each fact has several forms, each form several wordings) or are the project's
own sample and gold texts. A case is one base report and what was made of it; every case has its own facts.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from warlog.lineage import Text

ROOT = Path(__file__).resolve().parent.parent
WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "lineage_words.toml").read_text(encoding="utf-8"))
OUTLETS = [
    "Harbour Post", "Meridian Wire", "The Lantern", "Delta Courier", "Cedar News", "Plain Dealer East", "Radio Kestrel",
    "Orient Ledger", "Steppe Herald", "Saffron Times", "Bluff City Gazette", "Northgate Tribune", "Monsoon Daily",
    "Quarry Street Review", "Anchor Press", "Ostrich Media", "Juniper Report", "Copperfield Star", "Tamarind Today",
    "Glasshouse Bulletin",
]  # fmt: skip
AGENCIES = ["Reuters", "AFP", "AP", "TASS", "Anadolu Agency", "Xinhua"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(slots=True)
class Case:
    """Documents and what is true of them."""

    kind: str
    texts: list[Text]
    #: (made, source, direction) of each pair that is lineage; direction known or unseen
    lineage: list[tuple[str, str, str]] = field(default_factory=list)
    #: (newer, older) of each pair of versions
    versions: list[tuple[str, str]] = field(default_factory=list)
    #: (document, sentence, document it was taken from) for sentences of mixed articles
    sentences: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """One happening: the values that all who tell of it share."""

    slots: dict[str, str]
    kinds: list[str]
    quotes: list[str]
    who: list[str]


class Maker:
    """Composes cases; the same seed and set give the same cases."""

    def __init__(self, seed: int, half: str) -> None:
        self.r = random.Random(f"{seed} {half}")
        self.half = half
        self._next = 0
        self.own = own_texts() if half == "seen" else own_texts(odd=True)

    # -- base reports

    def story(self) -> Story:
        pools = WORDS["slots"][self.half]
        pick = {name: self.r.choice(pool) for name, pool in pools.items()}
        places = self.r.sample(pools["place"], 3)
        pick |= {"place": places[0], "place2": places[1], "place3": places[2]}
        pick |= {"n": str(self.r.randint(3, 95)), "m": str(self.r.randint(5, 180)), "k": str(self.r.randint(2, 19))}
        pick |= {
            "k2": str(self.r.randint(4, 60)),
            "big": f"{self.r.randint(2, 90)},{self.r.randint(1, 9)}00",
            "day": self.r.choice(DAYS),
        }
        pick |= {"hour": self.r.choice(["three in the morning", "noon", "six in the evening", "nine at night"])}
        kinds = [k for k in WORDS["forms"][self.half] if k != "strike"]
        self.r.shuffle(kinds)
        quotes = self.r.sample(WORDS["quotes"][self.half], 3)
        return Story(pick, ["strike", *kinds[: self.r.randint(6, 11)]], quotes, self.r.sample(pools["person"], 3))

    def fill(self, form: str, story: Story) -> str:
        form = _CHOICE.sub(lambda m: self.r.choice(m.group(1).split("|")), form)

        def value(m: re.Match[str]) -> str:
            name = m.group(1)
            text: str = story.slots[name.lower()]
            return text[0].upper() + text[1:] if name[0].isupper() else text

        sentence = _SLOT.sub(value, form)
        return sentence[0].upper() + sentence[1:]

    def report(self, story: Story, avoid: dict[str, int] | None = None, *, said: bool = True) -> tuple[list[str], dict[str, int]]:
        """Sentences of a report of a story, and the form used for each fact; forms in `avoid` are not used."""
        used: dict[str, int] = {}
        out: list[str] = []
        for kind in story.kinds:
            forms = WORDS["forms"][self.half][kind]
            free = [i for i in range(len(forms)) if avoid is None or avoid.get(kind) != i]
            used[kind] = self.r.choice(free)
            out.append(self.fill(forms[used[kind]], story))
        if said:
            for quote, who in zip(story.quotes, story.who, strict=True):
                frame = self.r.choice(
                    [
                        '"{q}," {w} said.',
                        '"{q}," {w} told reporters at the scene.',
                        '{w} said: "{q}."',
                        '{w}, visibly shaken, had this to say: "{q}."',
                    ]
                )
                out.insert(self.r.randint(2, len(out)), frame.format(q=quote, w=who))
        return out, used

    def base(self) -> tuple[list[str], Story]:
        """A base report: composed, or one of the project's own texts one time in four."""
        story = self.story()
        if self.own and self.r.random() < 0.25:
            return list(self.own[self.r.randrange(len(self.own))]), story
        return self.report(story)[0], story

    def two(self, *, said: bool = True) -> list[tuple[list[str], Story]]:
        """Two reports of two stories that have no form and no quotation in common."""
        one, other = self.story(), self.story()
        free = [q for q in WORDS["quotes"][self.half] if q not in one.quotes]
        other.quotes = self.r.sample(free, 3)
        first, used = self.report(one, said=said)
        return [(first, one), (self.report(other, avoid=used, said=said)[0], other)]

    def text(
        self, sentences: list[str], story: Story, *, day: date | None, publisher: str, title: str | None = None, **more: Any
    ) -> Text:
        self._next += 1
        # Ids say nothing of who came first.
        document_id = f"{self.r.randrange(16**6):06x}-{self.half}-{self._next}"
        body = "\n\n".join(" ".join(sentences[i : i + 2]) for i in range(0, len(sentences), 2))
        title = title or self.fill(self.r.choice(WORDS["titles"][self.half]), story)
        published = day.isoformat() if day else None
        return Text(document_id, body, title, None, publisher, published=published, **more)

    # -- what editors do

    def synonyms(self, sentences: list[str], share: float) -> list[str]:
        table = WORDS["synonyms"]["seen"] | (WORDS["synonyms"]["heldout"] if self.half == "heldout" else {})

        def swap(m: re.Match[str]) -> str:
            choices = table.get(m.group().lower())
            if not choices or self.r.random() > share:
                return m.group()
            new: str = self.r.choice(choices)
            return new.capitalize() if m.group()[0].isupper() else new

        return [re.sub(r"[A-Za-z]+", swap, s) for s in sentences]

    def turns(self, sentences: list[str], share: float) -> list[str]:
        """Small words and turns replaced."""
        table = WORDS["phrases"]["seen"] | (WORDS["phrases"]["heldout"] if self.half == "heldout" else {})
        found = re.compile(rf"\b({'|'.join(sorted(table, key=len, reverse=True))})\b")
        return [
            found.sub(lambda m: self.r.choice(table[m.group()]) if self.r.random() < share else m.group(), s) for s in sentences
        ]

    def names(self, sentences: list[str], story: Story) -> list[str]:
        """Every name in another transliteration."""
        rules = [
            ("al-", "el-"), ("Al-", "El-"), ("q", "k"), ("Q", "K"), ("sh", "ch"), ("Sh", "Ch"), ("u", "ou"), ("y", "i"),
            ("ivka", "ovka"), ("ee", "i"), ("aa", "a"), ("dh", "d"), ("ss", "s"), ("z", "s"), ("kh", "k"), ("Kh", "K"),
            ("i", "y"), ("a", "e"),
        ]  # fmt: skip
        known = {w for v in (story.slots["place"], story.slots["place2"], story.slots["place3"], *story.who) for w in v.split()}
        spelling: dict[str, str] = {}

        def respell(m: re.Match[str]) -> str:
            word = m.group()
            if word not in known:
                return word
            if word not in spelling:
                new = word
                for old, other in self.r.sample(rules, 7):
                    new = new.replace(old, other, 1)
                spelling[word] = new
            return spelling[word]

        return [re.sub(r"[\w-]+", respell, s) for s in sentences]

    def moved(self, sentence: str) -> str:
        """The same sentence with its attribution or first clause moved."""
        m = re.fullmatch(r"(.+), ([^,]+) said\.", sentence)
        if m:
            return f"According to {m.group(2)}, {m.group(1)[0].lower()}{m.group(1)[1:]}."
        m = re.fullmatch(r"([^,\"]{20,}), ([^,\"]{20,})\.", sentence)
        if m and self.r.random() < 0.6:
            return f"{m.group(2)[0].upper()}{m.group(2)[1:]}; {m.group(1)[0].lower()}{m.group(1)[1:]}."
        return sentence

    def lead(self, story: Story) -> list[str]:
        return [self.fill(f, story) for f in self.r.sample(WORDS["leads"][self.half], self.r.randint(1, 2))]


def own_texts(*, odd: bool = False) -> list[list[str]]:
    """The project's own gold texts as sentences; every other one."""
    out = []
    path = ROOT / "tests" / "gold" / "docs.jsonl"
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])", json.loads(line)["text"])
        if n % 2 == int(odd) and len(sentences) >= 6:
            out.append(sentences)
    return out


def _days(m: Maker) -> tuple[date, date]:
    """Days of a source and of what was made of it: the same day one time in four."""
    first = date(2024, 1, 1) + timedelta(days=m.r.randrange(300))
    return first, first + timedelta(days=0 if m.r.random() < 0.25 else m.r.randint(1, 4))


def _derived(kind: str, edit: Callable[[Maker, list[str], Story], list[str]]) -> Callable[[Maker], Case]:
    """A case of one source and one text made of it by `edit`; every other one credits it, one in ten has no day."""

    def make(m: Maker) -> Case:
        sentences, story = m.base()
        first, then = _days(m)
        one, other = m.r.sample(OUTLETS, 2)
        source = m.text(sentences, story, day=first if m.r.random() < 0.9 else None, publisher=one)
        same_title = source.title if m.r.random() < 0.4 else None
        credit: dict[str, Any] = {"original_publisher": one} if m.r.random() < 0.5 else {}
        made = m.text(edit(m, sentences, story), story, day=then, publisher=other, title=same_title, **credit)
        return Case(kind, [source, made], [(made.document_id, source.document_id, "known")])

    return make


def _cut(m: Maker, s: list[str], story: Story) -> list[str]:
    keep = max(3, len(s) // 3)
    if m.r.random() < 0.7:
        return s[:keep]
    return [s[i] for i in sorted(m.r.sample(range(len(s)), keep))]


def _reordered(m: Maker, s: list[str], story: Story) -> list[str]:
    return [s[0], *m.r.sample(s[1:], len(s) - 1)]


def _reworded(m: Maker, s: list[str], story: Story) -> list[str]:
    return m.turns(m.synonyms(s, 0.7), 0.4)


def _rewritten(m: Maker, s: list[str], story: Story) -> list[str]:
    out = [m.moved(x) for x in m.turns(m.synonyms(s, 0.7), 0.8)]
    return [out[0], *m.r.sample(out[1:], len(out) - 1)]


def _new_lead(m: Maker, s: list[str], story: Story) -> list[str]:
    return m.lead(story) + s


def _renamed(m: Maker, s: list[str], story: Story) -> list[str]:
    return m.names(s, story)


def _everything(m: Maker, s: list[str], story: Story) -> list[str]:
    kept = [s[i] for i in sorted(m.r.sample(range(len(s)), max(4, len(s) // 2)))]
    return m.lead(story) + m.names(m.turns(m.synonyms(kept, 0.5), 0.4), story)


def _expanded(m: Maker, s: list[str], story: Story) -> list[str]:
    added = m.report(m.story(), said=False)[0][1:5]
    return s + added if m.r.random() < 0.5 else m.lead(story) + s + added[:3]


def _merged(m: Maker) -> Case:
    """Two sources, half of each, and a sentence of its own."""
    (one, story), (two, other) = m.two()
    first, then = _days(m)
    names = m.r.sample(OUTLETS, 3)
    a = m.text(one, story, day=first, publisher=names[0])
    b = m.text(two, other, day=first, publisher=names[1])
    from_a, from_b = one[: max(4, len(one) // 2)], two[: max(4, len(two) // 2)]
    own = m.lead(story)
    c = m.text(own + from_a + from_b, story, day=then, publisher=names[2])
    pairs = [(c.document_id, a.document_id, "known"), (c.document_id, b.document_id, "known")]
    taken = [(c.document_id, s, a.document_id) for s in from_a] + [(c.document_id, s, b.document_id) for s in from_b]
    return Case("merged", [a, b, c], pairs, sentences=taken + [(c.document_id, s, c.document_id) for s in own])


def _wire(m: Maker) -> Case:
    """Two outlets print parts of one agency report that is not in the log."""
    sentences, story = m.base()
    first, _ = _days(m)
    agency = m.r.choice(AGENCIES)
    one, other = m.r.sample(OUTLETS, 2)
    n = len(sentences)
    a = m.text(sentences[: max(4, 3 * n // 4)], story, day=first, publisher=one, agency=agency)
    b = m.text(
        [sentences[0], *sentences[n // 3 :]], story, day=first + timedelta(days=m.r.randint(0, 1)), publisher=other, agency=agency
    )
    return Case("wire", [a, b], [(b.document_id, a.document_id, "unseen")])


def _version(m: Maker) -> Case:
    """An outlet's own story, updated: another toll, sentences added."""
    sentences, story = m.base()
    first, _ = _days(m)
    name = m.r.choice(OUTLETS)
    a = m.text(sentences, story, day=first, publisher=name)
    toll = str(int(story.slots["n"]) + m.r.randint(1, 20))
    changed = [s.replace(f"{story.slots['n']} ", f"{toll} ", 1) for s in sentences[:2]] + sentences[2:]
    changed = changed + m.report(m.story(), said=False)[0][1 : m.r.randint(2, 4)]
    title = (a.title or "").replace(story.slots["n"], toll)
    title = f"Update: {title}" if m.r.random() < 0.3 else title
    b = m.text(changed, story, day=first + timedelta(days=m.r.randint(0, 2)), publisher=name, title=title)
    return Case("version", [a, b], versions=[(b.document_id, a.document_id)])


def _independent(m: Maker) -> Case:
    """The same event and the same quotations, written independently."""
    story = m.story()
    one, used = m.report(story)
    m.r.shuffle(story.kinds)
    two, _ = m.report(story, avoid=used)
    first, _ = _days(m)
    names = m.r.sample(OUTLETS, 2)
    return Case("independent", [m.text(s, story, day=first, publisher=n) for s, n in ((one, names[0]), (two, names[1]))])


def _statement(m: Maker) -> Case:
    """One official statement, quoted at length in two reports of different things."""
    statement = ". ".join(m.r.sample(WORDS["quotes"][m.half], 5))
    first, _ = _days(m)
    texts = []
    for (sentences, s), name in zip(m.two(said=False), m.r.sample(OUTLETS, 2), strict=True):
        sentences.insert(2, f'{s.who[0]} read out a statement. "{statement}."')
        texts.append(m.text(sentences, s, day=first, publisher=name))
    return Case("statement", texts)


def _background(m: Maker) -> Case:
    """Two outlets close different stories with one stock paragraph."""
    stock = m.r.choice(WORDS["backgrounds"][m.half])
    first, _ = _days(m)
    texts = []
    for (sentences, story), name in zip(m.two(), m.r.sample(OUTLETS, 2), strict=True):
        day = first + timedelta(days=m.r.randint(0, 90))
        texts.append(m.text([*sentences, stock], story, day=day, publisher=name))
    return Case("background", texts)


def _serial(m: Maker) -> Case:
    """A daily report of one outlet, written to one pattern."""
    first, _ = _days(m)
    name = m.r.choice(OUTLETS)
    forms = {k: m.r.randrange(len(f)) for k, f in WORDS["forms"][m.half].items()}
    texts = []
    opening = "This bulletin sums up what was reported to our desk in the past twenty-four hours; times are local."
    closing = "The next bulletin will be sent out tomorrow at the usual hour; corrections are welcome at the address below."
    for i in range(2):
        story = m.story()
        sentences = [m.fill(WORDS["forms"][m.half][k][forms[k]], story) for k in list(forms)[:7]]
        day = first + timedelta(days=i)
        title = f"Daily situation report, {day:%d %B}"
        texts.append(m.text([opening, *sentences, closing], story, day=day, publisher=name, title=title))
    return Case("serial", texts)


def _pattern(m: Maker) -> Case:
    """Two events of one kind, told by two outlets with the same forms."""
    forms = {k: m.r.randrange(len(f)) for k, f in WORDS["forms"][m.half].items()}
    chosen = m.r.sample(list(forms), 7)
    first, _ = _days(m)
    texts = []
    for name in m.r.sample(OUTLETS, 2):
        story = m.story()
        sentences = [m.fill(WORDS["forms"][m.half][k][forms[k]], story) for k in m.r.sample(chosen, 3)] + m.report(story)[0][:6]
        texts.append(m.text(sentences, story, day=first + timedelta(days=m.r.randint(0, 60)), publisher=name))
    return Case("pattern", texts)


KINDS: dict[str, Callable[[Maker], Case]] = {
    "cut": _derived("cut", _cut),
    "reordered": _derived("reordered", _reordered),
    "reworded": _derived("reworded", _reworded),
    "rewritten": _derived("rewritten", _rewritten),
    "new lead": _derived("new lead", _new_lead),
    "renamed": _derived("renamed", _renamed),
    "all of it": _derived("all of it", _everything),
    "expanded": _derived("expanded", _expanded),
    "merged": _merged,
    "wire": _wire,
    "version": _version,
    "independent": _independent,
    "statement": _statement,
    "background": _background,
    "serial": _serial,
    "pattern": _pattern,
}


def cases(seed: int, half: str, each: int) -> list[Case]:
    """`each` cases of every kind; `half` is seen or heldout."""
    m = Maker(seed, half)
    return [make(m) for make in KINDS.values() for _ in range(each)]
