// Opens pages in Chromium in their light and their dark dress, and prints what went wrong as JSON: what axe finds, what
// the page fetches or opens. The page's own policy is switched off, so that a script in it would show.
import { AxePuppeteer } from "@axe-core/puppeteer";
import puppeteer from "puppeteer-core";

const arguments_ = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  ...["--disable-background-networking", "--disable-component-update"],
];
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: arguments_ });
const wrong = [];
for (const path of process.argv.slice(2)) {
  for (const dress of ["light", "dark"]) {
    const page = await browser.newPage();
    const url = `file://${path}`;
    page.on("request", (request) => request.url() === url || wrong.push(`${path} fetches ${request.url()}`));
    page.on("dialog", (dialog) => wrong.push(`${path} says ${dialog.message()}`) && dialog.dismiss());
    await page.setBypassCSP(true);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dress }]);
    await page.goto(url);
    const { violations } = await new AxePuppeteer(page).analyze();
    for (const { id, nodes } of violations) wrong.push(`${path}, ${dress}: ${id} at ${nodes[0].html}`);
    await page.close();
  }
}
await browser.close();
console.log(JSON.stringify(wrong));
