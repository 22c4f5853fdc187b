// The page of `entente report` as a reader uses it, in a real browser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = join(import.meta.dirname, "../..");
const dir = mkdtempSync(join(tmpdir(), "entente-page-"));
const shots = process.env.SCREENSHOTS;
const entente = (...args) => execFileSync(process.env.ENTENTE, args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

let browser;
const pages = {};

before(async () => {
  for (const [name, inputs] of [["seeds", ["seeds"]], ["hostile", ["tests/page/hostile.jsonl"]]]) {
    entente("build", ...inputs, "--out", join(dir, name));
    pages[name] = join(dir, `${name}.html`);
    entente("report", "--db", join(dir, name, "entente.db"), "--out", pages[name]);
  }
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] });
});

after(async () => {
  await browser?.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Opens a page and takes down everything it should not do. */
async function open(name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type()) && !/GPU stall|GL Driver/.test(message.text())) faults.push(message.text()); });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => { if (!/^(file|data):/.test(request.url())) faults.push(`asks for ${request.url()}`); });
  await page.goto(pathToFileURL(pages[name]).href);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("html[data-ready]");
  return { page, faults, close: () => context.close() };
}

const summary = async (page) => Object.fromEntries([...(await page.textContent("#summary")).matchAll(/([\d,]+) (document|entit|tie|statement)/g)].map(([, n, what]) => [what, Number(n.replace(",", ""))]));

test("loads without an error and without asking the network for anything", async () => {
  const { page, faults, close } = await open("seeds");
  await page.waitForTimeout(500);
  assert.deepEqual(faults, []);
  assert.ok(await page.isVisible("#stage canvas"), "the network is drawn");
  const counts = await summary(page);
  assert.equal(counts.document, 8);
  assert.ok(counts.tie > 20 && counts.statement > 80, JSON.stringify(counts));
  await close();
});

test("a search for Kanada finds Canada, and its tie with Norway shows the sentence", async () => {
  const { page, faults, close } = await open("seeds");
  await page.keyboard.press("/");
  await page.keyboard.type("Kanada");
  await page.waitForSelector("#found-0");
  assert.match(await page.textContent("#found-0"), /^Canada/);
  await page.keyboard.press("Enter");
  assert.equal(await page.textContent("#details h3"), "Canada");
  await page.click('#details li button:text-is("Norway")');
  assert.match(await page.textContent("#details h3"), /Canada - Norway/);
  const sentence = page.locator("#details blockquote").first();
  assert.ok((await sentence.locator("mark").allTextContents()).length > 0, "parties are marked");
  assert.match(await sentence.textContent(), /(Kanada|Canad|Norw)/);
  assert.match(await sentence.locator("footer").textContent(), /published 20\d\d-\d\d-\d\d/);
  assert.deepEqual(faults, []);
  await close();
});

test("a click on a line of the network opens the tie", async () => {
  const { page, close } = await open("hostile");
  const box = await page.locator("#stage").boundingBox();
  // One line between two states goes through the middle of the network.
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const found = await page.textContent("#details h3");
  assert.equal(found, "Canada - Norway");
  await close();
});

test("the filters change the counts, and reset takes them back", async () => {
  const { page, faults, close } = await open("seeds");
  const all = await summary(page);
  await page.uncheck('.controls label:has-text("consultation") input');
  const fewer = await summary(page);
  assert.ok(fewer.statement < all.statement, `${fewer.statement} of ${all.statement}`);
  await page.uncheck('#statuses label:has-text("active") input');
  const firm = await summary(page);
  assert.ok(firm.tie < fewer.tie, `${firm.tie} of ${fewer.tie}`);
  const before = await page.textContent("#summary");
  await page.focus("#from");
  await page.keyboard.press("End");
  await page.waitForFunction((before) => document.querySelector("#summary").textContent !== before, before);
  const late = await summary(page);
  assert.ok(late.statement < firm.statement, `${late.statement} of ${firm.statement}`);
  await page.click("#reset");
  assert.deepEqual(await summary(page), all);
  assert.deepEqual(faults, []);
  await close();
});

test("text of a document never becomes markup", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page, faults, close } = await open("hostile", { javaScriptEnabled });
    if (javaScriptEnabled) {
      await page.click('#ties tbody button');
      await page.waitForSelector("#details blockquote");
      assert.equal(await page.evaluate(() => window.owned), undefined);
    }
    const place = javaScriptEnabled ? "#details" : "#evidence";
    const told = await page.textContent(place);
    // Without the script the page has the surest sentence of each kind of tie.
    assert.ok(told.includes(javaScriptEnabled ? "<script>window.owned = 1</script>" : "<b>Norway</b> & Canada"), told);
    assert.equal(await page.locator(`${place} script, ${place} img, ${place} b`).count(), 0);
    assert.equal(await page.locator('a[href^="javascript" i]').count(), 0);
    const links = await page.locator(`${place} blockquote a`).evaluateAll((all) => all.map((a) => [a.getAttribute("href"), a.rel]));
    assert.ok(links.length > 0);
    for (const link of links) assert.deepEqual(link, ["https://news.example.org/a?b=1&c=<2>", "noopener noreferrer external"]);
    assert.deepEqual(faults, []);
    await close();
  }
  const html = readFileSync(pages.hostile, "utf8");
  assert.ok(!html.includes("<script>window.owned"));
  assert.equal(html.match(/<script/g).length, 2, "the data and our own");
});

test("everything can be reached by the keyboard", async () => {
  const { page, close } = await open("seeds");
  await page.focus("#ties tbody button");
  await page.keyboard.press("Enter");
  assert.match(await page.textContent("#details h3"), / - /);
  await page.keyboard.press("Escape");
  assert.match(await page.textContent("#details h3"), /which sentence/);
  await page.focus("#stage");
  for (const key of ["+", "-", "ArrowLeft", "0"]) await page.keyboard.press(key);
  const unnamed = await page.locator("button, input").evaluateAll((all) => all.filter((e) => !(e.textContent || e.getAttribute("aria-label") || e.closest("label"))).length);
  assert.equal(unnamed, 0, "every control has a name");
  await close();
});

test("dark, light and print", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await open("seeds", { colorScheme });
    await page.waitForTimeout(300);
    const [paper, ink] = await page.evaluate(() => { const style = getComputedStyle(document.body); return [style.backgroundColor, style.color].map((c) => Number(c.match(/\d+/)[0])); });
    assert.ok(colorScheme === "dark" ? paper < 60 && ink > 180 : paper > 240 && ink < 60, `${paper} ${ink}`);
    if (shots) {
      mkdirSync(shots, { recursive: true });
      await page.keyboard.press("/");
      await page.keyboard.type("Kanada");
      await page.keyboard.press("Enter");
      await page.click('#details li button:text-is("Norway")');
      await page.waitForTimeout(600);
      await page.evaluate(() => window.scrollTo(0, 0));
      await page.screenshot({ path: join(shots, `${colorScheme}.png`) });
    }
    await close();
  }
  const { page, close } = await open("seeds");
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.isVisible("#picture svg"), "the picture is printed");
  assert.ok(!(await page.isVisible("#app")), "the controls are not");
  assert.ok(await page.isVisible("#evidence blockquote"));
  await close();
});
