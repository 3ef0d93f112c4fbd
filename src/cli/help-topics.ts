// Help topics: `loanq help <topic>`. Exit codes and options are printed from the tables the program itself uses.
import { UsageError } from '../core/errors.ts';
import { exitCodes } from '../core/exit-codes.ts';
import { say } from '../core/say.ts';
import { type OptionGroup, type OptionSpec, optionTable } from '../plan/option-table.ts';

/** Topics in the order they are listed. */
export const topics: Readonly<Record<string, () => string>> = {
  output: () => outputTopic,
  'exit-codes': exitCodesTopic,
  environment: () => environmentTopic,
  profiles: () => profilesTopic,
  batch: () => batchTopic,
  options: optionsTopic,
};

/** Text of a topic. Throws UsageError for one that does not exist. */
export function topicText(name: string): string {
  const text = Object.hasOwn(topics, name) ? topics[name] : undefined;
  if (text === undefined)
    throw new UsageError(say`there is no help topic ${name}`, { hint: say`topics: ${Object.keys(topics).join(', ')}` });
  return `${text().trim()}\n`;
}

function exitCodesTopic(): string {
  const rows = Object.entries(exitCodes).map(([name, { exit, meaning, retryable }]) => {
    return `${String(exit).padStart(4)}  ${name.padEnd(13)} ${meaning}${retryable ? ' (worth trying again)' : ''}`;
  });
  return [
    'Exit codes',
    '',
    ...rows,
    '',
    'A failed single lookup writes nothing to stdout. 3 and 5 to 19 are not used: Node itself uses some of them.',
  ].join('\n');
}

function optionsTopic(): string {
  const options = Object.values<OptionSpec>(optionTable);
  const groups: readonly OptionGroup[] = ['Output', 'Source', 'Batch', 'Connection', 'Diagnostics'];
  const width = Math.max(...options.map(option => option.flags.length));
  const parts = groups.flatMap(group => [
    '',
    `${group}:`,
    ...options
      .filter(option => option.group === group)
      .map(option => `  ${option.flags.padEnd(width)}  ${option.about}${option.env === undefined ? '' : ` (env: ${option.env})`}`),
  ]);
  return ['Options of every endpoint, before or after the subcommand', ...parts].join('\n');
}

const outputTopic = `
Output

  table    default: the most important columns, with labels. Enum codes as sent.
  record   every field of a record as a list, codes with their meaning. Default on a
           terminal for one record of a lookup by key.
  json     one array of the provider's records: names, values and number texts as sent.
  ndjson   the same, one record a line.
  csv      RFC 4180, CRLF, UTF-8. Columns are fixed by the endpoint; nested fields are
           dotted; times are RFC 3339 UTC; null is an empty cell; lists are JSON.
  tsv      TAB separated; TAB, CR, LF and \\ in a cell are written \\t \\r \\n \\\\.
  markdown for a ticket: several rows are a table, one is a list, every sign is escaped; ends
           with what was asked, of whom, when, and whether personal data is masked.
  html     one page that needs nothing else (--out page.html): rows are a table to sort, filter
           and print, one record is a list of all its fields. It loads nothing of the network.
  xlsx     a workbook of all fields, with --out: ids are text, amounts numbers where a sheet
           keeps every digit and text where not, times dates in the zone of the heading;
           nothing in it is a formula. It ends with the same line as markdown.

Readers that round: --numbers text writes JSON numbers as strings; --decimal , writes
13442,0 in csv and tsv, as a spreadsheet in pt-BR reads it (with --delimiter ';').

stdout carries the result and nothing else; messages go to stderr. In a pipe there is no
colour, no box and no truncation. Numbers are never changed: 10.0 stays 10.0.

A text cell that a spreadsheet would run as a formula gets a leading ' in csv and tsv,
and one behind ; , TAB | or a line break where a reader with another delimiter would find
one (--csv-guard off switches that off; docs/csv.md says how to undo it). Amounts,
numbers, times and booleans never do.

Personal data (document numbers, e-mail, phone, birth date, bank accounts) is masked in
table, record, markdown, html and xlsx unless --show-personal; whole in json, ndjson, csv and tsv unless --mask.

--follow <field> adds the columns of the thing that the field names, behind its name
(loanInfoId.state); a dot goes a step further (loanInfoId.flowId). Each thing is asked for
once in a run, up to 16 MB of things are kept, and what was not wanted for longest is then
asked for again. One that is not there leaves its columns empty and is counted; one that
cannot be asked for fails its key, or the list. In JSON things stand under _follow.

--out <file> writes <file>.partial and renames it when it is complete; the old file stays
until then. --input <file> decodes a saved answer instead of calling.
`;

