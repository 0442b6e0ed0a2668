// The receipt: shows the code kept in this browser, so that it can be printed; it is never sent.
(() => {
  "use strict";
  const page = JSON.parse(document.getElementById("told").textContent);
  const at = (id) => document.getElementById(id);

  const show = async () => {
    const identity = await window.asharKept.find(`proposal:${page.proposal}`);
    const isOurs = identity && await window.asharSeal.recipientOf(identity) === page.recipient;
    if (isOurs) at("the-code").textContent = identity;
    at("code-here").hidden = !isOurs;
    at("code-elsewhere").hidden = isOurs;
  };

  at("print").hidden = false;
  at("print").addEventListener("click", () => window.print());
  if (!page.is_code_shown) show();
})();
