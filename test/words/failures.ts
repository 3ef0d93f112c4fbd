// Failures as people meet them, and what is said of each: an error, and at most one hint that ends in what to do.
import type { ProviderWord } from '../runner/profiles.ts';
import type { Answer } from '../runner/server.ts';

type Lines = readonly string[];

export interface Failure {
  readonly name: string;
  readonly code: number;
  readonly args: readonly string[];
  readonly answer?: Answer;
  readonly provider?: ProviderWord;
  /** More of the profile. `TLS`: an address whose certificate nobody vouches for. */
  readonly profile?: object;
  readonly env?: Readonly<Record<string, string>>;
  readonly file?: { readonly name: string; readonly text?: string; readonly sample?: string };
  /** HOST: where the server listens; HOME: the home of the run; what `{id}` stands for is asked for. */
  readonly says: { readonly en: Lines; readonly zh: Lines; readonly pt: Lines };
}

export const id = '229fe24c-d840-48dc-959a-e0ff1479df35';

export const failures: readonly Failure[] = [
  {
    name: '401 with a token that has expired',
    code: 4,
    args: ['crego', 'record', '{id}'],
    answer: { status: 401, body: '{"code":"token_not_valid"}' },
    profile: { credentials: { token: 'env:CREGO_TOKEN' } },
    env: { CREGO_TOKEN: 'x.eyJleHAiOjE3MDAwMDAwMDB9.x' },
    says: {
      en: [
        'warning: the token of profile "ops" expired at 2023-11-14T22:13:20Z',
        'error: crego record {id}: credential rejected (HTTP 401 token_not_valid)',
        'hint: put a new token where profile "ops" reads it: variable CREGO_TOKEN',
      ],
      zh: [
        '警告：配置档“ops”的 token 已于 2023-11-14T22:13:20Z 过期',
        '错误：crego record {id}: 凭证被拒绝（HTTP 401 token_not_valid）',
        '提示：请在配置档“ops”读取的位置换上新的 token：变量 CREGO_TOKEN',
      ],
      pt: [
        'aviso: token do perfil "ops" expirou em 2023-11-14T22:13:20Z',
        'erro: crego record {id}: credencial rejeitada (HTTP 401 token_not_valid)',
        'dica: coloque um novo token onde o perfil "ops" o lê: variável CREGO_TOKEN',
      ],
    },
  },
  {
    name: '401',
    code: 4,
    args: ['crego', 'record', '{id}'],
    answer: { status: 401, body: '{"code":"token_not_valid"}' },
    says: {
      en: [
        'error: crego record {id}: credential rejected (HTTP 401 token_not_valid)',
        'hint: put a new token where profile "ops" reads it: the config file itself',
      ],
      zh: [
        '错误：crego record {id}: 凭证被拒绝（HTTP 401 token_not_valid）',
        '提示：请在配置档“ops”读取的位置换上新的 token：配置文件本身',
      ],
      pt: [
        'erro: crego record {id}: credencial rejeitada (HTTP 401 token_not_valid)',
        'dica: coloque um novo token onde o perfil "ops" o lê: o próprio arquivo de configuração',
      ],
    },
  },
  {
    name: '403',
    code: 4,
    args: ['crego', 'record', '{id}'],
    answer: { status: 403, body: '{"detail":"You do not have permission to perform this action."}' },
    says: {
      en: [
        'error: crego record {id}: no permission (HTTP 403: You do not have permission to perform this action.)',
        'hint: if other lookups work, the credential may not read record: ask whoever gave it out at Crego LMS for that right',
      ],
      zh: [
        '错误：crego record {id}: 没有权限（HTTP 403: You do not have permission to perform this action.）',
        '提示：如果其他查询正常，则该凭证无权读取 record：请向 Crego LMS 的发放人申请权限',
      ],
      pt: [
        'erro: crego record {id}: sem permissão (HTTP 403: You do not have permission to perform this action.)',
        'dica: se outras consultas funcionam, a credencial não pode ler record: peça essa permissão a quem a emitiu em Crego LMS',
      ],
    },
  },
  {
    name: '404',
    code: 21,
    args: ['crego', 'record', '{id}'],
    answer: { status: 404, body: '{"detail":"Not found."}' },
    profile: { environment: 'production' },
    says: {
      en: [
        'error: crego record {id}: not found (HTTP 404: Not found.)',
        'hint: asked HOST (production), profile ops; in every system: loanq lookup {id}',
      ],
      zh: [
        '错误：crego record {id}: 未找到（HTTP 404: Not found.）',
        '提示：查询的是 HOST (production)，配置档 ops；在所有系统中查找：loanq lookup {id}',
      ],
      pt: [
        'erro: crego record {id}: não encontrado (HTTP 404: Not found.)',
        'dica: consultado HOST (production), perfil ops; em todos os sistemas: loanq lookup {id}',
      ],
    },
  },
  {
    name: '429 that says how long',
    code: 25,
    args: ['crego', 'record', '{id}', '--retries', '0'],
    answer: { status: 429, headers: { 'retry-after': '25' }, body: '{"detail":"Request was throttled."}' },
    says: {
      en: [
        'error: crego record {id}: too many requests (HTTP 429: Request was throttled.)',
        'hint: ask again in 25 s, or more slowly with --max-rate 1',
      ],
      zh: ['错误：crego record {id}: 请求过多（HTTP 429: Request was throttled.）', '提示：请 25 秒后再试，或用 --max-rate 1 放慢速度'],
      pt: [
        'erro: crego record {id}: requisições demais (HTTP 429: Request was throttled.)',
        'dica: tente de novo em 25 s, ou mais devagar com --max-rate 1',
      ],
    },
  },
  {
    name: '429',
    code: 25,
    args: ['crego', 'record', '{id}', '--retries', '0'],
    answer: { status: 429, body: '{"detail":"Request was throttled."}' },
    says: {
      en: [
        'error: crego record {id}: too many requests (HTTP 429: Request was throttled.)',
        'hint: ask again in a minute, or more slowly with --max-rate 1',
      ],
      zh: ['错误：crego record {id}: 请求过多（HTTP 429: Request was throttled.）', '提示：请一分钟后再试，或用 --max-rate 1 放慢速度'],
      pt: [
        'erro: crego record {id}: requisições demais (HTTP 429: Request was throttled.)',
        'dica: tente de novo em um minuto, ou mais devagar com --max-rate 1',
      ],
    },
  },
  {
    name: '503 after three tries',
    code: 25,
    args: ['crego', 'record', '{id}'],
    answer: { status: 503, body: 'busy' },
    says: {
      en: [
        'error: crego record {id}: the provider is not available now (HTTP 503: busy)',
        'hint: 3 tries; the trouble is at Crego LMS: try again later',
      ],
      zh: ['错误：crego record {id}: 对方暂时不可用（HTTP 503: busy）', '提示：已尝试 3 次；问题出在 Crego LMS：请稍后再试'],
      pt: [
        'erro: crego record {id}: o provedor não está disponível agora (HTTP 503: busy)',
        'dica: 3 tentativas; o problema é em Crego LMS: tente de novo mais tarde',
      ],
    },
  },
  {
    name: 'a port where nobody listens',
    code: 25,
    args: ['crego', 'record', '{id}', '--retries', '0'],
    profile: { baseUrl: 'http://127.0.0.1:1' },
    says: {
      en: [
        'error: crego record {id}: cannot reach 127.0.0.1: connection refused',
        'hint: check baseUrl of profile "ops" (127.0.0.1:1), the VPN and the proxy',
      ],
      zh: ['错误：crego record {id}: 无法连接 127.0.0.1：连接被拒绝', '提示：请检查配置档“ops”的 baseUrl（127.0.0.1:1）、VPN 和代理'],
      pt: [
        'erro: crego record {id}: não é possível acessar 127.0.0.1: conexão recusada',
        'dica: verifique baseUrl do perfil "ops" (127.0.0.1:1), a VPN e o proxy',
      ],
    },
  },
  {
    name: 'a certificate that nobody vouches for',
    code: 60,
    args: ['crego', 'record', '{id}'],
    profile: { baseUrl: 'TLS' },
    says: {
      en: [
        'error: crego record {id}: 127.0.0.1 cannot be trusted: its certificate is self-signed',
        'hint: if the certificate is right, name its authority with caFile in the profile',
      ],
      zh: ['错误：crego record {id}: 127.0.0.1 不可信：其证书是自签名的', '提示：如果证书无误，请在配置档的 caFile 中指定其签发机构'],
      pt: [
        'erro: crego record {id}: 127.0.0.1 não é confiável: o certificado é autoassinado',
        'dica: se o certificado estiver certo, indique a autoridade dele com caFile no perfil',
      ],
    },
  },
  {
    name: 'a web page instead of JSON',
    code: 27,
    args: ['crego', 'record', '{id}', '--retries', '0'],
    answer: { body: '<!doctype html><title>Sign in</title>' },
    says: {
      en: [
        'error: crego record {id}: the answer is not JSON',
        'hint: a web page answered: baseUrl of profile "ops" (HOST) is likely no API',
      ],
      zh: ['错误：crego record {id}: 响应不是 JSON', '提示：应答的是网页：配置档“ops”的 baseUrl（HOST）可能不是 API'],
      pt: [
        'erro: crego record {id}: a resposta não é JSON',
        'dica: quem respondeu foi uma página web: baseUrl do perfil "ops" (HOST) provavelmente não é uma API',
      ],
    },
  },
  {
    name: 'a variable that is not set',
    code: 20,
    args: ['crego', 'record', '{id}'],
    profile: { credentials: { token: 'env:CREGO_TOKEN' } },
    says: {
      en: [
        'error: crego record: the variable CREGO_TOKEN is not set (token of profile "ops")',
        'hint: set it and try again: read -rs CREGO_TOKEN && export CREGO_TOKEN',
      ],
      zh: [
        '错误：crego record: 变量 CREGO_TOKEN 未设置（配置档“ops”的 token）',
        '提示：请设置后重试：read -rs CREGO_TOKEN && export CREGO_TOKEN',
      ],
      pt: [
        'erro: crego record: a variável CREGO_TOKEN não está definida (token do perfil "ops")',
        'dica: defina-a e tente de novo: read -rs CREGO_TOKEN && export CREGO_TOKEN',
      ],
    },
  },
  {
    name: 'an unknown field',
    code: 2,
    args: ['crego', 'record', '{id}', '--fields', 'sttus'],
    says: {
      en: ['error: crego record: unknown field: sttus (did you mean status?)', 'hint: near: status; all names: --fields without a value'],
      zh: ['错误：crego record: 未知字段：sttus（是不是 status？）', '提示：相近：status；全部名称：不带值的 --fields'],
      pt: [
        'erro: crego record: campo desconhecido: sttus (você quis dizer status?)',
        'dica: parecidos: status; todos os nomes: --fields sem valor',
      ],
    },
  },
  {
    name: 'a CSV of keys without its column',
    code: 2,
    args: ['crego', 'record', '--ids-from', 'keys.csv'],
    file: { name: 'keys.csv', text: 'ref,uuid\nREC0XAM2,{id}\n' },
    says: {
      en: ['error: crego record: keys.csv looks like CSV: its columns are ref, uuid', 'hint: say which one holds the key: --column uuid'],
      zh: ['错误：crego record: keys.csv 看起来是 CSV：列为 ref, uuid', '提示：请指明标识所在的列：--column uuid'],
      pt: ['erro: crego record: keys.csv parece CSV: as colunas são ref, uuid', 'dica: diga qual delas tem a chave: --column uuid'],
    },
  },
  {
    name: 'an output in a directory that is not there',
    code: 23,
    args: ['crego', 'record', '{id}', '--csv', '--out', '/nonexist/x.csv'],
    answer: { status: 404, body: '{"detail":"Not found."}' },
    says: {
      en: ['error: crego record: cannot write /nonexist/x.csv: the directory does not exist', 'hint: make it first: mkdir -p /nonexist'],
      zh: ['错误：crego record: 无法写入 /nonexist/x.csv：目录不存在', '提示：请先创建：mkdir -p /nonexist'],
      pt: [
        'erro: crego record: não é possível gravar /nonexist/x.csv: o diretório não existe',
        'dica: crie-o primeiro: mkdir -p /nonexist',
      ],
    },
  },
  {
    name: 'the saved answer of something else',
    code: 27,
    args: ['crego', 'record', '--input', 'saved.json'],
    file: { name: 'saved.json', sample: 'src/providers/qitech/invoice.example.json' },
    says: {
      en: [
        'error: crego record: the answer has no id, so it cannot be told whose it is',
        'hint: this looks like an answer of qitech invoice: loanq qitech invoice --input saved.json',
      ],
      zh: [
        '错误：crego record: 响应中没有 id，无法判断它属于谁',
        '提示：这看起来是 qitech invoice 的响应：loanq qitech invoice --input saved.json',
      ],
      pt: [
        'erro: crego record: a resposta não tem id, então não se sabe de quem é',
        'dica: isto parece uma resposta de qitech invoice: loanq qitech invoice --input saved.json',
      ],
    },
  },
  {
    name: 'an id that Ekuaibao does not know',
    code: 21,
    args: ['ekuaibao', 'repayment-records', 'ID_3HV7_Hq1zKx'],
    answer: { body: '{"items":[]}' },
    provider: 'ekuaibao',
    says: {
      en: [
        'error: ekuaibao repayment-records ID_3HV7_Hq1zKx: not found: Ekuaibao (合思) has no record of it',
        'hint: asked HOST, profile ops; in every system: loanq lookup ID_3HV7_Hq1zKx',
      ],
      zh: [
        '错误：ekuaibao repayment-records ID_3HV7_Hq1zKx: 未找到：Ekuaibao (合思) 中没有它的记录',
        '提示：查询的是 HOST，配置档 ops；在所有系统中查找：loanq lookup ID_3HV7_Hq1zKx',
      ],
      pt: [
        'erro: ekuaibao repayment-records ID_3HV7_Hq1zKx: não encontrado: Ekuaibao (合思) não tem registro dele',
        'dica: consultado HOST, perfil ops; em todos os sistemas: loanq lookup ID_3HV7_Hq1zKx',
      ],
    },
  },
  {
    name: 'QI Tech: a key that is not there',
    code: 21,
    args: ['qitech', 'wallet-entry', 'f47ac10b-58cc-4372-a567-0e02b2c3d479', '{id}'],
    answer: {
      status: 404,
      body: '{"title":"Entry not found","description":"Wallet entry with key: {id} was not found","code":"CIN000078"}',
    },
    provider: 'qitech',
    says: {
      en: [
        'error: qitech wallet-entry f47ac10b-58cc-4372-a567-0e02b2c3d479 {id}: not found (HTTP 404 CIN000078: Wallet entry with key: {id} was not found)',
        'hint: unknown is the entry-key {id}; the order is <wallet-key> <entry-keys...>; asked HOST, profile ops',
      ],
      zh: [
        '错误：qitech wallet-entry f47ac10b-58cc-4372-a567-0e02b2c3d479 {id}: 未找到（HTTP 404 CIN000078: Wallet entry with key: {id} was not found）',
        '提示：未知的是 entry-key {id}；顺序为 <wallet-key> <entry-keys...>；查询的是 HOST，配置档 ops',
      ],
      pt: [
        'erro: qitech wallet-entry f47ac10b-58cc-4372-a567-0e02b2c3d479 {id}: não encontrado (HTTP 404 CIN000078: Wallet entry with key: {id} was not found)',
        'dica: desconhecida é entry-key {id}; a ordem é <wallet-key> <entry-keys...>; consultado HOST, perfil ops',
      ],
    },
  },
  {
    name: 'no profile',
    code: 20,
    args: ['finlend', 'customer-repayments', '123e4567-e89b-12d3-a456-426614174000'],
    says: {
      en: [
        'error: finlend customer-repayments: there is no profile for finlend in HOME/.config/loanq/config.json',
        'hint: run "loanq config init", or set LOANQ_FINLEND_TOKEN, or LOANQ_FINLEND_EMAIL and LOANQ_FINLEND_PASSWORD; --sandbox needs none',
      ],
      zh: [
        '错误：finlend customer-repayments: 没有 finlend 的配置档（HOME/.config/loanq/config.json）',
        '提示：请运行 "loanq config init"，或设置 LOANQ_FINLEND_TOKEN，或 LOANQ_FINLEND_EMAIL 和 LOANQ_FINLEND_PASSWORD；--sandbox 无需配置',
      ],
      pt: [
        'erro: finlend customer-repayments: não há perfil para finlend em HOME/.config/loanq/config.json',
        'dica: rode "loanq config init", ou defina LOANQ_FINLEND_TOKEN, ou LOANQ_FINLEND_EMAIL e LOANQ_FINLEND_PASSWORD; --sandbox não precisa de nada',
      ],
    },
  },
  {
    name: 'a path that the profile does not name',
    code: 20,
    args: ['interlace', 'account-negative'],
    provider: 'interlace',
    profile: { paths: {} },
    says: {
      en: [
        'error: interlace account-negative: profile "ops" names no path for account-negative',
        'hint: the provider publishes no path for this object: ask Interlace for it and set it under "paths" in the profile, or decode a saved answer with --input',
      ],
      zh: [
        '错误：interlace account-negative: 配置档“ops”没有给出 account-negative 的路径',
        '提示：文档没有公布此对象的路径：请向 Interlace 索取并写入配置档的 "paths"，或用 --input 解读保存的响应',
      ],
      pt: [
        'erro: interlace account-negative: o perfil "ops" não indica o caminho de account-negative',
        'dica: o provedor não publica o caminho deste objeto: peça-o à Interlace e defina-o em "paths" no perfil, ou leia uma resposta salva com --input',
      ],
    },
  },
  {
    name: 'a reference in the place of an id',
    code: 2,
    args: ['crego', 'record', 'REC0XAM2'],
    says: {
      en: [
        'error: crego record: REC0XAM2 looks like a ref_id; Crego reads records by UUID',
        'hint: ask for the id itself: loanq crego record {id}',
      ],
      zh: ['错误：crego record: REC0XAM2 看起来是 ref_id；Crego 按 UUID 读取记录', '提示：请用标识本身查询：loanq crego record {id}'],
      pt: [
        'erro: crego record: REC0XAM2 parece um ref_id; o Crego lê registros por UUID',
        'dica: consulte pelo próprio ID: loanq crego record {id}',
      ],
    },
  },
  {
    name: 'an id in the place of an endpoint',
    code: 2,
    args: ['crego', '{id}'],
    says: {
      en: ['error: crego has no endpoint {id}', 'hint: loanq crego record {id}'],
      zh: ['错误：crego 没有接口 {id}', '提示：loanq crego record {id}'],
      pt: ['erro: crego não tem a consulta {id}', 'dica: loanq crego record {id}'],
    },
  },
  {
    name: 'an endpoint in the plural',
    code: 2,
    args: ['crego', 'records', '{id}'],
    says: {
      en: ['error: crego has no endpoint records', 'hint: did you mean crego record?'],
      zh: ['错误：crego 没有接口 records', '提示：是不是 crego record？'],
      pt: ['erro: crego não tem a consulta records', 'dica: você quis dizer crego record?'],
    },
  },
  {
    name: 'what people call a provider',
    code: 2,
    args: ['fincode', 'customer-repayments', '{id}'],
    says: {
      en: ["error: unknown command 'fincode'", 'hint: loanq finlend customer-repayments {id}'],
      zh: ["错误：未知命令 'fincode'", '提示：loanq finlend customer-repayments {id}'],
      pt: ["erro: comando desconhecido: 'fincode'", 'dica: loanq finlend customer-repayments {id}'],
    },
  },
  {
    name: 'an action with the name of a profile',
    code: 2,
    args: ['auth', 'login', 'interlace'],
    says: {
      en: ["error: too many arguments for 'auth'. Expected 1 but got 2", 'hint: loanq auth login -p interlace'],
      zh: ["错误：'auth' 的参数过多：应为 1 个，实为 2 个", '提示：loanq auth login -p interlace'],
      pt: ["erro: argumentos demais para 'auth': esperado 1, recebido 2", 'dica: loanq auth login -p interlace'],
    },
  },
  {
    name: 'a pasted link',
    code: 2,
    args: ['crego', 'record', 'https://app.crego.io/records/{id}'],
    says: {
      en: ['error: crego record: id "https://app.crego.io/records/{id}" is not a UUID', 'hint: loanq crego record {id}'],
      zh: ['错误：crego record: id "https://app.crego.io/records/{id}" 不是有效值，应为 UUID', '提示：loanq crego record {id}'],
      pt: ['erro: crego record: id "https://app.crego.io/records/{id}" não é um UUID', 'dica: loanq crego record {id}'],
    },
  },
  {
    name: 'an unknown option',
    code: 2,
    args: ['crego', 'record', '{id}', '--frobnicate'],
    says: {
      en: ["error: unknown option '--frobnicate'", 'hint: see: loanq crego record --help'],
      zh: ["错误：未知选项 '--frobnicate'", '提示：参见：loanq crego record --help'],
      pt: ["erro: opção desconhecida: '--frobnicate'", 'dica: veja: loanq crego record --help'],
    },
  },
  {
    name: 'a secret on the command line',
    code: 2,
    args: ['crego', 'record', '{id}', '--token', 'x'],
    says: {
      en: ["error: unknown option '--token'", 'hint: secrets never go on the command line: name them in a profile (loanq help profiles)'],
      zh: ["错误：未知选项 '--token'", '提示：密钥绝不写在命令行上：请在配置档中引用（loanq help profiles）'],
      pt: [
        "erro: opção desconhecida: '--token'",
        'dica: segredos nunca vão na linha de comando: indique-os em um perfil (loanq help profiles)',
      ],
    },
  },
  {
    name: 'a value out of bounds',
    code: 2,
    args: ['crego', 'record', '{id}', '--concurrency', '100'],
    says: {
      en: [
        "error: option '--concurrency <n>' argument '100': it must be a whole number from 1 to 64",
        'hint: see: loanq crego record --help',
      ],
      zh: ["错误：选项 '--concurrency <n>' 的值 '100'：必须是 1 到 64 之间的整数", '提示：参见：loanq crego record --help'],
      pt: ["erro: opção '--concurrency <n>', valor '100': deve ser um número inteiro de 1 a 64", 'dica: veja: loanq crego record --help'],
    },
  },
];
