// Moves the focus into another component of the page, past everything between.
function skip(event) {
  const link = event.target.closest("a[data-skip]");
  if (!link) return false;
  event.preventDefault();
  const within = [...document.querySelectorAll(`.st-key-${CSS.escape(link.dataset.skip)} *`)];
  const root = within.map((element) => element.shadowRoot).find(Boolean);
  const first = root && root.querySelector("[tabindex='0']");
  if (first) first.focus();
  return true;
}

// Copies the text that a button holds; where the browser does not allow it, the text is marked to be copied by hand.
async function copy(event) {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
  } catch {
    window.getSelection().selectAllChildren(button.previousElementSibling);
  }
}

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".fragment");
  if (root.dataset.html !== data.html) {
    root.innerHTML = data.html; // escaped by the template on the server
    root.dataset.html = data.html;
  }
  root.onclick = (event) => {
    copy(event);
    if (!skip(event)) follow(event); // returning what they say would cancel every other click
  };
}
