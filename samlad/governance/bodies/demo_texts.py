"""What the demonstration's meetings are about. Made up, all of it, and shown as such."""

from typing import Final, NamedTuple


class Point(NamedTuple):
    """An item; `due` in days from today."""

    title: str
    purpose: str = "inform"
    presenter: str = ""
    minutes: int = 15
    text: str = ""
    paper: str = ""
    said: str = ""
    decided: str = ""
    responsible: str = ""
    due: int = 0
    state: str = "open"
    followed_up: str = ""


class Planned(NamedTuple):
    """A meeting; `days` from today; `adjusted`: by whom."""

    name: str
    body: str
    days: int
    number: str = ""
    hour: int = 9
    minutes: int = 120
    place: str = "Länsstyrelsen, Stockholm"
    state: str = "called"
    why: str = ""
    adjusted: str = ""
    points: tuple[Point, ...] = ()


BOARD: Final = "lansstyrelsen-stockholm"
PAPER: Final = (
    "Det här underlaget är påhittat för demonstrationen. Det visar var ett verkligt underlag skulle ligga: bakgrund,"
    " överväganden, förslag till beslut och vad förslaget kostar."
)
OPENING: Final = Point("Mötet öppnas", minutes=5, said="Ordföranden öppnade mötet. Dagordningen godkändes.")
CHIEFS: Final = "Länsöverdirektör, Länsstyrelsen, och Kommundirektör, Nacka"
MEETINGS: Final = (
    Planned(
        "council-past", "regionala-radet", -168, "1", adjusted="Landshövding, Länsstyrelsen", minutes=150,
        points=(
            OPENING,
            Point(
                "Årets verksamhetsplan presenteras", "inform", BOARD, 30, paper="Verksamhetsplan, sammanfattning",
                said="Verksamhetsplanen presenterades. Rådet ställde frågor om reservkraft och om hur uppföljningen ska"
                " redovisas.\n\nRådet tackade för redovisningen.",
            ),
            Point(
                "Läget i totalförsvarsplaneringen", "discuss", "militarregion-mitt", 40,
                said="Aktörerna redovisade hur långt de har kommit. Gemensamma planeringsantaganden efterfrågades.",
                decided="Länsstyrelsen tar fram gemensamma planeringsantaganden som underlag till nästa råd.",
                responsible=BOARD, due=-20,
            ),
        ),
    ),
    Planned(
        "chiefs-past", "chefsgruppen", -62, "4", adjusted=CHIEFS,
        points=(
            OPENING,
            Point(
                "Uppföljning av andra kvartalet", "discuss", BOARD, 30, paper="Uppföljning kvartal 2",
                said="Två aktiviteter är försenade. Orsaken är vakanser i kansliet.",
                decided="Kansliet redovisar en plan för bemanningen vid nästa möte.", responsible=BOARD, due=-34,
                state="done", followed_up="Redovisad vid mötet därefter.",
            ),
            Point(
                "Deltagande i vinterns samverkansövning", "decide", "polisregion-stockholm", 30,
                said="Övningens omfattning diskuterades.",
                decided="Parterna deltar i övningen med den omfattning som framgår av underlaget. Varje part utser en"
                " lokal övningsledare.",
                responsible="polisregion-stockholm", due=21, paper="Övningsbestämmelser, utkast",
            ),
            Point(
                "Gemensam mall för pressmeddelanden", "decide", "stockholm", 15, said="Förslaget diskuterades.",
                decided="Frågan återremitteras till kommunikationschefsnätverket.", responsible="stockholm", due=-5,
                state="dropped", followed_up="Nätverket har valt en annan väg: gemensamma budskap, inga mallar.",
            ),
        ),
    ),
    Planned(
        "chiefs-draft", "chefsgruppen", -9, "5",
        points=(
            OPENING,
            Point(
                "Förslag till verksamhetsplan för nästa år", "discuss", BOARD, 45, paper="Förslag till verksamhetsplan",
                said="Förslaget gicks igenom aktivitet för aktivitet. Flera parter ville se en tydligare prioritering.",
                decided="Kansliet återkommer med ett prioriterat förslag till mötet i december.", responsible=BOARD,
                due=14,
            ),
            Point("Bemanning av kansliet", "discuss", BOARD, 20, said="Kategorin Trafik saknas från årsskiftet."),
        ),
    ),
    Planned(
        "chiefs-next", "chefsgruppen", 18, "6", state="called", minutes=180,
        points=(
            Point("Mötet öppnas", minutes=5),
            Point(
                "Beslut om verksamhetsplan för nästa år", "decide", BOARD, 60,
                paper="Verksamhetsplan, prioriterat förslag",
                text="Varje part anger sin hållning. Ingen omröstning sker.",
            ),
            Point("Budget och parternas avgifter", "decide", BOARD, 45, paper="Budget och avgifter, underlag"),
            Point("Antagandet av målbilden: läget hos parterna", "inform", BOARD, 15),
            Point("Nästa möte", minutes=5),
        ),
    ),
    Planned(
        "council-next", "regionala-radet", 24, "2", state="called", minutes=150, hour=13,
        points=(
            Point("Mötet öppnas", minutes=5),
            Point("Nästa års verksamhetsplan presenteras", "inform", BOARD, 30),
            Point("Gemensamma planeringsantaganden", "discuss", BOARD, 45, paper="Planeringsantaganden, utkast"),
        ),
    ),
    Planned(
        "coordination-past", "samordningsgruppen", -27, "9", hour=10, adjusted="Samordningschefen",
        points=(
            Point(
                "Förslag till aktiviteter för utskotten", "decide", BOARD, 60, said="Elva förslag har kommit in.",
                decided="Sex förslag lämnas vidare till chefsgruppen.", responsible=BOARD, due=-13, state="done",
                followed_up="Överlämnade.",
            ),
        ),
    ),
    Planned(
        "coordination-next", "samordningsgruppen", 8, "10", hour=10,
        points=(Point("Uppföljning av fjärde kvartalet", "discuss", BOARD, 45),),
    ),
    Planned(
        "heads-next", "kommunikationschefsnatverket", 11, "6", hour=13, minutes=90, place="Stockholms stadshus",
        points=(Point("Gemensamma budskap inför vintern", "decide", "stockholm", 45, paper="Budskap, utkast"),),
    ),
    Planned(
        "heads-cancelled", "kommunikationschefsnatverket", 3, hour=13, minutes=90, state="cancelled",
        why="För få kan delta. Frågorna tas vid nästa möte.",
    ),
    Planned(
        "group-next", "arbetsgrupp-elberedskap", 15, "3", hour=14, place="Södertälje stadshus", state="planned",
        points=(Point("Utkast till gemensam rutin för reservkraft", "discuss", "sodertalje", 60),),
    ),
    Planned("forum-next", "kommunikatorsforum", 25, hour=9, minutes=60, place="På distans", state="planned"),
)  # fmt: skip
