import { expect, test } from 'vitest';
import { localeLanguage } from '../../src/console/streams.ts';

test.each([
  [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'zh-Hans-CN' }, 'zh'],
  [{ LANG: 'ZH' }, 'zh'],
  [{ LANG: 'pt_BR.UTF-8' }, 'pt'],
  [{ LANG: 'pt' }, 'pt'],
  [{ LANG: 'ptolemaic' }, 'en'],
  [{ LANG: 'de_DE.UTF-8' }, 'en'],
  [{ LANG: 'C' }, 'en'],
  [{}, 'en'],
  [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
  [{ LC_ALL: '', LC_MESSAGES: 'pt_BR', LANG: 'zh_CN' }, 'pt'],
  [{ LC_MESSAGES: 'en_GB', LANG: 'zh_CN' }, 'en'],
])('the locale %j speaks %s', (env, language) => {
  expect(localeLanguage(env)).toBe(language);
});
