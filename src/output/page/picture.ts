// Pictures as SVG without a style of its own: lines of a label, a drawing and words, in per cent, so that text keeps its size when the
// page gets narrow. Whoever does not see it is told the same in words.
import type { Tone } from '../../core/fields.ts';
import { markup } from './markup.ts';

const lineHeight = 24;
/** Room for a label, in pixels: what stands behind it is moved. */
const labelWidth = 84;

export interface PictureText {
  readonly id: string;
  readonly caption: string;
  /** What could not be drawn. */
  readonly note?: string;
}

export interface Bar {
  readonly label: string;
  readonly words: string;
  /** Length as part of the longest, 0 to 1. */
  readonly share: number;
  readonly isMinus: boolean;
}

/** Bars below each other, their exact words at the end of the line. */
export function barPicture(text: PictureText, bars: readonly Bar[]): string {
  const wide = 52;
  const lines = bars.map(({ label, words, share, isMinus }, at) => {
    const y = at * lineHeight;
    return (
      `<text x="0" y="${y + 16}">${markup(label)}</text>` +
      `<rect class="bar${isMinus ? ' minus' : ''}" transform="translate(${labelWidth} 0)" x="0" y="${y + 5}" width="${percent(share * wide)}" height="13" rx="2"/>` +
      `<text x="100%" y="${y + 16}" text-anchor="end">${markup(words)}</text>`
    );
  });
  return figure(
    text,
    bars.length * lineHeight,
    lines,
    bars.map(({ label, words }) => `${label}: ${words}`),
  );
}

export interface Mark {
  readonly label: string;
  /** Place on the line of time, 0 to 1. */
  readonly at: number;
  readonly amount: string;
  readonly state: string;
  readonly tone: Tone | undefined;
}

/** A line of time for each mark, with what is now where that is on it. */
export function timePicture(
  text: PictureText,
  marks: readonly Mark[],
  now: { readonly at: number; readonly label: string } | undefined,
): string {
  const wide = 30;
  const moved = `transform="translate(${labelWidth + 8} 0)"`;
  const place = (at: number) => percent(at * wide);
  const top = now === undefined ? 0 : lineHeight;
  const height = top + marks.length * lineHeight;
  const lines = marks.map(({ label, at, amount, state, tone }, index) => {
    const y = top + index * lineHeight;
    return (
      `<text x="0" y="${y + 16}">${markup(label)}</text>` +
      `<line class="axis" ${moved} x1="0" y1="${y + 12}" x2="${wide}%" y2="${y + 12}"/>` +
      `<circle class="${tone ?? 'dot'}" ${moved} cx="${place(at)}" cy="${y + 12}" r="5"/>` +
      `<text x="73%" y="${y + 16}" text-anchor="end">${markup(amount)}</text>` +
      `<text class="${tone ?? ''}" x="75%" y="${y + 16}">${markup(state)}</text>`
    );
  });
  const line =
    now === undefined
      ? []
      : [
          `<text ${moved} x="${place(now.at)}" y="14" text-anchor="middle">${markup(now.label)}</text>`,
          `<line class="now" ${moved} x1="${place(now.at)}" y1="${lineHeight - 4}" x2="${place(now.at)}" y2="${height}"/>`,
        ];
  return figure(
    text,
    height,
    [...line, ...lines],
    marks.map(({ label, amount, state }) => [`${label}:`, amount, state].filter(Boolean).join(' ')),
  );
}

function figure({ id, caption, note }: PictureText, height: number, drawn: readonly string[], told: readonly string[]): string {
  const small = note === undefined ? '' : `<p class="note">${markup(note)}</p>`;
  return `<figure><figcaption id="${id}">${markup(caption)}</figcaption>
<svg role="img" aria-labelledby="${id}" aria-describedby="${id}-told" width="100%" height="${height}"><desc id="${id}-told">${markup(told.join('; '))}</desc>
${drawn.join('\n')}
</svg>${small}</figure>
`;
}

function percent(value: number): string {
  return `${Math.round(value * 100) / 100}%`;
}
