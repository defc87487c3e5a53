// The page to log in: the language of the interface; and what lay on the desk, which browsers keep to themselves.
import "./interface.js";

const then = document.querySelector("input[name=next]");
if (then && location.hash && !then.value.includes("#")) then.value += location.hash;
