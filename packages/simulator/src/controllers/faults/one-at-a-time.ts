import type { FaultyNode } from "../../faults/fault.ts";

/** A node that ends only while all the others serve: also where a fault strikes later than it was drawn, or again and again. */
export function oneAtATime(node: FaultyNode, others: readonly FaultyNode[]): FaultyNode {
  const mayEnd = () => others.every((other) => other === node || other.isServing);
  return {
    name: node.name,
    get isAlive() {
      return node.isAlive;
    },
    get isServing() {
      return node.isServing;
    },
    crash: (cause, downMs) => {
      if (mayEnd()) node.crash(cause, downMs);
    },
    stop: (graceMs, downMs) => {
      if (mayEnd()) node.stop(graceMs, downMs);
    },
  };
}
