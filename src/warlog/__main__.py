"""`python -m warlog` is `warlog`."""

import sys

from warlog.cli import main

sys.exit(main())
