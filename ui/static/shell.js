// The page of the conversation.
import "./desk.js";
import "./asking.js";
