// Keeps a call's board up to date: server-sent events, and polling where they do not get through.

const board = document.getElementById("board");
const said = document.getElementById("said");
const lost = document.getElementById("lost");
const address = `/calls/${encodeURIComponent(board.dataset.call)}`;
const POLL_MS = 10_000;

let events = null;
let polling = null;

const words = () => [...board.querySelectorAll("[data-word]")].map((each) => each.dataset.word).join("; ");

function show(html) {
  const before = words();
  board.innerHTML = html;
  lost.hidden = true;
  if (words() !== before) said.textContent = words();
}

// The page itself then leads to the sign-in page and back.
const leave = () => location.reload();

async function poll() {
  try {
    const answer = await fetch(`${address}/board`, { headers: { Accept: "text/html" } });
    if (answer.status === 401 || answer.status === 404) return leave();
    if (answer.ok) show(await answer.text());
    else lost.hidden = false;
  } catch {
    lost.hidden = false;
  }
}

function follow() {
  events = new EventSource(`${address}/live`);
  events.addEventListener("board", (event) => show(event.data));
  events.addEventListener("gone", leave);
  events.addEventListener("error", () => {
    // While it is connecting the browser tries again by itself; closed means that it gave up.
    if (events.readyState !== EventSource.CLOSED || polling) return;
    poll();
    polling = setInterval(poll, POLL_MS);
  });
}

addEventListener("pagehide", () => events?.close());
addEventListener("pageshow", (event) => event.persisted && follow());
follow();
