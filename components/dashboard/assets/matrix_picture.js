// The status matrix as a picture: the groups that are not folded, with every symbol and mark of the table.
const PICTURE = { side: 400, step: 30, row: 27, head: 170, key: [26, 23], letters: 60 };

function matrixPicture(data, folds, colours) {
  const { side, step, row, head, letters } = PICTURE;
  const [keyWidth, keyHeight] = PICTURE.key;
  const body = svgElement("svg", { "font-family": "sans-serif", "font-size": 12 });
  const write = (text, x, y, more = {}) => body.append(svgElement("text", { x, y, fill: colours.ink, ...more }, text));
  data.columns.forEach((column, at) => {
    const x = side + at * step;
    if (at === 0 || data.columns[at - 1].year !== column.year) write(column.year, x, 14, { fill: colours.soft, "font-size": 11 });
    write(column.label, 0, 0, { transform: `translate(${x + step / 2 + 4} ${head - 8}) rotate(-90)`, "font-style": column.sure ? "normal" : "italic" });
  });
  let y = head;
  const draw = (line, kind) => {
    write(line.title.length > letters ? `${line.title.slice(0, letters - 1)}…` : line.title, 0, y + 17);
    line.cells.forEach(([status, named, move], at) => {
      if (status < 0) return;
      const x = side + at * step;
      const state = data.statuses[kind][status];
      const sure = data.columns[at].sure ? {} : { "stroke-dasharray": "3 2" };
      body.append(svgElement("rect", { x, y, width: keyWidth, height: keyHeight, rx: 4, fill: state.fill, stroke: "#595959", ...sure }));
      write(state.symbol, x + keyWidth / 2, y + 16, { fill: state.ink, "text-anchor": "middle", "font-size": 13 });
      const [right, bottom] = [x + keyWidth, y + keyHeight];
      if (named) body.append(svgElement("path", { d: `M${right} ${y}v8l-8 -8z`, fill: state.ink }));
      if (move === 1) body.append(svgElement("path", { d: `M${x + 2} ${bottom - 2}h7l-3.5 -5z`, fill: state.ink }));
      if (move === 2) body.append(svgElement("path", { d: `M${x + 2} ${bottom - 7}h7l-3.5 5z`, fill: state.ink }));
    });
    y += row;
  };
  for (const group of data.groups) {
    y += 10;
    write(group.title, 0, y + 14, { "font-weight": 600, fill: colours.soft });
    y += 24;
    if (folds.has(group.id)) continue;
    for (const section of group.sections) {
      if (section.kind !== "concern" || group.sections.length > 1) {
        write(section.title, 0, y + 14, { "font-size": 11, fill: colours.soft });
        y += 22;
      }
      for (const line of section.rows) draw(line, section.kind);
    }
  }
  return framed(body, side + data.columns.length * step, y, { ...data.picture, sub: `${data.picture.sub} · ${data.picture.legend}` }, colours);
}
