// The CSVW metadata of every endpoint beside its export, read by the reader of other people: each cell becomes a literal of the type
// that the metadata names, under the name that it gives, and is one by the rules of XML Schema.
import { Readable } from 'node:stream';
import Parser from '@zazuko/rdf-parser-csvw';
import rdf from '@zazuko/rdf-parser-csvw/lib/Factory.js';
import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { Field } from '../../src/core/fields.ts';
import { allColumns } from '../../src/output/columns.ts';
import { sharedHome } from '../runner/home.ts';
import { runInProcess } from '../runner/in-process.ts';
import { factsOfEndpoints } from './facts.ts';

const home = await sharedHome();
const known = (await factsOfEndpoints()).filter(({ endpoint }) => !endpoint.open);
const csvw = 'http://www.w3.org/ns/csvw#';
const xsd = 'http://www.w3.org/2001/XMLSchema#';

interface Term {
  readonly termType: string;
  readonly value: string;
  readonly datatype?: Term;
  equals(other: Term): boolean;
}
interface Quad {
  readonly subject: Term;
  readonly predicate: Term;
  readonly object: Term;
}

interface Metadata {
  readonly '@context': string;
  readonly url: string;
  readonly dialect: Readonly<Record<string, unknown>>;
  readonly tableSchema: { readonly columns: readonly Readonly<Record<string, unknown>>[]; readonly primaryKey?: readonly string[] };
}

/** Datatypes of the recommendation that are used, as XML Schema names them. */
const datatypes: Readonly<Record<string, string>> = {
  string: `${xsd}string`,
  decimal: `${xsd}decimal`,
  dateTime: `${xsd}dateTime`,
  date: `${xsd}date`,
  boolean: `${xsd}boolean`,
  json: `${csvw}JSON`,
};

/** The metadata as the statements that its JSON-LD context makes of it. */
function statementsOf({ url, dialect, tableSchema }: Metadata): Quad[] {
  const quads: Quad[] = [];
  const say = (subject: Term, name: string, object: Term): void => {
    quads.push(rdf.quad(subject as never, rdf.namedNode(csvw + name), object as never) as unknown as Quad);
  };
  const node = (): Term => rdf.blankNode() as unknown as Term;
  const iri = (value: string): Term => rdf.namedNode(value) as unknown as Term;
  const text = (value: unknown): Term => rdf.literal(String(value)) as unknown as Term;
  const [table, schema, way] = [node(), node(), node()];
  say(table, 'url', iri(url));
  say(table, 'tableSchema', schema);
  say(table, 'dialect', way);
  say(way, 'delimiter', text(dialect.delimiter));
  for (const end of dialect.lineTerminators as string[]) say(way, 'lineTerminators', text(end));
  const nodes = tableSchema.columns.map(({ name, titles, datatype, null: none }) => {
    const column = node();
    say(column, 'name', text(name));
    say(column, 'title', text(titles));
    say(column, 'null', text(none));
    const { base, format } =
      typeof datatype === 'object' ? (datatype as Record<string, string>) : { base: `${datatype}`, format: undefined };
    const type = datatypes[`${base}`];
    if (type === undefined) throw new Error(`no datatype of CSVW: ${base}`);
    if (format === undefined) say(column, 'datatype', iri(type));
    else {
      const derived = node();
      say(column, 'datatype', derived);
      say(derived, 'base', text(base));
      say(derived, 'format', text(format));
    }
    return column;
  });
  const rest = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
  const list = nodes.reduceRight<Term>(
    (tail, column) => {
      const cons = node();
      for (const [name, object] of [
        ['first', column],
        ['rest', tail],
      ] as const)
        quads.push(rdf.quad(cons as never, rdf.namedNode(rest + name), object as never) as unknown as Quad);
      return cons;
    },
    iri(`${rest}nil`),
  );
  say(schema, 'column', list);
  return quads;
}

