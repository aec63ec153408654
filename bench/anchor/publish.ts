// The least that can publish an event to many sockets durably: one fdatasync, then uWebSockets' own publish.
import { fdatasyncSync, openSync, writeSync } from "node:fs";

const { PORT, FRAMES, BYTES, STORE } = process.env;
const frames = Number(FRAMES);
const filler = "x".repeat(Number(BYTES));
const store = openSync(STORE!, "a");

function publish(text: string) {
  writeSync(store, text);
  fdatasyncSync(store);
  // The event's number goes into each frame, so that the load knows which event it hears of.
  const number = text.match(/bench#\d+/)![0];
  const frame = number + filler.slice(number.length);
  for (let n = 0; n < frames; n++) server.publish("everybody", frame);
}

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: Number(PORT),
  async fetch(request, server) {
    if (request.method === "POST") {
      publish(await request.text());
      return new Response("");
    }
    if (server.upgrade(request)) return;
    return new Response("only sockets and events", { status: 404 });
  },
  websocket: {
    perMessageDeflate: false,
    open: (socket) => socket.subscribe("everybody"),
    message() {},
  },
});
