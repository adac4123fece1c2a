// Small courtesies on every page; nothing here is needed to use it.

// After a refused form the summary of faults takes the focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();

// A form sent twice by a hurried hand is sent once; the server's once key guards the rest.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent && Date.now() - form.dataset.sent < 5000) event.preventDefault();
  else form.dataset.sent = Date.now();
});

// Print buttons: [data-print]. Without script the hint beside them says Ctrl + P.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
