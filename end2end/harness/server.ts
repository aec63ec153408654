import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const built = fileURLToPath(new URL("../../target/debug/baton", import.meta.url));
const READY_WITHIN = 30_000;
const STOPPED_WITHIN = 10_000;

/** One of the sign-ins that `baton demo` prints. */
export interface SignIn {
  name: string;
  email: string;
  password: string;
  role: string;
}

/** A running `baton demo` with a database and a simulator of its own. */
export class Server {
  /** Where the product answers, such as `http://127.0.0.1:40123`. */
  inbox = "";
  /** Where the simulator answers: its Graph API, its page and its controls. */
  simulator = "";
  readonly people: SignIn[] = [];
  readonly #lines: string[] = [];
  readonly #data = mkdtempSync(join(tmpdir(), "baton-end2end-"));
  #process?: ChildProcess;

  /** Starts a demo on free ports and waits until it says that it is ready; `options` go to `baton demo`. */
  static async start(options: string[] = []): Promise<Server> {
    const server = new Server();
    try {
      await server.launch(options);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** Everything the process has printed. */
  get log(): string {
    return this.#lines.join("\n");
  }

  /** The sign-in of a person by e-mail address. */
  person(email: string): SignIn {
    const found = this.people.find((person) => person.email === email);
    if (!found) throw new Error(`the demo has no ${email}; it printed:\n${this.log}`);
    return found;
  }

  /** Asks the process to stop, waits for it, and removes its data. */
  async stop(): Promise<void> {
    await this.end();
    rmSync(this.#data, { recursive: true, force: true });
  }

  private async launch(options: string[]): Promise<void> {
    const binary = process.env.BATON ?? built;
    if (!existsSync(binary)) throw new Error(`${binary} is not built; run \`make test\` once`);
    const place = ["--data", this.#data, "--listen", "127.0.0.1:0", "--simulator-listen", "127.0.0.1:0"];
    this.#process = spawn(binary, ["demo", ...place, ...options], { stdio: ["ignore", "pipe", "pipe"] });
    await this.ready(this.#process);
  }

  private ready(child: ChildProcess): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`not ready in time:\n${this.log}`)), READY_WITHIN);
      const settle = (act: () => void) => {
        clearTimeout(late);
        act();
      };
      const read = (line: string) => {
        this.read(line);
        if (line.trim() === "Ready.") settle(resolve);
      };
      listen(child.stdout, read);
      listen(child.stderr, read);
      child.once("error", (error) => settle(() => reject(error)));
      child.once("exit", (code) => settle(() => reject(new Error(`ended with ${code}:\n${this.log}`))));
    });
  }

  private read(line: string): void {
    this.#lines.push(line);
    const address = /^\s*(Inbox|Simulator):\s+(http\S+)/.exec(line);
    if (address?.[1] === "Inbox") this.inbox = address[2].replace(/\/$/, "");
    if (address?.[1] === "Simulator") this.simulator = address[2].replace(/\/$/, "");
    const person = /^\s+(\S+@\S+)\s+(\S+)\s+\((\w+)(?:, (.+))?\)$/.exec(line);
    if (person) this.people.push({ email: person[1], password: person[2], role: person[3], name: person[4] ?? "" });
  }

  private async end(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), STOPPED_WITHIN);
    await ended;
    clearTimeout(late);
  }
}

function listen(stream: NodeJS.ReadableStream | null, hear: (line: string) => void): void {
  let unfinished = "";
  stream?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (unfinished + text).split("\n");
    unfinished = lines.pop() ?? "";
    lines.forEach(hear);
  });
}
