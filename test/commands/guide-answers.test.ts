// What the guide makes of a typed or pasted answer, before anything is asked on a terminal.
import { expect, test } from 'vitest';
import { fitting } from '../../src/commands/guide/choices.ts';
import { idsIn } from '../../src/commands/guide/pasted-ids.ts';
import type { Choice, FieldPlace } from '../../src/console/field.ts';
import { english } from '../../src/console/wording.ts';
import { say } from '../../src/core/say.ts';
import { allProviders } from '../../src/providers/index.ts';

const providers = await allProviders();
const crego = '229fe24c-d840-48dc-959a-e0ff1479df35';
const other = '4ebd506f-8727-4d16-863d-0442e1b75858';

test.each<[string, string, readonly string[]]>([
  ['an id among the words of its line', `Customer of loan ${crego} says:`, [crego]],
  ['lines without any between those with one', `Hello all,\nplease look at these\n${crego}\nand at\n${other}\nThank you`, [crego, other]],
  ['words that are none', 'hello world', []],
  ['one word that is none', 'hello', []],
  ['a paragraph', 'Please call the customer back\nand say that it is paid', []],
  ['what only looks like one, so that the lookup can tell what is wrong', 'REC0XAM2', ['REC0XAM2']],
  ['a line of those', 'REC0XAM2, REC0XAM3', ['REC0XAM2', 'REC0XAM3']],
  ['a telephone number in a sentence', 'call 0800 123', []],
])('ids in %s', (_, text, ids) => {
  expect(idsIn(text, providers)).toEqual(ids);
});

test('what is offered already is not offered a second time', () => {
  const sample: Choice<string> = { value: 'sample', name: say`Look up ${crego}`, note: say`an id of ${'Crego LMS'}` };
  const pasted: Choice<string> = { value: 'pasted', name: say`Look up ${crego}` };
  const place = { wording: english } as FieldPlace;
  expect(fitting(place, crego, [sample], [pasted])).toEqual([pasted]);
  expect(fitting(place, crego.slice(0, 8), [sample], [])).toEqual([sample]);
});
