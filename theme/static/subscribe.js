/* The page "Subscribe": finds feeds by name, and makes an OPML file of those that are ticked. Nothing leaves the browser. */
"use strict";

(() => {
  const tools = document.querySelector("[data-tools]");
  const boxes = [...document.querySelectorAll("input[data-feed]")];
  if (!tools || !boxes.length) return;
  const [search, save, told] = ["[type=search]", "button", "[role=status]"].map((one) => tools.querySelector(one));
  // Public addresses, wherever this copy of the page is looked at.
  const base = document.querySelector("link[rel=canonical]")?.href || location.href;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  const known = boxes.map((box) => [box.closest("li"), plain(box.getAttribute("aria-label"))]);

  function find() {
    const wanted = plain(search.value.trim());
    for (const [line, name] of known) line.hidden = !name.includes(wanted);
    for (const group of document.querySelectorAll("[data-group]")) {
      group.hidden = !group.querySelector("li:not([hidden])");
    }
  }

  function count() {
    const ticked = boxes.filter((box) => box.checked).length;
    save.disabled = !ticked;
    told.textContent = `${ticked} / ${boxes.length}`;
  }

  function outline(list, box) {
    const one = list.createElement("outline");
    const [about, site] = [box.getAttribute("aria-label"), tools.dataset.tools];
    const name = about === site ? site : `${about} · ${site}`;
    const page = new URL("./", new URL(box.value, base)).href;
    const values = { type: "rss", text: name, title: name, xmlUrl: new URL(box.value, base).href, htmlUrl: page };
    for (const [key, value] of Object.entries(values)) one.setAttribute(key, value);
    return one;
  }

  function make() {
    const list = document.implementation.createDocument(null, "opml");
    list.documentElement.setAttribute("version", "2.0");
    const title = list.createElement("title");
    title.textContent = tools.dataset.tools;
    const head = list.createElement("head");
    head.append(title);
    const body = list.createElement("body");
    body.append(...boxes.filter((box) => box.checked).map((box) => outline(list, box)));
    list.documentElement.append(head, body);
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(list)}\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/x-opml" }));
    link.download = "feeds.opml";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  for (const box of boxes) box.hidden = false;
  tools.hidden = false;
  search.addEventListener("input", find);
  document.addEventListener("change", count);
  save.addEventListener("click", make);
  addEventListener("pageshow", count); // a browser may bring ticks back
  find();
  count();
})();
