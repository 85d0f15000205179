#!/bin/sh
# Installs Debian's Neovim and tmux, for the tests in a real editor, where they are missing and may be installed.
# Anywhere else nothing happens, and those tests are skipped and say why.
if command -v nvim >/dev/null && command -v tmux >/dev/null; then
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Neovim or tmux is missing: the tests in a real editor will be skipped (Debian: apt-get install neovim tmux)"
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends neovim tmux; } >/dev/null; then
    echo "Neovim could not be installed: the tests in a real editor will be skipped"
fi
