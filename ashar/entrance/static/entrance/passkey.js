// Asks the device for a passkey and puts its answer into the form. Forms that only work with
// a passkey stay hidden in browsers that have none. Also shows the button that prints a page.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (keys) => (keys || []).map((key) => ({...key, id: bytes(key.id)}));

  const create = async ({publicKey: asked}) => {
    const made = await navigator.credentials.create({publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: {...asked.user, id: bytes(asked.user.id)},
      excludeCredentials: listed(asked.excludeCredentials),
    }});
    return {
      ...common(made),
      response: {
        clientDataJSON: text(made.response.clientDataJSON),
        attestationObject: text(made.response.attestationObject),
        transports: made.response.getTransports ? made.response.getTransports() : [],
      },
    };
  };
  const get = async ({publicKey: asked}) => {
    const given = await navigator.credentials.get({publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      allowCredentials: listed(asked.allowCredentials),
    }});
    const {clientDataJSON, authenticatorData, signature, userHandle} = given.response;
    return {
      ...common(given),
      response: {
        clientDataJSON: text(clientDataJSON),
        authenticatorData: text(authenticatorData),
        signature: text(signature),
        userHandle: userHandle ? text(userHandle) : null,
      },
    };
  };
  const common = (credential) => ({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
  const options = async (form) => {
    if (!form.dataset.options) return JSON.parse(document.getElementById("passkey-options").textContent);
    const answer = await fetch(form.dataset.options, {headers: {Accept: "application/json"}});
    if (!answer.ok) throw new Error("no options");
    return (await answer.json()).request_options;
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const failed = form.querySelector("[data-passkey-failed]");
      failed.hidden = true;
      try {
        const ask = form.dataset.passkey === "create" ? create : get;
        form.elements.credential.value = JSON.stringify(await ask(await options(form)));
        const shared = document.querySelector("input[name=shared]");
        if (shared?.checked && shared.form !== form) form.append(Object.assign(shared.cloneNode(), {hidden: true}));
        form.submit();
      } catch (error) {
        failed.hidden = false;
      }
    });
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
