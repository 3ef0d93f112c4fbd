// The picture of docs/performance.md: the starts of one Node as bars, SVG that needs nothing but a viewer.

const bar = { height: 18, gap: 8, left: 210, unit: 90, right: 120 };

/** Bars of the table's ratios, with a mark at each goal. */
export function drawBars({ title, base, rows }) {
  const widest = Math.max(...rows.flatMap(({ ratio, goal = 0 }) => [ratio, goal]));
  const width = Math.ceil(bar.left + widest * bar.unit + bar.right);
  const height = rows.length * (bar.height + bar.gap) + 48;
  const lines = rows.flatMap(({ name, ratio, goal, cpu }, at) => {
    const y = 36 + at * (bar.height + bar.gap);
    const length = (ratio * bar.unit).toFixed(1);
    const mark = goal === undefined ? [] : [line((bar.left + goal * bar.unit).toFixed(1), y)];
    return [
      `<text x="${bar.left - 8}" y="${y + 13}" text-anchor="end">${escaped(name)}</text>`,
      `<rect x="${bar.left}" y="${y}" width="${length}" height="${bar.height}" fill="${goal !== undefined && ratio > goal ? '#d97706' : '#2563eb'}"/>`,
      ...mark,
      `<text x="${(bar.left + Math.max(ratio, goal ?? 0) * bar.unit + 8).toFixed(1)}" y="${y + 13}">${ratio.toFixed(2)} × (${cpu.median.toFixed(0)} ms)</text>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(`${title}: CPU time beside ${base}`)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="8" y="20" font-weight="bold">${escaped(`${title}: CPU time, ${base} = 1; the line is the goal`)}</text>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

function line(x, y) {
  return `<line x1="${x}" y1="${y - 2}" x2="${x}" y2="${y + bar.height + 2}" stroke="#111827" stroke-width="2"/>`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
