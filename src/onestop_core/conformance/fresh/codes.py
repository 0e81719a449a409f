"""Codes again, slowly: read character by character, without a regular expression."""

from __future__ import annotations

from datetime import date
from typing import Any

from onestop_core.conformance.fresh.limits import DIGITS, refuse

__all__ = ["LETTERS", "SlowCodes"]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXY"


def is_old_unit(text: str) -> bool:
    parts = text.split(".")
    return (
        [len(part) for part in parts] == [3, 2, 2, 3]
        and all(letter in DIGITS for letter in "".join(parts[:3]))
        and is_level_one(parts[3])
    )


def is_level_one(text: str) -> bool:
    return len(text) == 3 and text[0] in LETTERS and text[1] in DIGITS and text[2] in DIGITS


def is_new_unit(text: str) -> bool:
    first, *rest = text.split(".")
    return is_level_one(first) and all(
        1 <= len(part) <= 3 and all(letter in DIGITS + LETTERS + "Z" for letter in part) for part in rest
    )


def plain(text: str, longest: int = 100) -> str:
    if not 0 < len(text) <= longest:
        raise refuse()
    return text.strip()


class SlowCodes:
    """The operations of the area ``codes``."""

    name = "slow"

    def parse_agency_code(self, text: str) -> dict[str, Any]:
        code = plain(text)
        if len(code) > 35 or not (is_old_unit(code) or is_new_unit(code)):
            raise refuse()
        return {"level_one": code.split(".")[-1 if is_old_unit(code) else 0], "old_order": is_old_unit(code)}

    def parse_procedure_code(self, text: str) -> dict[str, Any]:
        code = plain(text)
        short, rest = code[:8], code[8:]
        sound = len(short) == 8 and short[1] == "." and all(letter in DIGITS for letter in short[0] + short[2:])
        if not sound or (rest and not (rest[0] == "." and is_old_unit(rest[1:]))):
            raise refuse()
        return {"short": short, "owner": rest[1:] or None}

    def parse_dossier_code(self, text: str) -> dict[str, Any]:
        parts = plain(text).split("-")
        if len(parts) != 3:
            return {"foreign": True}
        unit, digits, sequence = parts
        known = is_old_unit(unit) or (is_new_unit(unit) and len(unit) <= 35)
        numbers = digits + sequence
        if not known or any(letter not in DIGITS for letter in numbers) or len(sequence) < 4:
            return {"foreign": True}
        if len(digits) == 6:
            digits = "20" + digits
        elif len(digits) != 8 or is_old_unit(unit):
            return {"foreign": True}
        try:
            day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError:
            return {"foreign": True}
        return {"foreign": False, "agency": unit, "day": day.isoformat(), "sequence": int(sequence)}

    def write_dossier_code(
        self, agency: str, day: str, sequence: int, *, digits_of_day: int = 6, width: int = 4
    ) -> str:
        self.parse_agency_code(agency)
        digits = day.replace("-", "")
        fits = (digits_of_day == 8 and is_new_unit(agency)) or (digits_of_day == 6 and digits.startswith("20"))
        if not fits or not 1 <= sequence < 10**20 or not 4 <= width <= 20:
            raise refuse()
        shown = str(sequence)
        while len(shown) < width:
            shown = "0" + shown
        return f"{agency}-{digits[8 - digits_of_day :]}-{shown}"
