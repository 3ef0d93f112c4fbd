// What a support agent sees: whole screens of a real terminal, kept as reviewed text. Each file shows one call in several sizes,
// languages and character sets; what depends on the clock is left out.
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { sharedHome } from '../runner/home.ts';
import { hasPrograms } from '../runner/programs.ts';
import { startPty } from '../runner/pty.ts';

const home = await sharedHome();
const wallet = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
const record = '229fe24c-d840-48dc-959a-e0ff1479df35';
const customer = '123e4567-e89b-12d3-a456-426614174000';
const nowhere = '00000000-0000-4000-8000-000000000000';
const items = fileURLToPath(new URL('screens/many-items.json', import.meta.url));

interface Look {
  readonly columns: number;
  readonly rows: number;
  readonly locale: string;
}

const usual: Look = { columns: 80, rows: 24, locale: 'C.UTF-8' };
const wide: Look = { columns: 200, rows: 50, locale: 'C.UTF-8' };
const plain: Look = { columns: 80, rows: 24, locale: 'C' };
const chinese: Look = { columns: 80, rows: 24, locale: 'zh_CN.UTF-8' };
const portuguese: Look = { columns: 80, rows: 24, locale: 'pt_BR.UTF-8' };
const all = [usual, wide, plain, chinese, portuguese];

const screens: readonly (readonly [name: string, args: readonly string[], looks: readonly Look[]])[] = [
  ['crego-record', ['crego', 'record', record], all],
  ['qitech-invoice', ['qitech', 'invoice', wallet, '8cb70dea-9fb0-4a68-9572-99a72849c8d6'], all],
  ['qitech-wallet-entry', ['qitech', 'wallet-entry', wallet, '8cb70dea-9fb0-4a68-9572-99a72849c8d6'], [usual, portuguese]],
  ['finlend-loan', ['finlend', 'loan', customer], [usual, wide, chinese]],
  ['finlend-customer-repayments', ['finlend', 'customer-repayments', customer], [usual, wide]],
  ['finlend-pending-repayments', ['finlend', 'pending-repayments', customer], all],
  ['ekuaibao-loan', ['ekuaibao', 'loan', 'ID_3HV7_Hq1yKw'], [usual, wide, chinese]],
  ['ekuaibao-repayment-records', ['ekuaibao', 'repayment-records', 'ID_3HV7_Hq1zKw'], [usual, chinese]],
  ['interlace-account-repayment', ['interlace', 'account-repayment', '--limit', '3'], all],
  ['crego-settlements', ['crego', 'settlements', '--limit', '4'], all],
  ['many-items', ['qitech', 'invoice', '--input', items, '-o', 'record'], [usual, wide, plain]],
  ['lookup-one', ['lookup', record], all],
  ['lookup-several', ['lookup', record, 'ID_3HV7_Hq1zKw'], all],
  ['lookup-shared', ['lookup', customer], [usual, wide]],
  ['lookup-not-found', ['lookup', nowhere], all],
  ['not-found', ['crego', 'record', nowhere], all],
];

/** What the terminal showed. Progress is gone from it, as it is from a screen. */
async function screenOf(
  args: readonly string[],
  { columns, rows, locale }: Look,
  more: readonly string[] = ['--no-color'],
): Promise<string> {
  const sandbox = args.includes('--input') ? [] : ['--sandbox'];
  const { screen } = await startPty([...args, ...sandbox, ...more], { home, columns, rows, env: { LANG: locale } }).ended;
  return screen
    .replaceAll('\r\n', '\n')
    .replace(/(?:\u001b\[1G[^\n]*?\u001b\[0K)+(?:\u001b\[1G\u001b\[2K)?/g, '')
    .replace(/(?:asking [^\n]*?\r\u001b\[K)+/g, '')
    .replaceAll(items, 'many-items.json')
    .replace(/\d+\.\d s \(\d+ requests/g, 'TIME ($1 requests'.replace('$1', 'N'))
    .replace(/用时 [\d.]+ 秒|[\d.]+ 秒|em \d+[.,]\d s/g, 'TIME')
    .replace(/\(\d+ (请求|requisições)/g, '(N $1')
    .replace(/（\d+ 次请求/g, '（N 次请求');
}

describe.runIf(hasPrograms({ script: 'bsdutils' }))('the screen of', () => {
  test.each(screens)('%s', async (name, args, looks) => {
    const shown = await Promise.all(looks.map(look => screenOf(args, look)));
    for (const [at, look] of looks.entries()) {
      const text = shown[at] ?? '';
      expect(text, 'nothing but text is left').not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
      if (look === plain) expect(text, 'no mark of ours that only UTF-8 has').not.toMatch(/[…—─·•█░]/);
      // Beside the result stand sentences, which a terminal folds by itself.
      const wideLines = resultOf(text).filter(line => stringWidth(line) > look.columns);
      expect(wideLines).toEqual([]);
    }
    const sections = looks.map(
      ({ columns, rows, locale }, at) =>
        `${columns}x${rows} LANG=${locale}$ loanq ${args.join(' ').replaceAll(items, 'many-items.json')}\n${shown[at]}`,
    );
    await expect(sections.join('\n')).toMatchFileSnapshot(`screens/${name}.txt`);
  });

  test('colours, once: what is late stands out', async () => {
    await expect(await screenOf(['finlend', 'pending-repayments', customer], usual, [])).toMatchFileSnapshot('screens/colours.txt');
  });
});

const sentences = /^(not |sandbox|whole|masked|sum of|found|related|error|错误|未|沙箱|完整|被|erro|não |encontrado|IDs|soma)/;

/** The lines of a table or record: what stands before the sentences about it. */
function resultOf(text: string): readonly string[] {
  const lines = text.split('\n');
  const end = lines.findIndex(line => sentences.test(line));
  return lines.slice(0, end === -1 ? undefined : end);
}
