// Shows another page of ours without loading the site anew: the address changes as by a link, and Streamlit follows the
// address as it does for the Back button. Opened with a modifier key, or without script, it is an ordinary link.
function follow(event) {
  const link = event.target.closest("a[data-go]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return false;
  event.preventDefault();
  window.history.pushState(null, "", link.href);
  window.dispatchEvent(new PopStateEvent("popstate"));
  return true;
}
