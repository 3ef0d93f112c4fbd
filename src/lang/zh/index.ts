// Every dictionary in Chinese, by provider.
import type { Catalog } from '../translations.ts';
import { crego } from './crego.ts';
import { ekuaibao } from './ekuaibao.ts';
import { finlend } from './finlend.ts';
import { interlace } from './interlace.ts';
import { loanq } from './loanq.ts';
import { qitech } from './qitech.ts';

export default { ekuaibao, finlend, crego, qitech, interlace, loanq } satisfies Catalog;
