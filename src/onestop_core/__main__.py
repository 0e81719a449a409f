"""``python -m onestop_core`` is the ``onestop`` command."""

import sys

from onestop_core.cli import main

sys.exit(main())
