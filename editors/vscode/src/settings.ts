/** What the user set, and what the language server is told of it. Nothing here knows the editor. */

export interface Settings {
  enable: boolean;
  command: string[];
  lang: "auto" | "zh" | "en";
  inlayHints: boolean;
  select: string[];
  ignore: string[];
  config: string;
  baseline: string;
}

/** The options that the server takes, at its start and when settings change. */
export interface ServerOptions {
  lang: "zh" | "en";
  inlayHints: boolean;
  askReason: true;
  select: string[];
  ignore: string[];
  config: string;
  baseline: string;
}

/** `${workspaceFolder}` and a leading `~` in a path or an argument. */
export function expand(text: string, folder: string | undefined, home: string): string {
  const expanded = folder === undefined ? text : text.replaceAll("${workspaceFolder}", folder);
  return expanded === "~" || expanded.startsWith("~/") ? home + expanded.slice(1) : expanded;
}

/** The program to start and its arguments; an empty setting is the default. */
export function commandLine(
  settings: Settings,
  folder: string | undefined,
  home: string,
): { command: string; args: string[] } {
  const [command = "govlint", ...args] = settings.command
    .filter((word) => word !== "")
    .map((word) => expand(word, folder, home));
  return { command, args: settings.command.length > 0 ? args : ["lsp"] };
}

/** What the server is told. `locale` is the language of the editor, such as `zh-cn`. */
export function serverOptions(
  settings: Settings,
  locale: string,
  folder: string | undefined,
  home: string,
): ServerOptions {
  const auto = locale.toLowerCase().startsWith("en") ? "en" : "zh";
  return {
    lang: settings.lang === "auto" ? auto : settings.lang,
    inlayHints: settings.inlayHints,
    askReason: true,
    select: settings.select,
    ignore: settings.ignore,
    config: expand(settings.config, folder, home),
    baseline: expand(settings.baseline, folder, home),
  };
}
