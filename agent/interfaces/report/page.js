"use strict";
const search = document.getElementById("search");
const outcome = document.getElementById("outcome");
const count = document.getElementById("count");
const body = document.querySelector("#tasks tbody");
const rows = [...body.rows];

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const fits = (!outcome.value || row.dataset.outcome === outcome.value)
      && words.every((word) => row.dataset.words.includes(word));
    row.hidden = !fits;
    document.getElementById(row.dataset.task).hidden = !fits;
    shown += fits;
  }
  count.textContent = `${shown} of ${rows.length} tasks`;
}

function sort(head) {
  const rising = head.getAttribute("aria-sort") !== "ascending";
  for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", rising ? "ascending" : "descending");
  const place = head.cellIndex;
  const key = (row) => row.cells[place].dataset.value ?? row.cells[place].textContent;
  const numeric = head.classList.contains("number");
  rows.sort((left, right) => {
    const order = numeric ? key(left) - key(right) : key(left).localeCompare(key(right));
    return rising ? order : -order;
  });
  body.append(...rows);
}

function open() {
  const task = document.getElementById(location.hash.slice(1));
  if (task && task.tagName === "DETAILS") {
    task.hidden = false;
    task.open = true;
    task.scrollIntoView();
  }
}

search.addEventListener("input", filter);
outcome.addEventListener("change", filter);
for (const head of document.querySelectorAll("#tasks th")) {
  head.tabIndex = 0;
  head.addEventListener("click", () => sort(head));
  head.addEventListener("keydown", (event) => {
    if (event.key === "Enter") sort(head);
  });
}
body.addEventListener("click", (event) => {
  const row = event.target.closest("tr");
  if (!row) return;
  if (location.hash === `#${row.dataset.task}`) open();
  else location.hash = row.dataset.task;
});
window.addEventListener("hashchange", open);
// A live page asks now and then whether records have come, and comes back as it was left.
function remember() {
  const tasks = [...document.querySelectorAll("details.task[open]")].map((task) => task.id);
  sessionStorage.setItem("left", JSON.stringify({
    search: search.value, outcome: outcome.value, tasks, scroll: window.scrollY,
  }));
}

function restore() {
  const left = JSON.parse(sessionStorage.getItem("left") ?? "null");
  sessionStorage.removeItem("left");
  if (!left) return false;
  search.value = left.search;
  outcome.value = left.outcome;
  for (const id of left.tasks) document.getElementById(id)?.setAttribute("open", "");
  filter();
  window.scrollTo(0, left.scroll);
  return true;
}

async function look() {
  const reply = await fetch("state").catch(() => null);
  if (!reply?.ok || await reply.text() === document.body.dataset.state) return;
  remember();
  location.reload();
}

filter();
if (document.body.dataset.state) {
  if (!restore()) open();
  setInterval(look, 2000);
} else {
  open();
}
