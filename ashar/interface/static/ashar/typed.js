// Keeps what was typed when the reader changes the language in the middle of a form.
// Without it the page works the same, but the form begins empty in the other language.
(() => {
  const place = location.pathname.replace(/^\/(ky|ru|en)\//, "/");
  const key = `typed:${place}`;
  const fields = () => [...document.querySelectorAll("main form[method=post] [name]")].filter(
    (field) => !["hidden", "password", "file", "submit"].includes(field.type) && field.name,
  );
  const isChoice = (field) => field.type === "checkbox" || field.type === "radio";
  const kept = sessionStorage.getItem(key);
  if (kept) {
    // Kept for one page only: a shared computer tells the next person nothing.
    sessionStorage.removeItem(key);
    const values = new Map(JSON.parse(kept));
    for (const field of fields()) {
      const mark = isChoice(field) ? `${field.name}=${field.value}` : field.name;
      if (!values.has(mark)) continue;
      if (isChoice(field)) field.checked = values.get(mark);
      else field.value = values.get(mark);
    }
  }
  for (const link of document.querySelectorAll(".ashar-languages a")) {
    link.addEventListener("click", () => {
      const values = fields().map((field) =>
        isChoice(field) ? [`${field.name}=${field.value}`, field.checked] : [field.name, field.value],
      );
      if (values.length) sessionStorage.setItem(key, JSON.stringify(values));
    });
  }
})();
