// The conversation and the desk: what lies on the desk stands in the address, so that Back and a bookmark work.

const desk = () => document.querySelector("iframe[name=desk]");

function opened() {
  const [, how, address] = location.hash.match(/^#(beside|desk)(\/.*)$/) ?? [];
  document.body.dataset.desk = how ?? "";
  if (address && new URL(address, location).href !== desk()?.contentWindow.location.href)
    desk()?.contentWindow.location.replace(address);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[target=desk], a[data-room]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const { pathname, search, hash } = new URL(link.href);
  location.hash = link.dataset.room === "ask" ? "" : `${link.dataset.room ? "desk" : "beside"}${pathname}${search}${hash}`;
});

window.addEventListener("hashchange", opened);
new MutationObserver((_, watch) => { if (desk()) { watch.disconnect(); opened(); } })
  .observe(document.documentElement, { childList: true, subtree: true });
