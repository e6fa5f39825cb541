// Draws a signature into a path, whose data a hidden field carries to the server.
"use strict";

const LONGEST = 20000;

for (const pad of document.querySelectorAll("[data-signature]")) {
  const form = pad.closest("form");
  const field = form.elements[pad.dataset.signature];
  const sheet = pad.querySelector("svg");
  const stroke = pad.querySelector(".signature-stroke");
  let last = null;

  const draw = (data) => {
    field.value = data;
    stroke.setAttribute("d", data);
  };

  const pointOf = (event) => {
    const box = sheet.getBoundingClientRect();
    const x = Math.round(((event.clientX - box.left) / box.width) * 600);
    const y = Math.round(((event.clientY - box.top) / box.height) * 200);
    return [Math.min(Math.max(x, 0), 600), Math.min(Math.max(y, 0), 200)];
  };

  const add = (letter, [x, y]) => {
    if (field.value.length < LONGEST - 12) draw(`${field.value}${letter}${x} ${y}`);
    last = [x, y];
  };

  sheet.addEventListener("pointerdown", (event) => {
    sheet.setPointerCapture(event.pointerId);
    add("M", pointOf(event));
  });
  sheet.addEventListener("pointermove", (event) => {
    if (last === null) return;
    const [x, y] = pointOf(event);
    if (Math.abs(x - last[0]) + Math.abs(y - last[1]) > 2) add("L", [x, y]);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    sheet.addEventListener(name, () => {
      last = null;
    });
  }
  pad.querySelector("button").addEventListener("click", () => draw(""));

  if (field.value) draw(field.value);
  pad.hidden = false;
}
