// Takes docs/demo.png, the README's picture: `node docs/picture.ts URL` while a fresh demo runs at URL (`npm run demo`).
import { chromium } from 'playwright-core';

const url = process.argv[2] ?? 'http://127.0.0.1:8090';
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
const page = await browser.newPage({ viewport: { width: 1400, height: 1560 }, locale: 'en-GB' });
await page.goto(url);
await page.click('#stories [data-story="host-lost"]');
// Minji acknowledges by herself; the offer to approve stands while the picture is taken.
await page.click('[data-answer="leave"]', { timeout: 90_000 });
await page.click('.watch a');
const approve = page.locator('#messages [data-action="approve-step"]');
await approve.first().waitFor({ timeout: 90_000 });
await page.locator('.offer').waitFor({ timeout: 30_000 });
await page
  .locator('.message.pinned')
  .first()
  .evaluate((card) => card.scrollIntoView({ block: 'start' }));
await page.screenshot({ path: new URL('demo.png', import.meta.url).pathname });
await browser.close();
