// Laid out by `make dev` only: loads the page again as soon as a newer build is in place.
const PAUSE_MS = 400;

async function build() {
  try {
    const answer = await fetch("/assets/build.txt", { cache: "no-store" });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined; // The server is just being restarted.
  }
}

let shown;
for (;;) {
  const newest = await build();
  shown ??= newest;
  if (newest !== undefined && newest !== shown) break;
  await new Promise((resume) => setTimeout(resume, PAUSE_MS));
}
location.reload();
