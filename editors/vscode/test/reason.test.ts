import assert from "node:assert/strict";
import { test } from "node:test";

import { isWish, problem, request } from "../src/reason";

const WISH = { uri: "file:///a.md", edit: 3, index: 0, rule: "text/mixed-language", file: false };

test("only what the server sends is a wish", () => {
  assert.ok(isWish(WISH));
  assert.ok(!isWish({ ...WISH, edit: "3" }));
  assert.ok(!isWish(null));
  assert.ok(!isWish("file:///a.md"));
});

test("a reason is asked for until there is one", () => {
  assert.ok(problem("  ", false)?.includes("理由"));
  assert.ok(problem("", true)?.includes("why"));
  assert.equal(problem("原文如此", false), undefined);
});

test("the wish goes back with the reason", () => {
  assert.deepEqual(request(WISH, " 原文如此 "), {
    command: "govlint.suppress",
    arguments: [{ ...WISH, reason: "原文如此" }],
  });
});
