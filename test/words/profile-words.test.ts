// One thing has one name: what is said of a profile in Chinese calls it as the errors of a lookup do.
import { expect, test } from 'vitest';
import { say, wordsIn } from '../../src/core/say.ts';
import { loadPhrases } from '../../src/lang/words.ts';

const phrases = await loadPhrases('zh');
const inChinese = (words: ReturnType<typeof say>) => wordsIn(words, pattern => phrases[pattern]);

test.each([
  [say`the ${'token'} of profile "${'crego'}" expired ${'3 年前'}`, '配置档“crego”的 token 已于 3 年前过期'],
  [say`profile "${'finlend'}" has no ${'customerIp'}`, '配置档“finlend”没有 customerIp'],
  [say`${'3'} of ${'11'} profiles cannot be used`, '11 个配置档中有 3 个无法使用'],
  [say`expired ${'3 年前'}`, '已于 3 年前过期'],
])('%s', (words, chinese) => {
  expect(inChinese(words)).toBe(chinese);
});
