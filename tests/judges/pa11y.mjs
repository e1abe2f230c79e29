// Lets pa11y read pages with both of its runners, and prints what is wrong as JSON. What a runner cannot decide, such as
// the contrast of a text that is scrolled out of sight, is left out: a test computes the contrasts from the style sheet.
import pa11y from "pa11y";
import puppeteer from "puppeteer-core";

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
});
const wrong = [];
for (const path of process.argv.slice(2)) {
  const page = await browser.newPage();
  await page.setBypassCSP(true); // The runners are scripts in the page, which its own policy would stop.
  const { issues } = await pa11y(`file://${path}`, { browser, page, runners: ["axe", "htmlcs"], timeout: 300_000 });
  const decided = issues.filter(({ runnerExtras }) => !runnerExtras.needsFurtherReview);
  for (const { code, context } of decided) wrong.push(`${path}: ${code} at ${context}`);
  await page.close();
}
await browser.close();
console.log(JSON.stringify(wrong));
