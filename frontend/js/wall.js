// The wall asks its own page again every data-poll seconds and exchanges only what changed.
// When nobody answers it says so and keeps the last figures with their as-of times.
const wall = document.querySelector("[data-poll]");
const state = document.querySelector("[data-wall-state]");

async function refresh() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const tile of wall.querySelectorAll("[id]")) {
      const next = fresh.getElementById(tile.id);
      next?.querySelectorAll("details").forEach((box, at) => (box.open = tile.querySelectorAll("details")[at]?.open));
      if (next && next.outerHTML !== tile.outerHTML) tile.replaceWith(next);
    }
    const clock = document.querySelector("[data-wall-time]");
    const time = fresh.querySelector("[data-wall-time]");
    if (clock && time) clock.replaceWith(time);
    if (state) state.hidden = true;
  } catch {
    if (state) state.hidden = false;
  }
}

if (wall) setInterval(refresh, Math.max(5, Number(wall.dataset.poll)) * 1000);
