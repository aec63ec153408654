import type { Page, WebSocketRoute } from "@playwright/test";
import type { Inbox } from "./inbox";

/** The line between a browser and the server, which a test may cut: requests fail and sockets end, as without a network. */
export class Line {
  readonly #sockets: WebSocketRoute[] = [];
  #cut = false;

  private constructor(private readonly page: Page) {}

  /** Takes hold of a browser's line; the page is loaded again, so that its socket runs over it. */
  static async of(inbox: Inbox): Promise<Line> {
    const line = new Line(inbox.page);
    await inbox.page.routeWebSocket(/\/live/, (socket) => line.carry(socket));
    await inbox.page.reload();
    await inbox.ready();
    return line;
  }

  async cut(): Promise<void> {
    this.#cut = true;
    await this.page.context().setOffline(true);
    for (const socket of this.#sockets.splice(0)) await socket.close();
  }

  async mend(): Promise<void> {
    this.#cut = false;
    await this.page.context().setOffline(false);
  }

  private carry(socket: WebSocketRoute): void {
    if (this.#cut) return void socket.close();
    socket.connectToServer();
    this.#sockets.push(socket);
  }
}