/** As much of a set of statements as a reader asks for. */
function datasetOf(quads: readonly Quad[]) {
  const fits = (term: Term, wanted?: Term | null) => wanted === undefined || wanted === null || term.equals(wanted);
  const match = (subject?: Term | null, predicate?: Term | null, object?: Term | null) =>
    datasetOf(quads.filter(quad => fits(quad.subject, subject) && fits(quad.predicate, predicate) && fits(quad.object, object)));
  return { match, size: quads.length, [Symbol.iterator]: () => quads[Symbol.iterator]() };
}

async function readBy(metadata: Metadata, csv: string): Promise<Map<string, Term>[]> {
  const parser = new Parser({ metadata: datasetOf(statementsOf(metadata)) as never, baseIRI: 'http://example.com/file', timezone: 'UTC' });
  const rows: Map<string, Term>[] = [];
  const numbers = new Map<string, number>();
  for await (const { subject, predicate, object } of parser.import(Readable.from([csv]) as never) as unknown as AsyncIterable<Quad>) {
    if (predicate.value === `${csvw}describes`) numbers.set(object.value, rows.push(new Map()) - 1);
    const at = numbers.get(subject.value);
    if (at !== undefined) rows[at]?.set(decodeURIComponent(predicate.value.split('#')[1] ?? ''), object);
  }
  return rows;
}

const types: Readonly<Record<Field['kind'], string>> = {
  id: 'string',
  text: 'string',
  url: 'string',
  'date-text': 'string',
  enum: 'string',
  any: 'string',
  money: 'decimal',
  number: 'decimal',
  instant: 'dateTime',
  day: 'date',
  flag: 'boolean',
  list: 'json',
  group: 'json',
};
const lexical: Readonly<Record<string, RegExp>> = {
  decimal: /^[+-]?(\d+(\.\d*)?|\.\d+)$/,
  dateTime: /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/,
  date: /^-?\d{4,}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?$/,
  boolean: /^(true|false)$/,
};

describe.each(known)('$name', ({ provider, endpoint, keys }) => {
  test('its CSV by its CSVW', async () => {
    const input = await home.write('work/sample.json', endpoint.example);
    const call = [provider.name, endpoint.name, ...keys, '--input', input, '--csv', '-q'];
    const [csv, schema] = await Promise.all(
      [call, ['schema', provider.name, endpoint.name, '-o', 'csvw']].map(async args => {
        const { stdout, stderr, code } = await runInProcess(args, { home });
        expect([stderr, code]).toEqual(['', 0]);
        return stdout;
      }),
    );
    const metadata: Metadata = JSON.parse(schema ?? '');
    const { columns, primaryKey = [] } = metadata.tableSchema;
    expect([metadata['@context'], metadata.url]).toEqual(['http://www.w3.org/ns/csvw', `${provider.name}-${endpoint.name}.csv`]);
    // Names are those of a URI template, and each its own; a key is made of them.
    const names = columns.map(({ name }) => `${name}`);
    expect(names.filter(name => !/^(?:[A-Za-z0-9_.]|%[\dA-F]{2})+$/.test(name) || name.startsWith('_'))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(primaryKey.filter(name => !names.includes(name))).toEqual([]);

    const [head = [], ...rows] = parseCsv(csv ?? '') as string[][];
    expect(columns.map(({ titles }) => titles)).toEqual(head);
    const kinds = new Map(allColumns(endpoint).map(({ name, field }) => [name, field.kind]));
    const found = await readBy(metadata, csv ?? '');
    expect(found.length).toBe(rows.length);
    for (const [at, cells] of found.entries()) {
      const read = [...cells].map(([name, { value, datatype }]) => [decodeURIComponent(name), value, datatype?.value]);
      const wanted = head.flatMap((name, column) => {
        const value = rows[at]?.[column] ?? '';
        return value === '' ? [] : [[name, value, datatypes[types[kinds.get(name) ?? 'text']]]];
      });
      expect(read).toEqual(wanted);
      for (const [name, value, type] of read) {
        const rule = lexical[`${type}`.split('#')[1] ?? ''];
        if (rule !== undefined) expect(value, name).toMatch(rule);
      }
    }
  });
});
