"""The suite without Python: cases, law tables, schemas, profiles, pages and a runner as plain files.

``contents`` says what is in it, ``folders`` writes it, ``archives`` packs it. The same library gives the same bytes.
"""

from onestop_core._public import publish
from onestop_core.conformance.exporting.archives import archive
from onestop_core.conformance.exporting.contents import exported_files
from onestop_core.conformance.exporting.folders import export

__all__ = ["archive", "export", "exported_files"]

publish(globals())
