/* The page "Search". The index, and what searches it, are loaded when somebody begins to search. */
"use strict";

(() => {
  const form = document.querySelector("form[data-index]");
  if (!form) return;
  const [field, list, status] = ["[type=search]", ".hits", "[role=status]"].map((one) => document.querySelector(one));
  const hint = document.querySelector("[data-say=hint]");
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const folder = new URL(form.dataset.index, document.baseURI).href;
  const most = 30;
  let engine;
  let turn = 0;

  const text = (name) => document.querySelector(`[data-say=${name}]`).textContent;

  function found(number) {
    const one = document.querySelector(`[data-form=${plural.select(number)}]`);
    const wording = (one || document.querySelector("[data-form=other]")).textContent;
    return wording.replace("{n}", number.toLocaleString(document.documentElement.lang));
  }

  function none(words) {
    const said = document.querySelector("[data-say=none]").cloneNode(true);
    said.querySelector("bdi").textContent = words;
    return said.textContent;
  }

  // Each language has an index of its own; this page looks through all of them.
  async function load() {
    const loaded = await import(`${folder}pagefind.js`);
    await loaded.init();
    const { languages } = await (await fetch(`${folder}pagefind-entry.json`)).json();
    const mine = document.documentElement.lang.toLowerCase();
    const first = [mine, mine.split("-")[0]].find((one) => languages[one]) || "";
    const rest = Object.keys(languages).filter((one) => one !== first);
    // By another spelling of the folder, since Pagefind takes the same one for a mistake.
    for (const language of first ? rest : []) await loaded.mergeIndex(`${folder}../pagefind/`, { language });
    return loaded;
  }

  // An excerpt is HTML: of it, text and marks are taken, and nothing else.
  function excerpt(html) {
    const line = document.createElement("p");
    for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
      const part = node.nodeName === "MARK" ? document.createElement("mark") : document.createTextNode("");
      part.textContent = node.textContent;
      line.append(part);
    }
    return line;
  }

  function hit(data) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = data.url;
    link.textContent = data.meta.title;
    line.dir = "auto";
    line.append(link, excerpt(data.excerpt));
    return line;
  }

  async function search() {
    const mine = ++turn;
    const words = field.value.trim();
    const address = new URL(location.href);
    if (words) address.searchParams.set("q", words);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    if (!words) {
      status.textContent = "";
      list.replaceChildren();
      return;
    }
    try {
      if (!engine) status.textContent = text("searching");
      engine ??= load();
      const { results } = await (await engine).search(words);
      const data = await Promise.all(results.slice(0, most).map((result) => result.data()));
      if (mine !== turn) return;
      status.textContent = results.length ? found(results.length) : none(words);
      list.replaceChildren(...data.map(hit));
    } catch {
      engine = undefined;
      if (mine !== turn) return;
      status.textContent = text("failed");
      hint.hidden = false;
    }
  }

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 250);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    search();
  });
  form.hidden = false;
  hint.hidden = true;
  field.value = new URLSearchParams(location.search).get("q") || "";
  if (field.value) search();
})();
