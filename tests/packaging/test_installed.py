"""What ships is whole: the files of the distribution, and the reader in each way of installing it."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Final

import attrs
import pytest

import onestop_core
from onestop_core.rules.reading import resources

ROOT: Final = Path(__file__).parents[2]
PROBE: Final = (
    "import onestop_core, pathlib; from onestop_core.rules.reading import resources; "
    "assert 'catalogue' in resources.schema_names(), resources.schema_names(); "
    "assert resources.data('vn/catalogue/one-stop'); "
    "from onestop_core import conformance; assert conformance.suite().cases; print(pathlib.Path(onestop_core.__file__).parent)"
)


def test_the_distribution_says_its_version_and_is_typed() -> None:
    assert importlib.metadata.version("onestop-core") == onestop_core.__version__
    assert resources._package().joinpath("py.typed").is_file()


def build(what: str, source: Path, target: Path) -> Path:
    """Build a wheel or an sdist with the build backend itself, without network or isolation."""
    pytest.importorskip("hatchling", reason="the build backend is not installed")
    code = f"import hatchling.build as b; print(b.build_{what}({str(target)!r}))"
    made = subprocess.run([sys.executable, "-c", code], cwd=source, check=True, capture_output=True, text=True)  # noqa: S603
    return target / made.stdout.split()[-1]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, so that building leaves nothing behind."""
    target = tmp_path_factory.mktemp("tree") / "checkout"
    shutil.copytree(
        ROOT, target, ignore=shutil.ignore_patterns(".git", ".venv*", "__pycache__", ".*_cache", "dist", "mutants")
    )
    return target


def locate(*path: Path, tmp_path: Path) -> Path:
    """Run the probe with only *path* and this environment's dependencies; return where the package was found."""
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=False, symlinks=sys.platform != "win32")
    python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    dependencies = Path(attrs.__file__).parents[1]
    code = f"import sys; sys.path[:0] = {[str(p) for p in path]!r}; sys.path.append({str(dependencies)!r})\n{PROBE}"
    found = subprocess.run([python, "-I", "-B", "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True)  # noqa: S603
    return Path(found.stdout.strip())


def test_the_reader_works_from_a_wheel_and_from_an_sdist_built_wheel(tree: Path, tmp_path: Path) -> None:
    direct = build("wheel", tree, tmp_path)
    sdist = build("sdist", tree, tmp_path)
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    (tmp_path / "second").mkdir()
    indirect = build("wheel", unpacked, tmp_path / "second")
    with zipfile.ZipFile(direct) as one, zipfile.ZipFile(indirect) as two:
        assert sorted(one.namelist()) == sorted(two.namelist())
        shipped = {name for name in one.namelist() if name.startswith("onestop_core/")}
    package = tree / "src" / "onestop_core"  # beside it lies what goes to npm
    source = {p.relative_to(tree / "src").as_posix() for p in package.rglob("*") if p.is_file()}
    top = tree / "schemas"
    schemas = {f"onestop_core/schemas/{p.relative_to(top).as_posix()}" for p in top.rglob("*") if p.is_file()}
    project = tomllib.loads((tree / "pyproject.toml").read_text(encoding="utf-8"))
    beside = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    pages = {to for path, to in beside.items() if (tree / path).is_file()}  # what conformance export hands out
    assert shipped == source | schemas | pages
    assert {f"onestop_core/conformance/exporting/shipped/{path}" for path in beside if path != "schemas"} == pages
    for number, wheel in enumerate((direct, indirect)):
        site = tmp_path / f"site{number}"
        shutil.unpack_archive(wheel, site, "zip")
        (tmp_path / str(number)).mkdir()
        assert locate(site, tmp_path=tmp_path / str(number)) == site / "onestop_core"


def test_the_reader_works_from_a_zipped_wheel(tree: Path, tmp_path: Path) -> None:
    wheel = build("wheel", tree, tmp_path)
    assert locate(wheel, tmp_path=tmp_path) == wheel / "onestop_core"


def test_the_reader_works_from_an_editable_install_and_from_a_checkout(tree: Path, tmp_path: Path) -> None:
    wheel = build("editable", tree, tmp_path)
    site = tmp_path / "site"
    shutil.unpack_archive(wheel, site, "zip")
    # An editable wheel holds a .pth file that names the checkout's src folder; the interpreter reads it as a path.
    (pth,) = site.glob("*.pth")
    assert Path(pth.read_text(encoding="utf-8").strip()) == tree / "src"
    assert locate(tree / "src", tmp_path=tmp_path) == tree / "src" / "onestop_core"


def test_the_sdist_holds_the_checkout_but_for_what_only_ci_needs(tree: Path, tmp_path: Path) -> None:
    sdist = build("sdist", tree, tmp_path)
    with tarfile.open(sdist) as archive:
        held = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    folders = ("src", "schemas", "tests", "docs")
    beside = {".pre-commit-hooks.yaml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "pyproject.toml"}
    checkout = {
        path.relative_to(tree).as_posix()
        for folder in folders
        for path in (tree / folder).rglob("*")
        if path.is_file() and "_build" not in path.parts
    }
    assert held - {".gitignore", "PKG-INFO"} == checkout | beside  # the two that the build backend adds
