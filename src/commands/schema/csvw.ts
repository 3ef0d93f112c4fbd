// Metadata of a CSV export by the W3C's "CSV on the Web" (https://www.w3.org/TR/tabular-metadata/).
import type { Json } from '../../core/json.ts';
import type { Content, TableColumn, TableShape } from './table-shape.ts';

const datatypes: Readonly<Record<Content, Json>> = {
  text: 'string',
  amount: 'decimal',
  number: 'decimal',
  instant: 'dateTime',
  day: 'date',
  flag: { base: 'boolean', format: 'true|false' },
  json: 'json',
};

export function csvwOf({ name, call, document, columns, key }: TableShape): Json {
  return {
    '@context': 'http://www.w3.org/ns/csvw',
    url: `${name}.csv`,
    'dc:title': `loanq ${call}, -o csv`,
    'dc:source': document,
    dialect: { delimiter: ',', header: true, encoding: 'utf-8', lineTerminators: ['\r\n'] },
    tableSchema: {
      columns: columns.map(columnOf),
      ...(key.length > 0 && { primaryKey: key.map(variableName) }),
    },
  };
}

function columnOf({ name, content, title, about }: TableColumn): Json {
  return {
    name: variableName(name),
    titles: name,
    'dc:description': about === undefined ? title : `${title}: ${about}`,
    datatype: datatypes[content] ?? 'string',
    null: '',
  };
}

/** A name that may stand in a URI template: other signs than letters, digits, `_` and `.` are percent-encoded. */
function variableName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.]/g, sign => encodeURIComponent(sign).replace('-', '%2D'));
}
