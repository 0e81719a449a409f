"""The list of what the wheel brings along names what the project says, and our own wheel by its digest."""

from __future__ import annotations

import copy
import tomllib

import pytest

from tests.packaging.bill_of_materials import ROOT, finished, plain

PROMISED = [
    plain(each)
    for each in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
]
BILL = {
    "metadata": {"component": {"bom-ref": "root", "name": "onestop-core", "type": "library"}},
    "components": [{"bom-ref": f"{name}==1", "name": name, "version": "1"} for name in [*PROMISED, "six"]],
    "dependencies": [
        {"ref": "root", "dependsOn": [f"{name}==1" for name in PROMISED]},
        {"ref": "pendulum==1", "dependsOn": ["six==1"]},
    ],
}


def test_the_wheel_is_named_by_version_and_digest() -> None:
    ours = finished(copy.deepcopy(BILL), release="9.9", wheel="w.whl", digest="ab" * 32)["metadata"]["component"]
    assert (ours["version"], ours["purl"]) == ("9.9", "pkg:pypi/onestop-core@9.9")
    assert ours["hashes"] == [{"alg": "SHA-256", "content": "ab" * 32}]


@pytest.mark.parametrize("listed", [PROMISED[:-1], [*PROMISED, "six"]])
def test_another_list_than_the_projects_is_refused(listed: list[str]) -> None:
    bill = copy.deepcopy(BILL)
    bill["dependencies"] = [{"ref": "root", "dependsOn": [f"{name}==1" for name in listed]}]
    with pytest.raises(ValueError, match="the project"):
        finished(bill, release="9.9", wheel="w.whl", digest="")


def test_a_name_is_read_without_its_bound() -> None:
    assert [plain(each) for each in ("attrs>=24.3", "psycopg[binary]>=3", "Typing_Extensions ; x")] == [
        "attrs", "psycopg", "typing-extensions",
    ]  # fmt: skip
