// What fields rows have that no document declares: told by their JSON types alone, in the order in which they first appear.
import { visible } from '../console/escape.ts';
import type { Field, Fields } from '../core/fields.ts';
import { isObject, isText, type Json, type JsonObject, numberText } from '../core/json.ts';
import { looksLikeId, namesId } from '../core/personal.ts';
import { type Column, fieldColumns, followMember } from './columns.ts';
import { cellOf, type Row } from './rows.ts';

/** A provider that writes ids as names would give every row columns of its own. */
const mostFields = 1000;

/** Puts the columns that rows have in the place of those that stand for them; declared ones are none of them. */
export function expandColumns(columns: readonly Column[], rows: Iterable<Row>, declared: readonly Column[]): Column[] {
  const seen = new SeenColumns(columns);
  seen.see(rows);
  return seen.expanded(declared);
}

/** The same of rows that come in portions. */
export class SeenColumns {
  readonly #seen: ReadonlyMap<Column, Shape>;

  constructor(readonly columns: readonly Column[]) {
    this.#seen = new Map(columns.filter(({ fromData }) => fromData).map(column => [column, newShape()]));
  }

  see(rows: Iterable<Row>): void {
    for (const row of rows)
      for (const [column, shape] of this.#seen) shape.see(column.name === '' ? row.record : (cellOf(row, column) ?? null));
  }

  expanded(declared: readonly Column[]): Column[] {
    return this.columns.flatMap(column => {
      const shape = this.#seen.get(column);
      return shape === undefined ? [column] : columnsIn(column, shape.field(column.field.label), declared);
    });
  }
}

function columnsIn(column: Column, field: Field, declared: readonly Column[]): Column[] {
  const isGroup = field.kind === 'group';
  if (column.name === '' && !isGroup) return [];
  const labels = column.labels.map(visible);
  const found = isGroup ? fieldColumns(field.fields, undefined, column.path, labels) : [{ ...column, field, labels }];
  return found
    .filter(({ path }) => column.name !== '' || path[0] !== followMember)
    .filter(({ name }) => !declared.some(known => known.name === name || name.startsWith(`${known.name}.`)))
    .map(one => ({ ...one, label: visible(one.name), fromData: true as const }));
}

/** The names of the fields of rows, nested ones dotted. */
export function namesIn(rows: Iterable<Row>): string[] {
  const shape = newShape();
  for (const { record } of rows) shape.see(record);
  const field = shape.field('');
  return field.kind === 'group' ? fieldColumns(field.fields, undefined).map(({ name }) => name) : [];
}

function newShape(): Shape {
  return new Shape({ left: mostFields });
}

type Type = 'object' | 'list' | 'number' | 'flag' | 'text';

/** What was seen at one place. Values of several types are shown as they came. */
class Shape {
  readonly #types = new Set<Type>();
  readonly #members = new Map<string, Shape>();
  #elements: Shape | undefined;
  #isMadeLikeIds = true;

  constructor(readonly budget: { left: number }) {}

  see(value: Json): void {
    if (value === null) return;
    const type = typeOf(value);
    this.#types.add(type);
    if (isText(value)) this.#isMadeLikeIds &&= looksLikeId(value);
    if (isObject(value)) this.#seeMembers(value);
    if (!Array.isArray(value)) return;
    this.#elements ??= new Shape(this.budget);
    for (const element of value) this.#elements.see(element);
  }

  #seeMembers(object: JsonObject): void {
    for (const [name, member] of Object.entries(object)) {
      const known = this.#members.get(name);
      if (known !== undefined) known.see(member);
      else if (this.budget.left > 0) {
        this.budget.left -= 1;
        const shape = new Shape(this.budget);
        this.#members.set(name, shape);
        shape.see(member);
      }
    }
  }

  field(label: string): Field {
    const [type, other] = this.#types;
    if (type === undefined || other !== undefined) return { kind: 'any', label };
    if (type === 'object') return this.#members.size === 0 ? { kind: 'any', label } : { kind: 'group', label, fields: this.#fields() };
    // Part of an id is of no use, so that a table shows it whole.
    if (type === 'text' && this.#isMadeLikeIds && namesId(label)) return { kind: 'id', label };
    if (type !== 'list') return { kind: type, label };
    const element = this.#elements?.field(label);
    return { kind: 'list', label, ...(element?.kind === 'group' && { fields: element.fields }) };
  }

  #fields(): Fields {
    return Object.fromEntries([...this.#members].map(([name, shape]) => [name, shape.field(visible(name))]));
  }
}

function typeOf(value: Exclude<Json, null>): Type {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'boolean') return 'flag';
  if (isText(value)) return 'text';
  return numberText(value) === undefined ? 'object' : 'number';
}
