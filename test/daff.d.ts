// The part of daff that tests use; it brings no types.
declare module 'daff' {
  class TableView {
    constructor(rows: string[][]);
    getData(): string[][];
  }
  class CompareFlags {
    ordered: boolean;
    unchanged_context: number;
    addPrimaryKey(column: string): void;
  }
  class Alignment {}
  class TableDiff {
    constructor(alignment: Alignment, flags: CompareFlags);
    hilite(output: TableView): boolean;
  }
  class HighlightPatch {
    constructor(source: TableView, patch: TableView);
    apply(): boolean;
  }
  const daff: {
    TableView: typeof TableView;
    CompareFlags: typeof CompareFlags;
    TableDiff: typeof TableDiff;
    HighlightPatch: typeof HighlightPatch;
    compareTables(old: TableView, latest: TableView, flags: CompareFlags): { align(): Alignment };
  };
  export default daff;
}
