// What every page does.
import "./interface.js";
import "./copy.js";
import "./evidence.js";
