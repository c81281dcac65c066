// Edits that could not be saved. They stay in their fields, and are offered again until they are saved or
// dropped.

function keyOf({ number, field }) {
  return `${number}/${field}`;
}

export class UnsavedEdits {
  constructor() {
    this.kept = new Map();
  }

  get size() {
    return this.kept.size;
  }

  /** `force`: whether somebody else decided otherwise meanwhile. */
  keep(changes, { label, force }) {
    for (const change of changes) this.kept.set(keyOf(change), { change, label, force });
  }

  forget(changes) {
    for (const change of changes) this.kept.delete(keyOf(change));
  }

  /** What was meant for a field; undefined where nothing is left to be saved. */
  find(number, field) {
    return this.kept.get(keyOf({ number, field }))?.change.value ?? undefined;
  }

  get changes() {
    return [...this.kept.values()].map(({ change }) => change);
  }

  get label() {
    return [...this.kept.values()].at(-1)?.label ?? null;
  }

  get force() {
    return [...this.kept.values()].some((one) => one.force);
  }

  get numbers() {
    return [...new Set(this.changes.map(({ number }) => number))];
  }
}
