import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { BATON_APP, MAYA, PAGE } from "./simulator";

/** What the demo's app signs with. */
export const APP_SECRET = "3f9c1d7be0a24c58b6e1f0927d4a8c35";

const FIXTURES = new URL("../../messenger/tests/fixtures/webhook/", import.meta.url);

interface Item {
  sender?: { id: string };
  recipient?: { id: string };
  timestamp?: number;
  [part: string]: unknown;
}

/** Delivers signed webhooks as Meta does, also of kinds that the simulator's customers never cause. */
export class Meta {
  #moment = Date.now() - 60_000;

  /** `inbox` is where the product answers. */
  constructor(private readonly inbox: string) {}

  /** Tells what Maya did, unless the item names others; each time a moment after the last, or at `timestamp`. */
  async tells(item: Item): Promise<void> {
    this.#moment += 250;
    const timestamp = item.timestamp ?? this.#moment;
    await this.delivers({ sender: { id: MAYA }, recipient: { id: PAGE }, ...item, timestamp });
  }

  /** Tells what a fixture shows as if it happened now; `change` puts other parts into its message. */
  async tellsFixture(name: string, change: object = {}): Promise<void> {
    const body = JSON.parse(readFileSync(new URL(`${name}.json`, FIXTURES), "utf8")) as { entry: { messaging: Item[] }[] };
    for (const item of body.entry.flatMap(({ messaging }) => messaging)) {
      const { timestamp: _, ...rest } = item;
      await this.tells(item.message ? { ...rest, message: { ...(item.message as object), ...change } } : { ...rest, ...change });
    }
  }

  private async delivers(item: Item): Promise<void> {
    const body = JSON.stringify({ object: "page", entry: [{ id: PAGE, time: item.timestamp, messaging: [item] }] });
    const signature = `sha256=${createHmac("sha256", APP_SECRET).update(body).digest("hex")}`;
    const headers = { "content-type": "application/json", "x-hub-signature-256": signature };
    const answer = await fetch(`${this.inbox}/webhooks/messenger/${BATON_APP}`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`the webhook was answered ${answer.status}: ${await answer.text()}`);
  }
}
