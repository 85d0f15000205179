"""The language server: ``govlint lsp``.

:mod:`govlint.lsp.server` talks with the editor and decides when to check; the other modules turn what was found into
what the protocol wants and keep no state. Only this package imports the protocol's library.
"""
