// The words of a page of -o html itself, beside the labels of its columns.
import type { Lang } from './translations.ts';

export interface PageWords {
  /** BCP 47, for the page. */
  readonly tag: string;
  readonly madeUp: string;
  readonly rows: (count: number) => string;
  /** Of a list that is there in part only. */
  readonly part: (rows: number, total: number | undefined) => string;
  readonly undelivered: (missing: number, failed: number) => string;
  readonly profile: string;
  readonly host: string;
  readonly environment: string;
  readonly saved: string;
  readonly asked: string;
  readonly times: string;
  readonly personal: string;
  readonly masked: string;
  readonly whole: string;
  readonly how: string;
  readonly filter: string;
  readonly example: string;
  readonly columns: string;
  readonly csv: string;
  readonly print: string;
  /** `{id}` stands for the id. */
  readonly copy: string;
  readonly copied: string;
  /** `{n}` of `{all}`. */
  readonly shown: string;
  readonly total: string;
  readonly unstated: string;
  /** `{n}` values were not added. */
  readonly left: string;
  readonly many: (count: number) => string;
  readonly none: string;
  readonly byMonth: (amount: string, date: string) => string;
  readonly overTime: (label: string, date: string) => string;
  readonly now: string;
  readonly unplaced: (count: number) => string;
  readonly codes: string;
}

const english: PageWords = {
  tag: 'en',
  madeUp: 'sandbox: made-up data',
  rows: count => (count === 1 ? '1 row' : `${count} rows`),
  part: (rows, total) =>
    total === undefined
      ? `${rows} rows: there are more, which were not asked for (--all).`
      : `${rows} of ${total} rows: the others were not asked for (--all).`,
  undelivered: (missing, failed) => `Keys without rows here: ${missing} not found, ${failed} failed.`,
  profile: 'Profile',
  host: 'Host',
  environment: 'Environment',
  saved: 'Saved answer',
  asked: 'Asked',
  times: 'Times',
  personal: 'Personal data',
  masked: 'masked',
  whole: 'whole',
  how: 'How this was made:',
  filter: 'Filter',
  example: 'words',
  columns: 'Columns',
  csv: 'Copy as CSV',
  print: 'Print',
  copy: 'Copy {id}',
  copied: 'copied',
  shown: '{n} of {all} rows',
  total: 'Sum of the rows shown',
  unstated: 'currency not stated',
  left: '{n} not added',
  many: count => `${count} rows are many for a page: it takes a moment to open. -o csv is made for so many.`,
  none: 'No rows.',
  byMonth: (amount, date) => `${amount} by month (${date})`,
  overTime: (label, date) => `${label} over time (${date})`,
  now: 'now',
  unplaced: count => (count === 1 ? '1 row has no place here.' : `${count} rows have no place here.`),
  codes: 'What the codes mean',
};

const chinese: PageWords = {
  tag: 'zh-CN',
  madeUp: '沙盒：虚构数据',
  rows: count => `${count} 行`,
  part: (rows, total) =>
    total === undefined ? `${rows} 行：后面还有，未查询（--all）。` : `共 ${total} 行，此处 ${rows} 行：其余未查询（--all）。`,
  undelivered: (missing, failed) => `没有数据行的 id：未找到 ${missing} 个，失败 ${failed} 个。`,
  profile: '配置',
  host: '主机',
  environment: '环境',
  saved: '已保存的应答',
  asked: '查询时间',
  times: '时区',
  personal: '个人数据',
  masked: '已掩码',
  whole: '完整显示',
  how: '生成方式：',
  filter: '筛选',
  example: '关键词',
  columns: '列',
  csv: '复制为 CSV',
  print: '打印',
  copy: '复制 {id}',
  copied: '已复制',
  shown: '显示 {n} 行，共 {all} 行',
  total: '所示行合计',
  unstated: '未注明币种',
  left: '{n} 项未计入',
  many: count => `共 ${count} 行，对一个网页来说较多：打开需要片刻。大量数据请用 -o csv。`,
  none: '没有数据。',
  byMonth: (amount, date) => `按月${amount}（${date}）`,
  overTime: (label, date) => `${label}时间线（${date}）`,
  now: '现在',
  unplaced: count => `${count} 行无法在此标出。`,
  codes: '代码含义',
};

const portuguese: PageWords = {
  tag: 'pt-BR',
  madeUp: 'sandbox: dados fictícios',
  rows: count => (count === 1 ? '1 linha' : `${count} linhas`),
  part: (rows, total) =>
    total === undefined
      ? `${rows} linhas: há mais, que não foram consultadas (--all).`
      : `${rows} de ${total} linhas: as demais não foram consultadas (--all).`,
  undelivered: (missing, failed) => `Chaves sem linhas aqui: ${missing} não encontradas, ${failed} com falha.`,
  profile: 'Perfil',
  host: 'Servidor',
  environment: 'Ambiente',
  saved: 'Resposta salva',
  asked: 'Consultado em',
  times: 'Horários',
  personal: 'Dados pessoais',
  masked: 'ocultos',
  whole: 'completos',
  how: 'Como foi feito:',
  filter: 'Filtrar',
  example: 'palavras',
  columns: 'Colunas',
  csv: 'Copiar como CSV',
  print: 'Imprimir',
  copy: 'Copiar {id}',
  copied: 'copiado',
  shown: '{n} de {all} linhas',
  total: 'Soma das linhas exibidas',
  unstated: 'moeda não informada',
  left: '{n} não somados',
  many: count => `${count} linhas são muitas para uma página: ela leva um momento para abrir. Para tantas há -o csv.`,
  none: 'Nenhuma linha.',
  byMonth: (amount, date) => `${amount} por mês (${date})`,
  overTime: (label, date) => `${label} no tempo (${date})`,
  now: 'agora',
  unplaced: count => (count === 1 ? '1 linha não tem lugar aqui.' : `${count} linhas não têm lugar aqui.`),
  codes: 'O que os códigos significam',
};

export const pageWords: Readonly<Record<Lang, PageWords>> = { en: english, zh: chinese, pt: portuguese };
