// The long form of a proposal in the browser: filled, gathered, read, its faults and sums shown.
(() => {
  "use strict";
  const port = window.asharReading;
  const TEXTS = Object.keys(port.TEXT_LIMITS);
  const SECTIONS = Object.keys(port.SECTIONS);
  const ADDED_ROWS = 5;

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  class DraftForm {
    constructor(form, told) {
      this.form = form;
      this.told = told;
      // A field without a name is never sent anywhere, whatever a browser does with the form.
      for (const field of form.querySelectorAll("[name]")) field.removeAttribute("name");
      for (const button of form.querySelectorAll("button[data-more]")) {
        button.addEventListener("click", () => this.addRows(button.dataset.more, ADDED_ROWS, true));
      }
    }

    rows(section) { return [...this.form.querySelectorAll(`#${section} fieldset.ashar-row`)]; }
    field(name) { return this.form.querySelector(`#id_${name}`); }

    // Rows

    addRows(section, number, isFocused = false) {
      const before = this.rows(section);
      const room = Math.min(number, port.ROW_LIMIT - before.length);
      for (let more = 0; more < room; more += 1) this.addRow(section, before.length + more);
      if (isFocused && room > 0) this.rows(section)[before.length].querySelector("input, select").focus();
    }

    addRow(section, at) {
      const rows = this.rows(section);
      const made = rows[0].cloneNode(true);
      for (const [column, field] of this.cells(section, made)) {
        const name = `${section}-${at}-${column}`;
        field.value = "";
        if (field.tagName === "SELECT") field.selectedIndex = 0;
        field.id = `id_${name}`;
        field.closest(".govuk-form-group").querySelector("label").htmlFor = field.id;
        this.clear(field);
      }
      made.querySelector("legend").textContent = `${this.told.words.parts[section]}, ${at + 1}`;
      made.querySelector(".ashar-row__number").textContent = String(at + 1);
      made.querySelector(".ashar-row__sum")?.remove();
      rows[rows.length - 1].after(made);
    }

    cells(section, row) {
      const fields = [...row.querySelectorAll("input, select")];
      return Object.keys(port.SECTIONS[section]).map((column, at) => [column, fields[at]]);
    }

    // What stands in the form

    fill(typed) {
      for (const name of TEXTS) this.field(name).value = typed[name] || "";
      for (const section of SECTIONS) {
        const kept = typed[section] || [];
        const needed = kept.length + (kept.length ? 1 : 2);
        this.addRows(section, needed - this.rows(section).length);
        this.rows(section).forEach((row, at) => {
          for (const [column, field] of this.cells(section, row)) this.put(field, (kept[at] || {})[column] || "");
        });
      }
    }

    put(field, value) {
      field.value = value;
      // A source that the list does not know stays as it was typed.
      if (field.tagName === "SELECT" && value && field.value !== value) {
        field.append(new Option(value, value));
        field.value = value;
      }
    }

    typed() {
      const raw = Object.fromEntries(TEXTS.map((name) => [name, this.field(name).value]));
      // Rows left blank go: the names on the page of those that stay are kept beside them.
      this.places = {};
      for (const section of SECTIONS) {
        const rows = this.rows(section).map((row, at) => [at, port.tidyRow(
          section, Object.fromEntries(this.cells(section, row).map(([column, field]) => [column, field.value])),
        )]).filter(([, row]) => !port.isBlank(row));
        raw[section] = rows.map(([, row]) => row);
        this.places[section] = rows.map(([at]) => at);
      }
      return port.tidy(raw);
    }

    // What is read from it

    check() {
      const typed = this.typed();
      const reading = port.readDraft(typed, this.told.sources.map(([key]) => key));
      for (const field of this.form.querySelectorAll(".govuk-form-group--error input, .govuk-form-group--error select")) {
        this.clear(field);
      }
      for (const fault of reading.faults) {
        const name = `${fault.section}-${this.places[fault.section][fault.row]}-${fault.column}`;
        this.mark(this.field(name), this.told.words.faults[fault.reason]);
      }
      this.rows("budget").forEach((row, at) => {
        const place = this.places.budget.indexOf(at);
        this.showSum(row, place < 0 ? undefined : reading.lineTotals.get(place));
      });
      return {typed, reading};
    }

    mark(field, sentence) {
      const group = field.closest(".govuk-form-group");
      const message = element("p", "govuk-error-message", sentence);
      message.id = field.id.replace("id_", "error_");
      group.classList.add("govuk-form-group--error");
      group.querySelector("label").after(message);
      field.classList.add(field.tagName === "SELECT" ? "govuk-select--error" : "govuk-input--error");
      field.setAttribute("aria-describedby", message.id);
    }

    clear(field) {
      const group = field.closest(".govuk-form-group");
      group.classList.remove("govuk-form-group--error");
      group.querySelector(".govuk-error-message")?.remove();
      field.classList.remove("govuk-select--error", "govuk-input--error");
      field.removeAttribute("aria-describedby");
    }

    showSum(row, total) {
      row.querySelector(".ashar-row__sum")?.remove();
      if (total === undefined) return;
      const line = element("p", "govuk-body ashar-row__sum", `${this.told.words.sum}: `);
      line.append(element("strong", "", port.saySom(total, this.told.language)));
      row.append(line);
    }
  }

  const totals = (reading, told) => {
    const say = (amount) => port.saySom(amount, told.language);
    const names = Object.fromEntries(told.sources);
    const lines = [...port.bySource(reading)].map(([source, amount]) => [names[source] || source, say(amount)]);
    const asked = port.requested(reading, told.budgetSources);
    const maximum = told.maximum === null ? null : BigInt(told.maximum);
    lines.push([told.words.whole_budget, say(port.total(reading))]);
    lines.push([told.words.asked, say(asked), maximum !== null && asked > maximum ? told.words.too_much : ""]);
    if (maximum !== null) lines.push([told.words.largest, say(maximum)]);
    const list = element("dl", "govuk-summary-list ashar-totals");
    for (const [title, amount, warning] of lines) {
      const row = element("div", "govuk-summary-list__row");
      row.append(element("dt", "govuk-summary-list__key", title));
      const value = element("dd", "govuk-summary-list__value", amount);
      if (warning) value.append(element("br"), element("strong", "govuk-tag govuk-tag--red", warning));
      row.append(value);
      list.append(row);
    }
    return list;
  };

  // What the page says of the proposal while nobody else can read it.
  const statement = (reading, told) => {
    const sum = [...port.bySource(reading).values()].reduce((whole, amount) => whole + amount, 0n);
    const asked = port.requested(reading, told.budgetSources);
    return {
      complete: port.missingParts(reading).length === 0,
      adds_up: sum === port.total(reading),
      within_maximum: told.maximum === null || asked <= BigInt(told.maximum),
    };
  };
  const missing = (reading, told) => port.missingParts(reading).map((part) => told.words.parts[part]);
  const said = (part, value) => (typeof value === "string" ? value
    : value.map((row) => Object.values(row).filter(Boolean).join("; ")).join("\n"));

  window.asharDraft = {DraftForm, element, totals, statement, missing, said};
})();
