// Runs before any test file: the program is bundled once, and every test file is told where it lies.
import { appDirectory, buildApp } from './app.ts';

export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (appDirectory() !== undefined) return undefined;
  const app = await buildApp();
  process.env.LOANQ_PREBUILT = app.directory;
  return app.remove;
}
