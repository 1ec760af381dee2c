"""What is cut from a page and what must never be."""

import pytest

from warlog.read.body import build_text, cut_media
from warlog.read.furniture import mark
from warlog.read.links import emails, media_kind, urls
from warlog.read.plain import read_plain
from warlog.read.rules import furniture, is_separator

BODY = "The army took the village of Mirre on Tuesday, a military source said, and shelled Dorra."

FURNITURE = [
    "Share this article: Facebook | Twitter | E-mail",
    "Facebook Twitter WhatsApp Telegram",
    "Get short URL",
    "Follow us on Telegram",
    "Note to readers: please click the share buttons above or below.",
    "Support our work: PayPal someone@site.example",
    "Become a member",
    "Sign up for our newsletter",
    "Subscribe to our YouTube channel",
    "We use cookies to improve your experience.",
    "Disclaimer: the views expressed here are those of the author.",
    "All rights reserved.",
    "© 2020 Some Outlet",
    "Copyright Some Outlet 2020",
    "This article was first published by Another Outlet.",
    "Republished with permission from Another Outlet",
    "The original source of this article is Another Outlet",
    "(Reporting by A. Person; Editing by B. Person)",
    "Additional reporting by A. Person",
    "Related: Army takes another village",
    "Read more: What is happening in Mirre?",
    "Photo: A. Person/AFP",
    "For media inquiries: press@site.example",
    "Leave a comment",
    "Tags: Mirre, Dorra",
    "Advertisement",
    "Articles by: A. Person",
    "Click here to comment",
    "Source: Another Outlet",
    "Читайте также: другая новость",
    "اقرأ أيضا: خبر آخر",
    "Lire aussi : une autre nouvelle",
    "Todos los derechos reservados",
    "Editor's note: this story has been updated.",
]

TEXT = [
    "Support for the rebels came from the air, the commander said.",
    "Share prices fell after the attack on the port.",
    "Follow-up attacks hit the rescuers ten minutes later.",
    "The source said that the army would attack.",
    "Sources in the opposition said 14 fighters were killed.",
    "Related families were buried together in Mirre.",
    "The Copyright building in Dorra was hit by a shell.",
    "Join forces advanced on Dorra, said the commander of the front.",
    "Photos from the scene showed two destroyed tanks.",
    "Video footage showed soldiers at the gate of the base.",
    "More from the northern front is expected to be withdrawn.",
    "Donated blood ran out in the hospital of Karvan.",
    "Contact with the unit was lost on Monday.",
    "Reporting by state media that the town fell was denied.",
    "With Russian help the army took the town.",
    "Subscribers of the mobile network lost service after the strike.",
    "Comments by the minister angered the rebels.",
    "Articles of the truce were broken by both sides.",
    "This report could not be independently verified.",
    "The video shows two men being led away.",
    "By Wednesday the army held the bridge.",
    "Home Front Command reported that two rockets fell in open areas.",
    "Read the statement: “We will fight on.”",
    "Breaking the siege cost the brigade forty men.",
]


@pytest.mark.parametrize("text", FURNITURE)
def test_furniture_is_known_by_its_words(text):
    assert furniture(text, "any") is not None


@pytest.mark.parametrize("text", TEXT)
def test_text_is_not_taken_for_furniture(text):
    assert furniture(text, "any") is None
    units = read_plain(f"Karvan falls\n\n{BODY}\n\n{text}\n\n{BODY}\n")
    mark(units)
    assert text in build_text(units).split("\n\n")


@pytest.mark.parametrize("text", ["*", "***", "* * *", "---", "_____", "###", "-30-", "• • •", "⁂", "(END)"])
def test_separators(text):
    assert is_separator(text)


def test_a_film_in_the_middle_does_not_break_the_text_around_it():
    units = read_plain(f"Karvan falls\n\n{BODY}\n\nThe rebels said that\n\nhttps://v.example/a.mp4\n\nthey had left. {BODY}\n")
    mark(units)
    cut_media(units)
    assert f"The rebels said that they had left. {BODY}" in build_text(units)


def test_a_film_inside_a_paragraph_is_taken_out_of_it():
    units = read_plain(f"{BODY} https://v.example/a.mp4 “We left,” he said.")
    mark(units)
    cut_media(units)
    assert build_text(units) == f"{BODY} “We left,” he said."
    assert [media.url for media in units[0].media] == ["https://v.example/a.mp4"]


def test_what_readers_comment_is_no_text():
    units = read_plain(
        f"Karvan falls\n\n{BODY}\n\n{BODY}\n\nComments (2)\n\nRebels captured Old Ford too, you forgot to say so here.\n"
    )
    mark(units)
    assert "Old Ford" not in build_text(units)


def test_a_title_that_announces_a_film_is_a_title():
    units = read_plain(f"Video: Army enters Karvan\n\n{BODY}\n")
    marked = mark(units)
    assert marked.title == 0
    assert build_text(units).startswith("Video: Army enters Karvan\n\n")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://a.example/x/y.mp4", "video"),
        ("https://a.example/y.JPG?w=3", "image"),
        ("https://a.example/y.pdf", "document"),
        ("https://www.youtube.com/watch?v=1", "video"),
        ("https://youtu.be/1", "video"),
        ("https://www.youtube.com/", None),
        ("https://twitter.com/a/status/1", "social"),
        ("https://twitter.com/a", None),
        ("https://t.me/chan/12", "social"),
        ("https://twitter.com/intent/tweet?u=1", None),
        ("https://soundcloud.com/a/b", "audio"),
        ("https://a.example/news", None),
        ("https://[bad", None),
    ],
)
def test_what_an_address_shows(url, kind):
    assert media_kind(url) == kind


def test_addresses_in_running_text():
    assert urls("see (https://a.example/b_(c)), or https://d.example/e.") == ["https://a.example/b_(c)", "https://d.example/e"]
    assert emails("to a.b@c.example, or <d@e-f.example>.") == ["a.b@c.example", "d@e-f.example"]
