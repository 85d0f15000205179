#!/bin/sh
# Installs Debian's Neovim, Vim, Emacs, tmux and Chromium, for the tests in real editors and a real browser, where missing
# and may be installed. Anywhere else nothing happens, and those tests are skipped and say why.
missing=""
command -v nvim >/dev/null || missing="$missing neovim"
command -v vim >/dev/null || missing="$missing vim-nox"
command -v emacs >/dev/null || missing="$missing emacs-nox"
command -v tmux >/dev/null || missing="$missing tmux"
command -v chromium >/dev/null || missing="$missing chromium"
command -v chromedriver >/dev/null || missing="$missing chromium-driver"
if [ -z "$missing" ]; then
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing:$missing. The tests in a real editor or browser will be skipped (Debian: apt-get install$missing)"
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of packages
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >/dev/null; then
    echo "Could not be installed:$missing. The tests in a real editor or browser will be skipped"
fi
