// A ZIP file that is written while its parts are made: nothing of it stays in memory. The packing is fflate's.
import { strToU8, Zip, ZipDeflate } from 'fflate';

/** Times are part of a ZIP file: with one of their own the same rows would be another file each time. */
const noTime = new Date(1980, 0, 1);
const level = 3;

export interface ArchivePart {
  /** Returns the length in bytes. */
  write(text: string): number;
  end(): void;
}

export class Archive {
  /** Bytes that nobody has taken. */
  #made: Uint8Array[] = [];
  readonly #zip = new Zip((error, bytes) => {
    if (error !== null) throw error;
    this.#made.push(bytes);
  });

  /** Begins a part; the one before must have ended. */
  open(path: string): ArchivePart {
    const part = new ZipDeflate(path, { level });
    part.mtime = noTime;
    this.#zip.add(part);
    return {
      write: text => {
        const bytes = strToU8(text);
        part.push(bytes);
        return bytes.length;
      },
      end: () => part.push(new Uint8Array(0), true),
    };
  }

  /** No part follows. */
  end(): void {
    this.#zip.end();
  }

  /** What has been made since it was last asked. */
  take(): Uint8Array {
    const made = this.#made;
    this.#made = [];
    return Buffer.concat(made);
  }
}
