// A card as a picture in the phone's gallery: drawn of what the page shows, offered to what the phone shares with, else saved.
const width = 720, edge = 56, side = 520;
let listening;

export function attach() {
  listening = new AbortController();
  document.querySelector("[data-card-picture]").addEventListener("click", save, { signal: listening.signal });
}

export const detach = () => listening?.abort();

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function linesOf(pen, text, most) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function draw(card) {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const face = getComputedStyle(document.body).fontFamily;
  const facts = [...card.querySelectorAll("[data-card-fact]")].map(fact => [fact.querySelector("dt").textContent, fact.querySelector("dd").textContent]);
  const letters = (size, weight) => { pen.font = `${weight} ${size}px ${face}`; };
  letters(44, 700);
  const name = linesOf(pen, card.querySelector("[data-card-name]").textContent, width - 2 * edge);
  const top = 150 + name.length * 54;
  [canvas.width, canvas.height] = [width, top + side + 40 + facts.length * 84 + edge];

  pen.fillStyle = colour("--d-deep");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = colour("--d-accent");
  pen.fillRect(0, 0, width, 10);
  pen.fillStyle = colour("--d-on-deep");
  letters(30, 700);
  pen.fillText([...card.querySelectorAll(".brand :is(b, small)")].map(part => part.textContent).join(" "), edge, 84, width - 2 * edge);
  letters(44, 700);
  name.forEach((line, row) => pen.fillText(line, edge, 160 + row * 54, width - 2 * edge));

  const code = card.querySelector("svg.qr");
  const cell = side / code.viewBox.baseVal.width;
  pen.save();
  pen.translate((width - side) / 2, top);
  pen.fillStyle = "white";
  pen.fillRect(0, 0, side, side);
  pen.fillStyle = colour("--d-deep");
  pen.scale(cell, cell);
  pen.fill(new Path2D(code.querySelector("path").getAttribute("d")));
  pen.restore();

  facts.forEach(([label, value], row) => {
    const y = top + side + 66 + row * 84;
    pen.fillStyle = colour("--d-on-deep-2");
    letters(24, 400);
    pen.fillText(label, edge, y);
    pen.fillStyle = colour("--d-on-deep");
    letters(32, 700);
    pen.fillText(value, edge, y + 38);
  });
  return new Promise(resolve => canvas.toBlob(resolve, "image/png"));
}

async function save(event) {
  const name = event.currentTarget.dataset.cardPicture;
  const file = new File([await draw(document.querySelector("[data-card]"))], `${name}.png`, { type: "image/png" });
  if (matchMedia("(pointer: coarse)").matches && navigator.canShare?.({ files: [file] })) {
    try {
      return await navigator.share({ files: [file] });
    } catch (fault) {
      if (fault.name === "AbortError") return;
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
