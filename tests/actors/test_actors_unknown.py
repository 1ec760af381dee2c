"""What nobody knows stays unknown under an id of its own: never a wrong known actor, whatever it sounds like."""

from __future__ import annotations

import pytest

from warlog.actors import ActorContext, Actors

#: made up, each out of words that many groups' names are made of, or beside the name of a real one
MADE_UP = """
Free Officers Brigade of Kansafra | Martyrs of Kafr Sabil Brigade | Saraya al-Fajr al-Akhir | Liwa Dir' al-Ghouta
Army of the Levant Sword | Falcons of the Jabal Brigade | Katibat Usud al-Hawl | Ansar al-Haqq Brigade | Free Druze Battalion
National Front for the Salvation of Tavria | Sons of the Steppe Regiment | Jaysh al-Badiya al-Jadid | Syrian Shield Corps
Harakat al-Nahda al-Muqawima | Islamic Front of the South | Popular Resistance of Tafas | Free Police of Azaz | White Shrouds
Northern Storm of Kafr Hamra | Syrian Freedom Legion | Eagles of Qalamoun Division | United Idlib Army Command | Idlib Lions
Democratic Front for Homs | People's Army of Rukban | Islamic Movement of the Coast | Defenders of Tel Rifaat | Mosul Eagles
Revolutionary Guard Committee of Salamiyah | Lions of Damascus Countryside | Turkmen Mountain Army | Ahrar Kafr Nabl
Al-Haqq Army of Horan | Mukhtar Revolutionary Brigade | Red Lances Militia | Mountain Wolves Detachment | Azadi Brigades
Black Crescent Movement | Patriotic Union of Karbala | Sons of Anbar Council | Hashd of Tal Afar | Sinjar Lions Force
Liberation Army of Greater Dezful | United Front for Katanga | Mai-Mai Kasongo | Alliance of Patriots for Ituri
Rally for Justice in Kasai | Movement of the 12th of May | Kivu Defence League | Popular Army of Bunyakiri
Nyiragongo Freedom Front | National Council for the Rebirth of Lulua | Sons of Macina Vigil | Azawad Renewal Congress
Movement for the Defence of Gao | Tuareg Youth Alliance of Menaka | Volunteers of Djibo | Sahara Free Men Front
Liptako Self-Defence Union | Niger Valley Hunters | Front of Mopti Herders | Jubba Valley Defence Force | Shabelle Patriots
Ahlu Bari Movement | Hiraan Clan Council Militia | Free Somali Youth Brigades | Upper Galgala Front | Horn Resistance Army
Awdal Liberation Movement | Khaki Militia of Baidoa | Raskamboni Eagles | Amhara Highland Guard | Oromo Youth Shield
Gambella Rivers Front | Free Wollega Army | Tigray Dawn Movement | Sidama Liberation Wing | Agaw Justice Army
Benishangul Renewal Force | Afar Red Sea Guard | Qemant Freedom Brigade | Kharkiv Winter Battalion | Free Kuban Regiment
Siberian Wolves Legion | Tavriya Volunteer Company | Sich Riflemen of Podillia | Donbas Dawn Sabotage Group
Kherson Reed Partisans | Crimea Tide Group | Ural Free Corps | Smolensk Insurgent Detachment | Shan Dawn Army
Karen Hills Liberation Guard | Chin Freedom Eagles | Yaw Valley Column | Monywa Urban Fighters | Kachin Youth Shield Force
Mon Liberation Vanguard | Bago Tiger Squad | Sagaing Thunder Column | Rakhine Coast Defence Army | Los Halcones del Norte
Frente Libre del Pacífico | Cartel of the Quiet Coast | Baz Solèy | Union of Lake Patriots | Cabo Watch Militia
Jaysh al-Muwahhidin | Saraya al-Khorasani al-Jadida | Army of Islamic Dawn | Free Army of Tartus | Jamaat al-Fateh
Democratic Forces of Raqqa East | Hezbollah of the Steppe | Hamas Valley Defence Group | Wagner Street Boys
Azov Coast Fishermen | Houthi Valley Elders | Aleppo Shield Room | Colombian Freedom Army | Iraqi Sons of the Dawn Brigade
""".replace("\n", " | ")
NAMES = [name.strip() for name in MADE_UP.split("|") if name.strip()]

#: people, places, firms and streets that are named like an actor, or hold an actor's name
NAMED_ALIKE = [
    "Assad Hospital", "General Dynamics", "Tripoli Street residents", "Major Abdullah Haddad", "Hassan Nasser", "Lake Assad",
    "Umm al-Hamas", "al-Nusra village", "Jabal al-Zawiya", "Abu Bakr Mosque", "Sultan Qaboos", "Mount Hermon", "Fatah Square",
    "President Street", "Kurdistan Square", "Amal Clooney", "Badr town", "Hamza", "Al-Bab", "Bin Jawad", "Kia", "Peter Wagner",
    "Richard Wagner's operas", "Azov Sea fishermen", "Tiger Woods", "Jordan Peterson", "Chad Smith",
    "Paris Hilton", "Israel Adesanya", "Nusra Hospital", "Islamic State University students",
]  # fmt: skip

WARS = ["syria", "iraq", "drc", "sahel", "somalia", "ethiopia", "ukraine", "myanmar", "colombia", "yemen", "libya", "south_asia"]


def contexts(actors: Actors) -> list[ActorContext]:
    known = actors.roster.theatres
    return [ActorContext(day="2020-01-01", theatres=(w,), countries=known[w].countries) for w in WARS] + [ActorContext()]


def test_there_are_at_least_a_hundred() -> None:
    assert len(set(NAMES)) >= 100


@pytest.mark.parametrize("name", NAMES)
def test_a_group_that_nobody_knows_gets_an_id_of_its_own_in_every_war(actors: Actors, name: str) -> None:
    told = {ref.actor_id for context in contexts(actors) for ref in actors.resolve(name, context)}
    assert len(told) == 1, told
    assert told.pop().startswith("name:")


def test_two_groups_that_nobody_knows_are_two(actors: Actors) -> None:
    ids = {ref.actor_id for name in NAMES for ref in actors.resolve(name)}
    assert len(ids) == len(set(NAMES))


@pytest.mark.parametrize("name", NAMED_ALIKE)
def test_what_is_named_like_an_actor_is_not_that_actor(actors: Actors, name: str) -> None:
    for context in contexts(actors):
        assert not any(ref.known for ref in actors.resolve(name, context)), context.theatres
