// Hands the page's passkey form to the sign-in library's script.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) return;
  const credential = form.querySelector("[name=credential]").id;
  const begin = window.allauth.webauthn.forms[form.dataset.passkey];
  const button = "passkey-button";
  begin({ ids: { add: button, authenticate: button, credential, data: "passkey-options" } });
  form.hidden = false;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    form.querySelector(".passkey-problem").hidden = false;
  });
});
