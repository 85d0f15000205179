import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Module from "node:module";
import { test } from "node:test";

const MANIFEST = JSON.parse(readFileSync("package.json", "utf8"));

test("the problem matcher reads a line of the text output", () => {
  const { pattern } = MANIFEST.contributes.problemMatchers[0];
  const line = "报告/决算: 终稿.md:542:36: error text/mixed-language 中文句子中夹有英文“and”";
  const match = new RegExp(pattern.regexp, "u").exec(line);
  assert.ok(match);
  assert.deepEqual(
    ["file", "line", "column", "severity", "code", "message"].map((part) => match[pattern[part]]),
    ["报告/决算: 终稿.md", "542", "36", "error", "text/mixed-language", "中文句子中夹有英文“and”"],
  );
});

test("every setting that is read is declared, with its default", () => {
  const source = readFileSync("src/extension.ts", "utf8");
  const read = [...source.matchAll(/found\.get\("(\w+)", (.+?)\)[,;]/g)];
  const declared = MANIFEST.contributes.configuration.properties;
  assert.deepEqual(read.map(([, key]) => `govlint.${key}`).sort(), Object.keys(declared).sort());
  for (const [, key, fallback] of read) {
    assert.deepEqual(declared[`govlint.${key}`].default, JSON.parse(fallback), key);
  }
});

test("the bundle loads, and has what the editor calls", () => {
  // Whatever is asked of the editor is a class that can be extended, made, called and asked further.
  const anything: unknown = new Proxy(class {}, {
    get: (target, key) => (key in target || typeof key === "symbol" ? Reflect.get(target, key) : anything),
    apply: () => anything,
  });
  const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown };
  const load = loader._load;
  loader._load = (name, ...rest) => (name === "vscode" ? anything : load(name, ...rest));
  try {
    const extension = Module.createRequire(`${process.cwd()}/`)("./dist/extension.js");
    assert.equal(typeof extension.activate, "function");
    assert.equal(typeof extension.deactivate, "function");
  } finally {
    loader._load = load;
  }
});
