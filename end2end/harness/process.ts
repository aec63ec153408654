import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const built = fileURLToPath(new URL("../../target/debug/baton", import.meta.url));
const READY_WITHIN = 30_000;
const STOPPED_WITHIN = 10_000;

interface Start {
  environment?: NodeJS.ProcessEnv;
  /** The line that says that it is ready. */
  until: RegExp;
  /** Hears every line. */
  hear?: (line: string) => void;
}

/** `baton` running beside a test. */
export class Process {
  readonly #lines: string[] = [];
  readonly #child: ChildProcess;

  private constructor(command: string[], environment: NodeJS.ProcessEnv) {
    const env = { ...process.env, NO_COLOR: "1", ...environment };
    this.#child = spawn(binary(), command, { env, stdio: ["ignore", "pipe", "pipe"] });
  }

  /** Starts a command and waits until it says that it is ready. */
  static async start(command: string[], { environment = {}, until, hear = () => {} }: Start): Promise<Process> {
    const started = new Process(command, environment);
    try {
      await started.ready(until, hear);
    } catch (error) {
      await started.stop();
      throw error;
    }
    return started;
  }

  /** Everything it has printed. */
  get log(): string {
    return this.#lines.join("\n");
  }

  /** Asks it to stop and waits for it. */
  async stop(): Promise<void> {
    await this.end("SIGTERM");
  }

  /** Ends it in the middle of whatever it does. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  private ready(until: RegExp, hear: (line: string) => void): Promise<void> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`not ready in time:\n${this.log}`)), READY_WITHIN);
      const settle = (act: () => void) => {
        clearTimeout(late);
        act();
      };
      const read = (line: string) => {
        this.#lines.push(line);
        hear(line);
        if (until.test(line)) settle(resolve);
      };
      listen(child.stdout, read);
      listen(child.stderr, read);
      child.once("error", (error) => settle(() => reject(error)));
      child.once("exit", (code) => settle(() => reject(new Error(`ended with ${code}:\n${this.log}`))));
    });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill(signal);
    const late = setTimeout(() => child.kill("SIGKILL"), STOPPED_WITHIN);
    await ended;
    clearTimeout(late);
  }
}

/** Runs a command to its end with this on its standard input, and returns what it printed. */
export function carryOut(command: string[], environment: NodeJS.ProcessEnv, input: string): Promise<string> {
  const child = spawn(binary(), command, { env: { ...process.env, ...environment }, stdio: ["pipe", "pipe", "pipe"] });
  const lines: string[] = [];
  listen(child.stdout, (line) => lines.push(line));
  listen(child.stderr, (line) => lines.push(line));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      const text = lines.join("\n");
      if (code === 0) resolve(text);
      else reject(new Error(`baton ${command.join(" ")} ended with ${code}:\n${text}`));
    });
  });
}

function binary(): string {
  const path = process.env.BATON ?? built;
  if (!existsSync(path)) throw new Error(`${path} is not built; run \`make test\` once`);
  return path;
}

function listen(stream: NodeJS.ReadableStream | null, hear: (line: string) => void): void {
  let unfinished = "";
  stream?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (unfinished + text).split("\n");
    unfinished = lines.pop() ?? "";
    lines.forEach(hear);
  });
}
