export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".fragment");
  if (root.dataset.html !== data.html) {
    root.innerHTML = data.html; // escaped by the template on the server
    root.dataset.html = data.html;
  }
  root.onclick = (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    setTriggerValue("go", link.getAttribute("href"));
  };
}
