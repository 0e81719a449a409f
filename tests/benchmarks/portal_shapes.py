"""A national catalogue of the shape of published pages: as many parts, texts as long, none of their words.

The figures were measured on 1,565 pages of the national portal of July 2026, read by ``catalogue.read_portal``: the 10th, 50th, 90th and
99th hundredth and the most, of how many parts a list has and of how many characters a text has.
"""

from __future__ import annotations

import random
from typing import Any

__all__ = ["published"]

Shape = tuple[int, int, int, int, int]

COUNTS: dict[str, Shape] = {
    "channels": (1, 3, 3, 3, 3),
    "papers": (1, 3, 11, 39, 83),
    "steps": (1, 2, 5, 11, 27),
    "results": (1, 1, 2, 5, 18),
    "legal_bases": (1, 4, 8, 15, 16),
    "subjects": (1, 3, 7, 11, 13),
}
LENGTHS: dict[str, Shape] = {
    "name": (38, 81, 177, 395, 919),
    "paper": (49, 151, 457, 1437, 6788),
    "note": (16, 75, 214, 512, 1321),
    "step": (108, 373, 1600, 4980, 8399),
    "result": (30, 66, 153, 415, 2532),
    "condition": (142, 587, 2500, 12483, 44590),
    "limit": (1, 15, 408, 1338, 2553),
    "fee": (8, 8, 219, 688, 1081),
    "authority": (12, 26, 45, 63, 97),
}
SYLLABLES = (
    "hồ sơ giấy tờ bản sao chứng thực cơ quan nộp nhận trả kết quả ngày làm việc thời hạn cấp đổi đăng ký quyết định đất "
    "đai nhà ở người dân tổ chức doanh nghiệp phí lệ mức thu trực tuyến bưu chính công ích văn bản đề nghị theo mẫu quy"
)
SUBJECTS = ("citizen", "business", "agency", "foreigner", "official", "cooperative", "vietnamese_abroad")


class _Pages:
    """Draws parts and texts; the same every time."""

    def __init__(self) -> None:
        self.chance = random.Random(20261126)

    def drawn(self, shape: Shape) -> int:
        rank = self.chance.random()
        for low, high, begins, ends in zip(
            (shape[0], *shape), shape, (0.0, 0.1, 0.5, 0.9, 0.99), (0.1, 0.5, 0.9, 0.99, 1.0), strict=False
        ):
            if rank <= ends:
                return round(low + (high - low) * (rank - begins) / (ends - begins))
        return shape[-1]

    def words(self, what: str) -> dict[str, str]:
        wanted = self.drawn(LENGTHS[what])
        text = " ".join(self.chance.choices(SYLLABLES.split(), k=wanted // 4 + 1))[:wanted].strip()
        return {"vi": text or "x"}

    def many(self, what: str) -> range:
        return range(self.drawn(COUNTS[what]))

    def limit(self) -> dict[str, Any]:
        fee = {"amount": self.chance.choice(("0", "0", "0", "20000", "1500000")), "published": self.words("fee")["vi"]}
        time = self.chance.choice(("3 working days", "10 working days", "15 days", "24 hours"))
        return {"time": time, "published": self.words("limit")["vi"], "fees": [fee]}

    def procedure(self, index: int) -> dict[str, Any]:
        kinds = ("in_person", "online", "post")
        steps = [{"id": f"step-{number + 1}", "what": self.words("step")} for number in self.many("steps")]
        for number, step in enumerate(steps[1:]):
            step["after"] = [f"step-{number + 1}"]
        made: dict[str, Any] = {
            "code": f"{1 + index // 1_000_000}.{index % 1_000_000:06d}",
            "name": {"vi": f"{self.words('name')['vi']} {index}"},
            "kind": "delegated",
            "decision": {"number": f"{index % 4000}/QĐ-BXD"},
            "field": {"name": self.words("authority")},
            "level": self.chance.choice(("central", "provincial", "commune")),
            "authority": {"name": self.words("authority")},
            "implementing": [{"name": self.words("authority")}],
            "subjects": list(SUBJECTS[: max(1, len(self.many("subjects")))]),
            "channels": [
                {"kind": kind, "limits": [self.limit()]} for kind in kinds[: max(1, len(self.many("channels")))]
            ],
            "papers": [
                {
                    "name": self.words("paper"),
                    "originals": 1,
                    "copies": 0,
                    **({"note": self.words("note")} if number % 3 == 0 else {}),
                }
                for number in self.many("papers")
            ],
            "steps": steps,
            "results": [
                {"name": {"vi": f"{self.words('result')['vi']} {index}"}, "code": f"KQ.G07.{index:06d}"}
                for _ in self.many("results")
            ],
            "legal_bases": [f"law-{(index + number) % 900}" for number in self.many("legal_bases")],
        }
        if index % 10 < 3:
            made["conditions"] = [{"text": self.words("condition")}]
        if index % 24 == 0:  # one page in two dozen holds a character that nobody sees
            made["papers"].append({"name": {"vi": f"Tờ\u200b khai {index}"}, "originals": 1, "copies": 0})
        return made


def published(number: int) -> dict[str, Any]:
    """Return a catalogue of *number* procedures, all different, without a finding of severity error."""
    pages = _Pages()
    bases = {
        f"law-{index}": {"instrument": f"Nghị định {index}/2024/NĐ-CP", "firmness": "read"} for index in range(900)
    }
    procedures = [pages.procedure(index) for index in range(number)]
    return {"schema_version": "1.0", "title": {"vi": "Danh mục"}, "bases": bases, "procedures": procedures}
