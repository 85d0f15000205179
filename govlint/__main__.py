"""``python -m govlint``."""

import sys

from govlint.cli import main

if __name__ == "__main__":
    sys.exit(main())
