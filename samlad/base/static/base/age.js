// @ts-check
// Keeps times fresh: <time data-age>, <time data-how-long>, <time data-countdown>, <time data-clock>.
// The server wrote them right (templatetags/times.py); this says the same with the same words as time goes by.

const MINUTE = 60, HOUR = 3600, DAY = 86400, EVERY = 15_000;
const root = document.documentElement;
/** @type {Record<string, string>} */
const words = JSON.parse(root.dataset.timeWords || "{}");

/** @param {string} word @param {string | number} inner */
const say = (word, inner) => (words[word] || "{}").replace("{}", String(inner));

/** A length of time, rounded down, in at most two units. @param {number} seconds */
export function length(seconds) {
  const whole = Math.floor(seconds);
  if (whole < MINUTE) return say("moment", "");
  if (whole < HOUR) return say("min", Math.floor(whole / MINUTE));
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  if (whole < 10 * HOUR && minutes) return `${say("hour", Math.floor(whole / HOUR))} ${say("min", minutes)}`;
  if (whole < 2 * DAY) return say("hour", Math.floor(whole / HOUR));
  const days = Math.floor(whole / DAY);
  return say(days === 1 ? "day" : "days", days);
}

/** @param {number} ago seconds since */
const age = (ago) => (ago < MINUTE ? say("now", "") : say("ago", length(ago)));

/** @param {number} ago seconds since; negative before the deadline */
function countdown(ago) {
  if (ago <= -MINUTE) return say("left", length(-ago));
  return ago < MINUTE ? say("due", "") : say("over", length(ago));
}

/** @param {Date} moment @param {Intl.DateTimeFormatOptions} options */
const stockholm = (moment, options) => new Intl.DateTimeFormat(root.lang, { timeZone: "Europe/Stockholm", ...options }).format(moment);

/** A clock time as the server wrote it, with the date once midnight has passed. @param {Date} moment @param {string} text */
function clock(moment, text) {
  if (text.length > 5 || stockholm(moment, { dateStyle: "short" }) === stockholm(new Date(), { dateStyle: "short" })) return text;
  return `${stockholm(moment, { day: "numeric", month: "short" }).replace(".", "")} ${text}`;
}

/** @param {HTMLTimeElement} element @param {number} now milliseconds */
function refresh(element, now) {
  const moment = new Date(element.dateTime);
  const ago = (now - moment.getTime()) / 1000;
  const { dataset } = element;
  const before = element.textContent || "";
  let text = before;
  if ("age" in dataset) text = age(ago);
  else if ("howLong" in dataset) text = length(ago);
  else if ("clock" in dataset) text = clock(moment, before);
  else if ("countdown" in dataset) {
    text = countdown(ago);
    element.classList.toggle("late", ago >= MINUTE);
  }
  // Only what differs is written, so that a screen reader and a text selection are left in peace.
  if (text !== before) element.textContent = text;
}

/** Brings every time under `part` up to date. @param {ParentNode} part */
export function freshen(part = document) {
  const now = Date.now();
  for (const element of part.querySelectorAll("time")) refresh(element, now);
}

freshen();
setInterval(freshen, EVERY, document);
document.addEventListener("visibilitychange", () => document.hidden || freshen());
// live.js says when it has brought new times in.
document.addEventListener("samlad:fresh", (event) => freshen(event.target instanceof Element ? event.target : document));
