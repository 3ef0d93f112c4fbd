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
  '{1} looks like CSV: its columns are {2}': '{1} 看起来是 CSV：列为 {2}',
  'say which one holds the key: --column {1}': '请指明标识所在的列：--column {1}',
  'the line is no JSON object with a "key" of text': '该行不是含有文本 "key" 的 JSON 对象',
  'the line is for {1}, not for {2}': '该行属于 {1}，而不是 {2}',
  'the line gives {1} of {2} keys ({3})': '该行给出 {2} 个标识中的 {1} 个（{3}）',
  'a key got no outcome': '一个标识没有结果',
};
