import * as os from "node:os";

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions } from "vscode-languageclient/node";

import { isWish, problem, request } from "./reason";
import { commandLine, serverOptions, type Settings } from "./settings";

const DOCUMENTS = ["markdown", "html"].flatMap((language) => [
  { scheme: "file", language },
  { scheme: "untitled", language },
]);

let client: LanguageClient | undefined;
let log: vscode.LogOutputChannel | undefined;

function settings(): Settings {
  const found = vscode.workspace.getConfiguration("govlint");
  return {
    enable: found.get("enable", true),
    command: found.get("command", ["govlint", "lsp"]),
    lang: found.get("lang", "auto"),
    inlayHints: found.get("inlayHints", false),
    select: found.get("select", []),
    ignore: found.get("ignore", []),
    config: found.get("config", ""),
    baseline: found.get("baseline", ""),
  };
}

function folder(): string | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
}

function options(): ReturnType<typeof serverOptions> {
  return serverOptions(settings(), vscode.env.language, folder(), os.homedir());
}

function say(message: string, english: string): string {
  return options().lang === "en" ? english : message;
}

async function start(): Promise<void> {
  if (!settings().enable) {
    return;
  }
  const { command, args } = commandLine(settings(), folder(), os.homedir());
  const clientOptions: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    initializationOptions: options(),
    outputChannel: log,
  };
  const starting = new LanguageClient("govlint", "govlint", { command, args }, clientOptions);
  client = starting;
  try {
    await starting.start();
  } catch (error) {
    client = undefined;
    log?.error(String(error));
    const settle = say("打开设置", "Open settings");
    const answer = await vscode.window.showErrorMessage(
      say(
        `govlint 无法启动（${command}）。请先安装 govlint，或者在设置 govlint.command 中写明它的位置。`,
        `govlint can't be started (${command}). Install it, or say where it is in the setting govlint.command.`,
      ),
      settle,
    );
    if (answer === settle) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "govlint.command");
    }
  }
}

async function stop(): Promise<void> {
  const stopping = client;
  client = undefined;
  await stopping?.dispose();
}

async function restart(): Promise<void> {
  await stop();
  await start();
}

async function changed(event: vscode.ConfigurationChangeEvent): Promise<void> {
  if (event.affectsConfiguration("govlint.command") || event.affectsConfiguration("govlint.enable")) {
    await restart();
  } else if (event.affectsConfiguration("govlint")) {
    await client?.sendNotification("workspace/didChangeConfiguration", { settings: { govlint: options() } });
  }
}

async function askReason(wish: unknown): Promise<void> {
  if (!isWish(wish)) {
    return;
  }
  const english = options().lang === "en";
  const reason = await vscode.window.showInputBox({
    title: english ? `Suppress ${wish.rule}` : `屏蔽 ${wish.rule}`,
    prompt: english ? "The reason, which is written beside it" : "理由，将写在注释中",
    validateInput: (typed) => problem(typed, english),
  });
  if (reason !== undefined) {
    await client?.sendRequest("workspace/executeCommand", request(wish, reason));
  }
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  log = vscode.window.createOutputChannel("govlint", { log: true });
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("govlint.restart", restart),
    vscode.commands.registerCommand("govlint.showLog", () => log?.show()),
    vscode.commands.registerCommand("govlint.askReason", askReason),
    vscode.workspace.onDidChangeConfiguration(changed),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await stop();
}
