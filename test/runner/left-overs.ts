// What tests that run side by side leave open is put away when their file is done: none of them knows when the others are.
import { type Home, makeHome } from './home.ts';

const leftOvers: (() => Promise<void>)[] = [];

/** Closes something at the end of the file. */
export function closeLater<T extends { close(): Promise<void> }>(open: T): T {
  leftOvers.push(open.close);
  return open;
}

/** A home directory for one test. */
export async function ownHome(): Promise<Home> {
  const home = await makeHome();
  leftOvers.push(home.remove);
  return home;
}

/** Called by the set-up of every test file. */
export async function putAway(): Promise<void> {
  await Promise.all(leftOvers.splice(0).map(close => close()));
}
