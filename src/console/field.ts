// One question for everything: a field in which an answer is typed or pasted, above the choices there are for what it holds. A paste of
// many lines is one answer, which no prompt that is ready-made takes: it would end with the first of them.
import { createPrompt, isDownKey, isEnterKey, isUpKey, useEffect, useKeypress, usePagination, useRef, useState } from '@inquirer/core';
import { SignalError } from '../core/errors.ts';
import type { Runtime } from '../core/runtime.ts';
import { say, type Words } from '../core/say.ts';
import { visible } from './escape.ts';
import { asciiSentence } from './marks.ts';
import type { Look } from './messages.ts';
import type { Wording } from './wording.ts';

/** One answer that can be chosen. */
export interface Choice<V> {
  readonly value: V;
  readonly name: Words;
  /** Stands behind the name, fainter. */
  readonly note?: Words;
}

export interface Field<V> {
  readonly message: Words;
  /** The answers for what stands in the field. */
  readonly offer: (text: string) => readonly Choice<V>[];
  /** Said where Enter finds no answer. */
  readonly none?: Words;
  /** What is wrong with an answer; undefined: nothing. */
  readonly refuse?: (value: V) => Words | undefined;
}

/** Where a question is asked, in which language, and how it looks there. */
export interface FieldPlace {
  readonly runtime: Pick<Runtime, 'stdin' | 'stderr' | 'signal'>;
  /** Its phrases have to be ready. */
  readonly wording: Wording;
  readonly look: Look;
}

/** Asks, and throws SignalError when the person leaves: with Esc, Ctrl-C or Ctrl-D, or by a signal. */
export async function askField<V>(place: FieldPlace, field: Field<V>): Promise<V> {
  const { stdin, stderr, signal } = place.runtime;
  stderr.write(pasteMarksOn);
  try {
    const given = await fieldPrompt({ ...field, place } as never, {
      input: stdin as NodeJS.ReadStream,
      output: stderr as NodeJS.WriteStream,
      signal,
    });
    if (given === left) throw new SignalError('interrupted');
    return given as V;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof Error && error.name === 'ExitPromptError') throw new SignalError('interrupted');
    throw error;
  } finally {
    stderr.write(pasteMarksOff);
  }
}

/** Terminals put marks around what is pasted. One that does not sends the lines at once, which nobody types so fast. */
const pasteMarksOn = '\x1b[?2004h';
const pasteMarksOff = '\x1b[?2004l';
const fasterThanTypedMs = 30;
const mostShown = 12;
const left = Symbol('left');

/** Keys of a paste come faster than states change. */
interface Typed {
  line: string;
  /** Before it. */
  lines: readonly string[];
  active: number;
  isPaste: boolean;
  /** Enter was pressed, unless more follows at once. */
  enter: NodeJS.Timeout | undefined;
}

type Config = Field<unknown> & { readonly place: FieldPlace };

const fieldPrompt = createPrompt<unknown, Config>(({ message, offer, none, refuse, place }, done) => {
  const { strong, faint, chosen, wrong, shown } = styleOf(place);
  const [line, setLine] = useState('');
  const [lines, setLines] = useState<readonly string[]>([]);
  const [active, setActive] = useState(0);
  const [answered, setAnswered] = useState<Words>();
  const [fault, setFault] = useState<Words>();
  const now = useRef<Typed>({ line: '', lines: [], active: 0, isPaste: false, enter: undefined });

  const text = (): string => [...now.current.lines, now.current.line].join('\n');
  const show = (): void => {
    setLine(now.current.line);
    setLines(now.current.lines);
    setActive(now.current.active);
  };
  const submit = (choice: Choice<unknown> | undefined, restore: () => void): void => {
    const wrong = choice === undefined ? none : refuse?.(choice.value);
    if (choice === undefined || wrong !== undefined) {
      restore();
      setFault(wrong);
      show();
      return;
    }
    setAnswered(choice.name);
    done(choice.value);
  };

  // Ctrl-D closes what keys are read with, and so does a terminal that goes away.
  useEffect(rl => void rl.on('close', () => done(left)), []);
  useKeypress((key, rl) => {
    const at = now.current;
    const wasEntered = at.enter !== undefined;
    clearTimeout(at.enter);
    at.enter = undefined;
    const restore = (): void => {
      at.line = at.lines.at(-1) ?? '';
      at.lines = at.lines.slice(0, -1);
      rl.write(at.line);
    };
    if (key.name === 'paste-start' || key.name === 'paste-end') {
      at.isPaste = key.name === 'paste-start';
      at.active = 0;
      show();
      return;
    }
    if (isEnterKey(key)) {
      at.lines = [...at.lines, at.line];
      at.line = '';
      if (at.isPaste) {
        show();
        return;
      }
      at.enter = setTimeout(() => {
        at.enter = undefined;
        submit(offer(text().trimEnd())[at.active], restore);
      }, fasterThanTypedMs);
      return;
    }
    if (at.isPaste || wasEntered) {
      at.line = rl.line;
      if (wasEntered) show();
      return;
    }
    if (key.name === 'escape') {
      setAnswered('');
      done(left);
    } else if (isUpKey(key) || isDownKey(key)) {
      rl.clearLine(0);
      rl.write(at.line);
      const count = offer(text()).length;
      at.active = Math.max(0, Math.min(count - 1, at.active + (isUpKey(key) ? -1 : 1)));
      show();
    } else {
      if (key.name === 'backspace' && at.line === '' && at.lines.length > 0) restore();
      else if (rl.line !== at.line) at.active = 0;
      at.line = rl.line;
      setFault(undefined);
      show();
    }
  });

  const choices = offer([...lines, line].join('\n'));
  const page = usePagination({
    items: choices,
    active: Math.min(active, Math.max(0, choices.length - 1)),
    renderItem: ({ item, isActive }) => {
      const note = item.note === undefined ? '' : `  ${faint(shown(item.note))}`;
      return isActive ? `${chosen(`> ${shown(item.name)}`)}${note}` : `  ${shown(item.name)}${note}`;
    },
    pageSize: mostShown,
    loop: false,
  });
  const head = `${chosen('?')} ${strong(shown(message))}`;
  if (answered !== undefined) return `${head} ${shown(answered)}`.trimEnd();
  const pasted = lines.length === 0 ? '' : `${faint(shown(say`(${lines.length} pasted before this)`))} `;
  const below = [
    ...(fault === undefined ? [] : [wrong(shown(fault))]),
    page,
    ...(choices.length > mostShown ? [`  ${faint(shown(say`${choices.length} in all: type a part of a name`))}`] : []),
  ];
  return [`${head} ${pasted}${line}`, below.join('\n')];
});

/** How its parts look; what is shown is in the reader's language and safe for a terminal. */
function styleOf({ wording, look: { chalk, isAscii } }: FieldPlace) {
  const plain = (text: string): string => text;
  return {
    strong: chalk?.bold ?? plain,
    faint: chalk?.dim ?? plain,
    chosen: chalk?.cyan ?? plain,
    wrong: chalk?.red ?? plain,
    shown: (words: Words): string => {
      const text = visible(wording.words(words));
      return isAscii ? asciiSentence(text) : text;
    },
  };
}
