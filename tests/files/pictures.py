"""Photographs and screenshots: what can be read in the pixels, and what comes with them."""

import io
from typing import Any

import pillow_heif
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from PIL import Image

from tests.files.drawing import encoded, photographed, sheet, wristband
from tests.files.truth import EXPECTED, Made, about, plain
from tests.files.words import document
from tests.files.world import ASSAULT, BURGLARY, CONTROL, DRIVING, DRUGS, FRAUD, PUB, ROBBERY, Case


def _band(case: Case) -> list[str]:
    person = case.victim
    return [person.listed, f"DOB {person.dob}", f"NHS No {person.nhs}", f"Hosp No HM440{person.number}"]


def _wristband(
    name: str, case: Case, turn: float, size: tuple[int, int] = (1600, 1200), text: int = 34, kind: str = "JPEG"
) -> Made:
    picture = wristband(_band(case), turn, size, text, seed=case.victim.number)
    if kind == "HEIF":
        out = io.BytesIO()
        pillow_heif.from_pillow(picture).save(out, quality=90)
        content = out.getvalue()
    else:
        content = encoded(picture, kind, **({"quality": 88} if kind == "JPEG" else {}))
    return Made(
        name,
        "injury photograph with a wristband",
        content,
        about(case.victim, "listed dob nhs", "photo"),
        case=case,
        drawn=True,
    )


def _wristbands() -> tuple[Made, ...]:
    return (
        _wristband("wristband_0.jpg", PUB, 0),
        _wristband("wristband_90.jpg", BURGLARY, 90),
        _wristband("wristband_180.jpg", ROBBERY, 180),
        _wristband("wristband_270.jpg", DRIVING, 270),
        _wristband("wristband_15.jpg", CONTROL, 15),
        _wristband("wristband_small.jpg", FRAUD, 0, (720, 540), 15),
        _wristband("wristband_small_90.png", DRUGS, 90, (720, 540), 16, "PNG"),
        _wristband("wristband.heic", ASSAULT, 0, kind="HEIF"),
    )


def _seen() -> tuple[Made, ...]:
    letter = BURGLARY.victim
    post = [
        "Your appointment",
        "",
        letter.name,
        letter.address,
        letter.town,
        letter.postcode,
        "",
        f"NHS number {letter.nhs}",
    ]
    board = ["Bay 3", f"{PUB.victim.surname.upper()}  Adaeze", f"{DRIVING.victim.surname.upper()}  Wen", "Nil by mouth"]
    chat = [
        "Messages",
        f"{CONTROL.witness.name}",
        "She is at the new flat now:",
        f"{CONTROL.victim.home}",
        f"{CONTROL.victim.postcode}",
        f"ring {CONTROL.victim.phone}",
    ]
    where = plain("address", f"{letter.address}, {letter.town}", "photo", role="victim")
    return (
        Made(
            "photo_of_letter.jpg",
            "photograph of a letter",
            encoded(photographed(sheet(1200, 1500, "ivory", post, size=38), 5), "JPEG", quality=85),
            (*about(letter, "name postcode nhs", "photo"), *where),
            case=BURGLARY,
            drawn=True,
        ),
        Made(
            "whiteboard.jpg",
            "photograph of a ward whiteboard",
            encoded(photographed(sheet(1600, 900, "white", board, size=58, ink="navy"), 6), "JPEG", quality=85),
            (
                *plain("person_name", f"{PUB.victim.surname.upper()} Adaeze", "photo", role="victim"),
                *plain("person_name", f"{DRIVING.victim.surname.upper()} Wen", "photo"),
            ),
            case=PUB,
            drawn=True,
            verdicts=("stop", "ask", "safeguards"),
        ),
        Made(
            "screenshot.png",
            "screenshot of messages",
            encoded(sheet(900, 1200, "white", chat, size=30), "PNG"),
            (*about(CONTROL.witness, "name", "photo"), *about(CONTROL.victim, "address postcode phone", "photo")),
            case=CONTROL,
            drawn=True,
        ),
    )


def _scene(seed: int = 9) -> Image.Image:
    picture = sheet(1200, 900, "slategray", ink="white")
    return photographed(picture, seed)


def _with_position() -> Made:
    exif = Image.Exif()
    position = exif.get_ifd(0x8825)
    position.update({1: "N", 2: (53.0, 7.0, 12.5), 3: "W", 4: (2.0, 11.0, 4.25)})
    exif[0x8825] = position
    exif[0x013B] = DRIVING.witness.name
    content = encoded(_scene(), "JPEG", exif=exif, quality=85)
    planted = (
        *plain("gps_location", "53.12", "metadata", True, "witness"),
        *about(DRIVING.witness, "name", "metadata", True),
    )
    return Made(
        "photo_with_position.jpg",
        "photograph with position and author",
        content,
        planted,
        ("metadata",),
        case=DRIVING,
        verdicts=("stop", "ask", "safeguards"),
    )


def _cropped() -> Made:
    person = BURGLARY.victim
    whole = sheet(
        1200,
        1200,
        "white",
        ["Damage to the window", "", "", "", "", "", "Receipt for", person.name, person.home, person.postcode],
        size=36,
    )

    def change(made: Any) -> None:
        made.add_picture(io.BytesIO(encoded(whole, "PNG")), width=Cm(12))
        fill = made.inline_shapes[0]._inline.graphic.graphicData.pic.blipFill
        fill.insert(1, parse_xml(f'<a:srcRect {nsdecls("a")} b="65000"/>'))

    planted = about(person, "name address postcode", "picture", True)
    return Made(
        "photo_cropped.docx",
        "cropped picture keeps the rest",
        document(["Photograph of the scene"], change),
        planted,
        ("cropped_image",),
        case=BURGLARY,
        drawn=True,
    )


def _clean() -> tuple[Made, ...]:
    sign = photographed(
        sheet(
            1200,
            900,
            "darkgreen",
            ["WEAVERS ARMS", "", "Patrons use this yard", "at their own risk"],
            size=60,
            ink="white",
        ),
        3,
    )
    return (
        Made(
            "photo_pub_sign.jpg",
            "photograph of a sign",
            encoded(sign, "JPEG", quality=85),
            case=PUB,
            clean=True,
            verdicts=EXPECTED,
            drawn=True,
        ),
        Made(
            "photo_scene.jpg",
            "photograph without text",
            encoded(_scene(4), "JPEG", quality=85),
            case=PUB,
            clean=True,
            verdicts=EXPECTED,
            drawn=True,
        ),
    )


def files() -> tuple[Made, ...]:
    """All pictures."""
    return (*_wristbands(), *_seen(), _with_position(), _cropped(), *_clean())
