/** Whom a connection belongs to, in Kafka's form `User:name`. */
export interface Principal {
  readonly type: string;
  readonly name: string;
}

/** Whoever has not said who they are. */
export const anonymous: Principal = { type: "User", name: "ANONYMOUS" };

export function printPrincipal({ type, name }: Principal): string {
  return `${type}:${name}`;
}
