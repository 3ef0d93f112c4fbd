import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { describeStreams, localeLanguage } from '../../src/console/streams.ts';

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

test.each([
  [{ CI: 'true' }, { isUnattended: true, isDumb: false, colorLevel: 1 }],
  [{ CI: '' }, { isUnattended: false, isDumb: false, colorLevel: 1 }],
  [{}, { isUnattended: false, isDumb: false, colorLevel: 1 }],
  [{ TERM: 'dumb' }, { isUnattended: false, isDumb: true, colorLevel: 0 }],
  [
    { NO_COLOR: '1', FORCE_COLOR: '1' },
    { isUnattended: false, isDumb: false, colorLevel: 0 },
  ],
  [
    { FORCE_COLOR: '1', TERM: 'dumb' },
    { isUnattended: false, isDumb: true, colorLevel: 1 },
  ],
  [{ FORCE_COLOR: 'false' }, { isUnattended: false, isDumb: false, colorLevel: 0 }],
])('the environment %j', (env, streams) => {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  expect(describeStreams({ stdin, stdout, stderr, env })).toMatchObject(streams);
});

test.each([
  [{ LANG: 'C' }, true],
  [{ LC_ALL: 'POSIX', LANG: 'en_US.UTF-8' }, true],
  [{ LC_CTYPE: 'pt_BR.ISO-8859-1' }, true],
  [{ LANG: 'zh_CN.GB18030@x' }, true],
  [{ LANG: 'C.UTF-8' }, false],
  [{ LANG: 'pt_BR.utf8@euro' }, false],
  [{ LC_ALL: '', LC_CTYPE: 'en_US.UTF-8', LANG: 'C' }, false],
  [{ LANG: 'pt_BR' }, false],
  [{}, false],
])('the locale %j knows only ASCII: %s', (env, isAscii) => {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  expect(describeStreams({ stdin, stdout, stderr, env }).isAscii).toBe(isAscii);
});
