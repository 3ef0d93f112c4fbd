// Time zones: how far local time is ahead of UTC at a given second. Offsets are kept per day.
import { UsageError } from './errors.ts';
import { say } from './say.ts';

export interface Zone {
  /** Minutes ahead of UTC at a second since 1970. Offsets of the 19th century lose their seconds. */
  offsetMinutes(seconds: number): number;
}

export const utc: Zone = { offsetMinutes: () => 0 };

const fixedOffset = /^([+-])([01]\d|2[0-3]):?([0-5]\d)$/;

/** Opens an IANA zone, a fixed offset (`+08:00`) or, without a name, the system's zone. Throws UsageError. */
export function openZone(name?: string): Zone {
  // Dates know the system's zone: opening it by Intl would take 10 ms of every table.
  if (name === undefined) return { offsetMinutes: keepPerDay(seconds => -new Date(seconds * 1000).getTimezoneOffset()) };
  if (name === 'UTC' || name === 'Z') return utc;
  const fixed = fixedOffset.exec(name);
  if (fixed !== null) {
    const minutes = (Number(fixed[2]) * 60 + Number(fixed[3])) * (fixed[1] === '-' ? -1 : 1);
    return { offsetMinutes: () => minutes };
  }
  const format = openFormat(name);
  return { offsetMinutes: keepPerDay(seconds => readOffset(format, seconds)) };
}

function openFormat(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset', year: 'numeric' });
  } catch {
    throw new UsageError(say`unknown time zone: ${name}`, {
      hint: say`use an IANA name such as Asia/Shanghai or America/Sao_Paulo, UTC, or an offset such as +08:00`,
    });
  }
}

const longOffset = /GMT(?:([+-])(\d\d):(\d\d)(?::\d\d)?)?$/;

function readOffset(format: Intl.DateTimeFormat, seconds: number): number {
  const match = longOffset.exec(format.format(seconds * 1000));
  const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0);
  return match?.[1] === '-' ? -minutes : minutes;
}

const daySeconds = 86_400;
const maxDays = 10_000;

/** Asks twice per day instead of once per instant, unless the offset changes within that day. */
function keepPerDay(ask: (seconds: number) => number): (seconds: number) => number {
  const days = new Map<number, number | 'changes'>();
  return seconds => {
    const day = Math.floor(seconds / daySeconds);
    let known = days.get(day);
    if (known === undefined) {
      if (days.size >= maxDays) days.clear();
      const first = ask(day * daySeconds);
      known = first === ask((day + 1) * daySeconds - 1) ? first : 'changes';
      days.set(day, known);
    }
    return known === 'changes' ? ask(seconds) : known;
  };
}
