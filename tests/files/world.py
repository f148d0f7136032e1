"""Eight invented cases and everyone in them; no name, place or number belongs to anyone."""

from dataclasses import dataclass

from tests.files.identifiers import cro_number, nhs_number, ni_number, pnc_id


@dataclass(frozen=True)
class Person:
    """One invented person with all that a case file might say about them."""

    name: str
    role: str
    dob: str
    address: str
    town: str
    postcode: str
    number: int
    """Seeds every number of theirs, so that no two people share one."""

    @property
    def first(self) -> str:
        """Forenames."""
        return self.name.rsplit(" ", 1)[0]

    @property
    def surname(self) -> str:
        """Family name; invented people have one word or a hyphened one."""
        return self.name.rsplit(" ", 1)[1]

    @property
    def listed(self) -> str:
        """SURNAME, Forename as registers and wristbands print it."""
        return f"{self.surname.upper()}, {self.first}"

    @property
    def phone(self) -> str:
        """A mobile of the range Ofcom keeps for drama."""
        return f"07700 900{self.number:03d}"

    @property
    def landline(self) -> str:
        """A number of the fictional area that Ofcom keeps for drama."""
        return f"01632 960{self.number:03d}"

    @property
    def email(self) -> str:
        """An address in a domain kept for examples."""
        plain = self.surname.lower().replace("'", "").replace("-", "")
        return f"{self.first[0].lower()}.{plain}{self.number}@example.org"

    @property
    def nhs(self) -> str:
        """From the range that is never issued."""
        return nhs_number(self.number * 311 + 4021)

    @property
    def nino(self) -> str:
        """National Insurance number."""
        return ni_number(self.number * 877 + 12003)

    @property
    def pnc(self) -> str:
        """PNC ID with its right letter."""
        return pnc_id(2004 + self.number % 18, self.number * 431 + 7)

    @property
    def cro(self) -> str:
        """CRO number with its right letter."""
        return cro_number(2004 + self.number % 18, self.number * 97 + 100013)

    @property
    def home(self) -> str:
        """Street and town, without the postcode."""
        return f"{self.address}, {self.town}"


@dataclass(frozen=True)
class Case:
    """One prosecution."""

    urn: str
    defendant: Person
    victim: Person
    witness: Person
    caller: Person
    officer: str
    """As the papers write it: rank, collar number, name."""
    offence: str
    date: str
    place: str
    story: str
    """What the case is about, without any identifying detail of a victim or witness."""

    @property
    def officer_name(self) -> str:
        """The officer without rank and number."""
        return self.officer.split(" ", 2)[2]


def _person(text: str, number: int) -> Person:
    name, role, dob, address, town, postcode = (part.strip() for part in text.split("|"))
    return Person(name, role, dob, address, town, postcode, number)


_PEOPLE = """
Kieran Joseph Maddocks | defendant | 11/03/1991 | 14 Cooperage Row | Harrowmere | HX77 4QD
Adaeze Nwachukwu-Bright | victim | 27/08/1988 | Flat 5, Tannery Court, Weir Street | Harrowmere | HX77 2RL
Piotr Wasilewski | witness | 02/12/1979 | 31 Larkspur Close | Harrowmere | HX77 9BT
Maureen Tattersall | caller | 19/05/1952 | 8 Weir Street | Harrowmere | HX77 2RN
Dafydd Llyr Prydderch | defendant | 05/06/1996 | 2 Heol y Felin | Llanorwyth | SA92 6TJ
Harjinder Kaur Sohal | victim | 14/01/1967 | The Old Smithy, 40 Chapel Lane | Llanorwyth | SA92 1DE
Megan Beynon-Rees | witness | 23/09/2001 | 42 Chapel Lane | Llanorwyth | SA92 1DE
Gwilym Pugh | caller | 30/11/1944 | Ty Gwyn, Chapel Lane | Llanorwyth | SA92 1DG
Marlon Tyrese Beckford | defendant | 17/02/2002 | 9 Gasworks Terrace | Ellerdyke | BD95 1RN
Tomasz Nowicki | victim | 08/04/2012 | 77 Pinfold Avenue | Ellerdyke | BD95 3WQ
Ngozi Okonjo-Hart | witness | 21/07/1985 | 12 Ropewalk Mews | Ellerdyke | BD95 2LP
Deborah Entwhistle | caller | 03/10/1970 | 3 Pinfold Avenue | Ellerdyke | BD95 3WH
Gheorghe Dumitrescu | defendant | 25/12/1983 | 118 Foundry Road | Castle Averley | CV71 8NE
Roxana Mirela Dumitrescu | victim | 09/09/1986 | Flat 2, 19 Lantern Street | Saltby Haven | EX66 2LP
Ilinca Popa-Harding | witness | 16/06/1990 | 120 Foundry Road | Castle Averley | CV71 8NE
Brendan McGillicuddy | caller | 28/02/1961 | 115 Foundry Road | Castle Averley | CV71 8NF
Alasdair Fergus MacQuarrie | defendant | 07/07/1975 | Braeside, Mill Brow | Kirkhollow | NE79 7WB
Wen Zhao | victim | 12/10/1993 | 6 Orchard Gate | Kirkhollow | NE79 5AY
Fatima El-Amrani | witness | 18/03/1998 | 25B Station Parade | Kirkhollow | NE79 5JX
Trevor Ogilvie-Dunn | caller | 01/01/1958 | Signal Cottage, Low Road | Kirkhollow | NE79 8UD
Imran Yusuf Chaudhry | defendant | 22/11/1989 | 53 Bellfounders Way | Marrowby | LN84 3GH
Edith Rosalind Pemberton-Lowe | victim | 15/08/1938 | Wisteria House, 1 Glebe Walk | Marrowby | LN84 6ZB
Sunita Ramgoolam | witness | 06/05/1977 | 90 Market Hill | Marrowby | LN84 1NW
Clive Butterworth | caller | 13/12/1965 | 4 Glebe Walk | Marrowby | LN84 6ZB
Bartholomew Reece Tunnicliffe | defendant | 29/01/1994 | 200 Viaduct Street | Sandermouth | TR77 5PS
Yasmin Abdirahman | victim | 04/04/2000 | Room 14, Keel Hall, Quay Road | Sandermouth | TR77 2HU
Saoirse Ni Dhomhnaill | witness | 26/06/1999 | Room 15, Keel Hall, Quay Road | Sandermouth | TR77 2HU
Winston Delroy Fairweather | caller | 20/02/1963 | 7 Fishmarket Steps | Sandermouth | TR77 1LD
Kwabena Osei-Asante | defendant | 10/10/1997 | Flat 31, Meridian Point | Thornaby Cross | WR84 5AY
Mehmet Karaca | victim | 31/03/1981 | 66 Abbey Foregate | Thornaby Cross | WR84 2EB
Hoang Thi Lan | witness | 24/08/1992 | 64 Abbey Foregate | Thornaby Cross | WR84 2EB
Rosemary Applegarth | caller | 05/12/1949 | 61 Abbey Foregate | Thornaby Cross | WR84 2EF
"""

