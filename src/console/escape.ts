// Text of a provider made safe for terminals and people: everything that controls, reorders or hides is shown as an escape.

const plainAscii = /^[\x20-\x7e]*$/;

// Variation selectors are left to the limit on marks; joiners are judged by their neighbours.
const unseen =
  /[\p{Cc}\p{Cs}\u2028\u2029\ufff9-\ufffb\p{Noncharacter_Code_Point}]|(?![\ufe00-\ufe0f\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}/gu;

const pictograph = '\\p{Extended_Pictographic}[\\p{M}\\p{Emoji_Modifier}]*';
// Scripts in which a joiner changes how letters are written: Arabic and its kin, the Indic scripts, Khmer, Myanmar, Mongolian.
const scripts = 'Arab Syrc Mong Nkoo Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr'.split(' ');
const joining = `[${scripts.map(script => `\\p{Script=${script}}`).join('')}]`;
const usefulJoiner = new RegExp(
  `(?<=${pictograph})\\u200d(?=\\p{Extended_Pictographic})|(?<=${joining})[\\u200c\\u200d](?=\\p{L})(?=${joining})`,
  'gu',
);

const maxMarks = 8;
const flood = new RegExp(`(\\p{M}{${maxMarks}})(\\p{M}+)`, 'gu');
const maxJoined = 8;
const joinedFlood = new RegExp(`(?:${pictograph}\\u200d){${maxJoined},}`, 'gu');

const named: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/**
 * Shows controls, line separators, bidi controls, invisible characters and lone surrogates as `\x1b`, `\u202e`, `\u{e0041}`.
 * Zero-width joiners stay only inside emoji and in scripts that need them; more than 8 marks on one base are counted, not printed.
 */
export function visible(text: string): string {
  if (plainAscii.test(text)) return text;
  const joiners = keptJoiners(text);
  const shown = text.replace(unseen, (char, at: number) => (joiners.has(at) ? char : escapeOf(char)));
  return shown.replace(flood, (_all, kept: string, rest: string) => `${kept}[+${[...rest].length} marks]`);
}

function keptJoiners(text: string): ReadonlySet<number> {
  const kept = new Set<number>();
  if (!/[\u200c\u200d]/.test(text)) return kept;
  for (const { index } of text.matchAll(usefulJoiner)) kept.add(index);
  for (const { index, 0: chain } of text.matchAll(joinedFlood)) {
    for (let at = index; at < index + chain.length; at++) kept.delete(at);
  }
  return kept;
}

function escapeOf(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code > 0xffff) return `\\u{${hex}}`;
  return named[char] ?? (code > 0xff ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`);
}
