-- Drives a Neovim without a screen: open, diagnostics, hover, outline, fix by a code action, edit; writes what it saw.
-- Called with g:out (a file for the result) and the report as the buffer.

local seen = {}

local function wait(what, condition)
  if not vim.wait(30000, condition, 20) then
    error("waited in vain for " .. what)
  end
end

local function wrong()
  return vim.tbl_filter(function(each)
    return each.code == "text/mixed-language"
  end, vim.diagnostic.get(0))
end

local function request(method, extra)
  local parameters = vim.tbl_extend("force", vim.lsp.util.make_position_params(), extra or {})
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, parameters, 20000) or {}) do
    return answer.result
  end
end

local function run()
  wait("diagnostics", function()
    return #wrong() > 0
  end)
  local first = wrong()[1]
  seen.diagnostic = { first.lnum, first.col, first.end_lnum, first.end_col }
  seen.message = first.message
  seen.source = first.source

  local underlined = {}
  for _, space in pairs(vim.diagnostic.get_namespaces()) do
    local marks = space.user_data.underline_ns
    for _, mark in ipairs(marks and vim.api.nvim_buf_get_extmarks(0, marks, 0, -1, { details = true }) or {}) do
      if mark[2] == first.lnum and mark[3] == first.col then
        table.insert(underlined, mark[4].hl_group)
      end
    end
  end
  seen.underlined = underlined

  vim.api.nvim_win_set_cursor(0, { first.lnum + 1, first.col })
  seen.hover = request("textDocument/hover").contents.value
  seen.symbols = vim.tbl_map(function(each)
    return each.name
  end, request("textDocument/documentSymbol"))

  vim.ui.select = function(items, options, choose)
    seen.actions = vim.tbl_map(options.format_item, items)
    choose(items[1], 1)
  end
  vim.lsp.buf.code_action()
  wait("the fix", function()
    return vim.api.nvim_buf_get_lines(0, first.lnum, first.lnum + 1, true)[1]:find(" and ") == nil
  end)
  wait("diagnostics after the fix", function()
    return #wrong() == 0
  end)
  seen.fixed = vim.api.nvim_buf_get_lines(0, first.lnum, first.lnum + 1, true)[1]

  vim.api.nvim_buf_set_lines(0, -1, -1, true, { "", "落实各项 of 要求。" })
  wait("diagnostics after the edit", function()
    return #wrong() == 1
  end)
  seen.edited = wrong()[1].lnum
  seen.lines = vim.api.nvim_buf_line_count(0)
end

local ok, problem = pcall(run)
seen.problem = not ok and tostring(problem) or nil
local file = assert(io.open(vim.g.out, "w"))
file:write(vim.json.encode(seen))
file:close()
vim.cmd("qall!")
