// The least a Node program needs for one lookup: one GET, its body on stdout. argv: URL, and a file with an authority for https.
const url = process.argv[2];
const ca = process.argv[3] && require('node:fs').readFileSync(process.argv[3]);
require(url.startsWith('https:') ? 'node:https' : 'node:http').get(url, { ca, headers: { authorization: 'Bearer x' } }, answer => {
  let text = '';
  answer.setEncoding('utf8');
  answer.on('data', part => {
    text += part;
  });
  answer.on('end', () => process.stdout.write(`${text}\n`));
});
