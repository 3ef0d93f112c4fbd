// What main.ts tells the program about processes, for tests.
import type { Processes } from '../../src/files/lock.ts';

export const processes: Processes = {
  pid: process.pid,
  isAlive: pid => {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EPERM';
    }
  },
};