_CASES = """
88HM0417325 | DC 3318 Leanne Hargreaves
Wounding, section 20 Offences against the Person Act 1861
6 September 2025 | the rear yard of the Weavers Arms
A glass was broken across the complainant's forearm after an argument about a spilled drink. The defendant
left by the yard gate and was stopped twenty minutes later with cuts to his right hand.

88KD1093025 | PC 2047 Rhodri Vaughan
Burglary of a dwelling, section 9 Theft Act 1968
12 August 2025 | a house in the old village
Entry was by a forced kitchen window between 1100 and 1230 hours. Jewellery and a laptop were taken. A
footwear mark on the sill matches trainers seized from the defendant.

87EX2210424 | DC 5561 Aaliyah Mirza
Robbery, section 8 Theft Act 1968
3 November 2024 | the footpath behind the leisure centre
A mobile phone was taken by threat of violence from a schoolboy walking home. The defendant was identified
from the leisure centre's cameras.

87PN3305525 | DC 1190 Joanna Szczepaniak
Controlling or coercive behaviour, section 76 Serious Crime Act 2015
2 January to 30 June 2025 | the family home
Over six months the defendant is said to have taken wages, checked messages and kept the front-door key. The
relationship has ended and the parties live apart.

86SW0188925 | PC 7702 Euan Strachan
Causing serious injury by dangerous driving, section 1A Road Traffic Act 1988
19 April 2025 | the junction of Low Road and Mill Brow
A grey estate car overtook on a bend and struck a cyclist. The collision investigator puts the speed at 61
miles an hour in a 40 limit.

86CL5520124 | DC 4426 Patrick Delaney
Fraud by false representation, section 2 Fraud Act 2006
8 to 15 October 2024 | by telephone and at the complainant's home
Callers said to be from the bank's security team persuaded the complainant to hand over cards for safe
keeping. Withdrawals of 7,400 pounds followed.

85DV7741025 | DC 6083 Hannah Lindqvist
Sexual assault, section 3 Sexual Offences Act 2003
22 February 2025 | a hall of residence
The parties met that evening. The allegation is of touching over clothing in a corridor. Messages sent the
next morning are exhibited.

85TR6600725 | DS 0917 Gurdeep Bassi
Possession with intent to supply, section 5 Misuse of Drugs Act 1971
30 May 2025 | a car park by the ring road
Officers on plain-clothes patrol saw two exchanges at a car window. Forty wraps and two telephones were
recovered from the driver's door.
"""


def _cases() -> tuple[Case, ...]:
    people = [_person(line, 101 + 7 * at) for at, line in enumerate(_PEOPLE.strip().splitlines())]
    cases = []
    for at, block in enumerate(_CASES.strip().split("\n\n")):
        first, offence, when, *story = block.splitlines()
        (urn, officer), (date, place) = first.split(" | "), when.split(" | ")
        defendant, victim, witness, caller = people[4 * at : 4 * at + 4]
        cases.append(Case(urn, defendant, victim, witness, caller, officer, offence, date, place, " ".join(story)))
    return tuple(cases)


CASES = _cases()
PUB, BURGLARY, ROBBERY, CONTROL, DRIVING, FRAUD, ASSAULT, DRUGS = CASES
