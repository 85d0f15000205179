"""``python -m govlint``."""

from govlint.cli import console

if __name__ == "__main__":
    console()
