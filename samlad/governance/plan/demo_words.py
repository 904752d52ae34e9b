"""What the demonstration's plan says. Made up: a believable year's work, of no real body's wording."""

from typing import Final

import msgspec

ABOUT: Final = (
    "Planen samlar årets gemensamma aktiviteter för aktörerna i samverkan. Målen anger riktning; hur de följs upp står "
    "vid varje aktivitet."
)
SAID: Final = (
    "Chefsgruppen beslutar verksamhetsplanen enligt förslaget.\n\nEn aktörs invändning att övningen krockar med egna "
    "övningar noteras: kansliet tar upp datum med berörda aktörer före sommaren. En aktör instämmer inte i "
    "omvärldsbevakningen; chefsgruppen håller fast vid förslaget och följer upp kostnaden efter kvartal 2."
)
COUNCIL_SAID: Final = "Rådet tackar för redovisningen och vill se resultatet av övningen före nästa möte."

STANCES: Final = {
    "sodertalje": ("reservation", "Instämmer, men den gemensamma övningen måste läggas utanför vecka 38."),
    "trafikverket": ("not_concerned", ""),
    "vaxholm": ("disagrees", "Vi ser inte att omvärldsbevakning dygnet runt ryms inom nuvarande resurser."),
    "ekero": ("reservation", "Förutsätter att utbildningen ges även digitalt."),
    "kustbevakningen": ("", ""),
    "sigtuna": ("", ""),
}
"""By actor; "" has not answered."""


class Told(msgspec.Struct, frozen=True):
    """A quarter's follow-up."""

    status: str
    done: str = ""
    deviation: str = ""
    spent: int = 0


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """An activity; `stages` are the states of the years that have it, `months` first and last (13: next January)."""

    title: str
    text: str
    measure: str
    responsible: str
    amount: int
    months: tuple[int, int]
    why: str = ""
    participants: tuple[str, ...] = ()
    proposed_by: str = "lansstyrelsen-stockholm"
    priority: int = 2
    left_out: str = ""
    area: str = ""  # a word in its goal area's name
    told: dict[int, Told] = {}
    stages: tuple[str, ...] = ("closed", "presented", "drafting")


