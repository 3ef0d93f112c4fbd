// THIRD-PARTY-NOTICES.md: the licence texts of what is bundled.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export async function notices({ packages }, root) {
  const parts = ['# Third-party notices', '', 'loanq contains code of these packages.'];
  for (const { folder, about } of packages) {
    parts.push('', `## ${about.name} ${about.version} (${about.license})`, '', '```', await licenceText(join(root, folder)), '```');
  }
  return `${parts.join('\n')}\n`;
}

/** Every file of the package that grants or restricts something, one after another. */
async function licenceText(folder) {
  const names = (await readdir(folder)).filter(name => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
  if (names.length === 0) throw new Error(`${folder} carries no licence file`);
  const texts = await Promise.all(names.map(name => readFile(join(folder, name), 'utf8')));
  return texts.map(text => text.trim()).join('\n\n');
}
