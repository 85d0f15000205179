;;; govlint.el --- govlint in Emacs: Eglot, Flycheck, compile  -*- lexical-binding: t -*-

;; Put what you use into init.el, or `load' this file: it sets up whatever of the three is there.

;;; Code:

(defvar govlint-command '("govlint")
  "The command of govlint, with arguments that always go first.")

;; Eglot (in Emacs from 29 on; before that in the package eglot): M-x eglot in a report.
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               `((markdown-mode gfm-mode html-mode mhtml-mode) . (,@govlint-command "lsp"))))

;; Flycheck: M-x flycheck-mode in a report.
(with-eval-after-load 'flycheck
  (eval
   `(flycheck-define-checker govlint
      "Checks Chinese government disclosure reports."
      :command (,(car govlint-command)
                (eval (cdr govlint-command))
                "check" "--quiet" "--color" "never" "--fail-on" "info"
                "--stdin-filename" source-original "-")
      :standard-input t
      :error-patterns
      ((error line-start (file-name) ":" line ":" column ": error " (id (+ (not space))) " " (message) line-end)
       (warning line-start (file-name) ":" line ":" column ": warning " (id (+ (not space))) " " (message) line-end)
       (info line-start (file-name) ":" line ":" column ": info " (id (+ (not space))) " " (message) line-end))
      :modes (markdown-mode gfm-mode html-mode mhtml-mode)))
  (add-to-list 'flycheck-checkers 'govlint))

;; M-x compile RET govlint reports/ : the lines lead to their places.
(with-eval-after-load 'compile
  (add-to-list 'compilation-error-regexp-alist-alist
               '(govlint "^\\(.+?\\):\\([0-9]+\\):\\([0-9]+\\): \\(?:error\\|\\(warning\\)\\|\\(info\\)\\) [a-z]" 1 2 3 (4 . 5)))
  (add-to-list 'compilation-error-regexp-alist 'govlint))

(provide 'govlint)
;;; govlint.el ends here
