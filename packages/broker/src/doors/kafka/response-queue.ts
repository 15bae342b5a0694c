/** A place in the order of answers. */
export interface Slot {
  /** Bytes to send, or undefined where the request has no answer (acks=0). Once. */
  answer(parts: readonly Buffer[] | undefined): void;
}

interface Place {
  parts: readonly Buffer[] | undefined;
  isFilled: boolean;
}

/** Sends answers in the order of their requests, whatever order they become ready in. */
export class ResponseQueue {
  readonly #send: (parts: Buffer[]) => void;
  readonly #afterTurn: (callback: () => void) => void;
  #places: Place[] = [];
  #front = 0;
  #isScheduled = false;

  /**
   * @param afterTurn when to send: what becomes ready in one turn goes out in one write
   */
  constructor(afterTurn: (callback: () => void) => void, send: (parts: Buffer[]) => void) {
    this.#afterTurn = afterTurn;
    this.#send = send;
  }

  /** Answers that have not been sent. */
  get length(): number {
    return this.#places.length - this.#front;
  }

  /** The next place. */
  slot(): Slot {
    const place: Place = { parts: undefined, isFilled: false };
    this.#places.push(place);
    return {
      answer: (parts) => {
        place.parts = parts;
        place.isFilled = true;
        if (this.#places[this.#front] === place) this.#schedule();
      },
    };
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#afterTurn(() => {
      this.#isScheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    const parts: Buffer[] = [];
    for (let place = this.#places[this.#front]; place?.isFilled; place = this.#places[++this.#front]) parts.push(...(place.parts ?? []));
    if (this.#front === this.#places.length) {
      this.#places = [];
      this.#front = 0;
    }
    this.#send(parts);
  }
}
