// What every page does.
import "./interface.js";
import "./copy.js";
import "./keys.js";
import "./framed.js";
