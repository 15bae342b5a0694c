import { expect, test } from "vitest";
import { SharedMutex } from "../src/shared-mutex.ts";

/** Work that says when it begins and when it ends, which is when it is told to. */
class Works {
  readonly diary: string[] = [];
  readonly #ends = new Map<string, (error?: Error) => void>();

  work(name: string): () => Promise<void> {
    return () => {
      this.diary.push(`${name} begins`);
      return new Promise((resolve, reject) => this.#ends.set(name, (error) => (error === undefined ? resolve() : reject(error))));
    };
  }

  async end(name: string, error?: Error): Promise<void> {
    this.#ends.get(name)!(error);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("what shares goes on together; what is alone waits for all before it, and all after it wait for that", async () => {
  const mutex = new SharedMutex();
  const works = new Works();
  void mutex.share(works.work("a"));
  void mutex.share(works.work("b"));
  void mutex.run(works.work("alone"));
  void mutex.share(works.work("c"));
  await new Promise((resolve) => setImmediate(resolve));
  expect(works.diary).toEqual(["a begins", "b begins"]);
  await works.end("b");
  expect(works.diary).toHaveLength(2);
  await works.end("a");
  expect(works.diary.slice(2)).toEqual(["alone begins"]);
  await works.end("alone");
  expect(works.diary.slice(3)).toEqual(["c begins"]);
});

test("what fails lets the next begin, and tells its own caller alone", async () => {
  const mutex = new SharedMutex();
  const works = new Works();
  const failing = mutex.share(works.work("a"));
  const alone = mutex.run(works.work("alone"));
  await new Promise((resolve) => setImmediate(resolve));
  void works.end("a", new Error("no"));
  await expect(failing).rejects.toThrow("no");
  await works.end("alone");
  await expect(alone).resolves.toBeUndefined();
});
