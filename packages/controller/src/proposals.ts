import { encodeRecord, finalisedLevel, ImageDraft, type MetadataImage } from "@millrace/metadata";
import { nextTurn, type Quorum } from "@millrace/raft";
import type { Clock, RandomStream } from "@millrace/runtime";
import { assert, type Configuration, MillraceError, Offset } from "@millrace/vocabulary";
import { proposedBytesMax, recordsPerTurn } from "./bounds.ts";
import type { DecidedRecord, Decision, Surroundings } from "./decide/decision.ts";
import { Serial } from "./serial.ts";

/** What deciding costs besides its records, in records. */
const recordsPerDecision = 10;

export interface ProposalsOptions {
  readonly quorum: Quorum;
  readonly clock: Clock;
  readonly configuration: Configuration;
  readonly random: RandomStream;
  /** Everything committed. */
  readonly committed: () => MetadataImage;
  /** Such a record is committed. */
  readonly risked: (record: DecidedRecord) => void;
}

/** One term in which this node leads. */
interface Lead {
  readonly term: number;
  /** Everything committed and everything proposed. */
  image: MetadataImage;
  /** The last proposal: settles when it and all before it are committed, or may not be. */
  last: Promise<unknown>;
  underWay: number;
  bytes: number;
}

/** What a decision came to, and what it rests on. */
interface Outcome<Reply> {
  readonly reply: () => Reply;
  readonly basis: Promise<unknown>;
}

/**
 * Decides and proposes, one request after the other. A decision sees what was proposed before it, and its reply, be it a
 * refusal, leaves when all of that is committed. Several proposals are under way at a time; where one fails, the lead is over and
 * what rests on it is discarded.
 */
export class Proposals {
  readonly #options: ProposalsOptions;
  readonly #order = new Serial();
  #lead: Lead | undefined;
  #sinceTurn = 0;

  constructor(options: ProposalsOptions) {
    this.#options = options;
  }

  /** This node leads, and everything of earlier terms is committed. */
  begin(term: number): void {
    this.#lead = { term, image: this.#options.committed(), last: Promise.resolve(), underWay: 0, bytes: 0 };
  }

  /** This node leads no longer. */
  end(): void {
    this.#lead = undefined;
  }

  /** Decides, proposes unless it is only `validated`, and resolves to the reply. Rejects with the refusal, or with NOT_CONTROLLER. */
  async decide<Reply>(decide: (surroundings: Surroundings) => Decision<Reply>, { validateOnly = false } = {}): Promise<Reply> {
    const { reply, basis } = await this.#order.run(() => this.#outcome(decide, validateOnly));
    await basis;
    return reply();
  }

  async #outcome<Reply>(decide: (surroundings: Surroundings) => Decision<Reply>, validateOnly: boolean): Promise<Outcome<Reply>> {
    if (this.#lead !== undefined && this.#lead.bytes > proposedBytesMax) await this.#lead.last;
    await this.#pace(recordsPerDecision);
    const lead = this.#leading();
    const { quorum, configuration, random } = this.#options;
    try {
      const decision = decide({ image: lead.image, nextOffset: quorum.nextOffset, configuration, random });
      if (!validateOnly) await this.#propose(lead, decision.records);
      return { reply: () => decision.reply, basis: lead.last };
    } catch (refusal) {
      return { reply: () => raise(refusal), basis: lead.last };
    }
  }

  /** Folds, encodes and proposes records, a stretch of them in each turn. */
  async #propose(lead: Lead, records: Iterable<DecidedRecord>): Promise<void> {
    const { quorum } = this.#options;
    const from = quorum.nextOffset;
    const draft = new ImageDraft(lead.image);
    const level = finalisedLevel(lead.image);
    const encoded: Buffer[] = [];
    const risky: DecidedRecord[] = [];
    for (const record of records) {
      if (record.risk !== undefined) risky.push(record);
      draft.apply(record, Offset(from + encoded.length));
      encoded.push(encodeRecord(record, level));
      await this.#pace(1);
    }
    if (encoded.length === 0) return;
    if (this.#leading() !== lead) throw new MillraceError("NOT_CONTROLLER", { term: lead.term });
    assert(quorum.nextOffset === from, "while this node leads, only its decisions are proposed", { from, nextOffset: quorum.nextOffset });
    lead.image = draft.finish({ offset: Offset(from + encoded.length - 1), term: lead.term }).image;
    lead.last = this.#track(lead, quorum.propose(encoded), bytesOf(encoded)).then(() => risky.forEach(this.#options.risked));
    lead.last.catch(() => {});
  }

  async #track(lead: Lead, proposal: Promise<Offset>, bytes: number): Promise<void> {
    lead.underWay++;
    lead.bytes += bytes;
    await proposal;
    lead.underWay--;
    lead.bytes -= bytes;
    // With nothing under way the proposed image is the committed one: from here on they share everything again.
    if (lead.underWay === 0) lead.image = this.#options.committed();
  }

  #leading(): Lead {
    if (this.#lead === undefined) throw new MillraceError("NOT_CONTROLLER", { term: this.#options.quorum.role.term });
    return this.#lead;
  }

  /** Lets others run after so much work. */
  async #pace(records: number): Promise<void> {
    this.#sinceTurn += records;
    if (this.#sinceTurn < recordsPerTurn) return;
    this.#sinceTurn = 0;
    await nextTurn(this.#options.clock);
  }
}

function raise(error: unknown): never {
  throw error;
}

function bytesOf(buffers: readonly Buffer[]): number {
  return buffers.reduce((sum, { length }) => sum + length, 0);
}
