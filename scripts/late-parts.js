// What packages make when they are loaded though few runs use it: made on first use instead. Each costs milliseconds of every start.
import { readFile } from 'node:fs/promises';
import { packageOf } from './unused-parts.js';

/** A pattern of string-width over properties of Unicode, which are looked up when it is made. */
function lateRegex(name, source, flags) {
  const make = `(${name}.made ??= new RegExp(${JSON.stringify(source)}, '${flags}'))`;
  const ways = [
    `test: text => ${make}.test(text)`,
    `[Symbol.search]: text => text.search(${make})`,
    `[Symbol.match]: text => text.match(${make})`,
  ];
  return { of: 'string-width', early: `const ${name} = /${source}/${flags};`, late: `const ${name} = { ${ways.join(', ')} };` };
}

/** In which package, what stands there, and what stands there instead. */
const parts = [
  {
    of: '@sindresorhus/is',
    early: "const andFormatter = new Intl.ListFormat('en', { style: 'long', type: 'conjunction' });",
    late: "const andFormatter = { format: list => new Intl.ListFormat('en', { style: 'long', type: 'conjunction' }).format(list) };",
  },
  {
    of: '@sindresorhus/is',
    early: "const orFormatter = new Intl.ListFormat('en', { style: 'long', type: 'disjunction' });",
    late: "const orFormatter = { format: list => new Intl.ListFormat('en', { style: 'long', type: 'disjunction' }).format(list) };",
  },
  {
    of: 'string-width',
    early: 'const segmenter = new Intl.Segmenter();',
    late: 'let madeSegmenter; const segmenter = { segment: text => (madeSegmenter ??= new Intl.Segmenter()).segment(text) };',
  },
  lateRegex('rgiEmojiRegex', '^\\p{RGI_Emoji}$', 'v'),
  lateRegex(
    'visibleCharacterRegex',
    '[^\\p{Default_Ignorable_Code_Point}\\p{Control}\\p{Format}\\p{Nonspacing_Mark}\\p{Enclosing_Mark}\\p{Surrogate}]',
    'v',
  ),
  lateRegex('spacingMarkRegex', '\\p{Spacing_Mark}', 'v'),
  lateRegex('extendedPictographicRegex', '\\p{Extended_Pictographic}', 'gu'),
  {
    // Of packed answers alone, and most are not packed.
    of: 'decompress-response',
    early: "const supportsZstd = typeof zlib.createZstdDecompress === 'function';",
    late: "const supportsZstd = () => typeof zlib.createZstdDecompress === 'function';",
  },
  {
    of: 'decompress-response',
    early: 'if (supportsZstd) {',
    late: "if (contentEncoding === 'zstd' && supportsZstd()) {",
  },
  {
    // For a channel that nobody here listens to: cryptography is loaded for it.
    of: 'got',
    early: 'return randomUUID();',
    late: "return '';",
  },
  {
    // Named for each request, used by those over TLS.
    of: 'got',
    early: 'https.checkServerIdentity ?? checkServerIdentity,',
    late: 'https.checkServerIdentity ?? ((...about) => checkServerIdentity(...about)),',
  },
  {
    // For caches and sockets of this machine, which nothing here uses: behind them each of the 35 settings that follow is put in one by
    // one, which takes 27 kB for a request instead of some hundred bytes.
    of: 'got',
    early: `return {
            ...internals.cacheOptions,
            ...this._unixOptions,`,
    late: 'return {',
  },
  {
    // When each phase of a request began and ended: nobody asks, and it takes eight listeners for each request.
    of: 'got',
    early: `timer(request);
        this._cancelTimeouts`,
    late: 'this._cancelTimeouts',
  },
  {
    // What the request itself says is listened to there, not where the library says it again.
    of: 'got',
    early: 'this._unproxyEvents = proxyEvents(request, this, proxiedRequestEvents);',
    late: '',
  },
];

/** Fails the build when a package no longer says exactly that: it has changed, and somebody has to look. */
export const withLateParts = {
  name: 'with-late-parts',
  setup(builder) {
    const seen = new Set();
    builder.onStart(() => seen.clear());
    builder.onLoad(
      { filter: /[\\/]node_modules[\\/](?:@sindresorhus[\\/]is|decompress-response|got|string-width)[\\/].*\.js$/ },
      async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const own = parts.filter(({ of, early }) => packageOf(path) === of && text.includes(early));
        for (const part of own) seen.add(part);
        return { contents: own.reduce((changed, { early, late }) => changed.replace(early, () => late), text), loader: 'js' };
      },
    );
    builder.onEnd(() => ({
      errors: parts.filter(part => !seen.has(part)).map(({ of, early }) => ({ text: `${of} no longer says: ${early}` })),
    }));
  },
};
