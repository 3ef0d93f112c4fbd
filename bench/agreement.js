// Whether two runs of the bench say the same: `npm run bench -- --against FILE` prints the figures in which they do not.

/** How far figures that were taken a few times may lie apart beyond their spread, which says little then. */
const tolerance = 0.1;
const few = 4;

/**
 * The figures that differ, in words, and how many were compared. Ratios agree when their spreads meet, as does the time of the row that
 * counts as 1; those of few rounds and single figures also within a tenth. A figure that one of the runs does not have is none.
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
      const [kind, unit] = row.isBase ? [row.by, `ms of ${row.by} time`] : ['ratios', 'x'];
      const isClose = Math.min(row.rounds, other.rounds) <= few && areClose(row[kind].median, other[kind].median);
      if (areApart(row[kind], other[kind]) && !isClose)
        words.push(`${name}: ${rangeOf(row[kind])} instead of ${rangeOf(other[kind])} ${unit}`);
    } else if (areApart(row, other) && !areClose(row.value, other.value))
      words.push(`${name}: ${row.value.toPrecision(4)} instead of ${other.value.toPrecision(4)} ${row.unit}`);
  }
  return { words, compared };
}

function rowsOf(parts) {
  const tables = Object.values(parts).flatMap(({ tables: own }) => own);
  return new Map(
    tables.flatMap(({ title, by, base, unit, rows }) =>
      rows.map(row => [`${title}: ${row.name}`, { ...row, by, unit, isBase: row.name === base }]),
    ),
  );
}

const areClose = (one, two) => Math.abs(one - two) <= tolerance * Math.max(one, two);
const areApart = (one, two) => one.min > two.max || two.min > one.max;
const rangeOf = ({ min, max }) => `${min.toPrecision(3)}-${max.toPrecision(3)}`;
