/** Whom a connection belongs to; Kafka writes `User:name`. */
export interface Principal {
  /** `User`, as for everybody whom Kafka knows by itself. */
  readonly type: string;
  readonly name: string;
}

/** Whoever has not said who they are. */
export const anonymous: Principal = { type: "User", name: "ANONYMOUS" };
