"""What the rules read: sentences of our own, from many wars and in many turns of phrase, with every claim they make.

Each row is a text published on 1 March 2025 and all of its claims. Places are found with the built-in gazetteer alone.
"""

from __future__ import annotations

from typing import Any

import pytest

from warlog.extract import RuleExtractor
from warlog.records import Claim, Document
from warlog.vocabulary import load

Told = dict[str, Any]


def told(event_type: str, **fields: Any) -> Told:
    """A claim as expected; fields that are left out are absent from it."""
    blank: Told = {
        "actor": None,
        "target": None,
        "place": None,
        "source": None,
        "certainty": "asserted",
        "date": None,
        "tolls": [],
    }
    return blank | {"event_type": event_type} | fields


def as_told(claim: Claim) -> Told:
    return told(
        claim.event_type,
        actor=claim.actor,
        target=claim.target,
        place=claim.place,
        source=claim.attributed_to,
        certainty=claim.certainty,
        date=claim.date_start,
        tolls=[(t.outcome, t.who, t.low, t.high) for t in claim.casualties],
    )


TEXTS: list[tuple[str, list[Told]]] = [
    # -- control of places
    (
        "The army captured Mariupol from Ukrainian forces on Friday.",
        [told("territory_captured", actor="army", target="Ukrainian forces", place="Mariupol", date="2025-02-28")],
    ),
    (
        "Rebel fighters have taken control of the town of Goma.",
        [told("territory_captured", actor="Rebel fighters", place="town of Goma")],
    ),
    (
        "Mosul was retaken by Iraqi forces in July 2017.",
        [told("territory_captured", actor="Iraqi forces", place="Mosul", date="2017-07-01")],
    ),
    (
        "The insurgents, who seized Kunduz in September, freed hundreds of prisoners.",
        [told("territory_captured", actor="insurgents", place="Kunduz", date="2024-09-01")],
    ),
    (
        "Troops loyal to the government recaptured Aleppo, Idlib and Homs.",
        [
            told("territory_captured", actor="Troops loyal to the government", place="Aleppo"),
            told("territory_captured", actor="Troops loyal to the government", place="Idlib"),
            told("territory_captured", actor="Troops loyal to the government", place="Homs"),
        ],
    ),
    (
        "Government forces have captured the villages of Tell Maran, Kafr Zaita and Khan Subul.",
        [
            told("territory_captured", actor="Government forces", place="Tell Maran"),
            told("territory_captured", actor="Government forces", place="Kafr Zaita"),
            told("territory_captured", actor="Government forces", place="Khan Subul"),
        ],
    ),
    (
        "Kherson fell to Russian forces in March 2022.",
        [told("territory_captured", actor="Russian forces", place="Kherson", date="2022-03-01")],
    ),
    ("The city of Bukavu came under the control of the M23.", [told("territory_captured", actor="M23", place="city of Bukavu")]),
    (
        "The rebels lost Misrata to government forces.",
        [told("territory_captured", actor="government forces", target="rebels", place="Misrata")],
    ),
    (
        "The capture of Bakhmut by Wagner fighters took ten months.",
        [told("territory_captured", actor="Wagner fighters", place="Bakhmut")],
    ),
    (
        "Government troops drove the militants out of Baidoa.",
        [told("territory_captured", actor="Government troops", target="militants", place="Baidoa")],
    ),
    (
        "Houthi fighters entered the city of Hodeidah.",
        [told("territory_captured", actor="Houthi fighters", place="city of Hodeidah")],
    ),
    ("Rebels capture Goma", [told("territory_captured", actor="Rebels", place="Goma")]),
    ("Army Retakes Two Villages Near Kassala", [told("territory_captured", actor="Army", place="near Kassala")]),
    (
        "Al-Shabaab fighters withdrew from Kismayo overnight.",
        [
            told(
                "territory_transferred",
                actor="Al-Shabaab fighters",
                target="Al-Shabaab fighters",
                place="Kismayo",
                date="2025-02-28",
            )
        ],
    ),
    (
        "The town of Lyman was abandoned by Russian troops.",
        [told("territory_transferred", actor="Russian troops", target="Russian troops", place="town of Lyman")],
    ),
    (
        "The Taliban handed over Lashkar Gah to the Afghan army.",
        [told("territory_transferred", actor="Taliban", target="Taliban", place="Lashkar Gah")],
    ),
    (
        "The withdrawal of Ethiopian troops from Mekelle began on Monday.",
        [told("territory_transferred", actor="Ethiopian troops", target="Ethiopian troops", place="Mekelle", date="2025-02-24")],
    ),
    (
        "KABUL, Sept 3 (Reuters) - Taliban fighters captured Herat on Friday.",
        [told("territory_captured", actor="Taliban fighters", place="Herat", date="2025-02-28")],
    ),
    ("Backed by Russian aircraft, the army captured Hama.", [told("territory_captured", actor="army", place="Hama")]),
    (
        "The town of Izium, captured by Russian troops in April, was shelled on Monday.",
        [
            told("territory_captured", actor="Russian troops", place="town of Izium", date="2024-04-01"),
            told("shelling", place="town of Izium", date="2025-02-24"),
        ],
    ),
    (
        "Government forces captured Aleppo Homs Hama and Idlib.",
        [
            told("territory_captured", actor="Government forces", place="Aleppo"),
            told("territory_captured", actor="Government forces", place="Homs"),
            told("territory_captured", actor="Government forces", place="Hama"),
            told("territory_captured", actor="Government forces", place="Idlib"),
        ],
    ),
    ("Separatists raised their flag over Donetsk.", [told("territory_captured", actor="Separatists", place="Donetsk")]),
    ("Sudanese army regains control of Khartoum", [told("territory_captured", actor="Sudanese army", place="Khartoum")]),
    (
        "The liberation of Mosul by Iraqi forces was announced on 10 July 2017.",
        [told("territory_captured", actor="Iraqi forces", place="Mosul", date="2017-07-10")],
    ),
    (
        "Pakistani troops cleared the militants from Miranshah.",
        [told("territory_captured", actor="Pakistani troops", target="militants", place="Miranshah")],
    ),
    (
        "Azerbaijani forces captured the town of Shusha from Armenian troops.",
        [told("territory_captured", actor="Azerbaijani forces", target="Armenian troops", place="town of Shusha")],
    ),
    (
        "Ukrainian forces pulled out of Avdiivka.",
        [told("territory_transferred", actor="Ukrainian forces", target="Ukrainian forces", place="Avdiivka")],
    ),
    (
        "Ethiopian soldiers left Mekelle.",
        [told("territory_transferred", actor="Ethiopian soldiers", target="Ethiopian soldiers", place="Mekelle")],
    ),
    ("The army has regained ground around Juba.", [told("territory_captured", actor="army", place="around Juba")]),
    ("Rebels seized a weapons depot in Bunia.", [told("territory_captured", actor="Rebels", place="Bunia")]),
    (
        "The rebels were driven from Bukavu by the army.",
        [told("territory_captured", actor="army", target="rebels", place="Bukavu")],
    ),
    (
        "Government forces and allied militias captured Sirte.",
        [told("territory_captured", actor="Government forces and allied militias", place="Sirte")],
    ),
    (
        "Rebel forces liberated Daraa from the regime.",
        [told("territory_captured", actor="Rebel forces", target="regime", place="Daraa")],
    ),
    ("The junta lost control of Lashio.", [told("territory_captured", target="junta", place="Lashio")]),
    (
        "Rebels overran Kidal, Gao and Timbuktu in 2012.",
        [
            told("territory_captured", actor="Rebels", place="Kidal", date="2012-01-01"),
            told("territory_captured", actor="Rebels", place="Gao", date="2012-01-01"),
            told("territory_captured", actor="Rebels", place="Timbuktu", date="2012-01-01"),
        ],
    ),
    # -- abduction
    (
        "Gunmen kidnapped 30 students in Kaduna.",
        [told("abduction", actor="Gunmen", target="30 students", place="Kaduna", tolls=[("captured", "students", 30, 30)])],
    ),
    (
        "Colombia's ELN rebels kidnapped two soldiers in Arauca.",
        [
            told(
                "abduction",
                actor="Colombia's ELN rebels",
                target="two soldiers",
                place="Arauca",
                tolls=[("captured", "soldiers", 2, 2)],
            )
        ],
    ),
    # -- agreement
    (
        "A truce between the army and the rebels was signed in Juba.",
        [told("agreement", actor="army", target="rebels", place="Juba")],
    ),
    ("The army violated the ceasefire in Hodeidah.", [told("agreement", actor="army", place="Hodeidah")]),
    (
        "The government and the rebels signed a peace deal in Khartoum in August 2020.",
        [told("agreement", actor="government and the rebels", place="Khartoum", date="2020-08-01")],
    ),
    ("A ceasefire came into force in Gaza on Sunday.", [told("agreement", place="Gaza", date="2025-02-23")]),
    ("The two sides exchanged prisoners near Donetsk.", [told("agreement", actor="two sides", place="near Donetsk")]),
    # -- aid
    ("The United Nations delivered food to Madaya.", [told("aid", actor="United Nations", target="food", place="Madaya")]),
    ("Rebels blocked an aid convoy in Tigray.", [told("aid", actor="Rebels", target="aid convoy", place="Tigray")]),
    (
        "The Red Cross delivered medical supplies to Tripoli.",
        [told("aid", actor="Red Cross", target="medical supplies", place="Tripoli")],
    ),
    # -- air strike
    ("Warplanes bombed Gaza on Tuesday.", [told("air_strike", actor="Warplanes", place="Gaza", date="2025-02-25")]),
    (
        "Russian aircraft struck a market in Idlib, killing 40 civilians.",
        [told("air_strike", actor="Russian aircraft", target="market", place="Idlib", tolls=[("killed", "civilians", 40, 40)])],
    ),
    (
        "An air strike on a hospital in Kunduz killed 42 people.",
        [told("air_strike", target="hospital", place="Kunduz", tolls=[("killed", "people", 42, 42)])],
    ),
    ("A drone attacked a convoy near Tripoli.", [told("air_strike", actor="drone", target="convoy", place="near Tripoli")]),
    ("Helicopters dropped barrel bombs on Daraa.", [told("air_strike", actor="Helicopters", place="Daraa")]),
    (
        "Nearly 40 people were killed when warplanes bombed a market in Taiz.",
        [told("air_strike", actor="warplanes", target="market", place="Taiz", tolls=[("killed", "people", 40, 40)])],
    ),
    (
        "The junta's air force bombed a school in Sagaing.",
        [told("air_strike", actor="junta's air force", target="school", place="Sagaing")],
    ),
    ("A school in Sagaing was bombed by the junta.", [told("air_strike", actor="junta", target="school", place="Sagaing")]),
    (
        "Israeli jets bombed Hezbollah positions in Tyre.",
        [told("air_strike", actor="Israeli jets", target="Hezbollah positions", place="Tyre")],
    ),
    # -- armed clash
    ("The army was trying to capture Marib.", [told("armed_clash", actor="army", place="Marib")]),
    ("Army units fought with rebels near Taiz.", [told("armed_clash", actor="Army units", target="rebels", place="near Taiz")]),
    (
        "Clashes between the army and the RSF broke out in Omdurman.",
        [told("armed_clash", actor="army", target="RSF", place="Omdurman")],
    ),
    ("The army and the militia clashed in Gondar.", [told("armed_clash", actor="army", target="militia", place="Gondar")]),
    (
        "Gunmen ambushed an army convoy near Maiduguri, killing 12 soldiers.",
        [
            told(
                "armed_clash",
                actor="Gunmen",
                target="army convoy",
                place="near Maiduguri",
                tolls=[("killed", "soldiers", 12, 12)],
            )
        ],
    ),
    ("Government forces besieged Sarajevo.", [told("armed_clash", actor="Government forces", place="Sarajevo")]),
    (
        "The Libyan National Army launched an offensive against Tripoli.",
        [told("armed_clash", actor="Libyan National Army", place="Tripoli")],
    ),
    ("The army repelled an attack by rebels on Marib.", [told("armed_clash", actor="army", target="rebels", place="Marib")]),
    ("Kurdish fighters advanced on Raqqa.", [told("armed_clash", actor="Kurdish fighters", place="Raqqa")]),
    ("Rebels pushed towards Sanaa.", [told("armed_clash", actor="Rebels", place="Sanaa")]),
    ("Fighting raged in Khartoum.", [told("armed_clash", place="Khartoum")]),
    ("Soldiers tried to retake Mocimboa da Praia.", [told("armed_clash", actor="Soldiers", place="Mocimboa da Praia")]),
    ("The offensive to retake Raqqa began in June 2017.", [told("armed_clash", place="Raqqa", date="2017-06-01")]),
    ("Fighters attempted to storm Marib.", [told("armed_clash", actor="Fighters", place="Marib")]),
    (
        "Up to 200 militants were killed or wounded in clashes near Aleppo.",
        [
            told(
                "armed_clash",
                target="Up to 200 militants",
                place="near Aleppo",
                tolls=[("killed_or_wounded", "militants", None, 200)],
            )
        ],
    ),
    (
        "A soldier was killed and several others were wounded in an ambush near Quetta.",
        [
            told(
                "armed_clash",
                target="soldier",
                place="near Quetta",
                tolls=[("killed", "soldier", 1, 1), ("wounded", "others", 3, None)],
            )
        ],
    ),
    (
        "As many as 60 fighters were killed in the battle of Kobani.",
        [told("armed_clash", target="As many as 60 fighters", place="Kobani", tolls=[("killed", "fighters", None, 60)])],
    ),
    ("Fighting continued between Tripoli and Misrata.", [told("armed_clash", place="between Tripoli and Misrata")]),
    ("The army's advance on Juba has stalled.", [told("armed_clash", actor="army", place="Juba")]),
    ("The siege of Homs by the army continued.", [told("armed_clash", actor="army", place="Homs")]),
    (
        "Militants raided an army base in Dapaong, killing eight soldiers.",
        [told("armed_clash", actor="Militants", target="army base", place="Dapaong", tolls=[("killed", "soldiers", 8, 8)])],
    ),
    ("Soldiers, backed by tanks, stormed Jenin.", [told("armed_clash", actor="Soldiers", place="Jenin")]),
    (
        "Gunmen on motorcycles attacked a village in Sokoto and killed 15 people.",
        [told("attack_on_civilians", actor="Gunmen", target="village", place="Sokoto", tolls=[("killed", "people", 15, 15)])],
    ),
    (
        "NIAMEY, Niger (AP) — Gunmen killed 17 soldiers near Tillaberi on Tuesday.",
        [
            told(
                "armed_clash",
                actor="Gunmen",
                target="17 soldiers",
                place="near Tillaberi",
                date="2025-02-25",
                tolls=[("killed", "soldiers", 17, 17)],
            )
        ],
    ),
    (
        "The convoy was ambushed by bandits near Zamfara.",
        [told("armed_clash", actor="bandits", target="convoy", place="near Zamfara")],
    ),
    # -- arrest
    (
        "Police arrested 12 militants in Karachi.",
        [told("arrest", actor="Police", target="12 militants", place="Karachi", tolls=[("captured", "militants", 12, 12)])],
    ),
    (
        "Security forces detained a journalist in Minsk.",
        [told("arrest", actor="Security forces", target="journalist", place="Minsk", tolls=[("captured", "journalist", 1, 1)])],
    ),
    (
        "The pilot was captured by the rebels near Goma.",
        [told("arrest", actor="rebels", target="pilot", place="near Goma", tolls=[("captured", "pilot", 1, 1)])],
    ),
    (
        "Soldiers searched homes in Nablus and arrested a dozen men.",
        [told("arrest", actor="Soldiers", target="dozen men", place="Nablus", tolls=[("captured", "men", 12, 12)])],
    ),
    # -- attack on civilians
    (
        "Gunmen shot dead a teacher in Peshawar.",
        [told("attack_on_civilians", actor="Gunmen", target="teacher", place="Peshawar", tolls=[("killed", "teacher", 1, 1)])],
    ),
    (
        "Soldiers massacred 60 villagers in Srebrenica.",
        [
            told(
                "attack_on_civilians",
                actor="Soldiers",
                target="60 villagers",
                place="Srebrenica",
                tolls=[("killed", "villagers", 60, 60)],
            )
        ],
    ),
    (
        "Militants executed 20 prisoners near Mosul.",
        [
            told(
                "attack_on_civilians",
                actor="Militants",
                target="20 prisoners",
                place="near Mosul",
                tolls=[("killed", "prisoners", 20, 20)],
            )
        ],
    ),
    (
        "Militiamen attacked civilians in El Geneina.",
        [told("attack_on_civilians", actor="Militiamen", target="civilians", place="El Geneina")],
    ),
    (
        "Fifteen villagers were beheaded by insurgents in Palma.",
        [
            told(
                "attack_on_civilians",
                actor="insurgents",
                target="Fifteen villagers",
                place="Palma",
                tolls=[("killed", "villagers", 15, 15)],
            )
        ],
    ),
    ("An aid convoy was attacked near Nyala.", [told("attack_on_civilians", target="aid convoy", place="near Nyala")]),
    (
        "The army opened fire on protesters in Naypyidaw, killing at least nine people.",
        [
            told(
                "attack_on_civilians", actor="army", target="protesters", place="Naypyidaw", tolls=[("killed", "people", 9, None)]
            )
        ],
    ),
    # -- casualty report
    (
        "More than 40 soldiers were killed in the past week.",
        [told("casualty_report", date="2025-02-22", tolls=[("killed", "soldiers", 41, None)])],
    ),
    (
        "At least 100 people have died since January.",
        [told("casualty_report", date="2025-01-01", tolls=[("killed", "people", 100, None)])],
    ),
    (
        "The bodies of 30 civilians were found in Bucha.",
        [told("casualty_report", place="Bucha", tolls=[("killed", "civilians", 30, 30)])],
    ),
    # -- chemical attack
    ("Chlorine gas was used in Douma.", [told("chemical_attack", place="Douma")]),
    ("Syrian forces used sarin in Homs.", [told("chemical_attack", actor="Syrian forces", place="Homs")]),
    # -- deployment
    ("Turkey deployed troops near Kilis.", [told("deployment", actor="Turkey", place="near Kilis")]),
    ("Reinforcements arrived in Deir ez-Zor.", [told("deployment", actor="Reinforcements", place="Deir ez-Zor")]),
    ("Russia sent tanks to Donetsk.", [told("deployment", actor="Russia", place="Donetsk")]),
    ("Kenya sent 200 police officers to Haiti.", [told("deployment", actor="Kenya", place="Haiti")]),
    ("The army set up a checkpoint near Kirkuk.", [told("deployment", actor="army", place="near Kirkuk")]),
    ("Thousands of troops massed near Belgorod.", [told("deployment", actor="Thousands of troops", place="near Belgorod")]),
    ("Peacekeepers were deployed in Bangui.", [told("deployment", actor="Peacekeepers", place="Bangui")]),
    # -- displacement
    (
        "Thousands of civilians fled Khartoum.",
        [told("displacement", target="Thousands of civilians", place="Khartoum", tolls=[("displaced", "civilians", 1000, None)])],
    ),
    (
        "About 2,000 people were evacuated from Homs.",
        [told("displacement", target="About 2,000 people", place="Homs", tolls=[("displaced", "people", 2000, 2000)])],
    ),
    (
        "Hundreds of families were displaced from Mekelle.",
        [told("displacement", target="Hundreds of families", place="Mekelle", tolls=[("displaced", "families", 100, None)])],
    ),
    (
        "Hundreds of refugees returned to Raqqa.",
        [told("displacement", target="Hundreds of refugees", place="Raqqa", tolls=[("displaced", "refugees", 100, None)])],
    ),
    # -- explosion
    (
        "A car bomb exploded in Mogadishu, killing between 13 and 15 people.",
        [told("explosion", target="between 13 and 15 people", place="Mogadishu", tolls=[("killed", "people", 13, 15)])],
    ),
    ("A roadside bomb hit a police vehicle in Kandahar.", [told("explosion", target="police vehicle", place="Kandahar")]),
    ("An explosion rocked Beirut.", [told("explosion", place="Beirut")]),
    ("A mine went off near Kabul.", [told("explosion", place="near Kabul")]),
    ("Insurgents detonated a bomb in Peshawar.", [told("explosion", actor="Insurgents", place="Peshawar")]),
    (
        "A child was wounded when a mine exploded in Kherson.",
        [told("explosion", target="child", place="Kherson", tolls=[("wounded", "child", 1, 1)])],
    ),
    # -- interception
    (
        "Air defences shot down a drone over Kyiv.",
        [told("interception", actor="Air defences", target="drone", place="Kyiv")],
    ),
    ("Sappers defused a bomb in Kirkuk.", [told("interception", actor="Sappers", target="bomb", place="Kirkuk")]),
    ("The bomb was defused by police in Jakarta.", [told("interception", actor="police", target="bomb", place="Jakarta")]),
    ("Rebels downed a helicopter near Juba.", [told("interception", actor="Rebels", target="helicopter", place="near Juba")]),
    (
        "Security forces seized a cache of weapons in Jalalabad.",
        [told("interception", actor="Security forces", target="cache of weapons", place="Jalalabad")],
    ),
    # -- property destruction
    (
        "Soldiers looted shops in Wad Madani.",
        [told("property_destruction", actor="Soldiers", target="shops", place="Wad Madani")],
    ),
    (
        "Militants burned houses in Maiduguri.",
        [told("property_destruction", actor="Militants", target="houses", place="Maiduguri")],
    ),
    ("Israel demolished homes in Hebron.", [told("property_destruction", actor="Israel", target="homes", place="Hebron")]),
    (
        "The militants blew up a bridge near Mocha.",
        [told("property_destruction", actor="militants", target="bridge", place="near Mocha")],
    ),
    (
        "Insurgents looted a clinic in Butembo before setting it ablaze.",
        [told("property_destruction", actor="Insurgents", target="clinic", place="Butembo")],
    ),
    # -- protest
    (
        "Thousands of people protested in Khartoum against the junta.",
        [told("protest", actor="Thousands of people", place="Khartoum")],
    ),
    ("Protesters marched through Tunis demanding reforms.", [told("protest", actor="Protesters", place="Tunis")]),
    ("Riots broke out in Port Moresby.", [told("protest", place="Port Moresby")]),
    ("Demonstrators clashed with police in Caracas.", [told("protest", actor="Demonstrators", target="police", place="Caracas")]),
    # -- shelling
    ("Rebels fired rockets at Haifa.", [told("shelling", actor="Rebels", place="Haifa")]),
    ("Dozens of rockets fell on Sderot.", [told("shelling", place="Sderot")]),
    ("Serbian forces bombarded Vukovar with mortars.", [told("shelling", actor="Serbian forces", place="Vukovar")]),
    (
        "The shelling of Kharkiv by Russian forces killed at least 14 people.",
        [
            told(
                "shelling",
                actor="Russian forces",
                target="at least 14 people",
                place="Kharkiv",
                tolls=[("killed", "people", 14, None)],
            )
        ],
    ),
    ("No one was killed in the shelling of Donetsk.", [told("shelling", place="Donetsk", tolls=[("killed", None, 0, 0)])]),
    (
        "Shells hit Luhansk, but there were no casualties.",
        [told("shelling", place="Luhansk", tolls=[("killed_or_wounded", None, 0, 0)])],
    ),
    (
        "Shelling of Mykolaiv killed 12 people, including 3 children.",
        [
            told(
                "shelling",
                target="12 people",
                place="Mykolaiv",
                tolls=[("killed", "people", 12, 12), ("killed", "children", 3, 3)],
            )
        ],
    ),
    ("Two rockets landed north of Baghdad.", [told("shelling", place="north of Baghdad")]),
    (
        "Rocket fire killed two farmers in Ashkelon.",
        [told("shelling", target="two farmers", place="Ashkelon", tolls=[("killed", "farmers", 2, 2)])],
    ),
    # -- statement
    ("The Security Council condemned the coup.", [told("statement", actor="Security Council")]),
    ("Iran threatened to retaliate.", [told("statement", actor="Iran")]),
    ("NATO urged Russia to withdraw its troops.", [told("statement", actor="NATO", target="Russia")]),
    ("Hamas rejected the proposal.", [told("statement", actor="Hamas")]),
    # -- suicide attack
    (
        "A suicide bomber blew himself up at a mosque in Maiduguri.",
        [told("suicide_attack", actor="suicide bomber", place="Maiduguri")],
    ),
    (
        "A suicide attack on a checkpoint near Baghdad killed nine soldiers.",
        [told("suicide_attack", target="checkpoint", place="near Baghdad", tolls=[("killed", "soldiers", 9, 9)])],
    ),
    (
        "Twin suicide bombings in Kampala killed 70 people.",
        [told("suicide_attack", target="70 people", place="Kampala", tolls=[("killed", "people", 70, 70)])],
    ),
    (
        "A suicide bomber killed at least 25 worshippers in Peshawar.",
        [
            told(
                "suicide_attack",
                actor="suicide bomber",
                target="at least 25 worshippers",
                place="Peshawar",
                tolls=[("killed", "worshippers", 25, None)],
            )
        ],
    ),
    # -- talks
    (
        "The foreign minister met his Turkish counterpart in Ankara.",
        [told("talks", actor="foreign minister", target="his Turkish counterpart", place="Ankara")],
    ),
    (
        "Talks between the government and the FARC resumed in Havana.",
        [told("talks", actor="government", target="FARC", place="Havana")],
    ),
    ("The UN envoy visited Sanaa.", [told("talks", actor="UN envoy", place="Sanaa")]),
    ("Egypt hosted talks between Hamas and Fatah in Cairo.", [told("talks", actor="Hamas", target="Fatah", place="Cairo")]),
    # -- over two sentences
    (
        "The rebels captured Goma. They also seized Bukavu.",
        [told("territory_captured", actor="rebels", place="Goma"), told("territory_captured", actor="rebels", place="Bukavu")],
    ),
    (
        "A bomb exploded in Kabul on Monday. The blast killed seven people.",
        [
            told("explosion", place="Kabul", date="2025-02-24"),
            told("explosion", target="seven people", place="Kabul", date="2025-02-24", tolls=[("killed", "people", 7, 7)]),
        ],
    ),
    (
        "The army and its allies captured Hama. They then advanced on Homs.",
        [
            told("territory_captured", actor="army and its allies", place="Hama"),
            told("armed_clash", actor="army and its allies", place="Homs"),
        ],
    ),
    # -- who says it
    ("Russia accused Ukraine of shelling Belgorod.", [told("shelling", actor="Ukraine", place="Belgorod", source="Russia")]),
    (
        "The defence ministry said its forces had captured Avdiivka.",
        [told("territory_captured", actor="its forces", place="Avdiivka", source="defence ministry")],
    ),
    (
        "According to a military source, rebels shelled Taiz.",
        [told("shelling", actor="rebels", place="Taiz", source="military source")],
    ),
    (
        "The army captured Palmyra, activists said.",
        [told("territory_captured", actor="army", place="Palmyra", source="activists")],
    ),
    (
        "Hospital sources reported that an air strike killed six people in Rafah.",
        [told("air_strike", target="six people", place="Rafah", source="Hospital sources", tolls=[("killed", "people", 6, 6)])],
    ),
    (
        "The Islamic State claimed responsibility for the attack.",
        [told("armed_clash", actor="Islamic State", source="Islamic State")],
    ),
    (
        "The Taliban claimed responsibility for a suicide bombing in Kabul.",
        [told("suicide_attack", actor="Taliban", place="Kabul", source="The Taliban")],
    ),
    (
        '"The enemy has been driven out of Kupiansk," General Petrenko said on Tuesday.',
        [told("territory_captured", target="enemy", place="Kupiansk", source="General Petrenko")],
    ),
    (
        "According to the Observatory, warplanes bombed Idlib on 3 March 2020.",
        [told("air_strike", actor="warplanes", place="Idlib", source="Observatory", date="2020-03-03")],
    ),
    (
        "The rebels claimed that they had captured Sirte.",
        [told("territory_captured", actor="rebels", place="Sirte", source="rebels")],
    ),
    (
        "KHARTOUM: The RSF shelled Omdurman on Sunday, residents said.",
        [told("shelling", actor="RSF", place="Omdurman", source="residents", date="2025-02-23")],
    ),
    (
        "The army said on Tuesday that it had recaptured Mubi from Boko Haram.",
        [told("territory_captured", actor="army", target="Boko Haram", place="Mubi", source="army")],
    ),
    (
        "Armenian forces shelled Ganja, Azerbaijan said.",
        [told("shelling", actor="Armenian forces", place="Ganja", source="Azerbaijan")],
    ),
    ("Residents of Jenin reported hearing explosions.", [told("explosion", source="Residents of Jenin")]),
    # -- how sure
    (
        "Russian forces plan to seize Odesa.",
        [told("territory_captured", actor="Russian forces", place="Odesa", certainty="planned")],
    ),
    ("The army has not captured Kharkiv.", [told("territory_captured", actor="army", place="Kharkiv", certainty="denied")]),
    ("Rebels reportedly captured Benghazi.", [told("territory_captured", actor="Rebels", place="Benghazi", certainty="hedged")]),
    ("Militants may have taken Timbuktu.", [told("territory_captured", actor="Militants", place="Timbuktu", certainty="hedged")]),
    (
        "The militia denied attacking Kadugli.",
        [told("armed_clash", actor="militia", place="Kadugli", source="militia", certainty="denied")],
    ),
    (
        "The army denied reports that rebels had captured Kidal.",
        [told("territory_captured", actor="army", place="Kidal", source="army", certainty="denied")],
    ),
    (
        "It is believed that the rebels captured Kidal.",
        [told("territory_captured", actor="rebels", place="Kidal", certainty="hedged")],
    ),
    ("Rebels will attack Goma.", [told("armed_clash", actor="Rebels", place="Goma", certainty="planned")]),
    (
        "The army threatened to bomb Tripoli.",
        [told("statement", actor="army"), told("air_strike", actor="army", place="Tripoli", source="army", certainty="planned")],
    ),
    ("The president called for a ceasefire.", [told("agreement", source="president", certainty="planned")]),
    (
        "Moscow denied using chemical weapons in Aleppo.",
        [told("chemical_attack", actor="Moscow", place="Aleppo", source="Moscow", certainty="denied")],
    ),
    (
        "The president vowed to defeat the insurgents.",
        [told("armed_clash", actor="president", target="insurgents", source="president", certainty="planned")],
    ),
    ("It remains unclear who shelled Donetsk.", [told("shelling", place="Donetsk", certainty="hedged")]),
    (
        "The strike was reportedly carried out by an Israeli drone in Jenin.",
        [told("air_strike", actor="Israeli drone", place="Jenin", certainty="hedged")],
    ),
    ("This would explain the attack on Tartus.", [told("armed_clash", place="Tartus", certainty="conjecture")]),
    ("So the rebels may have bombed Latakia.", [told("air_strike", actor="rebels", place="Latakia", certainty="conjecture")]),
    (
        "The army will not withdraw from Kidal.",
        [told("territory_transferred", actor="army", target="army", place="Kidal", certainty="denied")],
    ),
    ("The Kurds have yet to capture Manbij.", [told("territory_captured", actor="Kurds", place="Manbij", certainty="denied")]),
    ("Rebels failed to capture Harem.", [told("territory_captured", actor="Rebels", place="Harem", certainty="denied")]),
    ("A planned offensive against Rafah was postponed.", [told("armed_clash", place="Rafah", certainty="planned")]),
    (
        "The government ordered the army to retake Goma.",
        [told("territory_captured", actor="army", place="Goma", certainty="planned")],
    ),
    ("Israel is expected to attack Rafah.", [told("armed_clash", actor="Israel", place="Rafah", certainty="planned")]),
    # -- once read wrongly
    (
        "The rebels pulled back towards Goma.",
        [told("territory_transferred", actor="rebels", target="rebels")],
    ),
    (
        "Shells hit the Sukkari district of Aleppo.",
        [told("shelling", place="Sukkari district of Aleppo")],
    ),
    (
        "Homs, Homeland Agency - Units of the army captured Palmyra.",
        [told("territory_captured", actor="Units of the army", place="Palmyra")],
    ),
    (
        "Turkey will launch an operation in Idlib if the attacks of the army do not stop.",
        [told("armed_clash", actor="Turkey", place="Idlib", certainty="planned")],
    ),
    # -- texts of peaceful subjects, and what is no event
    (
        "The striker fired a rocket from 30 yards to sink United in the derby, and the keeper was "
        "beaten at the near post in a one-sided match.",
        [],
    ),
    (
        "Whisk the eggs, bomb the oven to 200 degrees, and blitz the onions with garlic, butter "
        "and flour until the sauce simmers.",
        [],
    ),
    (
        "The company launched a hostile takeover bid for its rival, and shares fell after the "
        "board rejected the offer and investors fled.",
        [],
    ),
    ("Police fired tear gas at protesters in Nairobi.", [told("protest", actor="protesters", place="Nairobi")]),
    ("Police fired tear gas during a training drill.", []),
    (
        "The defender launched a missile from 35 yards into the top corner, the goalkeeper was "
        "stranded and fans invaded the pitch after the match.",
        [],
    ),
    ("The chess champion attacked with his queen, captured a rook and besieged the king before the grandmaster surrendered.", []),
]


@pytest.mark.parametrize(("text", "claims"), TEXTS, ids=[text[:50] for text, _ in TEXTS])
def test_a_text_makes_exactly_these_claims(extractor: RuleExtractor, text: str, claims: list[Told]) -> None:
    document = Document("d", "", "", text, published="2025-03-01", publisher="outlet.example", language="en")
    assert [as_told(c) for c in extractor(document)] == claims


def test_every_event_type_and_certainty_is_there() -> None:
    claims = [c for _, made in TEXTS for c in made]
    assert {c["event_type"] for c in claims} == set(load("event_types"))
    assert {c["certainty"] for c in claims} == {"asserted", "hedged", "denied", "planned", "conjecture"}
    assert len(TEXTS) >= 90
