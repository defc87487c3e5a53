// What every page does.
import "./interface.js";
import "./copy.js";
import "./account.js";
import "./lookup.js";
import "./notebook.js";
import "./reading.js";
import "./tree.js";
import "./judging.js";
import "./progress.js";
import "./adding.js";
import "./evidence.js";
import "./keys.js";
import "./framed.js";
