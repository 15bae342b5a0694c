import type { Outlet } from "./outlet.ts";

/** Values that come one by one, as one JSON array or as a JSON object a line. Programs can read the array only once it has ended. */
export class JsonSequence {
  readonly #form: "json" | "jsonl";
  readonly #outlet: Outlet;
  #count = 0;

  constructor(form: "json" | "jsonl", outlet: Outlet) {
    this.#form = form;
    this.#outlet = outlet;
  }

  /** @param written as for `Outlet.write` */
  add(value: object, written?: () => void): void {
    const text = JSON.stringify(value);
    if (this.#form === "jsonl") this.#outlet.write(`${text}\n`, written);
    else this.#outlet.write(`${this.#count === 0 ? "[" : ","}\n${text}`, written);
    this.#count++;
  }

  end(): void {
    if (this.#form === "json") this.#outlet.write(this.#count === 0 ? "[]\n" : "\n]\n");
  }
}