const environmentTopic = `
Environment

  LOANQ_PROFILE        profile to use, as --profile
  LOANQ_CONFIG         config file, as --config
  XDG_CONFIG_HOME      config is $XDG_CONFIG_HOME/loanq/config.{json,yaml,yml} (default ~/.config)
  XDG_STATE_HOME       obtained tokens and locks (default ~/.local/state)
  XDG_CACHE_HOME       compiled code of loanq (default ~/.cache)
  LOANQ_PAGER, PAGER   shows a result that is taller than the terminal (default: less with LESS=FRX; cat or empty: none).
                       Program and arguments, quotes understood; no shell reads them, and no configuration can name one
  NO_COLOR, TERM=dumb  no colour on a terminal; a pipe or a file never has any
  FORCE_COLOR          colour on a terminal that says it has none; 0: none
  LC_ALL, LC_MESSAGES, LANG     language of labels: en, zh or pt
  LC_ALL, LC_CTYPE, LANG        without UTF-8 (C, POSIX): ASCII marks on a terminal
  HTTPS_PROXY, NO_PROXY         proxies; loopback addresses never go through one
  RES_OPTIONS          how long the system looks up a name (unset: timeout:2 attempts:2)
  CI                   no prompts

Without a profile of a provider, these make one called "env" (values or references):

  LOANQ_EKUAIBAO_ACCESS_TOKEN, or LOANQ_EKUAIBAO_APP_KEY and LOANQ_EKUAIBAO_APP_SECURITY;
    LOANQ_EKUAIBAO_PACK_SIZE
  LOANQ_FINLEND_TOKEN, or LOANQ_FINLEND_EMAIL and LOANQ_FINLEND_PASSWORD;
    with each lookup LOANQ_FINLEND_CUSTOMER_IP; LOANQ_FINLEND_PUBLIC_KEY
  LOANQ_CREGO_TOKEN
  LOANQ_QITECH_CLIENT_KEY and LOANQ_QITECH_PRIVATE_KEY;
    LOANQ_QITECH_SIGNING, LOANQ_QITECH_QI_PUBLIC_KEY, LOANQ_QITECH_UNSIGNED_ANSWERS
  LOANQ_INTERLACE_ACCESS_TOKEN, or LOANQ_INTERLACE_CLIENT_ID (LOANQ_INTERLACE_CLIENT_SECRET if there is
    one); and the path of what is looked up:
    LOANQ_INTERLACE_PATHS_ACCOUNT_REPAYMENT, LOANQ_INTERLACE_PATHS_ACCOUNT_NEGATIVE,
    LOANQ_INTERLACE_PATHS_ACCOUNT_NEGATIVE_BILL, LOANQ_INTERLACE_PATHS_BATCH_HOOK,
    LOANQ_INTERLACE_PATHS_NEGATIVE_CARDS
  each with LOANQ_<PROVIDER>_BASE_URL
`;

const profilesTopic = `
Profiles

A profile says which provider, where, and which credential. The config file is searched
for in --config, LOANQ_CONFIG, $XDG_CONFIG_HOME/loanq/config.{json,yaml,yml} and
~/.loanqrc{,.json,.yaml,.yml}; never in the working directory.

  {
    "defaults": { "crego": "crego-preprod" },
    "profiles": {
      "crego-preprod": {
        "provider": "crego",
        "baseUrl": "https://preprod.api.crego.io",
        "credentials": { "token": "env:CREGO_TOKEN" }
      }
    }
  }

Which profile: --profile, LOANQ_PROFILE, "defaults", the only one of that provider.

A secret is a reference, or a literal in a file that only you can read:
  env:NAME            an environment variable
  file:PATH           a file of yours (chmod 600); relative to the config file
  keyring:ACCOUNT     the system keyring, service "loanq"
  { "command": ["/usr/bin/op", "read", "op://vault/item/field"] }

No option takes a secret. "loanq config init" asks for a profile in a terminal, takes a secret
without showing it, and keeps it in the keyring or in a file only you can read; "loanq auth
login" replaces a token there. "loanq config check" reads everything a lookup would read.
`;

const batchTopic = `
Batch

More than one key, or keys from - (stdin) or --ids-from <file>, is a batch. A key file has
one key a line, or is CSV with --column <name>; endpoints with two keys take CSV columns
named like the parameters, or two words a line. Blank lines are skipped, and # comments in
a file that is no CSV: there every row is a row.

Rows leave in the order of the keys. Each key is delivered, missing or failed; the last
line on stderr counts them:

  500 keys: 480 delivered, 10 missing, 10 failed in 12.3 s (530 requests, 30 retries)

  loanq crego record --ids-from ids.txt --csv --out records.csv --errors errors.jsonl

With --out, the file appears when the run has ended; an interrupted run leaves
records.csv.partial and records.csv.journal, and the same call with --resume goes on where
it stopped. Failed keys are tried again, delivered ones are not. The --errors file goes
back in through --ids-from.

--against yesterday.csv (or the very file of --out) prints what changed since; a key that
failed is unknown there, never gone. --sum amount adds amounts up, exactly. --on-drift
quarantine keeps a row that is not as documented in --errors and delivers the rest.

Runs of one profile on one machine share its rate (5 requests a second, or maxRate);
--no-shared-rate is for one that must not. --max-rate makes a run slower, or all faster.

--shard 3/16 takes the third of sixteen parts of the keys. --expect <n> refuses a key file
that was cut short. Exit codes: loanq help exit-codes.
`;
