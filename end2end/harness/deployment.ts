import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { carryOut, Process } from "./process";
import { BATON_APP, PAGE, Simulator } from "./simulator";

/** The sample page's secrets, as the simulator knows them. */
const SECRETS = {
  app_secret: "3f9c1d7be0a24c58b6e1f0927d4a8c35",
  verify_token: "vt_local_8d1f",
  access_token: "EAAGfixturePageTokenA",
};

/** `baton serve` as it is deployed, beside `baton simulator`: empty at first, and it can be killed and come back. */
export class Deployment {
  /** Where the product answers; the same after a restart. */
  readonly inbox: string;
  readonly simulator: Simulator;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #data: string;
  readonly #messenger: Process;
  #server?: Process;
  #log = "";

  private constructor(port: number, simulator: string, messenger: Process) {
    this.inbox = `http://127.0.0.1:${port}`;
    this.simulator = new Simulator(simulator);
    this.#messenger = messenger;
    this.#data = mkdtempSync(join(tmpdir(), "baton-serve-"));
    this.#environment = {
      BATON_LISTEN: `127.0.0.1:${port}`,
      BATON_DATA: this.#data,
      BATON_GRAPH_URL: `${simulator}/v25.0`,
    };
  }

  /** Starts both on free ports. */
  static async start(): Promise<Deployment> {
    const port = await freePort();
    let address = "";
    const messenger = await Process.start(
      ["simulator", "--listen", "127.0.0.1:0", "--webhook", `http://127.0.0.1:${port}`],
      {
        until: /^Webhooks:/,
        hear: (line) => {
          address = /^Simulator:\s+(\S+)/.exec(line)?.[1] ?? address;
        },
      },
    );
    const deployment = new Deployment(port, address, messenger);
    await deployment.restart();
    return deployment;
  }

  /** Everything the server has printed in all its lives. */
  get log(): string {
    return `${this.#log}\n${this.#server?.log ?? ""}`;
  }

  /** Connects the simulated page. */
  async connectPage(): Promise<void> {
    const page = ["--page-id", PAGE, "--name", "Shoe Shop", "--app-id", BATON_APP, "--secrets-stdin"];
    await this.baton(["page", "add", ...page], JSON.stringify(SECRETS));
  }

  /** Adds somebody to the team. */
  async hire(name: string, email: string, role: string, password: string): Promise<void> {
    const person = ["--name", name, "--email", email, "--role", role, "--password-stdin"];
    await this.baton(["user", "add", ...person], `${password}\n`);
  }

  /** Runs a `baton` command against the same data. */
  async baton(command: string[], input = ""): Promise<string> {
    return carryOut(command, this.#environment, input);
  }

  /** `kill -9`: no chance to finish anything. */
  async crash(): Promise<void> {
    await this.#server?.kill();
  }

  /** Starts the server on the same data. */
  async restart(): Promise<void> {
    this.#log = this.log;
    this.#server = await Process.start(["serve"], { environment: this.#environment, until: /\bready\b/ });
  }

  /** Stops both and removes the data. */
  async stop(): Promise<void> {
    await this.#server?.stop();
    await this.#messenger.stop();
    rmSync(this.#data, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
