// The status matrix as a real table: one tab stop, arrow keys between cells, a spoken label for each cell.
const make = (tag, attributes = {}, text = "") => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
};

const folded = new WeakMap(); // per instance: ids of the groups that the person has folded

function head(data) {
  const thead = make("thead");
  const years = make("tr", { class: "years" });
  years.append(make("td", { class: "corner" }));
  const labels = make("tr");
  labels.append(make("th", { class: "corner", scope: "col" }, data.words.corner));
  data.columns.forEach((column, at) => {
    const first = at === 0 || data.columns[at - 1].year !== column.year;
    years.append(make("td", { class: first ? "year first" : "year", "aria-hidden": "true" }, first ? column.year : ""));
    const cell = make("th", {
      scope: "col", class: [first ? "first" : "", column.sure ? "" : "unsure", column.tier].join(" ").trim(), title: column.title,
    });
    const link = make("a", { href: column.href, "data-go": "" }, column.label);
    link.tabIndex = -1;
    link.setAttribute("aria-label", column.title);
    cell.append(link);
    labels.append(cell);
  });
  thead.append(years, labels);
  return thead;
}

const DIRECTIONS = ["", "forward", "backward", ""];

function cell(data, kind, row, column, value, at) {
  const td = make("td", { role: "gridcell" });
  if (at === 0 || data.columns[at - 1].year !== column.year) td.className = "first";
  const [status, named, move, byRule] = value;
  if (status < 0) {
    td.setAttribute("aria-label", `${row.title}; ${column.title}: ${data.words.empty}`);
    return td;
  }
  const state = data.statuses[kind][status];
  const said = [`${row.title}; ${column.title}: ${state.label}`];
  if (byRule) said.push(data.words.byRule);
  if (named) said.push(data.namings[named]);
  if (move) said.push(data.moves[kind][move]);
  const looks = [column.sure ? "" : "unsure", named ? "named" : "", DIRECTIONS[move], kind];
  const mark = make("span", { class: `key s-${state.name} ${looks.join(" ")}` }, state.symbol);
  const picked = data.selected && data.selected[0] === row.id && data.selected[1] === column.id;
  if (picked) mark.classList.add("picked");
  td.setAttribute("aria-label", said.join(". "));
  if (picked) td.setAttribute("aria-selected", "true");
  td.title = said.join("\n");
  td.dataset.item = row.id;
  td.dataset.meeting = column.id;
  td.append(mark);
  return td;
}

function sectionLine(data, section) {
  const line = make("tr", { class: "section" });
  line.append(make("th", { scope: "rowgroup" }, `${section.title} ${section.rows.length}`));
  line.append(make("td", { colspan: String(data.columns.length), "aria-hidden": "true" }));
  return line;
}

function draw(root, data, state) {
  const table = make("table", { role: "grid", "aria-label": data.words.table });
  table.style.setProperty("--meetings", data.columns.length);
  table.append(head(data));
  for (const group of data.groups) {
    const body = make("tbody");
    const isFolded = state.has(group.id);
    const line = make("tr", { class: "group" });
    const title = make("th", { scope: "rowgroup" });
    const button = make("button", { type: "button", "aria-expanded": String(!isFolded), "data-group": group.id });
    button.append(make("span", { class: "fold", "aria-hidden": "true" }, isFolded ? "▸" : "▾"), document.createTextNode(group.title));
    button.append(make("span", { class: "count" }, String(group.sections.reduce((sum, section) => sum + section.rows.length, 0))));
    title.append(button);
    line.append(title, make("td", { colspan: String(data.columns.length), "aria-hidden": "true" }));
    body.append(line);
    if (!isFolded) {
      for (const section of group.sections) {
        if (section.kind !== "concern" || group.sections.length > 1) body.append(sectionLine(data, section));
        for (const row of section.rows) {
          const tr = make("tr");
          const name = make("th", { scope: "row" });
          name.append(make("a", { href: row.href, "data-go": "" }, row.title));
          tr.append(name);
          row.cells.forEach((value, at) => tr.append(cell(data, section.kind, row, data.columns[at], value, at)));
          body.append(tr);
        }
      }
    }
    table.append(body);
  }
  root.replaceChildren(table);
}

