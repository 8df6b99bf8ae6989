// Open HTML pages in Chromium as readers do, and print what is wrong as JSON: {file: [finding, ...]}.
// Usage: node axe.mjs NODE_MODULES CHROMIUM FILE...
// Wide, medium, narrow and dark: axe-core finds no violation; no script, request or error; nothing wider than the window; no note covers another.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, executablePath, ...files] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/`));
const { chromium } = require("playwright-core");
const { source } = require("axe-core");

const VIEWS = {
  wide: { viewport: { width: 1500, height: 900 }, colorScheme: "light" },
  medium: { viewport: { width: 1200, height: 900 }, colorScheme: "light" },
  narrow: { viewport: { width: 360, height: 740 }, colorScheme: "light" },
  dark: { viewport: { width: 1500, height: 900 }, colorScheme: "dark" },
};

// runs in the page
async function inspect({ beside }) {
  const found = [];
  const result = await window.axe.run(document, { resultTypes: ["violations"] });
  for (const rule of result.violations)
    for (const node of rule.nodes) found.push(`${rule.id}: ${rule.help}: ${node.html.slice(0, 160)}`);
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} pixels wide in a window of ${clientWidth}`);
  const notes = [...document.querySelectorAll("[role=doc-footnote]")];
  const boxes = notes.map((note) => note.getBoundingClientRect());
  boxes.forEach((box, at) => {
    if (at && box.top < boxes[at - 1].bottom - 0.5) found.push(`note ${at + 1} covers note ${at}`);
    const call = document.getElementById(`call${at + 1}`).getBoundingClientRect();
    const foot = at ? Math.max(boxes[at - 1].bottom + 12, call.top) : call.top;
    if (beside && Math.abs(box.top - foot) > 3) found.push(`note ${at + 1} is ${Math.round(box.top - foot)} pixels away from its place`);
    const text = document.querySelector("main").getBoundingClientRect();
    const covers = document.documentElement.dir === "rtl" ? box.right > text.left : box.left < text.right;  // notes stand where lines end
    if (beside && covers) found.push(`note ${at + 1} covers the text`);
  });
  return found;
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const said = {};
for (const file of files) {
  said[file] = [];
  for (const [name, view] of Object.entries(VIEWS)) {
    const tell = (finding) => said[file].push(`${name}: ${finding}`);
    const context = await browser.newContext(view);
    const page = await context.newPage();
    page.setDefaultTimeout(300_000); // a busy machine is no fault of the page
    page.on("console", (message) => message.type() === "error" && tell(message.text()));
    page.on("request", (request) => /^(file|data):/.test(request.url()) || tell(`asks for ${request.url()}`));
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(source);
    for (const finding of await page.evaluate(inspect, { beside: name !== "narrow" })) tell(finding);
    await context.close();
  }
}
await browser.close();
console.log(JSON.stringify(said));
