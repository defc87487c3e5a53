// What every page does.
import "./interface.js";
import "./copy.js";
import "./reading.js";
import "./tree.js";
