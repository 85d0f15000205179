" govlint in Vim: `:compiler govlint`, then `:make %`, `:copen`.
" Put this file into ~/.vim/compiler/.

if exists("current_compiler")
  finish
endif
let current_compiler = "govlint"

CompilerSet makeprg=govlint\ check\ --quiet\ --color\ never
CompilerSet errorformat=%f:%l:%c:\ %trror\ %m,%f:%l:%c:\ %tarning\ %m,%f:%l:%c:\ %tnfo\ %m,%-G%.%#
