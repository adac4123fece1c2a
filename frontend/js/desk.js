// The desk by keyboard: j/k through [data-row], g + letter to [data-key], / to search, ? for the list of keys.
// The page works without this file. Off switch kept in this browser (WCAG 2.1.4).
import "./page.js";

const body = document.body;
const off = "tinhso.keys.off";
const choice = document.querySelector("[data-keys-switch]");
const help = document.querySelector(".ts-keys");
let going = 0;

body.dataset.script = "";
if (choice) {
  choice.checked = !localStorage.getItem(off);
  choice.addEventListener("change", () =>
    choice.checked ? localStorage.removeItem(off) : localStorage.setItem(off, "1"),
  );
}

const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const here = rows.indexOf(document.activeElement);
  const from = here >= 0 ? here : rows.findIndex((row) => row.hasAttribute("aria-current"));
  const to = from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + by));
  rows[to].focus();
  rows[to].scrollIntoView({ block: "nearest" });
}

function go(letter) {
  document.querySelector(`a[data-key="${CSS.escape(letter)}"]`)?.click();
}

document.addEventListener("keydown", (press) => {
  if (press.ctrlKey || press.metaKey || press.altKey || typing(press.target)) return;
  if (localStorage.getItem(off)) return;
  const key = press.key.toLowerCase();
  if (Date.now() - going < 1500 && key !== "g") {
    going = 0;
    go(key);
  } else if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "g") going = Date.now();
  else if (key === "/") document.querySelector("[data-search] input[type=search]")?.focus();
  else if (key === "?" && help) {
    help.open = !help.open;
    help.querySelector("summary").focus();
  } else return;
  press.preventDefault();
});
