// What is said of batches, in Chinese.
import type { Phrases } from '../translations.ts';

export const batch: Phrases = {
  '{1} keys at {2} requests a second: at least {3}': '{1} 个标识，每秒 {2} 个请求：至少需要 {3}',
  '{1} keys in {2} requests at {3} requests a second: at least {4}': '{1} 个标识，共 {2} 个请求，每秒 {3} 个：至少需要 {4}',
  '{1} keys': '{1} 个标识',
  '{1} of {2} keys': '{2} 个标识中的 {1} 个',
  '{1}/s, {2} left': '{1}/秒，还需 {2}',
  '{1} {2}, {3} missing, {4} failed, {5}': '{1} {2}，缺失 {3}，失败 {4}，{5}',
  '{1} missing': '缺失 {1}',
  '{1} failed': '失败 {1}',
  'time unknown': '时间未知',
  '{1} left': '还需 {1}',
  '{1} minutes': '{1} 分钟',
  '{1} hours': '{1} 小时',
  '{1} days': '{1} 天',
};
