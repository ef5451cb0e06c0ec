// What the pages do more when scripts may run. Everything works without.

// A search that answers while somebody types: the form is asked for again, and the part of the page that it names put in place.
for (const form of document.querySelectorAll("form[data-live]")) {
  let latest = 0;
  let waiting;
  const ask = async () => {
    const asked = ++latest;
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form)).toString();
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return location.assign(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // A slow answer must not take the place of a later one.
    if (asked !== latest) return;
    document.querySelector(form.dataset.live).replaceWith(page.querySelector(form.dataset.live));
    history.replaceState(null, "", address);
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    ask();
  });
}

// "/" goes to the search.
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  const search = document.querySelector("input[type=search]");
  if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && search) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

// The list of people: j and k, or the arrows, go from row to row; "?" shows the keys. Enter opens, as it does with any link.
document.addEventListener("keydown", (event) => {
  const list = document.querySelector("table.list");
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, textarea, summary, [type=checkbox]")) return;
  const isTyping = event.target.closest("input");
  const keys = document.querySelector("details.keys");
  if (event.key === "?" && !isTyping && keys) {
    keys.open = !keys.open;
    if (keys.open) keys.querySelector("summary").focus();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1, ...(isTyping ? {} : { j: 1, k: -1 }) }[event.key];
  if (!step || !list) return;
  const rows = [...list.querySelectorAll("tbody th a")];
  const here = rows.indexOf(document.activeElement);
  // From the last row, and before the first, there is nowhere to go; up from the first is the search.
  if (here === 0 && step < 0) {
    event.preventDefault();
    return document.querySelector("input[type=search]")?.focus();
  }
  const row = rows[here < 0 ? (step > 0 ? 0 : -1) : here + step];
  if (!row) return;
  event.preventDefault();
  row.focus();
});
