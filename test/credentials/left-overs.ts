// What tests that run side by side leave open is put away when their file is done: none of them knows when the others are.
import { afterAll } from 'vitest';
import { type Home, makeHome } from '../runner/home.ts';

const putAway: (() => Promise<void>)[] = [];

afterAll(async () => {
  await Promise.all(putAway.splice(0).map(close => close()));
});

/** Closes something at the end of the file. */
export function closeLater<T extends { close(): Promise<void> }>(open: T): T {
  putAway.push(open.close);
  return open;
}

/** A home directory for one test. */
export async function ownHome(): Promise<Home> {
  const home = await makeHome();
  putAway.push(home.remove);
  return home;
}
