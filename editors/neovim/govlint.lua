-- govlint in Neovim (0.7 or later): diagnostics while typing, hover, code actions, outline.
-- Put this file into ~/.config/nvim/plugin/, or `dofile` it from init.lua.

local settings = {
  name = "govlint",
  cmd = vim.g.govlint_command or { "govlint", "lsp" },
  -- lang = "en" for messages in English; select, ignore, config as on the command line
  init_options = vim.g.govlint_options or { lang = "zh" },
}

local function root(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  local folder = vim.fn.fnamemodify(path, ":p:h")
  for _, name in ipairs({ "govlint.toml", ".git" }) do
    local found = vim.fn.findfile(name, folder .. ";")
    found = found ~= "" and found or vim.fn.finddir(name, folder .. ";")
    if found ~= "" then
      return vim.fn.fnamemodify(found, ":p:h" .. (vim.fn.isdirectory(found) == 1 and ":h" or ""))
    end
  end
  return folder
end

local clients = {}

vim.api.nvim_create_autocmd("FileType", {
  pattern = { "markdown", "html" },
  group = vim.api.nvim_create_augroup("govlint", { clear = true }),
  callback = function(event)
    local config = vim.tbl_extend("force", settings, { root_dir = root(event.buf) })
    if vim.lsp.start then
      vim.lsp.start(config, { bufnr = event.buf })
      return
    end
    local client = clients[config.root_dir]
    if not client or vim.lsp.client_is_stopped(client) then
      client = vim.lsp.start_client(config)
      clients[config.root_dir] = client
    end
    vim.lsp.buf_attach_client(event.buf, client)
  end,
})
