"""Sphinx configuration; built with warnings as errors and without network."""

from contextlib import suppress
from typing import Any

from furo.navigation import get_navigation_tree
from sphinx.addnodes import toctree
from sphinx.environment.adapters.toctree import TocTree

from onestop_core.__about__ import __version__

# Autodoc imports as a type checker would, which the models of mcp do not bear the first time.
with suppress(ImportError):
    import mcp  # noqa: F401

project = "onestop_core"
author = "The onestop_core authors"
copyright = "2026, the onestop_core authors"
release = version = __version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist", "html_image"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
autodoc_default_options = {"members": True, "show-inheritance": True}
napoleon_numpy_docstring = False
napoleon_use_rtype = False
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_title = f"onestop_core {release}"
html_show_sphinx = False

# What a package exports is shown on its page and, for values, on that of the module: the same thing twice.
# Mermaid is drawn by those who show the pages (forges do); here its source is shown.
suppress_warnings = ["ref.python", "misc.highlighting_failure"]

# Built without network, so what lives in other projects cannot be resolved; names of our own must be.
nitpick_ignore_regex = [
    (
        r"py:.*",
        r"(datetime|decimal|fractions|enum|pathlib|collections|typing|types|zoneinfo|cattrs|numpy|np|abc|sqlalchemy|sa|pydantic|django|mcp)\b.*",
    ),
    (r"py:.*", r"onestop_core\..*\.[A-Z]"),  # type variables
    (r"py:mod", r"onestop_core\..*"),  # a package's page documents what it exports, not its rooms
    (r"py:(class|data)", r"onestop_core\.(model|kpi\.definitions|kpi\.expressions|workdays\.engine)\..*|DEFAULT_INDEX"),
    # What only the types name: aliases, the base of every enumeration, conditions that are taken apart nowhere.
    (
        r"py:(class|data)",
        r"(Exact|Language|Key|Where|Told|ForeignDay|EventKind|StateCode|RoleCode|FrozenMap|DossierFacts|D)",
    ),
    (r"py:class", r"onestop_core\.(text\.codes\.Code|kpi\.counting\.conditions\..*|rules\.editions\.Edition)"),
    (r"py:class", r"onestop_core\.deadlines\.lists\.conditions\..*"),
    # Types of signatures, which stand under the room that documents them.
    (r"py:class", r"(Terms|Impact|DutyTable|Duty|OpenCase|CaseRow|Listing|Behaviour|Wage|T|(Mapping|tuple)\[.*)"),
    (r"py:class", r"onestop_core\.lab\.(laws\.Parts|Limits \|.*)"),
    (r"py:attr", r"changed_at"),
    (r"py:class", r"(Fraction|timedelta)"),
    (r"py:.*", r"(Calendar|Days|Moments|Wholes?)"),  # aliases of onestop_core.ext.arrays
    (
        r"py:.*",
        r"(Any|By|Callable|Decimal|Record|Source|Converter|Final|Iterable|Literal|Mapping|Path|Sequence|date|dt\..*|ModuleType)",
    ),
]


def plain_attributes(_app: object, what: str, _name: str, _value: object, _options: object, lines: list[str]) -> None:
    """Keep napoleon from reading "the due moment: always on the due day" as a type and a description."""
    if what in {"attribute", "data", "property"} and lines:
        lines[0] = lines[0].replace(": ", " – ")


def language_of_the_page(app: Any, page: str, _template: str, context: dict[str, object], _tree: object) -> None:
    """Say of a Vietnamese page that it is Vietnamese, to screen readers too, and show the Vietnamese pages beside it."""
    if page.endswith(".vi"):
        context["language"] = "vi"
        context["furo_navigation_tree"] = _vietnamese_pages(app, page)


def _vietnamese_pages(app: Any, page: str) -> str:
    """Return what stands at the side of a Vietnamese *page*: what its front page lists, where the theme takes the English."""
    listed = [
        TocTree(app.env).resolve(page, app.builder, tree, prune=False, maxdepth=1, titles_only=True)
        for tree in app.env.get_doctree("index.vi").findall(toctree)
    ]
    whole, *more = [tree for tree in listed if tree is not None]
    for tree in more:
        whole.extend(tree.children)
    return str(get_navigation_tree(app.builder.render_partial(whole)["fragment"]))


def setup(app: object) -> None:
    app.connect("autodoc-process-docstring", plain_attributes, priority=400)  # type: ignore[attr-defined]
    app.connect("html-page-context", language_of_the_page, priority=900)  # type: ignore[attr-defined]
