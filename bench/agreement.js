// Whether two runs of the bench say the same: `npm run bench -- --against FILE` prints the figures in which they do not.

/** How far single figures, which have no spread of their own, may lie apart. */
const tolerance = 0.1;

/**
 * The figures that differ, in words, and how many were compared. Measured often, two agree when their spreads meet; a figure that one
 * of the runs does not have is none.
 */
export function disagreements(parts, others) {
  const known = rowsOf(others);
  const words = [];
  let compared = 0;
  for (const [name, row] of rowsOf(parts)) {
    const other = known.get(name);
    if (other === undefined) continue;
    compared += 1;
    if (row.value === undefined) {
      const [one, two] = [row[row.by], other[row.by]];
      if (one.min > two.max || two.min > one.max) words.push(`${name}: ${rangeOf(one)} instead of ${rangeOf(two)} ms of ${row.by} time`);
    } else if (Math.abs(row.value - other.value) > tolerance * Math.max(row.value, other.value))
      words.push(`${name}: ${row.value.toPrecision(4)} instead of ${other.value.toPrecision(4)} ${row.unit}`);
  }
  return { words, compared };
}

function rowsOf(parts) {
  const tables = Object.values(parts).flatMap(({ tables: own }) => own);
  return new Map(tables.flatMap(({ title, by, unit, rows }) => rows.map(row => [`${title}: ${row.name}`, { ...row, by, unit }])));
}

const rangeOf = ({ min, max }) => `${min.toFixed(0)}-${max.toFixed(0)}`;
