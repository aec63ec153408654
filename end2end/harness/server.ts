import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Process } from "./process";

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
  readonly #data = mkdtempSync(join(tmpdir(), "baton-end2end-"));
  #process?: Process;

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
    return this.#process?.log ?? "";
  }

  /** The sign-in of a person by e-mail address. */
  person(email: string): SignIn {
    const found = this.people.find((person) => person.email === email);
    if (!found) throw new Error(`the demo has no ${email}; it printed:\n${this.log}`);
    return found;
  }

  /** Asks the process to stop, waits for it, and removes its data. */
  async stop(): Promise<void> {
    await this.#process?.stop();
    rmSync(this.#data, { recursive: true, force: true });
  }

  private async launch(options: string[]): Promise<void> {
    const place = ["--data", this.#data, "--listen", "127.0.0.1:0", "--simulator-listen", "127.0.0.1:0"];
    this.#process = await Process.start(["demo", ...place, ...options], {
      until: /^Ready\.$/,
      hear: (line) => this.read(line),
    });
  }

  private read(line: string): void {
    const address = /^\s*(Inbox|Simulator):\s+(http\S+)/.exec(line);
    if (address?.[1] === "Inbox") this.inbox = address[2].replace(/\/$/, "");
    if (address?.[1] === "Simulator") this.simulator = address[2].replace(/\/$/, "");
    const person = /^\s+(\S+@\S+)\s+(\S+)\s+\((\w+)(?:, (.+))?\)$/.exec(line);
    if (person) this.people.push({ email: person[1], password: person[2], role: person[3], name: person[4] ?? "" });
  }
}
