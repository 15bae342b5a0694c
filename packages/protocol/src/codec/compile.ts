import { MillraceError } from "@millrace/vocabulary";
import type { Codec } from "../declaration/message.ts";
import { layoutOf, type Versioned } from "./layout.ts";
import { readerSource } from "./reader-source.ts";
import { Writer } from "./writer.ts";
import { writerSource } from "./writer-source.ts";

/**
 * Turns one version of a declaration into straight code, so that no schema is looked at per message: a Produce request is read in
 * 0.2 µs, 10,000 partitions of Metadata are written in 0.8 ms (bench/codec.ts). The same composed of closures took 1.7 times as
 * long to read and 2.5 times to write. The source holds nothing but names, numbers and texts of the declaration.
 */
export function compile<Value, Input>(versioned: Versioned): Codec<Value, Input> {
  const { name, version } = versioned;
  const layout = layoutOf(versioned);
  const reader = readerSource(layout);
  const writer = writerSource(layout);
  return {
    read: evaluate(`read ${name} ${version}`, reader.source, { constants: reader.constants }) as Codec<Value, Input>["read"],
    write: evaluate(`write ${name} ${version}`, writer.source, {
      constants: writer.constants,
      Writer,
      refuseField: (field: string) => refuseField(versioned, field),
      refuseNull: (field: string) => refuseNull(versioned, field),
    }) as Codec<Value, Input>["write"],
  };
}

/** `title` is what profiles and stacks show for a file. */
function evaluate(title: string, source: string, scope: Record<string, unknown>): unknown {
  const body = `${source}\n//# sourceURL=${title.replaceAll(" ", "-")}`;
  // oxlint-disable-next-line no-new-func -- the source comes from declarations alone
  return new Function(...Object.keys(scope), body)(...Object.values(scope));
}

function refuseField({ name, version }: Versioned, field: string): never {
  throw new MillraceError("UNSUPPORTED_VERSION", { message: name, version, field });
}

function refuseNull({ name, version }: Versioned, field: string): never {
  throw new MillraceError("UNSUPPORTED_VERSION", { message: name, version, field, value: null });
}
