/** The sample page, our app on it, and the bot's. */
export const PAGE = "102034567890123";
export const BATON_APP = "845120937761204";
export const BOT_APP = "611203984417755";

/** The two customers the sample begins with. */
export const MAYA = "7204415592310846";
export const TOMAS = "6988120347715502";

/** The demo's third and sixth customers, whom its opening leaves with the bot. */
export const INES = "7300000000007919";
export const LUCA = "7300000000031676";

/** A message Meta accepted from an app. */
export interface Sent {
  psid: string;
  app: string;
  mid: string;
  text: string;
  files: string[];
  metadata: string | null;
  tag: string | null;
}

/** What an administrator may switch for an app. */
export interface Switches {
  take_control?: boolean;
  standby?: boolean;
  token_expired?: boolean;
}

/** Plays everybody else: customers, the bot, the person in the Page inbox, and Meta's moods. */
export class Simulator {
  constructor(readonly address: string) {}

  /** A customer nobody has met yet. */
  async newCustomer(psid: string, firstName: string, lastName: string): Promise<Customer> {
    await this.post("new-customer", { psid, first_name: firstName, last_name: lastName });
    return this.customer(psid);
  }

  customer(psid: string): Customer {
    return new Customer(this, psid);
  }

  /** Switches what an administrator can switch for an app of the first page. */
  async administrator(app: string, switches: Switches): Promise<void> {
    await this.post("switches", { app, ...switches });
  }

  /** Lets the next calls of a kind go wrong, such as `next("send", { kind: "accept_then_drop" })`. */
  async next(call: string, fault: { kind: string; [detail: string]: unknown }, times = 1): Promise<void> {
    await this.post("faults", { next: { call, times, fault } });
  }

  /** How webhooks go wrong from now on, such as `{ duplicate: 1 }`. */
  async webhooks(faults: object): Promise<void> {
    await this.post("faults", { webhooks: faults });
  }

  /** Moves Meta's clock forward. */
  async advance(milliseconds: number): Promise<void> {
    await this.post("clock", { advance_ms: milliseconds });
  }

  /** Nothing goes wrong any more. */
  async heal(): Promise<void> {
    await this.post("faults", { clear: true });
  }

  /** Waits until nothing is under way: no webhook undelivered, no bot about to act. */
  async quiet(): Promise<void> {
    await this.post("quiet");
  }

  /** Every message Meta accepted, oldest first. */
  async sends(): Promise<Sent[]> {
    return (await this.answer("sends", {})) as Sent[];
  }

  /** The texts our app sent, oldest first. */
  async sentByUs(): Promise<string[]> {
    return (await this.sends()).filter((sent) => sent.app === BATON_APP).map((sent) => sent.text);
  }

  /** What each message of our app carried, oldest first: its file's name, or its text. */
  async carriedByUs(): Promise<string[]> {
    return (await this.sends()).filter((sent) => sent.app === BATON_APP).map((sent) => sent.files[0] ?? sent.text);
  }

  /** Sends one control, and returns what it answers. */
  async post(control: string, body: object = {}): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    return this.answer(control, { method: "POST", headers, body: JSON.stringify(body) });
  }

  private async answer(path: string, request: RequestInit): Promise<unknown> {
    const response = await fetch(`${this.address}/sim/${path}`, request);
    const text = await response.text();
    if (!response.ok) throw new Error(`/sim/${path} answered ${response.status}: ${text}`);
    return text ? JSON.parse(text) : undefined;
  }
}

/** One customer's thread with the page: what they do in it, and what the bot and the Page inbox do in it. */
export class Customer {
  constructor(
    private readonly simulator: Simulator,
    readonly psid: string,
  ) {}

  /** Writes, and returns the message's id at Meta. */
  async writes(text: string): Promise<string> {
    return this.act("customer", { do: "write", text });
  }

  async taps(title: string, payload: string): Promise<string> {
    return this.act("customer", { do: "tap", title, payload });
  }

  async attaches(kind: string, url: string): Promise<string> {
    return this.act("customer", { do: "attach", kind, url });
  }

  async reacts(mid: string, emoji: string): Promise<void> {
    await this.act("customer", { do: "react", mid, emoji });
  }

  async reads(): Promise<void> {
    await this.act("customer", { do: "read" });
  }

  async hearsFromBot(text: string): Promise<string> {
    return this.act("bot", { do: "write", text });
  }

  /** The bot hands the thread to the default app. */
  async isPassedOnByBot(metadata?: string): Promise<void> {
    await this.act("bot", { do: "pass", metadata });
  }

  async isReleasedByBot(): Promise<void> {
    await this.act("bot", { do: "release" });
  }

  async isTakenByBot(): Promise<void> {
    await this.act("bot", { do: "take" });
  }

  /** A colleague writes in the Page inbox, which takes the thread. */
  async hearsFromPageInbox(text: string): Promise<string> {
    return this.act("inbox", { text });
  }

  private async act(control: string, action: object): Promise<string> {
    const done = await this.simulator.post(control, { psid: this.psid, ...action });
    return (done as { mid?: string }).mid ?? "";
  }
}
