/** The reason of a suppression: what may be typed, and what is sent. Nothing here knows the editor. */

/** What the server's code action carries. The server takes it back as it is, with the reason. */
export interface Wish {
  uri: string;
  edit: number;
  index: number;
  rule: string;
  file: boolean;
}

/** Whether what a code action carries is a wish. */
export function isWish(value: unknown): value is Wish {
  const wish = value as Partial<Wish> | null;
  return (
    typeof wish === "object" &&
    wish !== null &&
    typeof wish.uri === "string" &&
    typeof wish.edit === "number" &&
    typeof wish.index === "number" &&
    typeof wish.rule === "string" &&
    typeof wish.file === "boolean"
  );
}

/** What is wrong with a reason, or nothing. */
export function problem(reason: string, english: boolean): string | undefined {
  if (reason.trim() === "") {
    return english ? "Say why: others will read it" : "请写明理由，供他人查阅";
  }
  return undefined;
}

/** What the server is asked to do. */
export function request(wish: Wish, reason: string): { command: string; arguments: unknown[] } {
  return { command: "govlint.suppress", arguments: [{ ...wish, reason: reason.trim() }] };
}
