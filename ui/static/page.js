// What every page does.
import "./interface.js";
import "./copy.js";
import "./progress.js";
import "./adding.js";
