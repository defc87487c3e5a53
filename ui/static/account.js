// Who is logged in, at the head of every page, with a button to log out.

function shown(reader, place) {
  const form = document.createElement("form");
  form.className = "account";
  form.method = "post";
  form.action = "/logout";
  const name = document.createElement("span");
  name.className = "reader";
  name.textContent = reader;
  const button = document.createElement("button");
  button.type = "submit";
  for (const [language, words] of [["en", "Log out"], ["ru", "Выйти"]]) {
    const said = document.createElement("span");
    said.className = "said";
    said.lang = language;
    said.textContent = words;
    button.append(said);
  }
  form.append(name, button);
  place.prepend(form);
}

async function account() {
  const answer = await fetch("/account.json", { headers: { Accept: "application/json" } });
  const { reader } = answer.ok ? await answer.json() : {};
  if (!reader) return;
  const look = () => {
    const place = document.querySelector(".delo-head .settings");
    if (place && !place.querySelector(".account")) shown(reader, place);
    return place;
  };
  if (look()) return;
  new MutationObserver((_, watch) => { if (look()) watch.disconnect(); })
    .observe(document.documentElement, { childList: true, subtree: true }); // gradio makes its head later
}

if (window.top === window) account().catch(() => {});
