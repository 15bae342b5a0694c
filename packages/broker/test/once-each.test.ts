import * as fc from "fast-check";
import { expect, test } from "vitest";
import { namedTwice, onceEach } from "../src/doors/kafka/once-each.ts";

test("of elements with one key the first stays", () => {
  expect(onceEach(["a1", "b1", "a2"], ([key]) => key)).toEqual(["a1", "b1"]);
});

test("what is named twice is found by one look at each element, however many there are", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (elements) => {
      let looks = 0;
      const twice = namedTwice(elements, (element) => (looks++, element));
      expect(looks).toBe(elements.length);
      const expected = elements.filter((element) => elements.filter((other) => other === element).length > 1);
      expect(twice).toEqual(new Set(expected));
    }),
  );
});
