// What differs for a page that lies on the desk, and for one that stands by itself in a tab.

const alone = window.top === window;

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const { origin, pathname } = new URL(link.href);
  if (!alone && origin === location.origin && pathname === "/") { // the conversation is beside the desk, not on it
    event.preventDefault();
    window.parent.document.dispatchEvent(new Event("delo:back"));
  } else if (alone && link.target === "desk" && !document.querySelector("#desk")) { // there is no desk: open it here
    event.preventDefault();
    location.assign(link.href);
  }
});
