// Counts drift of one endpoint among that of a run, under its name: a field "state" of a loan is not that of the record.
import { Drift, type DriftKind } from '../../decode/drift.ts';

export class DriftOf extends Drift {
  constructor(
    readonly run: Drift,
    readonly before: string,
  ) {
    super();
  }

  override noteField(kind: Extract<DriftKind, 'missing' | 'changed'>, field: string): void {
    this.run.noteField(kind, this.before + field);
  }

  override noteMember(prefix: string, name: string): void {
    this.run.noteMember(this.before + prefix, name);
  }

  override noteCode(field: string, code: string): void {
    this.run.noteCode(this.before + field, code);
  }

  override add(other: Drift): void {
    this.run.add(other, this.before);
  }
}
