export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".fragment");
  if (root.dataset.html !== data.html) {
    root.innerHTML = data.html; // escaped by the template on the server
    root.dataset.html = data.html;
  }
  root.onclick = follow;
}
