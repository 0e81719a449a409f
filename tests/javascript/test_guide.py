"""The code of the how-to page runs, in order, in one module; what it says of a value is so."""

from __future__ import annotations

import re
from typing import Final

from tests.javascript.node import PACKAGE, ROOT, program, run

PAGE: Final = ROOT / "docs" / "how-to" / "javascript.md"
TOLD: Final = re.compile(r'^(?!const |let |import )(\S.*);\s+// ("[^"]*"|\[.*\]|\w+)(?:: .*)?$', re.MULTILINE)


def test_the_page_says_what_the_package_answers() -> None:
    code = "\n".join(re.findall(r"^```js\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))
    told = TOLD.findall(code)
    assert len(told) == len(re.findall(r"; +// ", code)) > 20
    asked = TOLD.sub(lambda found: f"assert.deepStrictEqual({found[1]}, {found[2]}, {found[1]!r});", code)
    script = f'import assert from "node:assert";\n{asked}\nconsole.log("done");'
    assert (
        run(
            [program("node"), "--input-type=module"],
            given=script.replace('"onestop-core"', f'"{PACKAGE.as_uri()}/index.mjs"'),
        )
        == "done\n"
    )
