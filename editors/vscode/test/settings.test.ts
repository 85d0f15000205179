import assert from "node:assert/strict";
import { test } from "node:test";

import { commandLine, expand, serverOptions, type Settings } from "../src/settings";

const DEFAULTS: Settings = {
  enable: true,
  command: ["govlint", "lsp"],
  lang: "auto",
  inlayHints: false,
  select: [],
  ignore: [],
  config: "",
  baseline: "",
};

test("folders and the home folder are put in", () => {
  assert.equal(expand("${workspaceFolder}/.venv/bin/govlint", "/reports", "/home/a"), "/reports/.venv/bin/govlint");
  assert.equal(expand("~/bin/govlint", "/reports", "/home/a"), "/home/a/bin/govlint");
  assert.equal(expand("~other/govlint", undefined, "/home/a"), "~other/govlint");
  assert.equal(expand("${workspaceFolder}/x", undefined, "/home/a"), "${workspaceFolder}/x");
});

test("the command and its arguments", () => {
  assert.deepEqual(commandLine(DEFAULTS, undefined, "/home/a"), { command: "govlint", args: ["lsp"] });
  assert.deepEqual(commandLine({ ...DEFAULTS, command: [] }, undefined, "/home/a"), {
    command: "govlint",
    args: ["lsp"],
  });
  assert.deepEqual(
    commandLine({ ...DEFAULTS, command: ["python3", "-m", "govlint", "lsp"] }, undefined, "/home/a"),
    { command: "python3", args: ["-m", "govlint", "lsp"] },
  );
});

test("the language is the editor's unless it is set", () => {
  const lang = (settings: Settings, locale: string) => serverOptions(settings, locale, undefined, "/").lang;
  assert.equal(lang(DEFAULTS, "zh-cn"), "zh");
  assert.equal(lang(DEFAULTS, "en"), "en");
  assert.equal(lang(DEFAULTS, "de"), "zh");
  assert.equal(lang({ ...DEFAULTS, lang: "zh" }, "en-US"), "zh");
});

test("what the server is told", () => {
  const settings = {
    ...DEFAULTS,
    inlayHints: true,
    ignore: ["text"],
    config: "${workspaceFolder}/a.toml",
    baseline: "~/known.json",
  };
  assert.deepEqual(serverOptions(settings, "zh-cn", "/reports", "/home/a"), {
    lang: "zh",
    inlayHints: true,
    askReason: true,
    select: [],
    ignore: ["text"],
    config: "/reports/a.toml",
    baseline: "/home/a/known.json",
  });
});
