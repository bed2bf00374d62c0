// The picture of a Plotly chart on the same page: the layers it is drawn in, put into one.
function chartOnPage(key) {
  const plot = document.querySelector(`.st-key-${CSS.escape(key)} .js-plotly-plot`);
  const { width, height } = plot.getBoundingClientRect();
  const body = svgElement("svg");
  for (const layer of plot.querySelectorAll("svg.main-svg")) {
    const copy = layer.cloneNode(true);
    copy.removeAttribute("style"); // the page's own places and grounds
    const letters = copy.querySelectorAll("text");
    layer.querySelectorAll("text").forEach((text, at) => likeOnPage(text, letters[at]));
    body.append(copy);
  }
  return { body, width, height };
}

// The page's typeface and colours do not travel with a picture: its letters take the room and the ink they had.
function likeOnPage(text, copy) {
  const style = getComputedStyle(text);
  copy.style.fill = style.fill;
  copy.style.fillOpacity = style.fillOpacity;
  if (!text.querySelector("tspan") && text.textContent.trim()) {
    copy.setAttribute("textLength", text.getComputedTextLength());
    copy.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }
}

export default function (component) {
  const { data, parentElement } = component;
  const place = parentElement.querySelector(".pictures");
  pictureButtons(place, data.words, data.name, () => {
    const { body, width, height } = chartOnPage(data.chart);
    return framed(body, width, height, data, coloursOf(place));
  });
}
