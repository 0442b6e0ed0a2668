// Saves the draft while the person types; without it the buttons do the same.
(() => {
  const form = document.getElementById("draft");
  const address = form && form.dataset.autosave;
  if (!address || !window.fetch) return;
  const said = document.getElementById("saved");
  const totals = document.getElementById("totals");
  let timer = 0, busy = false, again = false, stopped = false, dirty = false;
  const save = async () => {
    if (stopped) return;
    if (busy) { again = true; return; }
    busy = true;
    dirty = false;
    try {
      const answer = await fetch(address, {method: "POST", body: new FormData(form), credentials: "same-origin", keepalive: true});
      if (answer.headers.get("content-type")?.includes("json")) {
        const told = await answer.json();
        said.textContent = told.said;
        if (answer.ok) {
          form.elements.draft_version.value = told.version;
          totals.innerHTML = told.totals;
        } else {
          stopped = true;
        }
      }
    } catch (error) {
      // No network: the next change tries again, and the button still works.
      again = false;
      dirty = true;
    }
    busy = false;
    if (again) { again = false; timer = setTimeout(save, 800); }
  };
  form.addEventListener("input", () => { dirty = true; clearTimeout(timer); timer = setTimeout(save, 1500); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && dirty) { clearTimeout(timer); save(); }
  });
  form.addEventListener("submit", (event) => {
    if (busy) { event.preventDefault(); const button = event.submitter; setTimeout(() => form.requestSubmit(button), 300); return; }
    stopped = true;
    clearTimeout(timer);
  });
})();