BOARD: Final = "lansstyrelsen-stockholm"
ACTIVITIES: Final = (
    Planned(
        title="Gemensam larmprovning varje månad",
        area="robusthet",
        text="Alla aktörers tjänsteman i beredskap larmas en gång i månaden, ibland utanför kontorstid.",
        why="Uthållig och snabb larmning är grunden för allt annat.",
        measure="Minst 95 procent har kvitterat inom 15 minuter, mätt per kvartal.",
        responsible=BOARD,
        participants=("nacka", "sodertalje", "sos-alarm", "polisregion-stockholm"),
        amount=60_000,
        months=(1, 12),
        priority=1,
        told={
            1: Told("on_plan", "Tre larmprov genomförda, 93 procent inom 15 minuter.", spent=14_000),
            2: Told("on_plan", "Tre larmprov, 96 procent.", spent=29_500),
            3: Told("on_plan", "Två larmprov under sommaren, 94 procent; ett i september, 97 procent.", spent=44_000),
            4: Told("on_plan", "Tre larmprov, 97 procent.", spent=59_000),
        },
    ),
    Planned(
        title="Regional samverkansövning om långvarigt elavbrott",
        area="uthållighet",
        text="En dags övning på inriktande och samordnande nivå, med efterföljande seminarium.",
        why="Uthållighet prövades inte i förra årets övningar.",
        measure="Minst 30 aktörer deltar; utvärdering klar inom 60 dagar; varje lärdom har en ansvarig.",
        responsible=BOARD,
        participants=("nacka", "sodertalje", "trafikverket", "region-stockholm", "polisregion-stockholm"),
        amount=420_000,
        months=(2, 11),
        priority=1,
        told={
            1: Told("on_plan", "Övningsgrupp tillsatt, syfte och mål beslutade.", spent=38_000),
            2: Told("on_plan", "Scenario och motspel framtagna.", spent=120_500),
            3: Told(
                "deviates",
                "Genomförd i september med 27 aktörer.",
                "Fyra aktörer fick förhinder av en verklig händelse. De följer upp med en egen halvdag i november.",
                361_250,
            ),
            4: Told("on_plan", "Utvärdering klar, 14 lärdomar med ansvarig.", spent=398_000),
        },
    ),
    Planned(
        title="Utbildning för nya samverkanspersoner",
        area="uthållighet",
        text="Två tillfällen om metod, roller och stöd; inspelad version för den som inte kan delta.",
        measure="Minst 60 deltagare; minst 4 av 5 i utvärderingen.",
        responsible="nacka",
        participants=("sodertalje", "ekero"),
        amount=85_000,
        months=(3, 10),
        proposed_by="nacka",
        told={
            1: Told("not_begun", "", "", 0),
            2: Told("on_plan", "Första tillfället i maj, 34 deltagare.", spent=41_000),
            4: Told("on_plan", "Andra tillfället, 29 deltagare, 4,3 av 5.", spent=82_400),
        },
    ),
    Planned(
        title="Säkert informationsdelande: gemensam rutin",
        area="informationsdel",
        text="En rutin för vad som delas i vilken kanal, och vad som aldrig får delas digitalt.",
        why="Aktörerna gör i dag olika bedömningar av samma uppgift.",
        measure="Rutinen är beslutad av chefsgruppen och införd hos alla aktörer.",
        responsible="polisregion-stockholm",
        participants=(BOARD, "forsvarsmakten", "region-stockholm"),
        amount=0,
        months=(1, 6),
        priority=1,
        proposed_by="polisregion-stockholm",
        told={
            1: Told("on_plan", "Utkast på remiss till aktörerna."),
            2: Told(
                "deviates",
                "Remissvar från 31 aktörer sammanställda.",
                "Svaren går isär om bilder och karta. Arbetsgruppen möts två gånger till under hösten.",
            ),
            3: Told(
                "deviates",
                "Nytt utkast efter två möten.",
                "Beslut tas i chefsgruppen tidigast i december, ett halvår senare än planerat.",
            ),
            4: Told("done", "Beslutad av chefsgruppen."),
        },
        stages=("presented",),
    ),
    Planned(
        title="Samordnad kommunikation: färdiga budskap för tio händelsetyper",
        area="kommunikation",
        text="Kommunikationschefsnätverket tar fram och prövar budskap, på lättläst svenska och sex andra språk.",
        measure="Tio uppsättningar prövade av målgruppen och publicerade för aktörerna.",
        responsible="region-stockholm",
        participants=("nacka", BOARD, "polisregion-stockholm"),
        amount=150_000,
        months=(2, 9),
        told={
            1: Told("on_plan", "Tre händelsetyper klara.", spent=30_000),
            2: Told("on_plan", "Sju klara, två prövade med målgrupp.", spent=88_000),
            3: Told("done", "Alla tio klara och prövade.", spent=143_700),
        },
    ),
    Planned(
        title="Omvärldsbevakning dygnet runt, försök",
        area="informationsdel",
        text="Ett försök med gemensam bevakning kvällar och helger, i turordning mellan aktörerna.",
        measure="Utvärdering till chefsgruppen med kostnad och antal tidiga signaler.",
        responsible="sos-alarm",
        participants=(BOARD, "storstockholms-brandforsvar"),
        amount=240_000,
        months=(4, 15),
        priority=2,
        proposed_by="sos-alarm",
        told={
            2: Told("on_plan", "Försöket i gång sedan maj.", spent=46_000),
            3: Told("on_plan", "18 tidiga signaler, 5 ledde till konferens.", spent=118_300),
        },
        stages=("presented",),
    ),
    Planned(
        title="Reservkraft och reservkanaler: inventering hos alla aktörer",
        area="robusthet",
        text="Vad var och en klarar utan el och mobilnät i sju dygn, på gemensam mall.",
        measure="Svar från alla aktörer; sammanställning till samordningsgruppen.",
        responsible="sodertalje",
        participants=("nacka", "trafikverket"),
        amount=30_000,
        months=(9, 12),
        priority=2,
        proposed_by="sodertalje",
        told={
            3: Told("on_plan", "Mallen klar och utskickad.", spent=4_500),
            4: Told("done", "Svar från alla.", spent=21_000),
        },
        stages=("presented", "drafting"),
    ),
    Planned(
        title="Studieresa till grannlänens samverkansfunktioner",
        area="kommunikation",
        text="Två dagar för samordningsgruppen.",
        measure="Reserapport.",
        responsible="nacka",
        amount=95_000,
        months=(5, 5),
        priority=3,
        proposed_by="nacka",
        left_out="Kan göras digitalt till mindre kostnad; tas upp i samordningsgruppens vanliga möten.",
        stages=("presented",),
    ),
    Planned(
        title="Lärdomsseminarium för alla nivåer",
        area="beredskap",
        text="En halv dag då årets lärdomar och åtgärder gås igenom.",
        measure="Alla åtgärder från årets utvärderingar har ansvarig och datum.",
        responsible=BOARD,
        amount=45_000,
        months=(11, 11),
        told={4: Told("done", "Genomfört med 88 deltagare.", spent=39_900)},
    ),
)  # fmt: skip
