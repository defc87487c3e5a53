// What every page does.
import "./interface.js";
import "./copy.js";
import "./judging.js";
