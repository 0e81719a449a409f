"""A report to read, to hand in and to feed to other programs.

``plain`` (text for a terminal; what differs between two reports), ``html_page`` (one page for those who decide),
``matrix`` (several reports side by side, as text and as a page), ``junit`` (for CI systems), ``badges`` (Markdown,
badges as JSON and SVG).

Inside: ``saying`` (the verdict in a sentence, the same everywhere), ``grounds`` (cases by article of law), ``page_parts`` and
``page_words`` (what both pages are made of).
"""

from onestop_core._public import publish
from onestop_core.conformance.reports.formats.badges import badge, badge_svg, markdown
from onestop_core.conformance.reports.formats.html_page import html
from onestop_core.conformance.reports.formats.junit import junit
from onestop_core.conformance.reports.formats.matrix import matrix_html, matrix_text, notices
from onestop_core.conformance.reports.formats.plain import changes_text, text
from onestop_core.conformance.reports.formats.saying import verdict_text

__all__ = [
    "badge",
    "badge_svg",
    "changes_text",
    "html",
    "junit",
    "markdown",
    "matrix_html",
    "matrix_text",
    "notices",
    "text",
    "verdict_text",
]

publish(globals())