// Scrolls the table, never the page.
function bringIntoView(root, mark) {
  const box = root.getBoundingClientRect();
  const at = mark.getBoundingClientRect();
  const head = root.querySelector("thead").offsetHeight;
  const side = root.querySelector("tbody th").offsetWidth;
  if (at.top < box.top + head || at.bottom > box.bottom) root.scrollTop += at.top - box.top - box.height / 2;
  if (at.left < box.left + side || at.right > box.right) root.scrollLeft += at.right - box.right + box.width / 4;
}

function grid(root) {
  return [...root.querySelectorAll("tbody tr:not(.group, .section)")].map((tr) => [...tr.querySelectorAll("td")]);
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".matrix");
  if (!folded.has(parentElement)) folded.set(parentElement, new Set());
  const state = folded.get(parentElement);
  const left = root.scrollLeft;
  const hadFocus = root.contains(root.getRootNode().activeElement) ? [state.y, state.x] : null;
  draw(root, data, state);
  const place = parentElement.querySelector(".pictures");
  pictureButtons(place, data.picture.words, data.picture.name, () => matrixPicture(data, state, coloursOf(place)));
  root.scrollLeft = state.seen ? left : root.scrollWidth;
  state.seen = true;
  const chosen = data.selected ? data.selected.join(" ") : "";
  if (chosen && chosen !== state.chosen) {
    const picked = root.querySelector(".picked");
    if (picked) requestAnimationFrame(() => bringIntoView(root, picked));
  }
  state.chosen = chosen;

  const cells = grid(root);
  const focusable = (y, x) => cells[y] && cells[y][x];
  const settle = (y, x, focus) => {
    const next = focusable(y, x);
    if (!next) return;
    const before = focusable(state.y, state.x);
    if (before) before.tabIndex = -1;
    [state.y, state.x] = [y, x];
    next.tabIndex = 0;
    if (focus) next.focus();
  };
  if (!focusable(state.y, state.x)) [state.y, state.x] = [0, Math.max(0, data.columns.length - 1)];
  settle(state.y, state.x, hadFocus !== null);

  const pick = (td) => td.dataset.item && setTriggerValue("cell", [td.dataset.item, td.dataset.meeting]);
  root.onclick = (event) => {
    const button = event.target.closest("button[data-group]");
    if (button) {
      const id = button.dataset.group;
      if (!state.delete(id)) state.add(id);
      const same = `button[data-group="${CSS.escape(id)}"]`;
      component.data = data;
      draw(root, data, state);
      cells.splice(0, cells.length, ...grid(root));
      settle(0, state.x, false);
      root.querySelector(same).focus();
      return;
    }
    if (event.target.closest("a[data-go]")) {
      follow(event);
      return;
    }
    const td = event.target.closest("td[data-item]");
    if (td) {
      const y = cells.findIndex((row) => row.includes(td));
      settle(y, cells[y].indexOf(td), true);
      pick(td);
    }
  };
  root.onkeydown = (event) => {
    const td = event.target.closest("td");
    if (!td) return;
    const { y, x } = state;
    const last = cells[y].length - 1;
    const moves = {
      ArrowUp: [y - 1, x], ArrowDown: [y + 1, x], ArrowLeft: [y, x - 1], ArrowRight: [y, x + 1],
      Home: [y, 0], End: [y, last], PageUp: [Math.max(0, y - 10), x], PageDown: [Math.min(cells.length - 1, y + 10), x],
    };
    if (moves[event.key]) {
      event.preventDefault();
      settle(...moves[event.key], true);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick(td);
    }
    event.stopPropagation();
  };
}
