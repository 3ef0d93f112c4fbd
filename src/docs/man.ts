// loanq(1), from the command tree, the option table and the exit codes: nothing in it is typed twice.
import type { Command } from 'commander';
import { topicText } from '../cli/help-topics.ts';
import { buildProgram } from '../cli/program.ts';
import { exitCodes } from '../core/exit-codes.ts';
import { type OptionSpec, optionTable } from '../plan/option-table.ts';
import { providers } from '../providers/index.ts';

/** The page as roff for man(7). */
export async function manPage(): Promise<string> {
  const nothing = async (): Promise<void> => undefined;
  const handlers = {
    endpoint: nothing,
    command: nothing,
    completion: nothing,
    fields: nothing,
    topic: () => undefined,
    help: () => undefined,
    columns: 80,
  };
  const tree = await buildProgram('all', providers, handlers);
  const shown = tree.commands.filter(command => !Reflect.get(command, '_hidden'));
  const groups = shown.filter(command => Object.hasOwn(providers, command.name()));
  const others = shown.filter(command => !groups.includes(command));
  return [
    '.\\" Generated from the command tree by `npm run docs`. Do not edit.',
    '.TH LOANQ 1 "" "loanq" "User Commands"',
    '.SH NAME',
    'loanq \\- look up loans and repayments in five systems, read\\-only',
    '.SH SYNOPSIS',
    ...['loanq <id>', 'loanq <provider> <endpoint> [keys...] [options]', 'loanq <command> [options]'].flatMap(line => [
      '.B',
      text(line),
      '.br',
    ]),
    '.SH DESCRIPTION',
    text(
      'loanq looks up loans and repayments in Ekuaibao, FinCode FinLend, Crego LMS, QI Tech and Interlace, one subcommand per documented endpoint. It changes nothing at a provider. An id in the place of a command asks every system that is set up and could know it; alone on a terminal, loanq asks what to look up.',
    ),
    '.SH COMMANDS',
    ...others.flatMap(term),
    ...groups.flatMap(group => [
      `.SH ${text(`ENDPOINTS OF ${group.name().toUpperCase()}`)}`,
      text(group.summary()),
      ...group.commands.flatMap(term),
    ]),
    '.SH OPTIONS',
    text('Every endpoint takes these, before or after the subcommand.'),
    ...Object.values<OptionSpec>(optionTable).flatMap(({ flags, about, env }) => [
      '.TP',
      `.B ${options(flags)}`,
      text(env === undefined ? about : `${about} (environment: ${env})`),
    ]),
    '.SH EXIT STATUS',
    ...Object.values(exitCodes).flatMap(({ exit, meaning }) => ['.TP', `.B ${exit}`, text(meaning)]),
    ...topic('ENVIRONMENT', 'environment'),
    ...topic('PROFILES', 'profiles'),
    '.SH EXAMPLES',
    ...[
      'loanq 229fe24c-d840-48dc-959a-e0ff1479df35 --sandbox',
      'loanq crego record --ids-from ids.txt --csv --out records.csv --errors failed.jsonl',
    ].flatMap(line => ['.PP', '.EX', text(line), '.EE']),
    '',
  ].join('\n');
}

function term(command: Command): string[] {
  const usage = command
    .usage()
    .replace(/ ?\[options\] ?/g, ' ')
    .trim();
  return ['.TP', `.B ${options(`${command.name()} ${usage}`.trim())}`, text(command.summary())];
}

/** A help topic without its title, its lines kept as they are. */
function topic(title: string, name: string): string[] {
  const [, ...lines] = topicText(name).trimEnd().split('\n');
  return [`.SH ${title}`, '.EX', ...lines.slice(1).map(text), '.EE'];
}

/** A line of text: nothing in it is a request or an escape of roff. */
function text(line: string): string {
  const ascii = line.replaceAll('\\', '\\e').replaceAll('-', '\\-');
  const escaped = ascii.replace(/[^\x00-\x7f]/gu, char => `\\[u${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`);
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}

function options(line: string): string {
  return text(line).replaceAll('"', '\\(dq');
}
