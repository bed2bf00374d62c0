// Pictures to take away: a drawing framed by its question, the filters in force and where it comes from.
const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 24;

const svgElement = (tag, attributes = {}, text = "") => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
};

const ruler = document.createElement("canvas").getContext("2d");

function lines(text, font, width) {
  ruler.font = font;
  const found = [];
  for (const word of text.split(" ")) {
    const longer = found.length ? `${found[found.length - 1]} ${word}` : word;
    if (found.length && ruler.measureText(longer).width <= width) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

// body: an SVG element that draws `width` by `height` pixels; frame: { title, sub, credit }.
function framed(body, width, height, frame, colours) {
  const total = Math.max(width, 480);
  const root = svgElement("svg", { xmlns: SVG, "font-family": "Georgia, serif" });
  let y = MARGIN;
  const write = (text, size, fill, weight, family) => {
    for (const line of lines(text, `${weight} ${size}px ${family}`, total)) {
      y += size;
      root.append(svgElement("text", { x: MARGIN, y, fill, "font-size": size, "font-weight": weight, "font-family": family }, line));
      y += size * 0.4;
    }
  };
  write(frame.title, 20, colours.ink, 600, "Georgia, serif");
  write(frame.sub, 13, colours.soft, 400, "sans-serif");
  y += 12;
  body.setAttribute("x", MARGIN);
  body.setAttribute("y", y);
  body.setAttribute("width", width);
  body.setAttribute("height", height);
  root.append(body);
  y += height + 10;
  write(frame.credit, 11, colours.soft, 400, "sans-serif");
  const size = { width: total + 2 * MARGIN, height: Math.ceil(y + MARGIN / 2) };
  for (const [name, value] of Object.entries(size)) root.setAttribute(name, value);
  root.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  root.prepend(svgElement("title", {}, frame.title), svgElement("rect", { ...size, fill: colours.ground }));
  return { text: new XMLSerializer().serializeToString(root), ...size };
}

function coloursOf(element) {
  const style = getComputedStyle(element);
  const read = (name) => style.getPropertyValue(name).trim();
  return { ink: read("--st-text-color"), ground: read("--st-background-color"), soft: "#6B6B6B" };
}

function give(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function takeAway(picture, name, kind) {
  const source = new Blob([picture.text], { type: "image/svg+xml;charset=utf-8" });
  if (kind === "svg") {
    give(source, `${name}.svg`);
    return;
  }
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    const scale = Math.min(2, 8000 / Math.max(picture.width, picture.height)); // browsers refuse larger ones
    canvas.width = picture.width * scale;
    canvas.height = picture.height * scale;
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    context.drawImage(image, 0, 0);
    canvas.toBlob((blob) => give(blob, `${name}.png`));
    URL.revokeObjectURL(image.src);
  };
  image.src = URL.createObjectURL(source);
}

// Buttons that give the picture which `make` draws when one is pressed.
function pictureButtons(place, words, name, make) {
  place.replaceChildren();
  for (const kind of ["png", "svg"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "take";
    button.textContent = words[kind];
    button.onclick = () => takeAway(make(), name, kind);
    place.append(button);
  }
}
