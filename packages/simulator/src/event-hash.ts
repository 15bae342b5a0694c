/** A sum over what was seen and in which order, equal for two runs that were alike: FNV-1a over 32 bits. */
export class EventHash {
  #value = 0x811c_9dc5;

  note(text: string): void {
    for (let index = 0; index < text.length; index++) this.#value = Math.imul(this.#value ^ text.charCodeAt(index), 0x0100_0193);
  }

  noteNumber(value: number): void {
    this.#value = Math.imul(this.#value ^ (value | 0), 0x0100_0193);
  }

  get text(): string {
    return (this.#value >>> 0).toString(16).padStart(8, "0");
  }
}
