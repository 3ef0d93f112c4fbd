// An id in the place of a command is looked up; a word that could be a command never is.
import { expect, test } from 'vitest';
import { withLookup } from '../../src/cli/first-word.ts';
import { providers } from '../../src/providers/index.ts';

const uuid = '229fe24c-d840-48dc-959a-e0ff1479df35';

test.each<{ argv: string; as?: string }>([
  { argv: uuid, as: `lookup ${uuid}` },
  { argv: 'abcdefab-abcd-abcd-abcd-abcdefabcdef', as: 'lookup abcdefab-abcd-abcd-abcd-abcdefabcdef' },
  { argv: 'ID_3HV7_Hq1zKw other --json', as: 'lookup ID_3HV7_Hq1zKw other --json' },
  { argv: 'REC0XAM2', as: 'lookup REC0XAM2' },
  { argv: '2000001', as: 'lookup 2000001' },
  { argv: `-p crego ${uuid}`, as: `-p crego lookup ${uuid}` },
  { argv: `--profile=crego -o json ${uuid}`, as: `--profile=crego -o json lookup ${uuid}` },
  { argv: `https://app.crego.io/records/${uuid}`, as: `lookup https://app.crego.io/records/${uuid}` },
  { argv: `crego record ${uuid}` },
  { argv: `crego ${uuid}` },
  { argv: `lookup ${uuid}` },
  { argv: 'records' },
  { argv: 'Crego record x' },
  { argv: 'LOOKUP x' },
  { argv: '合思' },
  { argv: 'help exit-codes' },
  { argv: '--version' },
  { argv: `-- ${uuid}` },
  { argv: '' },
])('$argv', ({ argv, as = argv }) => {
  const words = argv.split(' ').filter(word => word !== '');
  expect(withLookup(words, providers).join(' ')).toBe(as);
});
