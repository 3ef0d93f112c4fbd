// What stands around every page: its policy, which lets nothing of the network in and nothing run but the script below, where the
// result is from, and the line of origin.

import { script, style } from 'loanq:page';
import { createHash } from 'node:crypto';
import type { PageWords } from '../../lang/page.ts';
import type { View } from '../format.ts';
import { minuteText, readInstant } from '../text/instants.ts';
import type { PageFacts } from './facts.ts';
import { markup, term } from './markup.ts';

/** What a page is made from. */
export interface PageView extends View {
  readonly page: PageFacts;
}

/** More columns than this want the long side of the paper. */
const mostUpright = 6;

/** Everything before the content. The policy names the very bytes of script and style. */
export function pageHead({ columns, page, zone }: PageView, words: PageWords, kind: 'table' | 'record'): string {
  const css = `${style}@page{size:A4 ${kind === 'table' && columns.length > mostUpright ? 'landscape' : 'portrait'};margin:12mm}`;
  const policy = `default-src 'none'; script-src '${digest(script)}'; style-src '${digest(css)}'; base-uri 'none'; form-action 'none'`;
  const asked = readInstant(page.at.toISOString(), 'iso');
  const minute = asked === undefined ? '' : minuteText(asked, zone, undefined);
  const heading = `${page.system}: ${page.endpoint}`;
  const title = [heading, ...page.hosts.slice(0, 1), minute].filter(part => part !== '').join(' · ');
  const how = page.command === undefined ? '' : `<p class="how">${words.how} <code>${markup(page.command)}</code></p>\n`;
  return `<!doctype html>
<html lang="${words.tag}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${markup(title)}</title>
<style>${css}</style>
</head>
<body data-copy="${markup(words.copy)}" data-copied="${markup(words.copied)}" data-shown="${markup(words.shown)}">
<header>
<h1>${markup(heading)}</h1>
<p>${markup(page.summary)}</p>
${page.isMadeUp ? `<p class="made-up">${markup(words.madeUp)}</p>\n` : ''}<dl class="facts">
${[
  term(words.profile, markup(page.profile ?? '')),
  term(words.host, markup(page.hosts.join(', '))),
  term(words.environment, markup(page.environment ?? '')),
  term(words.saved, markup(page.saved ?? '')),
  term(words.asked, `<time datetime="${page.at.toISOString()}">${markup(minute)}</time>`),
  term(words.times, markup(page.zone)),
  term(words.personal, markup(page.masked ? words.masked : words.whole)),
]
  .filter(fact => fact !== '')
  .join('\n')}
</dl>
${how}</header>
<main>
`;
}

/** Everything behind the content. */
export function pageFoot({ origin }: View): string {
  return `</main>
<footer><p>${markup(origin?.() ?? 'loanq')}</p></footer>
<script>${script}</script>
</body>
</html>
`;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
