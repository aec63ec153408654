// The phone page: asks for the state and for new events, draws what changed, and posts what people do.

const find = (id) => document.getElementById(id);
const QUICK = ["Hi!", "Where is my order?", "I want to talk to a person", "Can I return my shoes?", "Thanks, bye!"];
const WEBHOOK_FAULTS = { duplicate: 0.5, reorder: 0.5, drop_echo: 0.5, delay_ms: 3000 };
const PAUSE_MS = 700;

let state = null;
let chosen = null;
let lastEvent = 0;
const drawn = {};

const page = () => state.pages[0];
const thread = () => page().threads.find((each) => each.psid === chosen);
const place = () => ({ page: page().id, psid: chosen });
const appName = (id) => page().apps.find((app) => app.id === id)?.name ?? (id || "Meta");
const clockTime = (ms) => new Date(ms).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

function whose(app) {
  if (!app) return "idle";
  if (app === page().routing.default_app) return "ours";
  return page().apps.some((each) => each.id === app) ? "bot" : "page_inbox";
}

function duration(ms) {
  const hours = Math.floor(ms / 3_600_000);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return hours >= 1 ? `${Math.round(ms / 3_600_000)} h` : `${Math.max(0, Math.ceil(ms / 60_000))} min`;
}

async function post(path, body) {
  const answer = await fetch(`/sim/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) say(told.error ? `Refused by Messenger: ${told.error.message}` : "The simulator did not understand that.");
  await refresh();
}

let toastTimer;
function say(words) {
  find("toast").textContent = words;
  find("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { find("toast").hidden = true; }, 5000);
}

function ask(label, value, ok = "Send") {
  find("ask-label").textContent = label;
  find("ask-text").value = value;
  find("ask-ok").textContent = ok;
  const dialog = find("ask");
  dialog.returnValue = "cancel";
  dialog.showModal();
  find("ask-text").select();
  return new Promise((done) => dialog.addEventListener("close", () => {
    done(dialog.returnValue === "ok" ? find("ask-text").value.trim() : "");
  }, { once: true }));
}

// Draws a part only when what it shows has changed, so that focus and selection survive.
function draw(part, shown, how) {
  const print = JSON.stringify(shown);
  if (drawn[part] === print) return;
  drawn[part] = print;
  how(shown);
}

async function refresh() {
  const [fresh, events] = await Promise.all([
    fetch("/sim/state").then((answer) => answer.json()),
    fetch(`/sim/events?after=${lastEvent}`).then((answer) => answer.json()),
  ]);
  state = fresh;
  chosen ??= new URLSearchParams(location.search).get("psid");
  if (!thread()) chosen = page().threads[0]?.psid ?? null;
  drawAll();
  drawEvents(events);
}

function drawAll() {
  find("page-name").textContent = page().name;
  find("clock").textContent = new Date(state.now).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  draw("customers", page().threads.map(({ psid, name }) => ({ psid, name })).sort((a, b) => a.name.localeCompare(b.name)), drawCustomers);
  find("customer").value = chosen;
  draw("portrait", chosen, () => { find("portrait").src = `/sim/picture/${chosen}`; });
  draw("control", [thread()?.owner, thread()?.owner_name, thread()?.window, Math.floor(state.now / 60_000)], drawControl);
  draw("thread", [chosen, thread()?.messages, page().apps], drawThread);
  draw("switches", page().apps, drawSwitches);
  draw("faults", [state.webhooks, state.faults], drawFaults);
}

function drawCustomers(customers) {
  find("customer").replaceChildren(...customers.map(({ psid, name }) => element("option", { value: psid, textContent: name })));
}

function drawControl() {
  const { owner, owner_name, owner_until, window } = thread() ?? {};
  const chip = find("owner");
  chip.dataset.owner = whose(owner);
  chip.textContent = owner ? `${owner_name} is in control, ${duration(owner_until - state.now)} left` : "Idle: nobody is in control";
  const left = window?.expires_at ? duration(window.expires_at - state.now) : "";
  const words = { open: `Window open, ${left} left`, human_agent: `People only, ${left} left`, closed: "Window closed" };
  find("window").textContent = words[window?.state] ?? "";
}

function drawThread() {
  const list = find("thread");
  const atEnd = drawn.threadOf !== chosen || list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  drawn.threadOf = chosen;
  const messages = thread()?.messages ?? [];
  const rows = messages.map((message, index) => drawMessage(message, messages[index - 1], index === messages.length - 1));
  const nobody = element("li", { className: "nobody", textContent: "No messages yet. Say hello as this customer." });
  list.replaceChildren(...(rows.length ? rows : [nobody]));
  if (!atEnd) return;
  const toEnd = () => { list.scrollTop = list.scrollHeight; };
  toEnd();
  // A picture that is still loading has no height yet.
  for (const picture of list.querySelectorAll("img")) picture.addEventListener("load", toEnd, { once: true });
}

function drawMessage(message, before, isLast) {
  const app = message.author.app;
  const side = message.author === "customer" ? "customer" : whose(app);
  const same = before && JSON.stringify(before.author) === JSON.stringify(message.author);
  const row = element("li", { className: `message ${side}${same ? " same" : ""}` });
  if (app) row.append(element("span", { className: "name", textContent: side === "page_inbox" ? "Page inbox" : appName(app) }));
  if (message.text) row.append(element("div", { className: "bubble", dir: "auto", textContent: message.text }));
  for (const { type, payload } of message.attachments) {
    const isImage = type === "image" && payload?.url;
    row.append(isImage
      ? element("img", { src: payload.url, alt: "Picture" })
      : element("div", { className: "bubble", textContent: payload?.text ?? `[${type}]` }));
  }
  const under = element("div", { className: "under", title: new Date(message.at).toLocaleString() });
  if (message.reaction) under.append(message.reaction);
  if (app && message.read) under.append("Seen");
  if (app && !message.reaction) {
    const react = element("button", { type: "button", className: "react", textContent: "React" });
    react.addEventListener("click", () => post("customer", { ...place(), do: "react", mid: message.mid, emoji: "❤️" }));
    under.append(react);
  }
  row.append(under);
  if (isLast && message.buttons.length) row.append(drawButtons(message.buttons));
  return row;
}

function drawButtons(buttons) {
  const taps = element("div", { className: "taps" });
  for (const { title, payload, content_type } of buttons) {
    const tap = element("button", { type: "button", textContent: title });
    const what = content_type ? "pick" : "tap";
    tap.addEventListener("click", () => post("customer", { ...place(), do: what, title, payload: String(payload ?? "") }));
    taps.append(tap);
  }
  return taps;
}

function drawSwitches(apps) {
  const box = (app, name, words) => {
    const input = element("input", { type: "checkbox", checked: app[name] });
    input.addEventListener("change", () => post("switches", { page: page().id, app: app.id, [name]: input.checked }));
    return element("label", { className: "check" }, input, words);
  };
  find("switches").replaceChildren(...apps.map((app) => element("div", {},
    element("strong", { textContent: app.name + (app.id === page().routing.default_app ? " (default app)" : "") }),
    box(app, "take_control", "Take control of conversations"),
    box(app, "standby", "Access standby channel"),
    box(app, "token_expired", "Token expired"),
  )));
}

function drawFaults() {
  for (const input of document.querySelectorAll("[data-webhook]")) input.checked = state.webhooks[input.dataset.webhook] > 0;
  const count = state.faults.length;
  find("planned").textContent = count ? `${count} ${count === 1 ? "fault waits" : "faults wait"} for a call.` : "";
  if (!count) find("next-fault").value = "";
}

function drawEvents(events) {
  for (const event of events) {
    lastEvent = event.number;
    find("events").prepend(drawEvent(event));
  }
  while (find("events").children.length > 400) find("events").lastChild.remove();
  find("no-events").hidden = lastEvent > 0;
}

function drawEvent(event) {
  const arrow = { webhook: "→", graph: "←", note: "" }[event.kind];
  const what = element("span", { className: "what" }, element("b", { textContent: event.title }), " ",
    element("span", { textContent: `${arrow} ${appName(event.app)}` }));
  const summary = element("summary", {}, element("time", { textContent: clockTime(event.at) }),
    element("span", { className: "kind", textContent: event.kind === "graph" ? "Graph" : event.kind === "webhook" ? "Webhook" : "Note" }), what);
  if (event.status !== null) {
    const status = element("span", { className: "status", textContent: event.status || "no answer" });
    if (event.status !== 200) status.dataset.bad = "";
    summary.append(status);
  }
  const details = element("details", {}, summary);
  if (event.body !== null) details.append(element("pre", { textContent: JSON.stringify(event.body, null, 2) }));
  const item = element("li", {}, details);
  item.dataset.kind = event.kind;
  return item;
}

function listen() {
  const click = (id, act) => find(id).addEventListener("click", act);
  find("customer").addEventListener("change", () => { chosen = find("customer").value; drawAll(); });
  find("composer").addEventListener("submit", (submit) => {
    submit.preventDefault();
    const text = find("text").value.trim();
    find("text").value = "";
    if (text) post("customer", { ...place(), do: "write", text });
  });
  for (const text of QUICK) {
    const button = element("button", { type: "button", textContent: text });
    button.addEventListener("click", () => post("customer", { ...place(), do: "write", text }));
    find("quick").append(button);
  }
  click("attach", () => post("customer", { ...place(), do: "attach", kind: "image", url: `${location.origin}/parcel.png` }));
  click("read", () => post("customer", { ...place(), do: "read" }));
  click("start", () => post("customer", { ...place(), do: "tap", title: "Get Started", payload: "GET_STARTED" }));
  click("link", async () => {
    const reference = await ask("The link's ref", "order_48190", "Open");
    if (reference) post("customer", { ...place(), do: "open_link", reference });
  });
  click("inbox", async () => {
    const text = await ask("Answer in Meta Business Suite", "I am looking into it.");
    if (text) post("inbox", { ...place(), text });
  });
  click("new-customer", addCustomer);
  click("clear-faults", () => post("faults", { clear: true }));
  for (const button of document.querySelectorAll("[data-bot]")) button.addEventListener("click", () => botDoes(button.dataset.bot));
  for (const button of document.querySelectorAll("[data-advance]")) {
    button.addEventListener("click", () => post("clock", { advance_ms: Number(button.dataset.advance) }));
  }
  for (const input of document.querySelectorAll("[data-webhook]")) input.addEventListener("change", planWebhooks);
  find("next-fault").addEventListener("change", planNext);
  for (const button of document.querySelectorAll("[data-show]")) button.addEventListener("click", () => show(button));
}

async function botDoes(what) {
  if (what !== "write") return post("bot", { ...place(), do: what });
  const text = await ask("The bot says", "Your order 48 190 is on its way.");
  if (text) await post("bot", { ...place(), do: "write", text });
}

async function addCustomer() {
  const name = await ask("Name of the new customer", "Ines Duarte", "Add");
  if (!name) return;
  const [first_name, ...rest] = name.split(" ");
  chosen = String(7_000_000_000_000_000 + Math.floor(Math.random() * 999_999_999_999_999));
  await post("new-customer", { ...place(), first_name, last_name: rest.join(" ") });
}

function planNext() {
  const fault = find("next-fault").value;
  if (fault) post("faults", { next: { call: "send", times: 1, fault: JSON.parse(fault) } });
}

function planWebhooks() {
  const webhooks = { ...state.webhooks };
  for (const input of document.querySelectorAll("[data-webhook]")) {
    webhooks[input.dataset.webhook] = input.checked ? WEBHOOK_FAULTS[input.dataset.webhook] : 0;
  }
  post("faults", { webhooks });
}

function show(button) {
  for (const each of document.querySelectorAll("[data-show]")) each.setAttribute("aria-pressed", String(each === button));
  find("events").dataset.show = button.dataset.show;
}

// One answer after the other: a slow simulator is not asked twice at once.
async function follow() {
  try {
    await refresh();
    if (drawn.lost) { drawn.lost = false; find("toast").hidden = true; }
  } catch {
    drawn.lost = true;
    find("toast").textContent = "The simulator does not answer. Trying again…";
    find("toast").hidden = false;
  }
  setTimeout(follow, PAUSE_MS);
}

listen();
follow();
