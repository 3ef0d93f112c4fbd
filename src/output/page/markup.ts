// HTML from text: whatever a provider sends stays text, in an element as in an attribute.
import { visible } from '../../console/escape.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that is safe to look at already. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, sign => entities[sign] ?? '');
}

/** Text of anybody: what hides or turns text round is shown as an escape. */
export function markup(text: string): string {
  return escaped(visible(text));
}

/** `label` and value, as members of a description list. */
export function term(label: string, value: string): string {
  return value === '' ? '' : `<div><dt>${markup(label)}</dt><dd>${value}</dd></div>`;
}
