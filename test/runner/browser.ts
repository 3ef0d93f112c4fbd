// A browser without a window, of the system: for what only a browser can tell about a page.
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { hasPrograms, pathOf } from './programs.ts';

export const hasBrowser = hasPrograms({ chromium: 'chromium' });

let opened: Promise<Browser> | undefined;

/** The browser of this test file, started when it is first asked for. */
function browser(): Promise<Browser> {
  // As root, as in a container, Chromium runs only without a sandbox of its own.
  opened ??= chromium.launch({ executablePath: pathOf('chromium'), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  return opened;
}

export interface OpenPage {
  readonly page: Page;
  /** What the page asked of the network, or of the disk beside itself. */
  readonly requests: readonly string[];
  /** What its policy has refused, and errors of its script. */
  readonly faults: readonly string[];
}

/** Opens a file as whoever has got it by mail would. */
export async function openPage(path: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await (await browser()).newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const [requests, faults]: [string[], string[]] = [[], []];
  const url = `file://${path}`;
  await context.route('**', route => {
    if (route.request().url() === url) return route.continue();
    requests.push(route.request().url());
    return route.abort();
  });
  page.on('pageerror', error => faults.push(error.message));
  page.on('console', message => faults.push(message.text()));
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', event => console.error(event.violatedDirective + ' ' + event.blockedURI))",
  );
  await page.goto(url);
  return { page, requests, faults };
}

afterAll(async () => {
  await (await opened)?.close();
  opened = undefined;
});
